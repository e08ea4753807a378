import { by } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { Operations } from '../operationsPort.ts';
import { badIn, isBefore, namelessIn, seenIn } from './listRows.ts';
import { currentRef } from './merged.ts';
import type { MemoryList, MemoryState } from './state.ts';

type ListOperations = Pick<
  Operations,
  | 'completeLists'
  | 'concludeList'
  | 'closeQuietLists'
  | 'lateLists'
  | 'markLateReported'
  | 'surplusLists'
  | 'markSurplusReported'
  | 'actOnList'
  | 'overdueLists'
  | 'markOverdueReported'
  | 'lastConcluded'
  | 'pastLists'
>;

/** Lists for the background jobs: store/postgres/lists.ts and listStates.ts in SQL. */
export function memoryLists(state: MemoryState): ListOperations {
  const all = (org: OrgId) => [...state.lists.values()].filter((list) => list.org === org);
  const find = (org: OrgId, list: string, run: string) => state.lists.get(`${org}/${list}/${run}`);
  const concluded = (org: OrgId, list: string) =>
    all(org)
      .filter((each) => each.list === list && each.verdict === 'concluded')
      .sort((one, other) => (isBefore(one, other) ? 1 : -1));

  return {
    async completeLists(choose) {
      const complete = [...state.lists.values()]
        .filter(({ completed, verdict, type }) => completed !== null && verdict === null && type === 'FULL')
        .sort((one, other) => (isBefore(one, other) ? -1 : 1));
      const chosen = new Set<unknown>(choose === undefined ? complete : await choose(complete));
      return complete
        .filter((list) => chosen.has(list))
        .map((list) => ({
          org: list.org,
          list: list.list,
          run: list.run,
          total: list.total ?? seenIn(list),
          opened: list.opened,
          completed: list.completed ?? '',
          refs: refsIn(state, list),
          nameless: namelessIn(list),
          bad: badIn(list).length,
          held: [...list.rows.values()]
            .flatMap(({ rowKey, ref, sealed }) =>
              sealed && ref !== null ? [{ rowKey, ref: currentRef(state, list.org, ref), sealed }] : [],
            )
            .sort(by(({ rowKey }) => rowKey)),
          outdated: concluded(list.org, list.list).some((other) => isBefore(list, other)),
          confirmed: list.confirmed,
          vouched: list.vouched,
        }));
    },
    async concludeList(org, list, run, { verdict, reason, affected, doubtful, refs }) {
      const entry = find(org, list, run);
      if (entry === undefined) return;
      Object.assign(entry, { verdict, reason, affected, doubtful: [...doubtful] });
      const judged = refs && new Set(refs);
      for (const row of entry.rows.values())
        if (judged && row.ref !== null && !judged.has(currentRef(state, org, row.ref))) row.late = true;
    },
    async closeQuietLists(org, quietSince) {
      const quiet = all(org).filter(
        (list) =>
          list.completed === null &&
          list.verdict === null &&
          list.type === 'FULL' &&
          list.total !== null &&
          seenIn(list) < list.total &&
          list.rows.size >= list.total &&
          list.lastReceived <= quietSince,
      );
      for (const list of quiet) list.completed = list.lastReceived;
      return quiet.length;
    },
    lateLists: async (org) =>
      all(org).flatMap((list) => {
        const late = [...list.rows.values()].flatMap(({ ref, late }) => (late && ref !== null ? [ref] : []));
        const refs = [...new Set(late.map((ref) => currentRef(state, org, ref)))].sort();
        return refs.length === 0
          ? []
          : [{ list: list.list, run: list.run, completed: list.completed ?? '', refs }];
      }),
    async markLateReported(org, list, run, refs) {
      const reported = new Set(refs);
      for (const row of find(org, list, run)?.rows.values() ?? [])
        if (row.ref !== null && reported.has(currentRef(state, org, row.ref))) row.late = false;
    },
    surplusLists: async (org) =>
      all(org)
        .filter(({ surplus, surplusReported: surplusTold }) => surplus > 0 && surplusTold === 0)
        .map(({ list, run, surplus }) => ({ list, run, records: surplus })),
    async markSurplusReported(org, list, run, records) {
      const entry = find(org, list, run);
      if (entry) entry.surplusReported = records;
    },
    async actOnList({ org, list, run, act, who, reason, recorded, seen }) {
      const entry = find(org, list, run);
      if (entry === undefined || entry.verdict !== seen) return false;
      entry.verdict = act === 'drop' ? 'dropped' : null;
      entry.reason = null;
      entry.affected = null;
      entry.confirmed ||= act === 'confirm';
      entry.vouched ||= act === 'conclude';
      if (act === 'conclude') entry.completed ??= entry.lastReceived;
      entry.acts.push({ act, who, reason, recorded });
      return true;
    },
    overdueLists: async (org, openedBefore) =>
      all(org)
        .filter(
          (list) =>
            list.type === 'FULL' &&
            list.completed === null &&
            list.verdict === null &&
            !list.overdueReported &&
            list.opened <= openedBefore,
        )
        .sort((one, other) => (isBefore(one, other) ? -1 : 1))
        .map((list) => ({ list: list.list, run: list.run, total: list.total, rows: seenIn(list) })),
    async markOverdueReported(org, list, run) {
      const entry = find(org, list, run);
      if (entry) entry.overdueReported = true;
    },
    async lastConcluded(org, list) {
      const [last] = concluded(org, list);
      return last?.completed ? { total: last.total ?? seenIn(last), completed: last.completed } : null;
    },
    pastLists: async (org, list, count, before) =>
      concluded(org, list)
        .filter((each) => before === null || isBefore(each, before))
        .slice(0, count)
        .map((each) => ({
          refs: refsIn(state, each),
          nameless: namelessIn(each),
          doubtful: each.doubtful.map(({ ref, base }) => ({ ref: currentRef(state, org, ref), base })),
        })),
  };
}

/** Each youth once, under its current reference. */
function refsIn(state: MemoryState, { org, rows }: MemoryList): PersonRef[] {
  const refs = [...rows.values()].flatMap(({ ref }) => (ref === null ? [] : [currentRef(state, org, ref)]));
  return [...new Set(refs)];
}
