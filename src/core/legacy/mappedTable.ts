import { listOn, lookupStatus, mapFrom2011, statusIn } from '../codelists/otStatus.ts';
import {
  type Cells,
  type Column,
  cellOf,
  checkTable,
  columnsOf,
  type NationalTable,
  TableFault,
} from './nationalTable.ts';

// An old table through the mapping of 2011 to 2016 (domain reference §1.5.5), row by row. Every person keeps their side
// of the target group, except where the newer list moved the code itself; persons without a code go to quarantine.

const OLD = 'OT-2011-01';
const NEW = 'OT-2016-07';

export type Side = 'target' | 'outside' | 'quarantine';

export interface MappedRow {
  number: string;
  /** Canonical code of the old list; null = none, or not a code of it. */
  from: string | null;
  text: string;
  /** Default successor; null = quarantine. */
  to: string | null;
  side: Side;
  /** Main group of the successor in its own list. */
  group: number | null;
  /** The reference's word for the step, e.g. `merged`. */
  type: string;
  /** More than one successor is possible: the default holds until a person has reviewed it. */
  ambiguous: boolean;
  alternatives: readonly string[];
  /** Bokmål: what decides between them. */
  decides: string | null;
  /** Was inside the target group by the old list and is outside by the new one. */
  leaves: boolean;
  cells: Cells;
}

export interface Sums {
  target: number;
  outside: number;
  quarantine: number;
  all: number;
  /** Of them with more than one possible successor. */
  ambiguous: number;
}

export interface MappedTable {
  rows: readonly MappedRow[];
  /** Column → sums; `total` is the country. */
  sums: ReadonlyMap<Column, Sums>;
  /** New code → persons in the country; quarantine is not a code. */
  perCode: ReadonlyMap<string, number>;
}

/** @throws TableFault when the table does not add up, or is not from the time of the old list. */
export function mapTable(table: NationalTable): MappedTable {
  if (listOn(table.asOf) !== OLD)
    throw new TableFault(`Tallene er fra ${table.asOf}, men kodelisten ${OLD} gjaldt ikke da.`);
  checkTable(table);
  const rows = table.rows.map((row) => ({
    ...mapCode(row.code, table.asOf),
    number: row.number,
    text: row.text,
    cells: row,
  }));
  const sums = new Map(columnsOf(table).map((column) => [column, sumsOf(rows, column)]));
  for (const [column, { target, outside, quarantine, all }] of sums) {
    // Checked against the sum row: no person may be lost or added in the mapping.
    if (target + outside + quarantine !== all || all !== cellOf(table.sum, column))
      throw new TableFault(`Kolonnen ${column} går ikke opp etter omkodingen.`);
  }
  const perCode = new Map<string, number>();
  for (const { to, cells } of rows) if (to !== null) perCode.set(to, (perCode.get(to) ?? 0) + cells.total);
  return { rows, sums, perCode };
}

function mapCode(written: string | null, asOf: string): Omit<MappedRow, 'number' | 'text' | 'cells'> {
  const read = written === null ? null : lookupStatus(written, asOf);
  const from = read?.ok ? read.code : null;
  const { code: to, type, alternatives, decides } = mapFrom2011(from);
  const entry = to === null ? undefined : statusIn(NEW, to);
  const inside = entry?.targetGroup ?? null;
  return {
    from,
    to,
    side: inside === null ? 'quarantine' : inside ? 'target' : 'outside',
    group: entry?.group ?? null,
    type,
    ambiguous: alternatives.length > 0,
    alternatives,
    decides,
    leaves: read?.ok === true && read.targetGroup && inside === false,
  };
}

function sumsOf(rows: readonly MappedRow[], column: Column): Sums {
  const sums: Sums = { target: 0, outside: 0, quarantine: 0, all: 0, ambiguous: 0 };
  for (const { side, ambiguous, cells } of rows) {
    const count = cellOf(cells, column);
    sums[side] += count;
    sums.all += count;
    if (ambiguous) sums.ambiguous += count;
  }
  return sums;
}
