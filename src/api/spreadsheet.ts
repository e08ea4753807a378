import type { Context } from 'hono';
import { accepts } from 'hono/accepts';

const JSON_TYPE = 'application/json';
const CSV_TYPE = 'text/csv';

/** Does the asker prefer a table for a spreadsheet? */
export function wantsCsv(c: Context): boolean {
  const type = accepts(c, { header: 'Accept', supports: [JSON_TYPE, CSV_TYPE], default: JSON_TYPE });
  return type === CSV_TYPE;
}

export const JSON_LINES_TYPE = 'application/x-ndjson';

/** The file that is preferred to an answer in JSON: a table, or a line of JSON a row; undefined: none. */
export function wantedFile(c: Context): 'csv' | 'jsonl' | undefined {
  const supports = [JSON_TYPE, CSV_TYPE, JSON_LINES_TYPE];
  const type = accepts(c, { header: 'Accept', supports, default: JSON_TYPE });
  if (type === CSV_TYPE) return 'csv';
  return type === JSON_LINES_TYPE ? 'jsonl' : undefined;
}

/** @param name without ending; letters, digits and hyphens only. */
export function jsonLinesAnswer(c: Context, name: string, lines: string) {
  return c.text(lines, 200, {
    'content-type': JSON_LINES_TYPE,
    'content-disposition': `attachment; filename="${name}.jsonl"`,
  });
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

/** A table that is sent line by line as it is read, whatever its length.
 *  @param name without ending; letters, digits and hyphens only.
 *  @param text comes to its end, or fails: then the file is cut off, and its receiver sees that */
export function csvStream(c: Context, name: string, text: AsyncGenerator<string>) {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await text.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await text.return(undefined);
    },
  });
  return c.body(body, 200, {
    'content-type': `${CSV_TYPE}; charset=utf-8`,
    'content-disposition': `attachment; filename="${name}.csv"`,
  });
}
