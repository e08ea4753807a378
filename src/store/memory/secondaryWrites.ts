import type { Commit } from '../port.ts';
import { writeListRows } from './listRows.ts';
import type { MemoryLane, MemoryState } from './state.ts';

/** Quarantine, parking, receipts and list rows of a batch: `commit_rest` in SQL. */
export function writeSecondary(state: MemoryState, lane: MemoryLane, batch: Commit): void {
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
  writeListRows(state, lane, batch);
}
