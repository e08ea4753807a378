import { html } from 'hono/html';
import { deskFor } from '../../api/deskFor.ts';
import type { ApiParts } from '../../api/parts.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { schoolYearOf, yearAfter } from '../../core/time/schoolYear.ts';
import { wheelFor } from '../../core/wheel/wheel.ts';
import { nowOf } from '../../desk/organisationToday.ts';
import { worklistIndex, worklistPage } from '../../desk/worklists/worklists.ts';
import type { WorklistView } from '../../desk/worklists/worklistView.ts';
import type { WorkOrder } from '../../store/workPort.ts';
import { alertTitle } from '../../text/alertLines.ts';
import { bokmal, type Html, selectField, table } from '../frame/fragments.ts';
import type { Frame, Shown } from '../frame/frame.ts';
import type { Visit } from '../frame/visit.ts';
import { BULK } from '../text/bulk.ts';
import { CHANNEL_NAMES, nameOf } from '../text/codes.ts';
import { CONSENT_ASK } from '../text/consentAsk.ts';
import { WORKLIST } from '../text/worklist.ts';
import { askLine } from './consentAsk.ts';
import { dueText } from './dueText.ts';

const ROWS = 50;
/** Of the list of whom to ask: each row names each party and each consent. */
const ASK_ROWS = 25;

type Page = Awaited<ReturnType<typeof worklistPage>>;

/** Whom to call first, and until when. */
export function worklistPages(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'worklist:read',
    path: '/arbeidsliste',
    show: (visit) => ({ title: WORKLIST[visit.language].all, subjects: [], content: index(visit) }),
  });
  frame.page({
    access: 'worklist:read',
    path: '/arbeidsliste/{id}',
    async show(visit): Promise<Shown> {
      const { c, organisation, permission, language } = visit;
      const asked = askedIn(visit);
      // Few at a time: until the rows are all kept, over all youths of the county.
      const free = await c.get('slots').take();
      const making = worklistPage(deskFor(c, parts), organisation, {
        name: visit.param('id'),
        owner: asked.owner === '' ? undefined : asked.owner,
        order: asked.order,
        protectedYouths: permission.protectedYouths,
        page: {
          limit: visit.param('id') === 'ask-consent' ? ASK_ROWS : ROWS,
          ...(asked.after === '' ? {} : { after: asked.after }),
        },
      });
      const page = await making.finally(free);
      const now = await nowOf(parts, organisation);
      const { view } = page;
      const rows = view.rows.length === 0 ? empty(visit, page, parts) : list({ ...visit, now }, view);
      return {
        title: WORKLIST[language].title,
        subjects: view.rows.map(({ ref }) => ref),
        item: `worklist:${view.id} ${view.date}`,
        content: html`${head(visit, view)}${filter(visit, page)}${news(visit, page)}${rows}${pager(visit, page)}${forMany(visit, view)}${left(visit, view)}${others(visit, view)}`,
      };
    },
  });
}

interface Asked {
  owner: string;
  order: WorkOrder;
  after: string;
  /** Rows that came before the page when its link was made; null without one. */
  known: number | null;
}

function askedIn(visit: Visit): Asked {
  const known = visit.query('over');
  return {
    owner: visit.query('enhet'),
    order: visit.query('orden') === 'frist' ? 'deadline' : 'urgency',
    after: visit.query('etter'),
    known: /^\d{1,7}$/.test(known) ? Number(known) : null,
  };
}

function addressOf({ base }: Visit, id: string, { owner, order, after, known }: Partial<Asked>): string {
  const query = new URLSearchParams({
    ...(owner && { enhet: owner }),
    ...(order === 'deadline' && { orden: 'frist' }),
    ...(after && { etter: after }),
    ...(known !== undefined && known !== null && { over: String(known) }),
  });
  return `${base}/arbeidsliste/${id}${query.size === 0 ? '' : `?${query}`}`;
}

function index(visit: Visit): Html {
  const { language } = visit;
  return html`<dl class="spaced">${worklistIndex().map(
    ({ id, title, text }) =>
      html`<dt><a href="${addressOf(visit, id, {})}">${bokmal(language, title)}</a></dt><dd>${bokmal(language, text)}</dd>`,
  )}</dl>
`;
}

function head({ language, format }: Visit, { title, text, date, total }: WorklistView): Html {
  const t = WORKLIST[language];
  return html`<p class="lead">${bokmal(language, title)}</p>
<p>${bokmal(language, text)} ${t.madeFor(format.longDate(date))} ${t.total(total)}</p>
`;
}

/** A search by address: it has no person in it, and can be kept. */
function filter(visit: Visit, { view, owners }: Page): Html {
  const t = WORKLIST[visit.language];
  const { owner, order } = askedIn(visit);
  const known = owner === '' || owners.includes(owner) ? owners : [...owners, owner];
  return html`<form method="get" action="${addressOf(visit, view.id, {})}" class="filter no-print">
${selectField({
  id: 'enhet',
  label: t.unit,
  value: owner,
  options: [{ value: '', label: t.allUnits }, ...known.map((unit) => ({ value: unit, label: unit }))],
})}${selectField({
  id: 'orden',
  label: t.order,
  value: order === 'deadline' ? 'frist' : '',
  options: [
    { value: '', label: t.urgency },
    { value: 'frist', label: t.deadline },
  ],
})}<button class="second">${t.show}</button>
</form>
`;
}

/** What has come above a page since its link was made: a link, so that no row moves. */
function news(visit: Visit, { view, before }: Page): Html | '' {
  const { known, ...asked } = askedIn(visit);
  if (known === null || before <= known) return '';
  const text = WORKLIST[visit.language].news(before - known);
  return html`<p class="notice"><a href="${addressOf(visit, view.id, { ...asked, after: '' })}">${text}</a></p>\n`;
}

type Row = WorklistView['rows'][number];

/** What the rows are about is said once, above them, when it is a sentence: alone when it is the same in all, else by
 *  numbers. */
function list(visit: Visit & { now: IsoInstant }, view: WorklistView): Html {
  const { language } = visit;
  const t = WORKLIST[language];
  const [first, ...others] = view.rows;
  const once =
    first?.kind === null && others.every((row) => row.kind === null && whatOf(row) === whatOf(first));
  const reasons = [...new Set(view.rows.flatMap((row) => (row.kind === null ? [whatOf(row)] : [])))];
  const told = once
    ? html`<p>${bokmal(language, whatOf(first))}</p>\n`
    : reasons.length === 0
      ? ''
      : html`<p>${t.reasons}</p>\n<ol>${reasons.map((reason) => html`<li>${bokmal(language, reason)}</li>\n`)}</ol>\n`;
  const asks = view.rows.some(({ ask }) => ask.length > 0);
  const headings = [
    ...[once ? t.youth : t.what, ...(asks ? [CONSENT_ASK[language].column] : [])],
    ...[t.due, t.priority, t.tried, t.next, t.since, t.owner],
  ];
  const rows = table(
    askedIn(visit).order === 'deadline' ? t.deadline : t.urgency,
    headings.map((heading) => ({ heading })),
    view.rows.map((row) => {
      const [what, ...rest] = rowCells(visit, row, once ? null : reasons);
      return what === undefined ? [] : [what, ...(asks ? [askCell(visit, row)] : []), ...rest];
    }),
  );
  return html`${told}${rows}`;
}

function whatOf(row: Row): string {
  return row.kind === null ? (row.reason ?? row.rule) : alertTitle(row.kind);
}

function rowCells(visit: Visit & { now: IsoInstant }, row: Row, reasons: readonly string[] | null) {
  const { language, format, now } = visit;
  const t = WORKLIST[language];
  // From `/k/<org>/arbeidsliste/<id>`: what is the same in fifty rows is not sent fifty times.
  const href = row.alert === null ? `../ungdom/${row.ref}` : `../varsel/${row.alert}`;
  const short = row.ref.slice(0, 8);
  const why = reasons === null ? '' : `, ${t.reasonNo(reasons.indexOf(whatOf(row)) + 1)}`;
  const name =
    row.kind === null
      ? `${t.youth} ${short}${why}`
      : html`${bokmal(language, whatOf(row))}, ${t.youthOf(short)}`;
  const tried = Object.entries(row.attempts).map(
    ([channel, times]) => `${nameOf(CHANNEL_NAMES[language], channel)} ${times}`,
  );
  const [next] = row.untried;
  return [
    html`<a href="${href}">${name}</a>`,
    row.deadline === null ? t.none : dueText({ format }, row.deadline, now),
    row.priority === 'HOY' ? t.urgent : t.usual,
    tried.join(', ') || '–',
    next === undefined ? '–' : CHANNEL_NAMES[language][next],
    format.date(row.since),
    row.owner,
  ];
}

function askCell(visit: Visit, { ask }: WorklistView['rows'][number]): Html {
  return html`${ask.map(
    ({ part, sides, text }, at) =>
      html`${at === 0 ? '' : html`<br>`}${askLine(visit, { part, text, sides: sides.map(({ side, samtykke: state }) => ({ side, state })) }, '')}`,
  )}`;
}

/** Why it is empty, and what comes next. */
function empty(visit: Visit, { view }: Page, parts: Pick<ApiParts, 'policyOf'>): Html {
  const { language, format, organisation } = visit;
  const t = WORKLIST[language];
  if (askedIn(visit).owner !== '') return html`<p>${t.emptyFilter}</p>\n`;
  const policy = parts.policyOf(organisation.id);
  const year = schoolYearOf(view.date);
  const next = [year, yearAfter(year)]
    .flatMap((each) => wheelFor(each, policy))
    .find(({ worklist, from }) => worklist === view.id && from > view.date);
  return html`<p>${t.empty}${next === undefined ? '' : ` ${t.emptyNext(format.longDate(next.from))}`}</p>\n`;
}

function pager(visit: Visit, { view, before }: Page): Html | '' {
  const t = WORKLIST[visit.language];
  const asked = askedIn(visit);
  const { rows, total, next } = view;
  if (rows.length === 0 || (next === null && asked.after === '')) return '';
  const to = before + rows.length;
  return html`<nav aria-label="${t.pages}" class="pager">
<p>${t.range(before + 1, to, total)}</p>
${asked.after === '' ? '' : html`<p><a href="${addressOf(visit, view.id, { ...asked, after: '', known: null })}">${t.firstPage}</a></p>\n`}${next === null ? '' : html`<p><a href="${addressOf(visit, view.id, { ...asked, after: next, known: to })}">${t.nextPage}</a></p>\n`}</nav>
`;
}

/** Where the same can be done for all of these rows. */
function forMany(visit: Visit, { id, rows }: WorklistView): Html | '' {
  if (rows.length === 0 || !visit.may('bulk:act')) return '';
  const { owner } = askedIn(visit);
  const query = new URLSearchParams({ liste: id, ...(owner && { enhet: owner }) });
  return html`<p class="no-print"><a href="${visit.base}/samlet/ny?${query}">${BULK[visit.language].link}</a></p>\n`;
}

function left({ language }: Visit, { leftOut, unreadable, behind }: WorklistView): Html {
  const t = WORKLIST[language];
  return html`${leftOut > 0 ? html`<p>${t.leftOut(leftOut)}</p>\n` : ''}${unreadable > 0 ? html`<p>${t.unreadable(unreadable)}</p>\n` : ''}${behind ? html`<p class="notice">${t.behind}</p>\n` : ''}`;
}

function others(visit: Visit, view: WorklistView): Html {
  const t = WORKLIST[visit.language];
  const rest = worklistIndex().filter(({ id }) => id !== view.id);
  return html`<details class="no-print"><summary>${t.others}</summary>
<ul>${rest.map(({ id, title }) => html`<li><a href="${id}">${bokmal(visit.language, title)}</a>`)}</ul>
</details>
`;
}
