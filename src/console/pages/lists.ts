import { html } from 'hono/html';
import { deskFor } from '../../api/deskFor.ts';
import type { ApiParts } from '../../api/parts.ts';
import { FEEDS, type Feed } from '../../core/youth/statusEvent.ts';
import { nowOf } from '../../desk/organisationToday.ts';
import { type ReceiptLine, readReceiptCursor, receiptPage } from '../../desk/submission/receiptPages.ts';
import { listFeed } from '../../desk/uploads/fileFeed.ts';
import { FEED_NAMES } from '../../text/names.ts';
import { type Html, table } from '../frame/fragments.ts';
import type { Frame } from '../frame/frame.ts';
import { LIST_FEEDS } from '../frame/menu.ts';
import type { Visit } from '../frame/visit.ts';
import { LISTS } from '../text/lists.ts';

/** Seven columns, with the time in both forms: so many come in 15 kB. */
const ROWS = 40;

/** What was sent, list or single report, and what of it must be mended. */
export function listsPage(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'receipt:read',
    path: '/lister',
    async show(visit) {
      const { c, organisation, permission, language, query } = visit;
      const t = LISTS[language];
      const feed = FEEDS.find((each) => each === query('strom')) ?? null;
      const asked = query('etter');
      const after = readReceiptCursor(asked) === undefined ? undefined : asked;
      const page = await receiptPage(deskFor(c, parts), organisation, { feed, after, limit: ROWS });
      const there = { ...visit, now: await nowOf(parts, organisation) };
      const content = html`<p>${t.intro}</p>
${sendLinks(visit)}${feedLinks(visit, feed)}${
  page.receipts.length === 0
    ? html`<p>${feed === null ? t.empty : t.emptyOf}</p>\n`
    : html`${receiptTable(there, parts, page.receipts)}${pageLinks(visit, feed, { after, next: page.next })}${explained(visit, page.receipts)}`
}${permission.masked ? html`<p class="quiet-text">${t.masked}</p>\n` : ''}`;
      const notice = asked !== '' && after === undefined ? { notice: t.pageUnknown } : {};
      return { title: t.title, subjects: [], content, ...notice };
    },
  });

  function receiptTable(visit: Visit, api: ApiParts, receipts: readonly ReceiptLine[]): Html {
    const { language, format } = visit;
    const t = LISTS[language];
    return table(
      t.caption,
      [
        { heading: t.sent },
        { heading: t.what },
        { heading: t.rows, numeric: true },
        { heading: t.stage },
        { heading: t.mend, numeric: true },
        { heading: t.contactBy },
        { heading: t.act },
      ],
      receipts.map((receipt) => {
        const { id, feed, kind, received, rows, counts, stage, institution, contactBy } = receipt;
        const about = [t[kind], ...(institution === null ? [] : [t.school(institution)])].join(', ');
        const waits = counts.waiting === 0 ? '' : html`<br>${t.notHandled(format.number(counts.waiting))}`;
        return [
          // From `/k/<org>/lister`: what is the same in fifty rows is not sent fifty times.
          html`<a href="lister/${id}">${format.moment(received)}</a><small>${format.relative(received, visit.now)}</small>`,
          html`${FEED_NAMES[language][feed]}<small>${about}</small>`,
          format.number(rows),
          html`${t[stage]}${waits}`,
          counts.quarantined === 0 ? '0' : html`<strong>${format.number(counts.quarantined)}</strong>`,
          contactBy === null ? t.none : format.date(contactBy),
          actOf(visit, api, receipt),
        ];
      }),
    );
  }
}

/** One thing to do with it. */
function actOf(
  { language, may }: Visit,
  api: ApiParts,
  { id, feed, kind, counts }: ReceiptLine,
): Html | string {
  const t = LISTS[language];
  const sends = LIST_FEEDS.includes(feed) && may('feed:write', feed);
  if (counts.quarantined > 0 && kind === 'form' && sends)
    return html`<a href="meld/${feed}">${t.mendOne}</a>`;
  if (counts.quarantined > 0) return html`<a href="lister/${id}">${t.mendRows}</a>`;
  // Where reports have ids, one that was filled in here can be named.
  if (kind === 'form' && sends && counts.applied > 0 && listFeed(api, feed).columns.ids === 'own')
    return html`<a href="meld/${feed}?gjelder=${id}">${t.correct}</a>`;
  return t.none;
}

function sendLinks({ base, language, may }: Visit): Html | '' {
  const t = LISTS[language];
  if (!LIST_FEEDS.some((feed) => may('feed:write', feed))) return '';
  return html`<p class="no-print"><a class="button" href="${base}/lister/ny">${t.sendList}</a> <a class="button second" href="${base}/meld">${t.report}</a></p>
`;
}

/** What of the caller's feeds to show, when there are several. */
function feedLinks({ base, language, permission, may }: Visit, chosen: Feed | null): Html | '' {
  const t = LISTS[language];
  const feeds = permission.feeds ?? FEEDS.filter((feed) => feed !== 'bridge' && may('receipt:read', feed));
  if (feeds.length < 2) return '';
  const link = (feed: Feed | null, label: string) =>
    html`<li><a href="${base}/lister${feed === null ? '' : `?strom=${feed}`}"${feed === chosen ? html` aria-current="true"` : ''}>${label}</a></li>\n`;
  return html`<nav class="chosen no-print" aria-label="${t.only}"><p>${t.only}</p><ul>${link(null, t.all)}${feeds.map((feed) => link(feed, FEED_NAMES[language][feed]))}</ul></nav>
`;
}

function pageLinks(
  { base, language }: Visit,
  feed: Feed | null,
  { after, next }: { after: string | undefined; next: string | null },
): Html | '' {
  const t = LISTS[language];
  const at = (cursor: string | null) => {
    const query = new URLSearchParams({
      ...(feed === null ? {} : { strom: feed }),
      ...(cursor === null ? {} : { etter: cursor }),
    });
    return `${base}/lister${query.size === 0 ? '' : `?${query}`}`;
  };
  const links = [
    ...(after === undefined ? [] : [html`<a href="${at(null)}">${t.newest}</a>`]),
    ...(next === null ? [] : [html`<a href="${at(next)}" rel="next">${t.older}</a>`]),
  ];
  return links.length === 0 ? '' : html`<p class="no-print">${links.map((link) => html`${link} `)}</p>\n`;
}

function explained({ language }: Visit, receipts: readonly ReceiptLine[]): Html {
  const t = LISTS[language];
  return html`<p class="quiet-text">${t.stages}</p>
${receipts.some(({ contactBy }) => contactBy !== null) ? html`<p class="quiet-text">${t.deadline}</p>\n` : ''}${
  receipts.some(({ counts }) => counts.quarantined > 0)
    ? html`<p class="quiet-text">${t.howToMend}</p>\n`
    : ''
}`;
}
