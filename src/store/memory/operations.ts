import { by } from '../../core/order.ts';
import { personRef } from '../../core/person/reference.ts';
import type { Operations } from '../operationsPort.ts';
import { memoryAlertProgress } from './alertProgress.ts';
import { memoryIdentities } from './identity.ts';
import { resumeLane } from './laneRepair.ts';
import { memoryLists } from './lists.ts';
import { memoryLogControls } from './logControl.ts';
import type { MemoryState } from './state.ts';

export function memoryOperations(state: MemoryState): Operations {
  return {
    ...memoryIdentities(state),
    ...memoryLogControls(state),
    noteProgress: memoryAlertProgress(state).noteProgress,
    async openReceipt(entry) {
      for (const [id, receipt] of state.receipts) {
        const same =
          receipt.org === entry.org &&
          receipt.feed === entry.feed &&
          receipt.sender === entry.sender &&
          receipt.idempotencyKey === entry.idempotencyKey;
        if (entry.idempotencyKey === null || !same) continue;
        return {
          id,
          state: receipt.bodyHash.equals(entry.bodyHash) ? 'repeated' : 'conflict',
          sent: receipt.sent,
        };
      }
      state.receipts.set(entry.id, { ...entry, sent: false });
      return { id: entry.id, state: 'new', sent: false };
    },
    async receiptSent(id) {
      const receipt = state.receipts.get(id);
      if (receipt) receipt.sent = true;
    },
    waitingReceipts: async (org, { from, to }) =>
      [...state.receipts].flatMap(([id, { feed, rows, received, sent, org: owner }]) => {
        const waiting = rows - (state.receiptRows.get(id)?.size ?? 0);
        const asked = owner === org && sent && waiting > 0 && received >= from && received <= to;
        return asked ? [{ id, feed, received, waiting }] : [];
      }),
    resumeLane: async (act) => resumeLane(state, act),
    async claimQuarantine(org, id) {
      const item = state.quarantine.get(id);
      if (item?.org !== org || item.status !== 'open' || item.claimed) return false;
      item.claimed = true;
      return true;
    },
    async unclaimQuarantine(org, id) {
      const item = state.quarantine.get(id);
      if (item?.org === org) item.claimed = false;
    },
    async settleQuarantine(org, id, status) {
      const item = state.quarantine.get(id);
      if (item?.org !== org || item.status !== 'open') return false;
      item.status = status;
      return true;
    },
    async unpark(org, ref) {
      const taken = state.parked.filter((item) => item.org === org && item.ref === ref);
      for (const item of taken) item.released = true;
      return taken.map(({ topic, partition, offset, sealed }) => ({ topic, partition, offset, sealed }));
    },
    async unparked(org, ref) {
      state.parked = state.parked.filter((item) => item.org !== org || item.ref !== ref || !item.released);
    },
    ...memoryLists(state),
    due: async (org, now, limit) =>
      [...state.youths]
        .flatMap(([key, { due }]) =>
          due !== null && due <= now && key.startsWith(`${org}/`)
            ? [{ ref: personRef(key.slice(org.length + 1)), due }]
            : [],
        )
        .sort(by(({ due, ref }) => `${due}${ref}`))
        .slice(0, limit),
    virtualNow: async (org) => state.clocks.get(org) ?? null,
    async moveClock(org, now) {
      const before = state.clocks.get(org);
      const after = before !== undefined && before > now ? before : now;
      state.clocks.set(org, after);
      return after;
    },
    async saveSnapshot(snapshot) {
      const key = `${snapshot.org}/${snapshot.referenceDate}`;
      if (!state.snapshots.has(key)) state.snapshots.set(key, snapshot);
    },
    snapshot: async (org, referenceDate) => state.snapshots.get(`${org}/${referenceDate}`),
  };
}
