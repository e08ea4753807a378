import type { Commit } from '../port.ts';
import type { MemoryLane, MemoryState } from './state.ts';

/** Quarantine, parking, receipts and list rows of a batch: what `commit_rest` does in SQL. */
export function writeRest(state: MemoryState, lane: MemoryLane, batch: Commit): void {
  const where = { org: lane.org, topic: lane.topic, partition: lane.partition };
  for (const item of batch.quarantined) state.quarantine.set(item.id, { ...where, ...item, status: 'open' });
  for (const item of batch.parked) state.parked.push({ ...where, lane: lane.id, released: false, ...item });
  for (const { receipt, row, outcome, problems } of batch.receipts) {
    const rows = state.receiptRows.get(receipt) ?? new Map();
    state.receiptRows.set(receipt, rows);
    const before = rows.get(row)?.outcome;
    if (before === undefined || before === 'quarantined' || before === 'parked')
      rows.set(row, { outcome, problems });
  }
  for (const { envelope, rowKey, ref, sealed, received } of batch.listRows) {
    const key = `${lane.org}/${envelope.list}/${envelope.run}`;
    const list = state.lists.get(key) ?? {
      org: lane.org,
      list: envelope.list,
      run: envelope.run,
      type: envelope.type,
      total: null,
      opened: received,
      completed: null,
      overdueTold: false,
      verdict: null,
      concludedOrder: 0,
      rows: new Map(),
    };
    state.lists.set(key, list);
    list.total = envelope.total ?? list.total;
    if (rowKey !== null && ref !== null && !list.rows.has(rowKey)) list.rows.set(rowKey, { ref, sealed });
    if (list.completed === null && list.rows.size === list.total) list.completed = received;
  }
}
