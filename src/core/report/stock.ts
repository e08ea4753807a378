import type { IsoInstant } from '../date.ts';
import type { SchoolYear } from '../schoolYear.ts';
import type { Tilmeldingskode } from '../statusEvent.ts';
import type { OtStatus, YouthEvent } from '../youthEvent.ts';

/** In the order of the published table. */
export const TILMELDINGSKODER = ['IKKE_SOKT', 'TAKKET_NEI', 'AVBRUTT', 'ANDRE_GRUNNER'] as const;

/** What is counted: registrations of one school year and county, recorded at or before `cutoff`. */
export interface StockScope {
  county: string;
  schoolYear: SchoolYear;
  cutoff: IsoInstant;
}

export interface StockRecord {
  ref: string;
  /** The youth's version after these events: the order that holds for one youth. */
  version: number;
  recorded: IsoInstant;
  events: readonly YouthEvent[];
}

export interface Stock {
  /** Code list version of every status counted; null when nobody is registered. */
  list: string | null;
  tilmelding: Record<Tilmeldingskode, number>;
  /** Registrations whose tilmeldingskode is not known. */
  tilmeldingUnknown: number;
  /** By main group digit. */
  groups: Record<string, number>;
  /** By status code. */
  codes: Record<string, number>;
  targetGroup: number;
  outside: number;
  total: number;
  /** Flow: youths that had the status at least once, whatever they have now. */
  everHad: Record<string, number>;
}

/** A registration as last written; the version tells which of two records wrote last. */
interface Row {
  version: number;
  open: boolean;
  tilmeldingskode: Tilmeldingskode | null;
  status: { version: number; value: OtStatus } | null;
  had: Set<string>;
}

/**
 * The stock at a cut-off, from the events alone. Records may come in any order: two feeds are read side by
 * side, so the order of `recorded` is not always the order in which a youth was decided.
 * @throws when the tables do not cross-foot.
 */
export function stockAsOf(records: Iterable<StockRecord>, scope: StockScope): Stock {
  const count = startStock(scope);
  for (const record of records) count.add(record);
  return count.finish();
}

/** The same, one record at a time, for a source that cannot be held in memory. */
export function startStock(scope: StockScope): { add(record: StockRecord): void; finish(): Stock } {
  const rows = new Map<string, Row>();
  return {
    add(record) {
      if (record.recorded > scope.cutoff) return;
      for (const event of record.events) fold(rows, record, event, scope);
    },
    finish: () => sum([...rows.values()]),
  };
}

function fold(rows: Map<string, Row>, record: StockRecord, event: YouthEvent, scope: StockScope): void {
  if (!('schoolYear' in event) || event.schoolYear !== scope.schoolYear || event.county !== scope.county)
    return;
  const row = rows.get(record.ref) ?? {
    version: 0,
    open: false,
    tilmeldingskode: null,
    status: null,
    had: new Set<string>(),
  };
  rows.set(record.ref, row);
  const newest = record.version >= row.version;
  if (newest) {
    row.version = record.version;
    row.open = event.type !== 'TilmeldingAnnulled';
    row.tilmeldingskode = event.type === 'TilmeldingAnnulled' ? null : event.tilmeldingskode;
  }
  if (event.type !== 'StatusSet') return;
  row.had.add(event.status.code);
  if (row.status === null || record.version >= row.status.version) {
    row.status = { version: record.version, value: event.status };
  }
}

function sum(rows: readonly Row[]): Stock {
  const stock: Stock = {
    list: null,
    tilmelding: { IKKE_SOKT: 0, TAKKET_NEI: 0, AVBRUTT: 0, ANDRE_GRUNNER: 0 },
    tilmeldingUnknown: 0,
    groups: {},
    codes: {},
    targetGroup: 0,
    outside: 0,
    total: 0,
    everHad: {},
  };
  for (const row of rows) {
    for (const code of row.had) stock.everHad[code] = (stock.everHad[code] ?? 0) + 1;
    if (!row.open) continue;
    stock.total += 1;
    if (row.tilmeldingskode === null) stock.tilmeldingUnknown += 1;
    else stock.tilmelding[row.tilmeldingskode] += 1;
    if (row.status !== null) addStatus(stock, row.status.value);
  }
  crossFoot(stock);
  return stock;
}

function addStatus(stock: Stock, status: OtStatus): void {
  // A group digit means different things in different lists: such a sum would be a wrong figure.
  if (stock.list !== null && stock.list !== status.list) {
    throw new Error(`statuses of ${stock.list} and ${status.list} cannot be summed by group`);
  }
  stock.list = status.list;
  stock.codes[status.code] = (stock.codes[status.code] ?? 0) + 1;
  stock.groups[status.group] = (stock.groups[status.group] ?? 0) + 1;
  if (status.targetGroup) stock.targetGroup += 1;
  else stock.outside += 1;
}

/** Both tables count the same youths, or none of them is published: a registration without a status (R01)
 *  would be in the first and not in the second. */
function crossFoot(stock: Stock): void {
  const byTilmelding = total(stock.tilmelding) + stock.tilmeldingUnknown;
  const sums = {
    byTilmelding,
    groups: total(stock.groups),
    codes: total(stock.codes),
    target: stock.targetGroup + stock.outside,
  };
  if (Object.values(sums).some((value) => value !== stock.total)) {
    throw new Error(`the tables do not cross-foot: ${stock.total} registered, ${JSON.stringify(sums)}`);
  }
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}
