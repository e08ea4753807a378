import { by } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import {
  type BuiltSheet,
  type HeldSheets,
  type KeptSheet,
  MOST_LOOKED_THROUGH,
  type SheetKey,
  type SheetRecords,
} from '../sheetsPort.ts';
import type { MemoryState } from './state.ts';

interface Row extends Omit<KeptSheet, 'built' | 'underWay'> {
  id: string;
  key: SheetKey;
  built: BuiltSheet | null;
  leasedBy: string | null;
  leasedUntil: IsoInstant | null;
}

/** Counted reports in memory. */
export function memorySheets(state: Pick<MemoryState, 'records'>): SheetRecords {
  const rows = new Map<string, Row>();
  let made = 0;
  const held = ({ ids, by: holder }: HeldSheets) =>
    [...rows.values()].filter((row) => ids.includes(row.id) && row.leasedBy === holder);
  const waiting = (org: OrgId) =>
    [...rows.values()].filter(({ key, asked }) => key.org === org && asked !== null).length;
  const rowOf = (key: SheetKey): Row => {
    made += 1;
    return {
      ...{ id: String(made), key: structuredClone(key), built: null, seen: null, asked: null, failed: null },
      ...{ leasedBy: null, leasedUntil: null, records: 0 },
    };
  };
  return {
    async keptSheet(key) {
      const row = rows.get(nameOf(key));
      if (row === undefined) return undefined;
      const { built, seen, asked, leasedBy, records, failed } = row;
      const kept = built === null ? null : withoutWhole(built);
      return { built: kept, seen, asked, underWay: leasedBy !== null, records, failed };
    },
    async wholeSheet(key) {
      const built = rows.get(nameOf(key))?.built;
      if (built == null) return undefined;
      const { asOf, rules, position } = built;
      return { content: built.whole ?? built.head, asOf, rules, position: new Map(position) };
    },
    async askSheet(key, at, most) {
      if (waiting(key.org) >= most) return false;
      const row = rows.get(nameOf(key)) ?? rowOf(key);
      row.asked ??= at;
      row.failed = null;
      rows.set(nameOf(key), row);
      return true;
    },
    async sheetSeen(key, at) {
      const row = rows.get(nameOf(key));
      if (row !== undefined) row.seen = at;
    },
    async leaseSheets(organisations, { by: holder, now, until }) {
      const waits = [...rows.values()]
        .filter(({ key, asked }) => asked !== null && organisations.includes(key.org))
        .filter(({ leasedBy, leasedUntil }) => leasedBy === null || (leasedUntil ?? '') <= now)
        .sort(by(({ asked }) => asked ?? ''));
      const [first] = waits;
      if (first === undefined) return [];
      const together = waits.filter(
        (row) => row === first || countedFrom(row.key) === countedFrom(first.key),
      );
      for (const row of together) Object.assign(row, { leasedBy: holder, leasedUntil: until, records: 0 });
      return together.map(({ id, key }) => ({ id, key: structuredClone(key) }));
    },
    async sheetsRead(holding, { records, until }) {
      const own = held(holding);
      for (const row of own) Object.assign(row, { records, leasedUntil: until });
      return own.length > 0;
    },
    async keepSheet({ id, by: holder }, built) {
      const [row] = held({ ids: [id], by: holder });
      if (row === undefined) return false;
      Object.assign(row, { built: structuredClone(built), asked: null, failed: null });
      Object.assign(row, { leasedBy: null, leasedUntil: null });
      return true;
    },
    async returnSheets(holding, failed) {
      for (const row of held(holding)) {
        Object.assign(row, { leasedBy: null, leasedUntil: null });
        if (failed !== null) Object.assign(row, { asked: null, failed });
      }
    },
    async protectionChanged(organisations, position) {
      const since = state.records.filter(
        ({ org, lane, offset }) => organisations.includes(org) && offset >= (position.get(lane) ?? 0n),
      );
      return (
        since.some(({ events }) => events.some(({ type }) => type === 'ProtectionChanged')) ||
        [...Map.groupBy(since, ({ lane }) => lane).values()].some(
          ({ length }) => length >= MOST_LOOKED_THROUGH,
        )
      );
    },
    async dropSheets(org, before) {
      const old = [...rows].filter(([, { key, asked, seen, built, failed }]) => {
        if (key.org !== org || asked !== null) return false;
        return seen === null ? (built?.built ?? failed ?? '') < before.neverSeen : seen < before.seen;
      });
      for (const [name] of old) rows.delete(name);
      return old.length;
    },
  };
}

function nameOf({ org, report, on, step, counted, within }: SheetKey): string {
  return JSON.stringify([org, report, on, step, counted, within && [within.units, within.hiddenUnits]]);
}

/** What one reading of the events serves. */
function countedFrom(key: SheetKey): string {
  const { org, on, counted, within } = key;
  if (counted.some((each) => each !== org)) return nameOf(key);
  return JSON.stringify([org, on, within && [within.units, within.hiddenUnits]]);
}

function withoutWhole({ whole: _, ...kept }: BuiltSheet): Omit<BuiltSheet, 'whole'> {
  return structuredClone(kept);
}
