import type { Context } from 'hono';
import { accepts } from 'hono/accepts';

const JSON_TYPE = 'application/json';
const CSV_TYPE = 'text/csv';

/** Does the asker prefer a table for a spreadsheet? */
export function wantsCsv(c: Context): boolean {
  const type = accepts(c, { header: 'Accept', supports: [JSON_TYPE, CSV_TYPE], default: JSON_TYPE });
  return type === CSV_TYPE;
}

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** @param name without ending; letters, digits and hyphens only. */
export function xlsxAnswer(c: Context, name: string, bytes: Buffer) {
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': XLSX_TYPE,
    'content-disposition': `attachment; filename="${name}.xlsx"`,
  });
}

/** @param name without ending; letters, digits and hyphens only. */
export function csvAnswer(c: Context, name: string, csv: string) {
  return c.text(csv, 200, {
    'content-type': `${CSV_TYPE}; charset=utf-8`,
    'content-disposition': `attachment; filename="${name}.csv"`,
  });
}
