import { randomUUID } from 'node:crypto';
import type { SourceKey } from '../../core/feedAdapter.ts';
import { numberRef, type PersonRef, personOfNumber } from '../../core/person/reference.ts';
import type { AccessRecords } from '../accessPort.ts';
import type { AuditTrail } from '../auditPort.ts';
import type { BulkRecords } from '../bulkPort.ts';
import type { FintProjection, FintReading } from '../fintPort.ts';
import { unpackEvents } from '../form/storedEvents.ts';
import { longerTail, type StoredYouth } from '../form/storedTail.ts';
import type { NavRecords } from '../navPort.ts';
import type { Operations } from '../operationsPort.ts';
import {
  type Commit,
  type CommitResult,
  type LoadedYouth,
  OUTCOMES,
  type Store,
  type YouthWrite,
} from '../port.ts';
import type { Queries } from '../queriesPort.ts';
import type { SheetRecords } from '../sheetsPort.ts';
import type { UploadRecords } from '../uploadPort.ts';
import type { VigoRecords } from '../vigoPort.ts';
import type { WorkProjection } from '../workPort.ts';
import { memoryAccess } from './access.ts';
import { memoryAudit } from './audit.ts';
import { memoryBulk } from './bulk.ts';
import { memoryFint } from './fint.ts';
import { writeNames } from './identity.ts';
import { loadYouth } from './loadYouth.ts';
import { memoryNav } from './nav.ts';
import { memoryOperations } from './operations.ts';
import { memoryQueries } from './queries.ts';
import { writeSecondary } from './secondaryWrites.ts';
import { memorySheets } from './sheets.ts';
import { emptyState, laneById, type MemoryState } from './state.ts';
import { memoryUploads } from './uploads.ts';
import { memoryVigo } from './vigo.ts';
import { memoryWork } from './work.ts';

/** In-memory store, held to the PostgreSQL one by the contract suite: the pipeline runs on it in milliseconds. Not
 *  persistent. */
export function createMemoryStore(
  state: MemoryState = emptyState(),
): Store &
  Queries &
  Operations &
  AccessRecords &
  AuditTrail &
  FintReading &
  FintProjection &
  WorkProjection &
  NavRecords &
  VigoRecords &
  UploadRecords &
  BulkRecords &
  SheetRecords {
  return {
    ...memoryStore(state),
    ...memoryQueries(state),
    ...memoryOperations(state),
    ...memoryAccess(state),
    ...memoryAudit(state),
    ...memoryFint(state),
    ...memoryWork(state),
    ...memoryNav(state),
    ...memoryVigo(),
    ...memoryUploads(state),
    ...memoryBulk(),
    ...memorySheets(state),
  };
}

function memoryStore(state: MemoryState): Store {
  return {
    migrate: async () => undefined,
    async claim(key) {
      const name = `${key.topic}/${key.partition}`;
      const lane = state.lanes.get(name) ?? {
        ...key,
        id: state.lanes.size + 1,
        epoch: 0,
        nextOffset: 0n,
        publishedUpto: 0n,
        shift: 0n,
        clusterId: null,
        topicId: null,
        mark: null,
        stopped: null,
        producerId: 2n ** 61n + BigInt(state.lanes.size),
        fence: 0,
        counts: { applied: 0, duplicate: 0, rejected: 0, quarantined: 0, parked: 0 },
      };
      lane.epoch += 1;
      lane.fence += 1;
      lane.stopped = null;
      state.lanes.set(name, lane);
      const { counts: _counts, stopped: _stands, ...claimed } = lane;
      return { ...claimed };
    },
    async raiseFence(lane, by) {
      const stored = laneById(state, lane.id);
      if (stored.epoch !== lane.epoch) return null;
      stored.fence += by;
      return stored.fence;
    },
    resolve: async (people) =>
      people.map((person) => {
        const hex = person.hmac.toString('hex');
        const ref = state.refs.get(hex) ?? numberRef(randomUUID());
        state.refs.set(hex, ref);
        if (!state.numbers.has(hex)) state.numbers.set(hex, person.sealedNumber());
        return ref;
      }),
    async inOrderGiven(refs) {
      const asked = new Set(refs);
      return [...new Set(state.refs.values())].map(personOfNumber).filter((ref) => asked.has(ref));
    },
    load: async (org, refs) => new Map(refs.map((ref) => [ref, loadYouth(state, org, ref)])),
    async find(org, hmacs, refs, kept) {
      const known = hmacs.map((hmac) => state.refs.get(hmac.toString('hex')));
      const youths = new Map<PersonRef, LoadedYouth>();
      const load = (ref: PersonRef, version: number | null = null) => {
        if (!youths.has(ref)) youths.set(ref, loadYouth(state, org, ref, version));
      };
      for (const [index, ref] of known.entries())
        if (ref !== undefined) load(personOfNumber(ref), kept?.hmacs[index]);
      for (const [index, ref] of refs.entries()) load(ref, kept?.refs[index]);
      return { known, youths };
    },
    async keyed(org, keys) {
      const found = new Map<SourceKey, PersonRef>();
      for (const key of keys) {
        const ref = state.sourceKeys.get(`${org}/${key}`);
        if (ref !== undefined) found.set(key, ref);
      }
      return found;
    },
    commit: async (batch) => commit(state, batch),
    refuses: () => false,
    async published(lane, upto) {
      const stored = laneById(state, lane.id);
      if (stored.epoch !== lane.epoch) return false;
      if (upto > stored.publishedUpto) stored.publishedUpto = upto;
      return true;
    },
    async found(lane, log) {
      const stored = laneById(state, lane.id);
      if (stored.epoch !== lane.epoch) return false;
      Object.assign(stored, log);
      return true;
    },
    async stopped(lane, note) {
      const stored = laneById(state, lane.id);
      if (stored.epoch === lane.epoch) stored.stopped = note;
    },
    publishedUpto: async (laneId) => laneById(state, laneId).publishedUpto,
    async unpublished(lane, from, limit) {
      const records = state.records
        .filter((record) => record.lane === lane.id && record.offset >= from)
        .sort((a, b) => Number(a.offset - b.offset));
      const last = records[limit - 1];
      return records
        .filter((record) => last === undefined || record.offset <= last.offset)
        .map(({ org: _org, ...record }) => structuredClone(record));
    },
    async withCurrent(org, refs, publish) {
      await publish(
        refs.filter((ref) => state.youths.has(`${org}/${ref}`)).map((ref) => loadYouth(state, org, ref)),
      );
    },
    close: async () => undefined,
  };
}

function commit(state: MemoryState, batch: Commit): CommitResult {
  const lane = laneById(state, batch.lane.id);
  if (lane.epoch !== batch.lane.epoch || lane.nextOffset !== batch.lane.nextOffset) return 'fenced';
  const moved = batch.youths.some(
    (write) => (state.youths.get(`${lane.org}/${write.ref}`)?.version ?? 0) !== write.expectedVersion,
  );
  if (moved) return 'moved';
  const stored = batch.youths.map((write) => storedAfter(state, batch, write));

  lane.nextOffset = batch.nextOffset;
  lane.mark = batch.mark ?? lane.mark;
  if (batch.publishedUpto > lane.publishedUpto) lane.publishedUpto = batch.publishedUpto;
  for (const outcome of OUTCOMES) lane.counts[outcome] += batch.counts[outcome];
  for (const { offset, ref, version, recorded, body } of batch.applied) {
    state.records.push({
      offset,
      ref,
      version,
      recorded,
      events: unpackEvents(JSON.parse(body)),
      org: lane.org,
      lane: lane.id,
      topic: lane.topic,
      partition: lane.partition,
    });
  }
  const lastOffset = new Map(batch.applied.map((record) => [record.ref, record.offset]));
  for (const [index, write] of batch.youths.entries()) {
    state.youths.set(`${lane.org}/${write.ref}`, {
      version: write.version,
      ...stored[index]!,
      due: write.due,
      lane: lane.id,
      offset: lastOffset.get(write.ref) ?? batch.nextOffset - 1n,
    });
    if (write.mergedInto !== null) state.merged.set(`${lane.org}/${write.ref}`, write.mergedInto);
  }
  writeSecondary(state, lane, batch);
  writeNames(state, lane, batch);
  for (const { key, ref } of batch.sourceKeys) state.sourceKeys.set(`${lane.org}/${key}`, ref);
  return 'committed';
}

/** Whole, or its records of the batch behind what is stored. */
function storedAfter(
  state: MemoryState,
  { lane, applied }: Commit,
  { ref, state: whole }: YouthWrite,
): StoredYouth {
  if (whole !== null) return { state: whole, tail: null };
  const stored = state.youths.get(`${lane.org}/${ref}`);
  const bodies = applied.filter((record) => record.ref === ref).map(({ body }) => body);
  if (stored === undefined || bodies.length === 0) throw new Error('nothing can be appended to this youth');
  return { state: stored.state, tail: longerTail(stored.tail, bodies) };
}
