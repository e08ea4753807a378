import type { IsoDate } from '../time/date.ts';

// An aggregated table of old OT statuses: persons per code and county. No single person is in it.

export interface NationalTable {
  /** The date the counts are from; decides which code list they are read by. */
  asOf: IsoDate;
  rows: readonly NationalRow[];
  sum: Cells;
}

export interface NationalRow extends Cells {
  /** Number in the published list, e.g. `1.3`. */
  number: string;
  /** As written; null for persons without a code. */
  code: string | null;
  text: string;
}

export interface Cells {
  /** The whole country. */
  total: number;
  /** County number → persons; null = a blank cell, which counts as 0. */
  counties: Readonly<Record<string, number | null>>;
  /** Persons in counties that the table does not show. */
  rest: number;
}

/** A column of the table: the country, a county by its number, or the counties that are not shown. */
export type Column = 'total' | 'rest' | (string & {});

/** What is wrong with a table, in bokmål, for the one who has the file. */
export class TableFault extends Error {}

export function columnsOf({ sum }: NationalTable): Column[] {
  return ['total', ...Object.keys(sum.counties).sort(), 'rest'];
}

export function cellOf(cells: Cells, column: Column): number {
  if (column === 'total') return cells.total;
  if (column === 'rest') return cells.rest;
  return cells.counties[column] ?? 0;
}

/**
 * Every row adds up across, every column adds up to the sum row. No other check is made: a county
 * with 900 of one code and 12 of another has its own practice, and a load that refused it would lose people.
 *
 * @throws TableFault naming the first place where the table does not add up.
 */
export function checkTable(table: NationalTable): void {
  const columns = columnsOf(table);
  const seen = new Set<string>();
  for (const row of [...table.rows, { ...table.sum, number: 'sum', code: 'sum' }]) {
    const name = `Raden ${row.number} ${row.code ?? '(uten kode)'}`;
    if (seen.has(row.number)) throw new TableFault(`${name} står to ganger i tabellen.`);
    seen.add(row.number);
    const strange = Object.keys(row.counties).find((county) => !columns.includes(county));
    if (strange !== undefined)
      throw new TableFault(`${name} har tall for fylke ${strange}, som ikke står i sumraden.`);
    const odd = columns.find((column) => !isCount(cellOf(row, column)));
    if (odd !== undefined)
      throw new TableFault(`${name} har et tall som ikke er et antall personer (${odd}).`);
    const across = columns.reduce((all, column) => all + (column === 'total' ? 0 : cellOf(row, column)), 0);
    if (across !== row.total)
      throw new TableFault(`${name}: fylkene er til sammen ${across}, men i alt står det ${row.total}.`);
  }
  for (const column of columns) {
    const down = table.rows.reduce((all, row) => all + cellOf(row, column), 0);
    const told = cellOf(table.sum, column);
    if (down !== told)
      throw new TableFault(
        `Kolonnen ${column}: radene er til sammen ${down}, men i sumraden står det ${told}.`,
      );
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
