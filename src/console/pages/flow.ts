import { html } from 'hono/html';
import { deskFor } from '../../api/deskFor.ts';
import type { ApiParts } from '../../api/parts.ts';
import { nowOf } from '../../desk/organisationToday.ts';
import { type Flow, flowOf, inUse } from '../../desk/standstill/flow.ts';
import type { Standing } from '../../desk/standstill/standing.ts';
import { standingInWords } from '../../desk/standstill/standingText.ts';
import { FEED_NAMES, LIST_NAMES } from '../../text/names.ts';
import { bokmal, type Html, table } from '../frame/fragments.ts';
import type { Frame } from '../frame/frame.ts';
import type { Visit } from '../frame/visit.ts';
import { FLOW } from '../text/flow.ts';
import { listPath } from './listDecision.ts';

/** Whether each feed comes as it should, and what does not move and why. */
export function flowPage(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'flow:read',
    path: '/flyt',
    async show(visit) {
      const { c, organisation, permission, language } = visit;
      const t = FLOW[language];
      const desk = { ...deskFor(c, parts), nav: parts.navAs(permission) };
      const flow = await flowOf(desk, organisation);
      const there = { ...visit, now: await nowOf(parts, organisation) };
      const content = html`<h2 id="star-stille">${t.still}</h2>
${stillSection(there, flow.standing)}<h2>${t.feeds}</h2>
${feedsSection(there, flow)}<h2>${t.lists}</h2>
${listsSection(there, flow)}<p class="quiet-text">${t.doctor}</p>
`;
      return { title: t.title, subjects: [], content };
    },
  });
}

function stillSection(visit: Visit, all: readonly Standing[]): Html {
  const { language, format, now } = visit;
  const t = FLOW[language];
  if (all.length === 0) return html`<p>${t.nothingStill}</p>\n`;
  const rows = all.map((each) => {
    const { what, cause, cure, since, detail } = standingInWords(language, each);
    const lead = leadOf(visit, each);
    return [
      what,
      since === null ? t.unknown : `${format.moment(since)}, ${format.relative(since, now)}`,
      cause === detail ? bokmal(language, cause) : cause,
      lead === null ? cure : html`${cure}<br><a href="${lead}" aria-label="${t.open}: ${what}">${t.open}</a>`,
    ];
  });
  const columns = [t.what, t.since, t.cause, t.cure].map((heading) => ({ heading }));
  return html`<p><strong>${t.stillCount(all.length)}</strong></p>
${table(t.stillCaption, columns, rows)}`;
}

/** Where the cause is, for those who may open it. */
function leadOf({ base, may }: Visit, { kind, list, name }: Standing): string | null {
  if (list !== null && name !== null) return may('list:read') ? `${base}${listPath(list, name)}` : null;
  if (kind === 'QUARANTINE') return may('quarantine:read') ? `${base}/karantene` : null;
  if (kind === 'PARKED') return may('quarantine:read') ? `${base}/ventende` : null;
  if (kind.startsWith('AGREEMENT_') || kind === 'NAV_LIST_STILL')
    return may('nav:read') ? `${base}/nav` : null;
  if (kind.startsWith('RECEIVER_')) return may('subscription:read') ? `${base}/mottakere` : null;
  if (kind === 'RECEIPT_WAITING') return may('receipt:read') ? `${base}/lister` : null;
  return null;
}

function feedsSection({ language, format, now }: Visit, flow: Flow): Html {
  const t = FLOW[language];
  const feeds = inUse(flow);
  if (feeds.length === 0) return html`<p>${t.noFeeds}</p>\n`;
  return table(
    t.feedsCaption,
    [{ heading: t.feed }, { heading: t.last }, { heading: t.waiting, numeric: true }],
    feeds.map(({ feed, last, waiting }) => [
      FEED_NAMES[language][feed],
      last === null ? '–' : `${format.moment(last)}, ${format.relative(last, now)}`,
      waiting === null ? t.notAnswering : format.number(waiting),
    ]),
  );
}

function listsSection({ language, format, now }: Visit, { lists }: Flow): Html {
  const t = FLOW[language];
  if (lists.length === 0) return html`<p>${t.noLists}</p>\n`;
  return table(
    t.listsCaption,
    [{ heading: t.list }, { heading: t.completed }, { heading: t.rows, numeric: true }],
    lists.map(({ list, school, completed, rows }) => [
      school === null
        ? LIST_NAMES[language][list]
        : html`${LIST_NAMES[language][list]}<small>${t.school(school)}</small>`,
      completed === null ? '–' : `${format.moment(completed)}, ${format.relative(completed, now)}`,
      format.number(rows),
    ]),
  );
}
