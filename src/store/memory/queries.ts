import { compare } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import { type PersonRef, personRef } from '../../core/person/reference.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { packedRecord } from '../form/packedRecord.ts';
import type { LoadedYouth, StoredRecord } from '../port.ts';
import type { Queries, RecordPlace } from '../queriesPort.ts';
import type { WorkReading } from '../workPort.ts';
import { memoryAlertProgress } from './alertProgress.ts';
import { memoryCommitted } from './committed.ts';
import { isBefore, listStateOf } from './listRows.ts';
import { loadYouth } from './loadYouth.ts';
import { currentRef } from './merged.ts';
import { memoryParked } from './parked.ts';
import { memoryQuarantine } from './quarantine.ts';
import { memoryReceipts } from './receipts.ts';
import type { MemoryState } from './state.ts';

const PORTION = 200;

export function memoryQueries(state: MemoryState): Omit<Queries, keyof WorkReading> {
  const listsOf = (org: OrgId) => [...state.lists.values()].filter((list) => list.org === org);
  const recordsOf = (org: OrgId): StoredRecord[] =>
    state.records
      .filter((record) => record.org === org)
      .map(({ org: _org, ...record }) => structuredClone(record));
  return {
    async youth(org, asked) {
      const ref = currentRef(state, org, asked);
      return state.youths.has(`${org}/${ref}`) ? loadYouth(state, org, ref) : undefined;
    },
    async *youths(org) {
      const own = [...state.youths.keys()].filter((key) => key.startsWith(`${org}/`)).sort();
      for (const key of own) yield loadYouth(state, org, personRef(key.slice(org.length + 1)));
    },
    refOf: async (hmac) => state.refs.get(hmac.toString('hex')),
    history: async (org, ref) =>
      recordsOf(org)
        .filter((record) => record.ref === ref)
        .sort((a, b) => a.version - b.version),
    hasRecords: async (org, upto) => recordsOf(org).some((record) => record.recorded <= upto),
    async *recordedUpto(org, upto) {
      const records = recordsOf(org)
        .filter((record) => record.recorded <= upto)
        .sort(byYouth);
      for (let at = 0; at < records.length; at += PORTION)
        yield records.slice(at, at + PORTION).map(packedRecord);
    },
    async youthsNamed(org, refs) {
      const found = new Map<PersonRef, LoadedYouth>();
      for (const asked of refs) {
        const youth = await this.youth(org, asked);
        if (youth !== undefined) found.set(asked, youth);
      }
      return found;
    },
    latestAlerts: async (org, limit, after) =>
      recordsOf(org)
        .filter((record) => record.events.some((event) => event.type === 'AlertRaised'))
        .filter((record) => after === undefined || byRecorded(record, after) < 0)
        .sort((a, b) => -byRecorded(a, b))
        .slice(0, limit),
    ...memoryCommitted(state),
    alertProgress: memoryAlertProgress(state).alertProgress,
    ...memoryQuarantine(state),
    ...memoryParked(state),
    lanes: async () =>
      [...state.lanes.values()].map(
        ({ org, topic, partition, epoch, nextOffset, publishedUpto, shift, stopped, counts }) => ({
          org,
          topic,
          partition,
          epoch,
          nextOffset,
          publishedUpto,
          shift,
          stopped,
          counts: { ...counts },
        }),
      ),
    async latestRecords(org) {
      const topics = new Map([...state.lanes.values()].map(({ id, topic }) => [id, topic]));
      const last = new Map<string, { offset: bigint; recorded: IsoInstant }>();
      const latest = new Map<string, IsoInstant>();
      for (const { lane, offset, recorded } of recordsOf(org)) {
        const before = last.get(String(lane));
        if (before === undefined || before.offset < offset) last.set(String(lane), { offset, recorded });
      }
      for (const [lane, { recorded }] of last) {
        const topic = topics.get(Number(lane)) ?? '';
        if (recorded > (latest.get(topic) ?? '')) latest.set(topic, recorded);
      }
      return latest;
    },
    ...memoryReceipts(state),
    lists: async (org, { list, limit }) =>
      listsOf(org)
        .filter((each) => list === null || each.list === list)
        .sort((one, other) => (isBefore(one, other) ? 1 : -1))
        .slice(0, limit)
        .map((each) => listStateOf(state, each)),
    async list(org, list, run) {
      const found = state.lists.get(`${org}/${list}/${run}`);
      return found && listStateOf(state, found);
    },
  };
}

function byYouth(a: StoredRecord, b: StoredRecord): number {
  return compare(a.ref, b.ref) || a.version - b.version;
}

function byRecorded(a: RecordPlace, b: RecordPlace): number {
  return (
    compare(a.recorded, b.recorded) || a.lane - b.lane || compare(a.offset, b.offset) || compare(a.ref, b.ref)
  );
}
