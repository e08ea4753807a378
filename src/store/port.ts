import type { ListEnvelope, SourceKey } from '../core/feedAdapter.ts';
import type { FenceSource, Lane, LaneKey, LaneStop, RecordMark } from '../core/lane.ts';
import type { OrgId } from '../core/organisation.ts';
import type { NumberRef, PersonRef } from '../core/person/reference.ts';
import type { Problem } from '../core/problem.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { Youth } from '../core/youth/youth.ts';
import type { YouthEvent } from '../core/youth/youthEvent.ts';

// The store's port. Two implementations, one contract suite (test/store/contract.ts).

/** How a record ended. `parked` waits behind its person and is not final. */
export const OUTCOMES = ['applied', 'duplicate', 'rejected', 'quarantined', 'parked'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A youth as loaded: version 0 and the unknown youth when the organisation has none under the reference. */
export interface LoadedYouth {
  ref: PersonRef;
  version: number;
  /** The youth that this one was merged into. */
  mergedInto: PersonRef | null;
  /** Decoded again on each access: as text a youth waits cheaply for its turn, as objects four batches of youths
   *  outlive the young heap (GC: 12 ms a scavenge instead of 6.5). @throws when the stored state cannot be decoded;
   *  nothing may be decided on it then */
  readonly youth: Youth;
  /** Later records of a parked youth are parked behind the first. */
  parked: boolean;
  /** Place of the youth's last record: publishing keeps each person's order across lanes. */
  last: RecordPlace | null;
  /** Characters of the events that are stored behind its last whole state. */
  tail: number;
  /** It is in this process's memory: its records may be appended to what is stored of it. */
  kept?: boolean;
  /** It is to be, once its records are committed: `YouthWrite.kept`. */
  keep?: boolean;
  /** Its version is the one that was said to be kept: it was not read, and `youth` throws. */
  unread?: boolean;
  /** Opaque row address, returned with the write. */
  place?: string | null;
  /** Opaque name under which it was found, returned with the write. */
  key?: string | null;
}

/** Versions of youths that need not be read: of each hash and each reference asked for, null where none is kept. */
export interface KeptVersions {
  hmacs: readonly (number | null)[];
  refs: readonly (number | null)[];
}

/** A record's lane and offset. */
export interface RecordPlace {
  lane: number;
  offset: bigint;
}

/** One source record's effect on one youth. A record that merges two youths has one on each. */
export interface AppliedRecord {
  offset: bigint;
  ref: PersonRef;
  /** Version of the youth after this record. */
  version: number;
  /** Place of the youth's previous record; null for its first. */
  previous: RecordPlace | null;
  recorded: IsoInstant;
  alert: boolean;
  /** Its events, in stored form. */
  body: string;
}

export interface YouthWrite {
  ref: PersonRef;
  expectedVersion: number;
  version: number;
  due: IsoInstant | null;
  mergedInto: PersonRef | null;
  /** The youth, in stored form; null when its records in `applied`, which then follow each other, are appended to what is
   *  stored of it. */
  state: string | null;
  /** The youth as a value, where it is kept in memory from then on; else it would outlive its batch in vain. */
  kept: Youth | null;
  /** Characters of the events that are then stored behind its last whole state. */
  tail: number;
  key?: string | null;
  /** As loaded: spares the store 1 of 4 index lookups of a record. */
  place?: string | null;
}

export interface QuarantineWrite {
  id: string;
  offset: bigint;
  received: IsoInstant;
  problems: Problem[];
  /** The raw record, sealed by the vault. */
  sealed: Buffer;
  /** Submission it came with, if it came over HTTP. */
  receipt: string | null;
  row: number | null;
}

export interface ParkedWrite {
  offset: bigint;
  ref: PersonRef;
  received: IsoInstant;
  reason: string;
  sealed: Buffer;
}

/** A name reported with a number for the first time. */
export interface NameWrite {
  ref: PersonRef;
  /** Keyed tag under which facts refer to the name. */
  tag: string;
  /** The name as reported, sealed by the vault. */
  sealed: Buffer;
  reported: IsoInstant;
}

/** Whom the source reported under an id of its own. */
export interface SourceKeyWrite {
  key: SourceKey;
  ref: PersonRef;
}

/** Outcome of a row of an HTTP submission. `row` counts from 1. */
export interface ReceiptRow {
  receipt: string;
  row: number;
  outcome: Outcome;
  problems: Problem[];
}

export interface ListRow {
  offset: bigint;
  envelope: ListEnvelope;
  /** Key of the row's subject; null for a manifest, which is not a row. */
  rowKey: string | null;
  /** Null also when the row's person is unknown. */
  ref: PersonRef | null;
  /** Row number within the list where the sender numbers rows; without it rows are distinguished by record. */
  number: number | null;
  /** Quarantine item of a broken row; null for a good one. */
  quarantine: string | null;
  /** Content of a broken row whose person is unknown. Null also where the number it names belongs to no known
   *  person: such a row hides no missing person. */
  nameless: string | null;
  /** Quarantine item that this row replays. */
  replayOf: string | null;
  /** Submission it came with. */
  receipt: string | null;
  /** Sealed record, for rows held until the list is complete. */
  sealed: Buffer | null;
  received: IsoInstant;
}

/** All effects of one batch: one transaction, one round trip. */
export interface Commit {
  lane: Lane;
  /** Checkpoint: the offset after the batch's last record and after any offsets without a record that follow it. */
  nextOffset: bigint;
  /** Its last record; null when it has none. */
  mark: RecordMark | null;
  publishedUpto: bigint;
  applied: AppliedRecord[];
  youths: YouthWrite[];
  quarantined: QuarantineWrite[];
  parked: ParkedWrite[];
  names: NameWrite[];
  sourceKeys: SourceKeyWrite[];
  receipts: ReceiptRow[];
  listRows: ListRow[];
  counts: Record<Outcome, number>;
}

/**
 * - `committed`: all of it.
 * - `moved`: version conflict, a youth was written by another lane: nothing was written, load and decide again.
 * - `fenced`: the lane has a newer epoch or another checkpoint: nothing was written, drop the lane.
 */
export type CommitResult = 'committed' | 'moved' | 'fenced';

export interface StoredRecord {
  lane: number;
  topic: string;
  partition: number;
  offset: bigint;
  ref: PersonRef;
  version: number;
  recorded: IsoInstant;
  events: YouthEvent[];
}

export interface Store extends FenceSource {
  /** Creates or upgrades the schema. @throws when the database is newer than this program. */
  migrate(): Promise<void>;
  /** Claims the lane with the next epoch and fence; creates it at offset 0. */
  claim(key: LaneKey): Promise<Lane>;
  /** References by keyed hash, in the order given; unknown hashes get a new random one. */
  resolve(people: readonly { hmac: Buffer; sealedNumber: () => Buffer }[]): Promise<NumberRef[]>;
  /** The references whose numbers the vault holds, deduplicated, in the order in which they were created. */
  inOrderGiven(refs: readonly PersonRef[]): Promise<PersonRef[]>;
  /** Holds every reference given, stored or not. */
  load(org: OrgId, refs: readonly PersonRef[]): Promise<Map<PersonRef, LoadedYouth>>;
  /** Resolve and load in one round trip. `known[i]` is the reference of `hmacs[i]`, undefined when the vault does
   *  not know it; `youths` holds every known reference and every one in `refs`. */
  find(
    org: OrgId,
    hmacs: readonly Buffer[],
    refs: readonly PersonRef[],
    kept?: KeptVersions,
  ): Promise<{ known: (NumberRef | undefined)[]; youths: Map<PersonRef, LoadedYouth> }>;
  /** Whom a source has reported under these ids; ids it has not are left out. */
  keyed(org: OrgId, keys: readonly SourceKey[]): Promise<Map<SourceKey, PersonRef>>;
  commit(batch: Commit): Promise<CommitResult>;
  /** Whether a failed commit was refused for its content, so that a retry cannot succeed. */
  refuses(error: unknown): boolean;
  /** Stores which log the lane is read from. False when fenced. */
  found(lane: Lane, log: { clusterId: string; topicId: string }): Promise<boolean>;
  /** Stores why the lane is stopped, or null once it runs again. Cleared by a claim. */
  stopped(lane: Lane, note: LaneStop | null): Promise<void>;
  /** Advances `published_upto` without a batch (idle timer). False when fenced. */
  published(lane: Lane, upto: bigint): Promise<boolean>;
  /** `published_upto` of any lane, also another worker's. */
  publishedUpto(laneId: number): Promise<bigint>;
  /** Committed records of the lane from `from`, in offset order, at most `limit` or one more: both halves of a
   *  record that merged two youths come together. */
  unpublished(lane: Lane, from: bigint, limit: number): Promise<StoredRecord[]>;
  /** Runs `publish` with the current youths under row locks, so that no newer version can be committed meanwhile:
   *  recovery of a compacted topic may not overwrite a newer state. Nor is an agreement with NAV revoked meanwhile. */
  withCurrent(
    org: OrgId,
    refs: readonly PersonRef[],
    publish: (youths: LoadedYouth[]) => Promise<void>,
  ): Promise<void>;
  close(): Promise<void>;
}
