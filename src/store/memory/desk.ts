import type { Desk } from '../deskPort.ts';
import { memoryIdentities } from './identity.ts';
import { letLaneGoOn } from './laneRepair.ts';
import { currentRef } from './merged.ts';
import type { MemoryList, MemoryState } from './state.ts';

export function memoryDesk(state: MemoryState): Desk {
  return {
    ...memoryIdentities(state),
    async openReceipt(entry) {
      for (const [id, receipt] of state.receipts) {
        const same =
          receipt.org === entry.org &&
          receipt.feed === entry.feed &&
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
    letLaneGoOn: async (act) => letLaneGoOn(state, act),
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
    async completeLists() {
      const open = [...state.lists.values()].filter(
        (list) => list.completed !== null && list.verdict === null && list.type === 'FULL',
      );
      return open
        .sort((a, b) => `${a.completed}${a.run}`.localeCompare(`${b.completed}${b.run}`))
        .map((list) => {
          const [previous] = [...state.lists.values()]
            .filter(
              (other) => other.org === list.org && other.list === list.list && other.verdict === 'concluded',
            )
            .sort((a, b) => b.concludedOrder - a.concludedOrder);
          return {
            org: list.org,
            list: list.list,
            run: list.run,
            total: list.total ?? 0,
            completed: list.completed ?? '',
            refs: refsIn(state, list),
            previous: previous ? refsIn(state, previous) : null,
            held: [...list.rows].flatMap(([rowKey, { ref, sealed }]) =>
              sealed ? [{ rowKey, ref: currentRef(state, list.org, ref), sealed }] : [],
            ),
          };
        });
    },
    async concludeList(org, list, run, verdict) {
      const entry = state.lists.get(`${org}/${list}/${run}`);
      if (!entry) return;
      entry.verdict = verdict;
      entry.concludedOrder = [...state.lists.values()].filter((other) => other.verdict !== null).length;
    },
    overdueLists: async (org, openedBefore) =>
      [...state.lists.values()]
        .filter(
          (list) =>
            list.org === org &&
            list.type === 'FULL' &&
            list.completed === null &&
            !list.overdueTold &&
            list.opened <= openedBefore,
        )
        .sort((a, b) => (`${a.opened}${a.run}` < `${b.opened}${b.run}` ? -1 : 1))
        .map(({ list, run, total, rows }) => ({ list, run, total, rows: rows.size })),
    async noteOverdue(org, list, run) {
      const entry = state.lists.get(`${org}/${list}/${run}`);
      if (entry) entry.overdueTold = true;
    },
    async lastConcluded(org, list) {
      const last = [...state.lists.values()]
        .filter((each) => each.org === org && each.list === list && each.verdict === 'concluded')
        .sort((a, b) => (`${a.completed}${a.run}` < `${b.completed}${b.run}` ? 1 : -1))[0];
      return last?.completed ? { total: last.total ?? 0, completed: last.completed } : null;
    },
    concludedRefs: async (org, list, count) =>
      [...state.lists.values()]
        .filter((each) => each.org === org && each.list === list && each.verdict === 'concluded')
        .sort((a, b) => (`${a.completed}${a.run}` < `${b.completed}${b.run}` ? 1 : -1))
        .slice(0, count)
        .map((each) => refsIn(state, each)),
    due: async (org, now, limit) =>
      [...state.youths]
        .flatMap(([key, { due }]) =>
          due !== null && due <= now && key.startsWith(`${org}/`)
            ? [{ ref: key.slice(org.length + 1), due }]
            : [],
        )
        .sort((a, b) => (`${a.due}${a.ref}` < `${b.due}${b.ref}` ? -1 : 1))
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

/** Of each youth once, under the reference it has now. */
function refsIn(state: MemoryState, { org, rows }: MemoryList): string[] {
  return [...new Set([...rows.values()].map(({ ref }) => currentRef(state, org, ref)))];
}
