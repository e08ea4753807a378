import { parseDate } from '../time/date.ts';
import { type Cells, type NationalRow, type NationalTable, TableFault } from './nationalTable.ts';

// The same table as text: a header `nr;kode;tekst;iAlt;01;02;…;rest`, a row per code, and a row whose number is `sum`.
// Old tables have been copied out of slides: thousands are separated by spaces, and noise lines come between the rows.

export interface ReadTable {
  table: NationalTable;
  /** Noise lines. */
  ignored: number;
}

const ROW = /^\d(\.\d)?$/;
const SUM = /^sum/i;

/** @throws TableFault when the header, the sum row or a number cannot be read. */
export function readCsvTable(text: string, asOf: string): ReadTable {
  if (parseDate(asOf) === undefined) throw new TableFault('Datoen tallene er fra, skrives slik: 2011-01-01.');
  const [first = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const separator = [';', '\t', ','].find((mark) => first.includes(mark)) ?? ';';
  const header = cellsIn(first, separator).map((name) => name.toLowerCase());
  const place = (name: string) => {
    const at = header.indexOf(name);
    if (at < 0) throw new TableFault(`Kolonnen «${name}» mangler i første linje.`);
    return at;
  };
  const [number, code, words, total] = [place('nr'), place('kode'), place('tekst'), place('ialt')];
  const rest = header.findIndex((name) => name.startsWith('rest'));
  const counties = header.flatMap((name, at) => (/^\d{2}$/.test(name) ? [{ name, at }] : []));
  const strange = header.find(
    (name, at) => ![number, code, words, total, rest].includes(at) && !/^\d{2}$/.test(name),
  );
  if (strange !== undefined) throw new TableFault(`Kolonnen «${strange}» er ikke et fylkesnummer.`);

  const rows: NationalRow[] = [];
  let sum: Cells | null = null;
  let ignored = 0;
  for (const line of lines.filter((each) => each.trim() !== '')) {
    const cells = cellsIn(line, separator);
    const name = cells[number] ?? '';
    if (!ROW.test(name) && !SUM.test(name)) {
      ignored += 1;
      continue;
    }
    const count = (at: number) => countIn(cells[at] ?? '', `${name} ${header[at] ?? ''}`);
    const columns = {
      total: count(total) ?? 0,
      counties: Object.fromEntries(counties.map((county) => [county.name, count(county.at)])),
      rest: rest < 0 ? 0 : (count(rest) ?? 0),
    };
    if (SUM.test(name)) sum = columns;
    else rows.push({ number: name, code: cells[code] || null, text: cells[words] ?? '', ...columns });
  }
  if (sum === null) throw new TableFault('Sumraden mangler. Den har «sum» som nummer.');
  return { table: { asOf, rows, sum }, ignored };
}

/** Blank = null. Spaces of any kind separate the thousands. */
function countIn(cell: string, where: string): number | null {
  const digits = cell.replace(/\s/g, '');
  if (digits === '') return null;
  if (!/^\d{1,9}$/.test(digits)) throw new TableFault(`Tallet i ${where} kan ikke leses.`);
  return Number(digits);
}

/** Cells of one line; a cell in double quotes may hold the separator, and a doubled quote is a quote. */
function cellsIn(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  let before = '';
  for (const mark of line) {
    if (mark === '"') {
      if (!quoted && before === '"') cell += mark;
      quoted = !quoted;
    } else if (mark === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += mark;
    before = mark;
  }
  return [...cells, cell.trim()];
}
