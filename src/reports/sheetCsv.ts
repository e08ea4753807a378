import { type Cell, csvText } from './csv.ts';
import type { SheetDocument, SheetDocumentTable } from './sheetShape.ts';

/** SSB's sign for a suppressed figure. */
export const HIDDEN = ':';

/** One table for a spreadsheet. Every row names its report: rows are sorted, copied and forwarded. */
export function sheetCsv(sheet: SheetDocument, table: SheetDocumentTable): string {
  const about = [
    ['rapport', sheet.name],
    ['fylke', sheet.county],
    ['skoleår', sheet.schoolYear],
    ['per', sheet.on],
    ['talt til', sheet.cutoff],
    ['kodeverk', sheet.codeList],
    ['for', sheet.audience],
  ] as const;
  return csvText(
    [...table.columns.map(({ title }) => title), ...about.map(([title]) => title)],
    table.rows.map(({ values, hidden }): Cell[] => [
      ...table.columns.map(({ name }) => (hidden.includes(name) ? HIDDEN : (values[name] ?? null))),
      ...about.map(([, value]) => value),
    ]),
  );
}
