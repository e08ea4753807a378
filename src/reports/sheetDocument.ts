import { countyName } from '../core/codelists/county.ts';
import type { ShownSheet } from '../core/report/sheet.ts';
import type { SheetDocument } from './sheetShape.ts';

/** A report as plain JSON. */
export function sheetDocument(shown: ShownSheet): SheetDocument {
  const { county, schoolYear, on, cutoff, list } = shown.scope;
  return {
    name: shown.name,
    title: shown.title,
    audience: shown.audience,
    county,
    countyName: countyName(county) ?? null,
    schoolYear,
    on,
    cutoff,
    codeList: list,
    follows: [...shown.follows],
    tables: shown.tables.map(({ name, title, columns, rows, personal }) => ({
      name,
      title,
      columns: columns.map((column) => ({ ...column })),
      rows: rows.map(({ cells, hidden, sum }) => ({
        values: Object.fromEntries(columns.map((column, at) => [column.name, cells[at] ?? null])),
        hidden: [...hidden],
        sum,
      })),
      personal,
    })),
  };
}
