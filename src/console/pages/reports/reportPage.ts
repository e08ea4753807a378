import { html } from 'hono/html';
import { deskFor } from '../../../api/deskFor.ts';
import type { ApiParts } from '../../../api/parts.ts';
import { permitReport, refsIn } from '../../../api/routes/reportSheets.ts';
import { csvAnswer } from '../../../api/spreadsheet.ts';
import { AUDIENCES } from '../../../core/report/sheet.ts';
import { SHEETS, type SheetName } from '../../../core/report/sheetName.ts';
import { STEPS } from '../../../core/report/sheets/series.ts';
import { type IsoDate, type IsoInstant, parseDate } from '../../../core/time/date.ts';
import { osloDate } from '../../../core/time/oslo.ts';
import { UUID } from '../../../core/uuid.ts';
import { nowOf } from '../../../desk/organisationToday.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import { lookAtSheet, renewSheet, wholeBuiltSheet } from '../../../desk/reports/builtSheets.ts';
import { tableNamed } from '../../../desk/reports/reports.ts';
import { sheetCsv } from '../../../reports/sheetCsv.ts';
import type { SheetDocumentTable } from '../../../reports/sheetShape.ts';
import { inNynorsk } from '../../../text/nynorsk.ts';
import { bars } from '../../charts/bars.ts';
import { lines } from '../../charts/lines.ts';
import { bokmal, type Html, table } from '../../frame/fragments.ts';
import type { Frame, Shown } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { REPORTS } from '../../text/reports.ts';
import { madeWhen, makingIt } from './madeWhen.ts';
import { capital, dayAsked } from './reportList.ts';

/** Figures of one kind, which can share a scale; of the tables that have all of them. */
const CHARTED: Readonly<Record<Exclude<SheetName, 'series'>, readonly string[]>> = {
  stock: ['antall'],
  reconciliation: ['tilmeldt', 'malgruppe', 'utenfor'],
  flow: ['har', 'hatt'],
  kostra: ['antall'],
  'unknown-age': ['antall'],
  'school-lag': ['p50', 'p95'],
  'contact-time': ['p50', 'p95'],
  'late-arrivals': ['antall'],
  overrides: ['antall'],
  checks: ['antall'],
  national: ['registrert', 'talt', 'malgruppe'],
};

/** More rows than this no one reads as bars. */
const MOST_BARS = 60;
/** The rest of them is in the spreadsheet: lists of youths can be as long as the county, and a page comes in 15 kB. */
const MOST = { rows: 100, youths: 50 } as const;

const AT = '/rapporter/{report}' as const;
const RENEW_SECONDS = 2;

/** One report as it was last counted: bars, their table, and what the figures rest on; while there is none, how far it has come. */
export function reportPage(frame: Frame, parts: ApiParts): void {
  frame.page({ access: 'report:read', path: AT, show: (visit) => shown(visit, parts) });
  frame.page({
    access: 'report:read',
    path: `${AT}/regneark`,
    async show(visit) {
      const { c, organisation } = visit;
      const { chosen } = await chosenIn(visit, parts);
      const permission = permitReport(c, chosen.name);
      const free = await c.get('slots').take();
      const { document, asOf } = await wholeBuiltSheet(reading(visit, parts), organisation, {
        ...{ ...chosen, permission },
      }).finally(free);
      const sheet = permission.within(document);
      const table = tableNamed(sheet, visit.query('tabell') || undefined);
      c.get('audit').subjects(refsIn([table]));
      return csvAnswer(c, `${chosen.name}-${chosen.on}`, sheetCsv(sheet, table, asOf));
    },
  });
  frame.act({
    ...{ access: 'report:read', path: `${AT}/lag`, on: AT },
    async perform(visit) {
      const { c, organisation, base } = visit;
      const { chosen } = await chosenIn(visit, parts);
      const permission = permitReport(c, chosen.name);
      const asked = await renewSheet(reading(visit, parts), organisation, { ...chosen, permission });
      if (!asked) return { ...(await shown(visit, parts)), notice: REPORTS[visit.language].crowded };
      return { to: `${base}${addressOf(chosen)}`, subjects: [] };
    },
  });
}

async function shown(visit: Visit, parts: ApiParts): Promise<Shown> {
  const { c, organisation, language, format, base } = visit;
  const t = REPORTS[language];
  const { chosen, known, now } = await chosenIn(visit, parts);
  const permission = permitReport(c, chosen.name);
  const look = await lookAtSheet(reading(visit, parts), organisation, { ...chosen, permission });
  const name = capital(SHEETS.find((each) => each.name === chosen.name)?.navn ?? chosen.name);
  const title = language === 'nb' ? name : (inNynorsk(name) ?? name);
  const notice = known ? {} : { notice: t.wrongDate };
  const back = html`<p class="no-print"><a href="${base}/rapporter?dato=${chosen.on}">${t.back}</a></p>
`;
  const at = addressOf(chosen);
  if (look.shown === null) {
    const content = html`<p>${t.on(format.longDate(chosen.on))}.</p>
${makingIt(visit, look, at)}${back}`;
    const refresh = look.making === null ? {} : { refresh: RENEW_SECONDS };
    return { ...{ title, subjects: [], content }, ...notice, ...refresh };
  }
  const sheet = permission.within(look.shown.document);
  const { rows, asOf } = look.shown;
  // What comes later in the day is not in it.
  const upto = sheet.cutoff < asOf ? sheet.cutoff : asOf;
  const year = t.year(sheet.schoolYear.replace('-', '–'));
  const content = html`<p><strong>${bokmal(language, sheet.title)}</strong>. ${t.on(format.longDate(sheet.on))}. ${year}. ${t.counted(format.moment(upto))}</p>
${madeWhen(visit, { ...look, ...look.shown, clock: now }, at)}${choices(visit, chosen)}${sheet.tables.map((each) => tablePart(visit, chosen, { shown: each, all: rows.get(each.name) ?? each.rows.length }))}${
  sheet.tables.some((table) => table.rows.some(({ hidden }) => hidden.length > 0))
    ? html`<p>${t.hiddenWhy}</p>\n`
    : ''
}<h2>${t.follows}</h2>
<ul>${sheet.follows.map((each) => html`<li>${bokmal(language, each)}</li>`)}</ul>
${back}`;
  return { ...{ title, subjects: refsIn(sheet.tables), content }, ...notice };
}

/** What a report is read with: the caller's own, and what has it counted. */
function reading({ c }: Visit, parts: ApiParts) {
  const sheets = parts.sheetsAs(c.get('permission'));
  return { ...deskFor(c, parts), sheets, asking: parts.sheets, heads: () => parts.queries.heads() };
}

/** The report that the address names. @throws DeskRefusal NOT_FOUND */
async function chosenIn(
  visit: Visit,
  parts: ApiParts,
): Promise<{ chosen: Chosen; known: boolean; now: IsoInstant }> {
  const { organisation, query, param } = visit;
  const name = SHEETS.find((each) => each.name === param('report'))?.name;
  if (name === undefined) throw new DeskRefusal('NOT_FOUND', 'Rapporten finnes ikke. Sjekk adressen.');
  const now = await nowOf(parts, organisation);
  const { on, known } = dayAsked(visit, osloDate(now));
  const audience = AUDIENCES.find((each) => each === query('for')) ?? 'ot';
  const step = STEPS.find((each) => each === query('steg')) ?? 'maaned';
  return { chosen: { name, on, audience, step }, known, now };
}

function addressOf(chosen: Chosen): string {
  return `/rapporter/${chosen.name}?${new URLSearchParams(queryOf(chosen)).toString()}`;
}

interface Chosen {
  name: SheetName;
  on: IsoDate;
  audience: (typeof AUDIENCES)[number];
  step: (typeof STEPS)[number];
}

function choices({ language, base }: Visit, chosen: Chosen): Html {
  const { name, audience, step } = chosen;
  const t = REPORTS[language];
  const link = (changes: Partial<Pick<Chosen, 'audience' | 'step'>>, label: string) =>
    html`<li><a href="${base}${addressOf({ ...chosen, ...changes })}">${label}</a></li>`;
  const other =
    audience === 'ot' ? link({ audience: 'ekstern' }, t.external) : link({ audience: 'ot' }, t.internal);
  const steps =
    name === 'series'
      ? step === 'uke'
        ? link({ step: 'maaned' }, t.months)
        : link({ step: 'uke' }, t.weeks)
      : '';
  return html`<ul class="no-print">${other}${steps}</ul>
`;
}

function queryOf({ on, audience, step }: Chosen): Record<string, string> {
  return { dato: on, for: audience, steg: step };
}

/** @param all rows of the table; of a list it has the first */
function tablePart(
  visit: Visit,
  chosen: Chosen,
  { shown, all }: { shown: SheetDocumentTable; all: number },
): Html {
  const { language, format, base } = visit;
  const t = REPORTS[language];
  const { title, columns, rows, personal } = shown;
  const first = rows.slice(0, personal ? MOST.youths : MOST.rows);
  const query = new URLSearchParams({ ...queryOf(chosen), tabell: shown.name });
  const file = `${base}/rapporter/${chosen.name}/regneark?${query.toString()}`;
  const drawn = chart(visit, chosen.name, shown);
  // A row for each week: the drawing says it first.
  const isSeries = chosen.name === 'series' && drawn !== '';
  const numbers = table(
    title,
    columns.map((column) => ({
      heading: bokmal(language, column.title),
      numeric: column.kind === 'number',
    })),
    first.map(({ values, hidden }) =>
      columns.map((column) =>
        hidden.includes(column.name) ? t.hidden : cell(visit, values[column.name] ?? null),
      ),
    ),
  );
  return html`<h2>${bokmal(language, title)}</h2>
${
  rows.length === 0
    ? html`<p>${t.empty}</p>\n`
    : html`${drawn}${isSeries ? html`<details><summary>${t.numbers}</summary>\n${numbers}</details>\n` : numbers}`
}${all > first.length ? html`<p>${t.more(format.number(first.length), format.number(all))}</p>\n` : ''}<p class="no-print"><a href="${file}">${t.csv(title)}</a></p>
`;
}

/** Over time as lines, all else as bars. */
function chart(visit: Visit, name: SheetName, shown: SheetDocumentTable): Html | '' {
  return name === 'series' ? lineChart(visit, shown) : barChart(visit, name, shown);
}

function lineChart({ language, format }: Visit, { title, columns, rows }: SheetDocumentTable): Html | '' {
  const t = REPORTS[language];
  if (rows.length < 2) return '';
  return lines({
    label: t.lines(title),
    points: rows.map(({ values }) => textOf(format, values.dato ?? null)),
    series: columns
      .filter(({ kind }) => kind === 'number')
      .map((column) => ({
        name: column.title,
        values: rows.map(({ values, hidden }) => shownValue(values[column.name], hidden, column.name)),
      })),
    number: format.number,
    missing: t.hidden,
  });
}

function shownValue(
  value: string | number | null | undefined,
  hidden: readonly string[],
  name: string,
): number | null {
  return typeof value === 'number' && !hidden.includes(name) ? value : null;
}

/** Sums are in the table alone: as bars they would dwarf their parts. */
function barChart(
  { language, format }: Visit,
  name: Exclude<SheetName, 'series'>,
  { title, columns, rows, personal }: SheetDocumentTable,
): Html | '' {
  const t = REPORTS[language];
  const charted = CHARTED[name].flatMap((each) => columns.find((column) => column.name === each) ?? []);
  const parts = rows.filter(({ sum }) => !sum);
  if (personal || charted.length < CHARTED[name].length || parts.length < 2 || parts.length > MOST_BARS)
    return '';
  const texts = columns.filter(({ kind }) => kind === 'text');
  return bars({
    label: t.chart(title),
    series: charted.map((column) => column.title),
    rows: parts.map(({ values, hidden }) => ({
      label: texts.map((column) => textOf(format, values[column.name] ?? null)).join(' '),
      values: charted.map((column) => shownValue(values[column.name], hidden, column.name)),
    })),
    number: format.number,
    missing: t.hidden,
  });
}

/** A reference leads to its youth, for those who may see it: as short as on every other page, where the way is. */
function cell(visit: Visit, value: string | number | null): Html | string {
  if (typeof value === 'string' && UUID.test(value) && visit.may('youth:read'))
    return html`<a href="${visit.base}/ungdom/${value}">${value.slice(0, 8)}</a>`;
  return textOf(visit.format, value);
}

function textOf(format: Visit['format'], value: string | number | null): string {
  if (value === null) return '–';
  if (typeof value === 'number') return format.number(value);
  return parseDate(value) === undefined ? value : format.date(value);
}
