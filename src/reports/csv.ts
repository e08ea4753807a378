// Tables for Norwegian spreadsheets: UTF-8 with a byte order mark, semicolons, decimal comma, RFC 4180 quoting and
// CRLF. Source text must never run as a formula in the spreadsheet that opens it (CSV injection).

/** A number is written with a decimal comma; null is an empty cell. */
export type Cell = string | number | null;

const BYTE_ORDER_MARK = '\uFEFF';
const SEPARATOR = ';';
const LINE_END = '\r\n';
/** A cell that a spreadsheet reads as a formula, also after trimming. */
const RUNS = /^[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_QUOTES = /[;"\r\n\t]|^\s|\s$/;

/** @throws when a row has another number of cells than the header. */
export function csvText(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [csvHead(header)];
  for (const row of rows) {
    if (row.length !== header.length)
      throw new Error(`a row of ${row.length} cells below a header of ${header.length}`);
    lines.push(csvLine(row));
  }
  return lines.join('');
}

/** What a table begins with, for one that is written line by line. */
export function csvHead(header: readonly string[]): string {
  return BYTE_ORDER_MARK + csvLine(header);
}

export function csvLine(cells: readonly Cell[]): string {
  return cells.map(cellText).join(SEPARATOR) + LINE_END;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return numberText(cell);
  // The apostrophe is the spreadsheets' own mark for text.
  const safe = RUNS.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A minus before digits is a number to a spreadsheet and no formula.
 * @throws on a number that no spreadsheet can read.
 */
function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new Error('a cell must be a finite number');
  return String(value).replace('.', ',');
}
