import { by } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { placeOf, SPAN_MS, spansOf } from '../listPlace.ts';
import type { ListState } from '../operationsPort.ts';
import type { Commit, ListRow } from '../port.ts';
import type { MemoryLane, MemoryList, MemoryListRow, MemoryState } from './state.ts';

/** List rows of a batch: `note_lists` in SQL. */
export function writeListRows(state: MemoryState, lane: MemoryLane, batch: Commit): void {
  const rows = batch.listRows.filter((row) => !mend(state, lane.org, row));
  const spans = spansOf(rows);
  const groups = Map.groupBy(rows.entries(), ([index, { envelope }]) =>
    [envelope.list, envelope.run, spans[index]].join('\u001f'),
  );
  const inTime = [...groups.values()].map((group) => group.map(([, row]) => row));
  for (const group of inTime.sort(by(firstOf))) writeGroup(state, lane, group);
}

function writeGroup(state: MemoryState, lane: MemoryLane, rows: readonly ListRow[]): void {
  const list = listOf(state, lane.org, rows);
  const { completed, verdict } = list;
  const known = new Set([...list.rows.values()].map(({ rowKey }) => rowKey));
  for (const row of rows) {
    const { envelope, received, receipt, rowKey, ref, sealed, quarantine, nameless } = row;
    list.total = envelope.total ?? list.total;
    if (received < list.opened) list.opened = received;
    if (received > list.lastReceived) list.lastReceived = received;
    if (receipt !== null) list.receipts.add(receipt);
    const place = placeOf(lane.id, row);
    if (rowKey === null || list.rows.has(place)) continue;
    const late = isLate(list, ref);
    const kind = quarantine === null ? ('good' as const) : ('bad' as const);
    list.rows.set(place, { rowKey, ref, sealed, kind, quarantine, nameless, late });
    // A list sent twice adds nothing; a row that was not in it does.
    if ((completed !== null || verdict !== null) && !known.has(rowKey)) list.surplus += 1;
    known.add(rowKey);
  }
  if (list.completed === null && seenIn(list) === list.total) list.completed = list.lastReceived;
}

/** A row replayed from quarantine replaces the broken one, in whichever list that is. */
function mend(
  state: MemoryState,
  org: OrgId,
  { replayOf, rowKey, ref, sealed, quarantine, nameless }: ListRow,
): boolean {
  if (replayOf === null || rowKey === null) return false;
  for (const list of state.lists.values()) {
    if (list.org !== org) continue;
    for (const row of list.rows.values()) {
      if (row.kind !== 'bad' || row.quarantine !== replayOf) continue;
      row.late ||= isLate(list, ref);
      Object.assign(row, {
        rowKey,
        ref,
        sealed,
        quarantine,
        nameless,
        kind: quarantine === null ? 'good' : 'bad',
      });
      return true;
    }
  }
  return false;
}

function isLate(list: MemoryList, ref: PersonRef | null): boolean {
  return (
    ref !== null &&
    list.verdict === 'concluded' &&
    list.list !== 'nav' &&
    ![...list.rows.values()].some((other) => other.ref === ref)
  );
}

function listOf(state: MemoryState, org: OrgId, rows: readonly ListRow[]): MemoryList {
  const [{ envelope, received } = {}] = rows;
  if (envelope === undefined || received === undefined) throw new Error('a list without a record');
  const opened = firstOf(rows);
  const named = [...state.lists.values()].filter(
    (list) => list.org === org && list.list === envelope.list && list.sentAs === envelope.run,
  );
  const known = named.find(
    (list) => envelope.list === 'nav' || Math.abs(Date.parse(list.opened) - Date.parse(opened)) < SPAN_MS,
  );
  if (known !== undefined) return known;
  const newest = named.sort((one, other) => (one.opened < other.opened ? 1 : -1))[0];
  // Late rows that repeat none of the newest list's: the ones it waits for.
  if (
    newest !== undefined &&
    newest.opened < opened &&
    newest.completed === null &&
    newest.verdict === null
  ) {
    const received = new Set([...newest.rows.values()].map(({ rowKey }) => rowKey));
    if (!rows.some(({ rowKey }) => rowKey !== null && received.has(rowKey))) return newest;
  }
  const run = named.length === 0 ? envelope.run : `${envelope.run}~${named.length + 1}`;
  const list: MemoryList = {
    org,
    list: envelope.list,
    run,
    sentAs: envelope.run,
    type: envelope.type,
    total: null,
    opened,
    lastReceived: opened,
    completed: null,
    overdueReported: false,
    verdict: null,
    reason: null,
    affected: null,
    surplus: 0,
    surplusReported: 0,
    confirmed: false,
    vouched: false,
    acts: [],
    receipts: new Set(),
    doubtful: [],
    rows: new Map(),
  };
  state.lists.set(`${org}/${envelope.list}/${run}`, list);
  return list;
}

function firstOf(rows: readonly ListRow[]): string {
  return rows.reduce((first, { received }) => (received < first ? received : first), '9999');
}

/** Number of distinct rows. */
export function seenIn({ rows }: MemoryList): number {
  const unnumbered = [...rows].filter(([place]) => !place.startsWith('#'));
  return rows.size - unnumbered.length + new Set(unnumbered.map(([, { rowKey }]) => rowKey)).size;
}

export function badIn({ rows }: MemoryList): MemoryListRow[] {
  return [...rows.values()].filter(({ kind }) => kind === 'bad');
}

export function namelessIn(list: MemoryList): string[] {
  return [...new Set(badIn(list).flatMap(({ nameless }) => nameless ?? []))].sort();
}

export function isBefore(
  one: { opened: string; run: string },
  other: { opened: string; run: string },
): boolean {
  return one.opened < other.opened || (one.opened === other.opened && one.run < other.run);
}

export function listStateOf(state: MemoryState, list: MemoryList): ListState {
  const { run, type, total, opened, completed, verdict, reason, affected, surplus, acts, rows } = list;
  return {
    list: list.list,
    run,
    type,
    total,
    opened,
    completed,
    verdict,
    reason,
    affected,
    surplus,
    seen: seenIn(list),
    records: rows.size,
    bad: badIn(list).length,
    nameless: namelessIn(list).length,
    doubtful: list.doubtful.length,
    outdated: [...state.lists.values()].some(
      (other) =>
        other.org === list.org &&
        other.list === list.list &&
        other.type === 'FULL' &&
        other.completed !== null &&
        other.verdict !== 'dropped' &&
        isBefore(list, other),
    ),
    acts: [...acts],
  };
}
