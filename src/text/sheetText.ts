import { HIDDEN } from '../reports/sheetCsv.ts';
import type { SheetDocument, SheetDocumentTable } from '../reports/sheetShape.ts';
import { norwegianDate, norwegianMoment, norwegianNumber } from './norwegian.ts';

const GAP = 2;
/** Lists of youths can be as long as the county; the whole list is available as CSV and JSON. */
const SHOWN_ROWS = 60;

/** A report for a terminal. */
export function sheetText(sheet: SheetDocument): string {
  const county = sheet.countyName === null ? sheet.county : `${sheet.county} ${sheet.countyName}`;
  const hidden = sheet.tables.some(({ rows }) => rows.some((row) => row.hidden.length > 0));
  return [
    sheet.title,
    `Fylke ${county} · skoleåret ${sheet.schoolYear.replace('-', '–')} · per ${norwegianDate(sheet.on)}`,
    `Talt: det som var kommet inn til og med ${norwegianMoment(sheet.cutoff)}${sheet.codeList === null ? '' : ` · kodeverk ${sheet.codeList}`}`,
    ...sheet.tables.flatMap((table) => ['', ...tableLines(table)]),
    '',
    ...(hidden ? [`${HIDDEN} = vises ikke, så ingen kan kjennes igjen.`] : []),
    ...sheet.follows.map((each) => `Følger: ${each}`),
  ].join('\n');
}

function tableLines({ title, columns, rows }: SheetDocumentTable): string[] {
  const shown = rows.slice(0, SHOWN_ROWS);
  const texts = shown.map(({ values, hidden }) =>
    columns.map(({ name }) => (hidden.includes(name) ? HIDDEN : text(values[name] ?? null))),
  );
  const widths = columns.map((column, at) =>
    Math.max(column.title.length, ...texts.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) =>
        columns[at]?.kind === 'number' ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join(' '.repeat(GAP))
      .trimEnd();
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width, GAP * (columns.length - 1)));
  return [
    title,
    line(columns.map((column) => column.title)),
    rule,
    ...texts.flatMap((row, at) => (shown[at]?.sum === true ? [rule, line(row)] : [line(row)])),
    ...(rows.length === 0 ? ['(ingen)'] : []),
    ...(rows.length > SHOWN_ROWS ? [`… og ${norwegianNumber(rows.length - SHOWN_ROWS)} rader til.`] : []),
  ];
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

function text(value: string | number | null): string {
  if (typeof value === 'number') return norwegianNumber(value).replace('.', ',');
  if (value === null) return '–';
  return ISO_DATE.test(value) ? norwegianDate(value) : value;
}
