import { CsvError, parse } from 'csv-parse/sync';
import { FILE } from '../../core/sentences/files.ts';
import { FileFault } from '../fileFault.ts';
import { FILE_LIMITS } from '../fileLimits.ts';
import { isEmptyRow, type ReadSheet, type SheetRow } from '../sheet.ts';
import { tooLong, tooWide } from '../xlsx/worksheet.ts';
import { decodeText } from './decodeText.ts';

const SEPARATORS = [';', '\t', ','] as const;
type Separator = (typeof SEPARATORS)[number];

/** Rows by which the separator is found. */
const SAMPLE_ROWS = 20;
const SAMPLE_CHARACTERS = 64 * 1024;
const DECLARED = /^sep=(.)(?:\r\n|\r|\n|$)/i;

/** A text file as a spreadsheet shows it: a quoted line break is within its row, and an empty line is a row.
 *  @param isHeading whether a text is the heading of a column @throws FileFault */
export function readCsv(bytes: Buffer, isHeading: (text: string) => boolean): ReadSheet {
  const text = decodeText(bytes);
  const declared = DECLARED.exec(text);
  // A spreadsheet takes the line for its own, and does not count it.
  const body = declared === null ? text : text.slice(declared[0].length);
  const separator = declared?.[1] ?? separatorOf(body, isHeading);
  const rows: SheetRow[] = [];
  for (const [index, texts] of recordsOf(body, separator).entries()) {
    const cells = texts.map((cell) =>
      cell.length > FILE_LIMITS.cell ? { fault: 'too-long' as const } : cell || null,
    );
    if (isEmptyRow(cells)) continue;
    if (cells.slice(FILE_LIMITS.columns).some((cell) => cell !== null)) throw tooWide();
    if (rows.length > FILE_LIMITS.rows) throw tooLong();
    rows.push({ number: index + 1, cells: cells.slice(0, FILE_LIMITS.columns), hidden: false });
  }
  return { kind: 'csv', rows, merged: [], hiddenSheets: 0, otherSheets: 0 };
}

function recordsOf(text: string, separator: string, rows?: number): string[][] {
  try {
    return parse(text, {
      delimiter: separator,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      // An empty line is a row too, and one that ends the file is none.
      skip_empty_lines: false,
      ...(rows === undefined ? {} : { to: rows }),
    });
  } catch (error) {
    if (error instanceof CsvError) throw unclosed(error);
    throw error;
  }
}

function unclosed({ code, records }: CsvError): FileFault {
  const row = typeof records === 'number' ? records + 1 : undefined;
  const at = row === undefined ? null : String(row);
  return new FileFault(
    'NOT_A_LIST',
    code === 'CSV_QUOTE_NOT_CLOSED'
      ? at === null
        ? FILE.nb.quote
        : FILE.nb.quoteIn(at)
      : at === null
        ? FILE.nb.cell
        : FILE.nb.cellIn(at),
  );
}

/** The one by which a row has most headings; else the one that cuts most rows alike. */
function separatorOf(text: string, isHeading: (text: string) => boolean): Separator {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  let best: { separator: Separator; score: number } = { separator: ';', score: 0 };
  for (const separator of SEPARATORS) {
    const rows = sampleOf(sample, separator, text.length > sample.length);
    const headings = Math.max(0, ...rows.map((cells) => cells.filter(isHeading).length));
    const score = headings * 1_000 + alike(rows);
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}

/** @param cut whether the text goes on: then its last row is not whole */
function sampleOf(text: string, separator: Separator, cut: boolean): string[][] {
  try {
    const rows = recordsOf(text, separator, SAMPLE_ROWS);
    return cut ? rows.slice(0, -1) : rows;
  } catch (error) {
    // With another separator a quote may begin where no cell does.
    if (error instanceof FileFault) return [];
    throw error;
  }
}

function alike(rows: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) if (length >= 2) counts.set(length, (counts.get(length) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
