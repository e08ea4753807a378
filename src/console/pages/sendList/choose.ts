import { html } from 'hono/html';
import { createBodyBudget } from '../../../api/body/bodyBudget.ts';
import { uploadCaller } from '../../../api/uploadCaller.ts';
import { listFeed } from '../../../desk/uploads/uploads.ts';
import { FileFault } from '../../../upload/fileFault.ts';
import { FILE_LIMITS } from '../../../upload/fileLimits.ts';
import { type FormFault, fileField, type Html } from '../../frame/fragments.ts';
import { type Frame, type Shown, SMALL_FORM } from '../../frame/frame.ts';
import { LIST_FEEDS } from '../../frame/menu.ts';
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
      const open = LIST_FEEDS.filter((feed) => may('feed:write', feed));
      const links = open.map((feed) => {
        const { columns } = listFeed(parts.api, feed);
        return html`<li><a href="${base}/lister/ny/${feed}">${listTitle(language, feed, columns)}</a></li>\n`;
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
        const { id } = await parts.uploads.open(uploadCaller(visit.c, feed, parts.api), bytes);
        return { to: `${visit.base}/lister/ny/${feed}/${id}`, subjects: [], item: `upload:${id}` };
      } catch (error) {
        if (!(error instanceof FileFault)) throw error;
        return filePage(visit, parts, [{ field: 'fil', text: error.message, bokmal: true }]);
      }
    },
  });
}

function filePage(
  { language, format, base, form, param }: Visit,
  { api }: SendListParts,
  faults: readonly FormFault[] = [],
): Shown {
  const t = SEND_LIST[language];
  const feed = param('feed');
  const { columns } = listFeed(api, feed);
  const template = `/organisations/${base.slice('/k/'.length)}/feeds/${feed}/template`;
  const hint: Html = html`${t.fileHelp(String(FILE_LIMITS.bytes / 1024 / 1024), format.number(FILE_LIMITS.rows))}`;
  const content = html`${steps(language, 'stepFile')}<p>${listTitle(language, feed, columns)}. <a href="${base}/lister/ny">${t.otherList}</a></p>
${form(
  `${base}/lister/ny/${feed}`,
  html`${fileField({
    id: 'fil',
    label: t.chooseFile,
    hint,
    fault: faults[0],
    required: true,
    accept: '.xlsx,.csv,.txt,text/csv',
  })}<p class="quiet-text">${t.forgotten}</p>
<button>${t.upload}</button>
`,
  { upload: true },
)}<h2>${t.templateXlsx}</h2>
<p>${t.template}</p>
<ul><li><a href="${template}?format=xlsx">${t.templateXlsx}</a></li><li><a href="${template}?format=csv">${t.templateCsv}</a></li></ul>
`;
  return { title: t.title, subjects: [], content, faults };
}
