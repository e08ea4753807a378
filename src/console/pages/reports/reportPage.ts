import { html } from 'hono/html';
import type { ApiParts } from '../../../api/parts.ts';
import { refsIn, sheetFor } from '../../../api/routes/reportSheets.ts';
import { csvAnswer } from '../../../api/spreadsheet.ts';
import { AUDIENCES } from '../../../core/report/sheet.ts';
import { SHEET_NAMES, type SheetName } from '../../../core/report/sheetName.ts';
import { STEPS } from '../../../core/report/sheets/series.ts';
import { parseDate } from '../../../core/time/date.ts';
import { UUID } from '../../../core/uuid.ts';
import { todayOf } from '../../../desk/organisationToday.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import { tableNamed } from '../../../desk/reports/reports.ts';
import { sheetCsv } from '../../../reports/sheetCsv.ts';
import type { SheetDocument, SheetDocumentTable } from '../../../reports/sheetShape.ts';
import { bars } from '../../charts/bars.ts';
import { lines } from '../../charts/lines.ts';
import { bokmal, type Html, table } from '../../frame/fragments.ts';
import type { Frame } from '../../frame/frame.ts';
import type { Visit } from '../../frame/visit.ts';
import { REPORTS } from '../../text/reports.ts';
import { dayAsked } from './reportList.ts';

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
/** Lists of youths can be as long as the county. */
const MOST_ROWS = 100;

/** One report: bars, their table, and what the figures rest on. */
export function reportPage(frame: Frame, parts: ApiParts): void {
  frame.page({
    access: 'report:read',
    path: '/rapporter/{report}',
    async show(visit) {
      const { language, format, base } = visit;
      const t = REPORTS[language];
      const { chosen, known, sheet } = await askedFor(visit, parts);
      const year = t.year(sheet.schoolYear.replace('-', '–'));
      const content = html`<p><strong>${bokmal(language, sheet.title)}</strong>. ${t.on(format.longDate(sheet.on))}. ${year}. ${t.counted(format.moment(sheet.cutoff))}</p>
${choices(visit, chosen)}${sheet.tables.map((each) => tablePart(visit, chosen, each))}${
  sheet.tables.some(({ rows }) => rows.some(({ hidden }) => hidden.length > 0))
    ? html`<p>${t.hiddenWhy}</p>\n`
    : ''
}<h2>${t.follows}</h2>
<ul>${sheet.follows.map((each) => html`<li>${bokmal(language, each)}</li>`)}</ul>
<p class="no-print"><a href="${base}/rapporter?dato=${chosen.on}">${t.back}</a></p>
`;
      return {
        ...{ title: t.title, subjects: refsIn(sheet.tables), content },
        ...(known ? {} : { notice: t.wrongDate }),
      };
    },
  });
  frame.page({
    access: 'report:read',
    path: '/rapporter/{report}/regneark',
    async show(visit) {
      const { chosen, sheet } = await askedFor(visit, parts);
      const shown = tableNamed(sheet, visit.query('tabell') || undefined);
      visit.c.get('audit').subjects(refsIn([shown]));
      return csvAnswer(visit.c, `${chosen.name}-${chosen.on}`, sheetCsv(sheet, shown));
    },
  });
}

/** The report that the address names. @throws DeskRefusal NOT_FOUND */
async function askedFor(
  visit: Visit,
  parts: ApiParts,
): Promise<{ chosen: Chosen; known: boolean; sheet: SheetDocument }> {
  const { c, organisation, query, param } = visit;
  const name = SHEET_NAMES.find((each) => each === param('report'));
  if (name === undefined) throw new DeskRefusal('NOT_FOUND', 'Rapporten finnes ikke. Sjekk adressen.');
  const { on, known } = dayAsked(visit, await todayOf(parts, organisation));
  const audience = AUDIENCES.find((each) => each === query('for')) ?? 'ot';
  const step = STEPS.find((each) => each === query('steg')) ?? 'maaned';
  const free = await c.get('slots').take();
  const chosen = { name, on, audience, step };
  const sheet = await sheetFor(c, parts, { ...chosen, county: null }).finally(free);
  return { chosen, known, sheet };
}

interface Chosen {
  name: SheetName;
  on: string;
  audience: (typeof AUDIENCES)[number];
  step: (typeof STEPS)[number];
}

function choices({ language, base }: Visit, chosen: Chosen): Html {
  const { name, audience, step } = chosen;
  const t = REPORTS[language];
  const link = (changes: Partial<Pick<Chosen, 'audience' | 'step'>>, label: string) => {
    const query = new URLSearchParams(queryOf({ ...chosen, ...changes }));
    return html`<li><a href="${base}/rapporter/${name}?${query.toString()}">${label}</a></li>`;
  };
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

function tablePart(visit: Visit, chosen: Chosen, shown: SheetDocumentTable): Html {
  const { language, format, base } = visit;
  const t = REPORTS[language];
  const { title, columns, rows } = shown;
  const first = shown.rows.slice(0, MOST_ROWS);
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
}${rows.length > first.length ? html`<p>${t.more(format.number(first.length), format.number(rows.length))}</p>\n` : ''}<p class="no-print"><a href="${file}">${t.csv(title)}</a></p>
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

/** A reference leads to its youth, for those who may see it. */
function cell(visit: Visit, value: string | number | null): Html | string {
  if (typeof value === 'string' && UUID.test(value) && visit.may('youth:read'))
    return html`<a href="${visit.base}/ungdom/${value}">${value}</a>`;
  return textOf(visit.format, value);
}

function textOf(format: Visit['format'], value: string | number | null): string {
  if (value === null) return '–';
  if (typeof value === 'number') return format.number(value);
  return parseDate(value) === undefined ? value : format.date(value);
}
