import type { IsoInstant } from '../core/time/date.ts';
import { type Cell, csvText } from './csv.ts';
import type { SheetDocument, SheetDocumentTable } from './sheetShape.ts';

/** SSB's sign for a suppressed figure. */
export const HIDDEN = ':';

/** One table for a spreadsheet. Every row names its report: rows are sorted, copied and forwarded.
 *  @param asOf when it was counted, of a report that was kept */
export function sheetCsv(sheet: SheetDocument, table: SheetDocumentTable, asOf?: IsoInstant): string {
  const about = [
    ['rapport', sheet.name],
    ['fylke', sheet.county],
    ['skoleår', sheet.schoolYear],
    ['per', sheet.on],
    ['talt til', sheet.cutoff],
    ['kodeverk', sheet.codeList],
    ['for', sheet.audience],
    ...(asOf === undefined ? [] : [['laget', asOf] as const]),
  ] as const;
  return csvText(
    [...table.columns.map(({ title }) => title), ...about.map(([title]) => title)],
    table.rows.map(({ values, hidden }): Cell[] => [
      ...table.columns.map(({ name }) => (hidden.includes(name) ? HIDDEN : (values[name] ?? null))),
      ...about.map(([, value]) => value),
    ]),
  );
}
