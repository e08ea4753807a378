import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { type Cell, csvText } from '../report/csv.ts';

const JSON_TYPE = 'application/json';
const CSV_TYPE = 'text/csv';

/** Does the asker prefer a table for a spreadsheet? */
export function wantsCsv(c: Context): boolean {
  const type = accepts(c, { header: 'Accept', supports: [JSON_TYPE, CSV_TYPE], default: JSON_TYPE });
  return type === CSV_TYPE;
}

/** @param name without ending; letters, digits and hyphens only. */
export function csvAnswer(
  c: Context,
  name: string,
  header: readonly string[],
  rows: Iterable<readonly Cell[]>,
) {
  return c.text(csvText(header, rows), 200, {
    'content-type': `${CSV_TYPE}; charset=utf-8`,
    'content-disposition': `attachment; filename="${name}.csv"`,
  });
}
