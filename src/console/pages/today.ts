import { html } from 'hono/html';
import { deskAs } from '../../api/deskFor.ts';
import type { ApiParts } from '../../api/parts.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import { schoolYearOf, yearAfter } from '../../core/time/schoolYear.ts';
import { wheelFor } from '../../core/wheel/wheel.ts';
import { arrivalsOf } from '../../desk/lists/arrivals.ts';
import { deliveriesOf } from '../../desk/nav/deliveries.ts';
import { nowOf } from '../../desk/organisationToday.ts';
import { flowOf } from '../../desk/standstill/flow.ts';
import { worklistCounts } from '../../desk/worklists/worklistCounts.ts';
import { worklistIndex } from '../../desk/worklists/worklists.ts';
import { LIST_NAMES } from '../../text/names.ts';
import { bokmal, type Html, table } from '../frame/fragments.ts';
import type { Frame } from '../frame/frame.ts';
import { leadsFor, MENU } from '../frame/menu.ts';
import type { Visit } from '../frame/visit.ts';
import { FRAME } from '../text/frame.ts';
import { NAV } from '../text/nav.ts';
import { TODAY } from '../text/today.ts';
import { dueText } from './dueText.ts';
import { toDo } from './nav/monthSection.ts';

/** The first page: what is to be done today, whether everything has come that should, and where the role leads. */
export function todayPage(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'console:open',
    path: '/',
    async show(visit) {
      const now = await nowOf(parts, visit.organisation);
      const waiting = await waitingSection(visit, parts);
      const come = await arrivalsSection(visit, parts, now);
      const still = await stillSection(visit, parts);
      return {
        title: FRAME[visit.language].today,
        subjects: [],
        content: html`${await navSection(visit, parts)}${waiting}${still}${wheelSection(visit, parts, now)}${come}${leads(visit)}`,
      };
    },
  });
}

/** Counts, and no youth. */
async function waitingSection(visit: Visit, parts: ApiParts): Promise<Html | ''> {
  const { c, organisation, language, format, base } = visit;
  const reading = deskAs(c, parts, 'worklist:read');
  if (reading === null) return '';
  const t = TODAY[language];
  const free = await c.get('slots').take();
  const { counts, unreadable, behind } = await worklistCounts(reading.desk, organisation).finally(free);
  const rows = counts
    .toSorted((one, other) => other.overdue - one.overdue || other.urgent - one.urgent)
    .map(({ id, title, rows: all, urgent, overdue, dueSoon }) => [
      html`<a href="${base}/arbeidsliste/${id}">${bokmal(language, title)}</a>`,
      ...[all, urgent, overdue, dueSoon].map(format.number),
    ]);
  const columns = [
    { heading: t.list },
    ...[t.rows, t.urgent, t.overdue, t.soon].map((heading) => ({ heading, numeric: true })),
  ];
  return html`<h2>${t.lists}</h2>
${rows.length === 0 ? html`<p>${t.nothingWaits}</p>\n` : table(t.waiting, columns, rows)}${unreadable > 0 ? html`<p class="notice">${t.unreadable(unreadable)}</p>\n` : ''}${behind ? html`<p class="notice">${t.behind}</p>\n` : ''}`;
}

/** How much does not move; what it is, is on its own page. */
async function stillSection(visit: Visit, parts: ApiParts): Promise<Html | ''> {
  const { c, organisation, language, base } = visit;
  const reading = deskAs(c, parts, 'flow:read');
  if (reading === null) return '';
  const t = TODAY[language];
  const nav = parts.navAs(reading.permission);
  const { standing } = await flowOf({ ...reading.desk, nav }, organisation);
  return html`<h2>${t.still}</h2>
<p>${standing.length === 0 ? t.nothingStill : html`<strong><a href="${base}/flyt">${t.stillCount(standing.length)}</a></strong>`}</p>
`;
}

function wheelSection(visit: Visit, parts: Pick<ApiParts, 'policyOf'>, now: IsoInstant): Html | '' {
  const { organisation, language, format, base } = visit;
  if (!visit.may('wheel:read')) return '';
  const t = TODAY[language];
  const today = osloDate(now);
  const year = schoolYearOf(today);
  const policy = parts.policyOf(organisation.id);
  const dates = [year, yearAfter(year)].flatMap((each) => wheelFor(each, policy));
  const running = dates.filter(({ from, to }) => from <= today && to >= today);
  const next = dates.find(({ from }) => from > today);
  if (running.length === 0) {
    if (next === undefined) return '';
    const coming = t.noWheel(format.longDate(next.from));
    return html`<h2>${t.wheel}</h2>\n<p>${coming} ${bokmal(language, next.what)}</p>\n`;
  }
  const rows = running.map(({ what, who, to, deadline, worklist }) => [
    bokmal(language, what),
    bokmal(language, who),
    format.date(to),
    deadline === null ? '–' : dueText(visit, deadline, now),
    worklist !== null && visit.may('worklist:read')
      ? html`<a href="${base}/arbeidsliste/${worklist}">${bokmal(language, titleOf(worklist))}</a>`
      : '–',
  ]);
  return html`<h2>${t.wheel}</h2>
${table(
  t.running,
  [t.what, t.who, t.until, t.due, t.list].map((heading) => ({ heading })),
  rows,
)}`;
}

function titleOf(list: string): string {
  return worklistIndex().find(({ id }) => id === list)?.title ?? list;
}

/** That something in the exchange with NAV waits for someone; what, is on its page. */
async function navSection({ c, organisation, language, base }: Visit, parts: ApiParts): Promise<Html | ''> {
  const reading = deskAs(c, parts, 'nav:read');
  if (reading === null) return '';
  const desk = { ...reading.desk, nav: parts.navAs(reading.permission) };
  if (toDo(await deliveriesOf(desk, organisation)).length === 0) return '';
  const t = NAV[language];
  return html`<p class="notice">${t.todayOne} <a href="${base}/nav#venter">${t.todayLink}</a></p>\n`;
}

/** Lists that come on their own: whether they have. */
async function arrivalsSection(visit: Visit, parts: ApiParts, now: IsoInstant): Promise<Html | ''> {
  const { c, organisation, language, format } = visit;
  const reading = deskAs(c, parts, 'list:read');
  // What comes on its own is of the county, and of no school.
  if (reading === null || reading.permission.reach.kind === 'institutions') return '';
  const t = TODAY[language];
  const arrivals = await arrivalsOf(reading.desk, organisation);
  if (arrivals.length === 0) return html`<h2>${t.arrivals}</h2>\n<p>${t.noArrivals}</p>\n`;
  const late = arrivals.filter((each) => each.late);
  const rows = arrivals.map(({ list, last, late: isLate, underWay }) => [
    LIST_NAMES[language][list],
    last === null ? t.never : `${format.moment(last)}, ${format.relative(last, now)}`,
    isLate ? (underWay ? t.lateUnderWay : t.late) : t.inTime,
  ]);
  return html`<h2>${t.arrivals}</h2>
<p>${late.length === 0 ? t.allArrived : html`<strong>${t.lateOnes(late.length)}</strong>`}</p>
${table(
  t.fixed,
  [t.fixedList, t.arrived, t.state].map((heading) => ({ heading })),
  rows,
)}`;
}

function leads({ language, base, may, organisation }: Visit): Html {
  const t = TODAY[language];
  const links = MENU.filter((entry) => entry.path !== '/' && leadsFor(entry, organisation, may));
  return html`${
    links.length === 0
      ? html`<p>${t.nothing}</p>\n`
      : html`<h2>${t.canOpen}</h2>
<ul>${links.map(({ path, label, about }) => html`<li><a href="${base}${path}">${label(language)}</a>: ${about(language)}</li>`)}</ul>
`
  }<p><a href="/">${t.apiLink}</a></p>
`;
}
