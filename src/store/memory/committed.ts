import { compare } from '../../core/order.ts';
import type { Committed, CommittedRecord, Queries } from '../queriesPort.ts';
import type { MemoryState } from './state.ts';

export function memoryCommitted(state: MemoryState): Pick<Queries, 'heads' | 'committed' | 'histories'> {
  return {
    heads: async () => [...state.lanes.values()].map(({ org, id, nextOffset }) => ({ org, id, nextOffset })),
    async committed(org, from, limit): Promise<Committed> {
      const lanes = [...state.lanes.values()].filter((lane) => lane.org === org);
      const known = lanes.map(({ id, nextOffset }) => ({ id, nextOffset })).sort((a, b) => a.id - b.id);
      const records = known.flatMap(({ id }) => {
        const after = state.records
          .filter(({ lane, offset }) => lane === id && offset >= (from.get(id) ?? 0n))
          .sort((a, b) => compare(a.offset, b.offset) || compare(a.ref, b.ref));
        const last = after[limit - 1];
        return after.filter(({ offset }) => last === undefined || offset <= last.offset);
      });
      return { lanes: known, records: records.map((record) => placed(state, record)) };
    },
    async histories(org, refs) {
      const own = state.records.filter((record) => record.org === org && refs.includes(record.ref));
      const oldestFirst = own.sort((a, b) => a.version - b.version).map(({ org: _org, ...record }) => record);
      return Map.groupBy(structuredClone(oldestFirst), ({ ref }) => ref);
    },
  };
}

function placed(state: MemoryState, record: MemoryState['records'][number]): CommittedRecord {
  const { org, ...shown } = record;
  const before = state.records
    .filter((each) => each.org === org && each.ref === record.ref && each.version < record.version)
    .sort((a, b) => b.version - a.version)[0];
  const previous = before === undefined ? null : { lane: before.lane, offset: before.offset };
  return { ...structuredClone(shown), previous };
}
