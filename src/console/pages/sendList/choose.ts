import { html } from 'hono/html';
import { createBodyBudget } from '../../../api/body/bodyBudget.ts';
import { deskAs } from '../../../api/deskFor.ts';
import { uploadCaller } from '../../../api/uploadCaller.ts';
import type { Feed } from '../../../core/youth/statusEvent.ts';
import { nowOf, todayOf } from '../../../desk/organisationToday.ts';
import { isSentAsItHappens, listDeadline } from '../../../desk/submission/deadlines.ts';
import { receiptPage } from '../../../desk/submission/receiptPages.ts';
import { fileFeed } from '../../../desk/uploads/fileFeed.ts';
import { FileFault } from '../../../upload/fileFault.ts';
import { FILE_LIMITS } from '../../../upload/fileLimits.ts';
import { bokmal, type FormFault, fileField, type Html, worded } from '../../frame/fragments.ts';
import { type Frame, type Shown, SMALL_FORM } from '../../frame/frame.ts';
import { FILE_FEEDS } from '../../frame/menu.ts';
import type { Visit } from '../../frame/visit.ts';
import { SEND_LIST } from '../../text/sendList.ts';
import { listTitle, type SendListParts, steps } from './upload.ts';

/** Files that are received here at the same time, in bytes as sent. */
const BUDGET = 64 * 1024 * 1024;
/** What of a form is not the file. */
const MOST_FORM = FILE_LIMITS.bytes + SMALL_FORM;

/** Which list, and the file it is in. */
export function choosePages(frame: Frame, parts: SendListParts): void {
  frame.page({
    access: 'feed:write',
    path: '/lister/ny',
    show({ language, base, may }) {
      const t = SEND_LIST[language];
      const open = FILE_FEEDS.filter((feed) => may('feed:write', feed));
      const links = open.map((feed) => {
        const title = listTitle(language, fileFeed(parts.api, feed));
        return html`<li><a href="${base}/lister/ny/${feed}">${title}</a></li>\n`;
      });
      const content =
        links.length === 0
          ? html`<p>${t.noFeeds}</p>\n`
          : html`${steps(language, 'stepFile')}<h2>${t.chooseFeed}</h2>\n<ul>${links}</ul>\n`;
      return { title: t.title, subjects: [], content };
    },
  });

  frame.page({
    access: 'feed:write',
    path: '/lister/ny/{feed}',
    show: (visit) => filePage(visit, parts),
  });

  const budget = createBodyBudget(BUDGET);
  frame.act({
    access: 'feed:write',
    path: '/lister/ny/{feed}',
    most: MOST_FORM,
    budget: () => budget.open(MOST_FORM),
    async perform(visit, form) {
      const feed = visit.param('feed');
      const bytes = await form.file('fil');
      if (bytes === null) {
        return filePage(visit, parts, [{ field: 'fil', text: SEND_LIST[visit.language].noFile }]);
      }
      try {
        const { id, kind } = await parts.uploads.open(uploadCaller(visit.c, feed, parts.api), bytes);
        // A list that a system wrote has no columns to match.
        const next = kind === 'json' ? '/sjekk' : '';
        return { to: `${visit.base}/lister/ny/${feed}/${id}${next}`, subjects: [], item: `upload:${id}` };
      } catch (error) {
        if (!(error instanceof FileFault)) throw error;
        return filePage(visit, parts, [{ field: 'fil', ...worded(visit.language, error.message) }]);
      }
    },
  });
}

async function filePage(
  visit: Visit,
  { api }: SendListParts,
  faults: readonly FormFault[] = [],
): Promise<Shown> {
  const { language, format, base, form, param } = visit;
  const t = SEND_LIST[language];
  const feed = param('feed');
  const adapter = fileFeed(api, feed);
  const template = `/organisations/${base.slice('/k/'.length)}/feeds/${feed}/template`;
  const limits = [String(FILE_LIMITS.bytes / 1024 / 1024), format.number(FILE_LIMITS.rows)] as const;
  const hint: Html = html`${adapter.columns === undefined ? t.systemFileHelp(...limits) : t.fileHelp(...limits)}${adapter.unpack === undefined ? '' : ` ${t.systemFile}`}`;
  const content = html`${steps(language, 'stepFile')}<p>${listTitle(language, adapter)}. <a href="${base}/lister/ny">${t.otherList}</a></p>
${await duePart(visit, api, adapter.feed)}${await lastSent(visit, api, adapter.feed)}${form(
  `${base}/lister/ny/${feed}`,
  html`${fileField({
    id: 'fil',
    label: t.chooseFile,
    hint,
    fault: faults[0],
    required: true,
    accept: '.xlsx,.csv,.txt,.json,text/csv,application/json',
  })}<p class="quiet-text">${t.forgotten}</p>
<button>${t.upload}</button>
`,
  { upload: true },
)}${
  adapter.columns === undefined
    ? ''
    : html`<h2>${t.templates}</h2>
<p>${t.template}</p>
<ul><li><a href="${template}?format=xlsx">${t.templateXlsx}</a></li><li><a href="${template}?format=csv">${t.templateCsv}</a></li></ul>
`
}`;
  return { title: t.title, subjects: [], content, faults };
}

/** When the list is waited for, and whom to ask. */
async function duePart(
  { language, format, organisation }: Visit,
  api: SendListParts['api'],
  feed: Feed,
): Promise<Html> {
  const t = SEND_LIST[language];
  const policy = api.policyOf(organisation.id);
  const due = listDeadline(feed, policy, await todayOf(api, organisation));
  const said =
    due === null
      ? isSentAsItHappens(feed)
        ? html`<p>${t.dueAlways}</p>\n`
        : ''
      : html`<p><strong>${t.due(format.longDate(due.from), format.longDate(due.to), due.id)}</strong> ${bokmal(language, due.what)}</p>\n`;
  const { helpline } = policy;
  return html`${said}${helpline === null ? '' : html`<p>${t.call(helpline.name, helpline.phone)}</p>\n`}`;
}

/** The newest of what was sent before, as far as the caller may see it. */
async function lastSent(
  { c, organisation, language, format, base }: Visit,
  api: SendListParts['api'],
  feed: Feed,
): Promise<Html | ''> {
  // By the right to read receipts: who may send on a feed has not sent all that came there.
  const reading = deskAs(c, api, 'receipt:read');
  if (reading === null) return '';
  const { receipts } = await receiptPage(reading.desk, organisation, { feed, limit: 1 });
  const [last] = receipts;
  if (last === undefined) return '';
  const t = SEND_LIST[language];
  const now = await nowOf(api, organisation);
  return html`<p>${t.lastSent(format.moment(last.received), format.relative(last.received, now))} <a href="${base}/lister/${last.id}">${t.seeReceipt}</a></p>
`;
}
