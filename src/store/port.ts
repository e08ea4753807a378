import type { ListEnvelope } from '../core/feedAdapter.ts';
import type { FenceSource, Lane, LaneKey, RecordMark, StandingNote } from '../core/lane.ts';
import type { Problem } from '../core/problem.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { Youth } from '../core/youth/youth.ts';
import type { YouthEvent } from '../core/youth/youthEvent.ts';

// The store's port. Two implementations, one contract suite (test/store/contract.ts).

/** How a record ended. `parked` waits behind its person and is not an end. */
export const OUTCOMES = ['applied', 'duplicate', 'rejected', 'quarantined', 'parked'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A youth as loaded: version 0 and the unknown youth when the organisation has not met it before. */
export interface LoadedYouth {
  ref: string;
  version: number;
  /** The youth that this one was merged into. */
  mergedInto: string | null;
  /** Read anew each time it is asked for: as a text it waits cheaply for its turn, as objects four batches of youths
   *  outlive the young heap (GC: 12 ms a scavenge instead of 6.5). @throws when the stored state cannot be read; nothing may be decided on it then */
  readonly youth: Youth;
  /** Later records of a parked youth wait behind the first. */
  parked: boolean;
  /** Where the youth's last record stands, so that publishing keeps each person's order across lanes. */
  last: RecordPlace | null;
  /** The store's own word for where it found the youth, to be given back with the write. */
  place?: string | null;
}

/** A record's place in the lanes. */
export interface RecordPlace {
  lane: number;
  offset: bigint;
}

/** One source record's effect on one youth. A record that merges two youths has one on each. */
export interface AppliedRecord {
  offset: bigint;
  ref: string;
  /** The youth's version after this record. */
  version: number;
  /** Where the youth's record before this one stands; null for its first. */
  previous: RecordPlace | null;
  recorded: IsoInstant;
  /** Whether an alert was raised. */
  alert: boolean;
  /** Its events, packed. */
  body: string;
}

export interface YouthWrite {
  ref: string;
  expectedVersion: number;
  version: number;
  due: IsoInstant | null;
  mergedInto: string | null;
  /** The youth, packed. */
  state: string;
  /** As it was loaded: spares the store looking it up again (1 of 4 index lookups of a record). */
  place?: string | null;
}

export interface QuarantineWrite {
  id: string;
  offset: bigint;
  received: IsoInstant;
  problems: Problem[];
  /** The record as it came, sealed by the vault. */
  sealed: Buffer;
  /** The submission it came with, if it came over HTTP. */
  receipt: string | null;
  row: number | null;
}

export interface ParkedWrite {
  offset: bigint;
  ref: string;
  received: IsoInstant;
  reason: string;
  sealed: Buffer;
}

/** A name that came with somebody's number for the first time. */
export interface NameWrite {
  ref: string;
  /** The keyed tag by which facts know the name. */
  tag: string;
  /** The name as it was written, sealed by the vault. */
  sealed: Buffer;
  reported: IsoInstant;
}

/** Row of a submission over HTTP: how it ended. `row` counts from 1. */
export interface ReceiptRow {
  receipt: string;
  row: number;
  outcome: Outcome;
  problems: Problem[];
}

export interface ListRow {
  offset: bigint;
  envelope: ListEnvelope;
  /** What the row is about; null for a manifest, which is none of the rows. */
  rowKey: string | null;
  /** Null also when it cannot be known who stands in the row. */
  ref: string | null;
  /** Which row of the list it is, where its sender has numbered them: told apart by that, else by its record. */
  number: number | null;
  /** Item of the quarantine, of a row that cannot be used; null for a good one. */
  quarantine: string | null;
  /** What such a row says of whom, when it cannot be known who that is. Null also where nobody is known by the number
   *  that it names: nobody is missing then. */
  nameless: string | null;
  /** Item of the quarantine that this row is sent again for. */
  replayOf: string | null;
  /** The submission it came with. */
  receipt: string | null;
  /** Sealed record, for rows that are held until the list is complete. */
  sealed: Buffer | null;
  received: IsoInstant;
}

/** Everything one batch does, in one transaction and one round trip. */
export interface Commit {
  lane: Lane;
  /** Offset after the last record of the batch, and after those without a record that follow it. */
  nextOffset: bigint;
  /** Its last record; null when it has none. */
  mark: RecordMark | null;
  publishedUpto: bigint;
  applied: AppliedRecord[];
  youths: YouthWrite[];
  quarantined: QuarantineWrite[];
  parked: ParkedWrite[];
  names: NameWrite[];
  receipts: ReceiptRow[];
  listRows: ListRow[];
  counts: Record<Outcome, number>;
}

/**
 * - `committed`: all of it.
 * - `moved`: a youth was written by another lane: nothing happened, load and decide again.
 * - `fenced`: the lane has a newer epoch or another cursor: nothing happened, drop the lane.
 */
export type CommitResult = 'committed' | 'moved' | 'fenced';

export interface StoredRecord {
  lane: number;
  topic: string;
  partition: number;
  offset: bigint;
  ref: string;
  version: number;
  recorded: IsoInstant;
  events: YouthEvent[];
}

export interface Store extends FenceSource {
  /** Creates or upgrades the schema; refuses a database that is newer than this program. */
  migrate(): Promise<void>;
  /** Next epoch and next fence for the lane; creates it at offset 0. */
  claim(key: LaneKey): Promise<Lane>;
  /** Numbers by keyed hash; unknown hashes get a new random reference. Same order as given. */
  resolve(people: readonly { hmac: Buffer; sealedNumber: () => Buffer }[]): Promise<string[]>;
  /** The references asked for whose numbers the vault knows, each once, in the order in which they were given. */
  inOrderGiven(refs: readonly string[]): Promise<string[]>;
  /** Every reference asked for is answered, known or not. */
  load(org: string, refs: readonly string[]): Promise<Map<string, LoadedYouth>>;
  /** Resolve and load in one round trip. `known[i]` is the reference of `hmacs[i]`, undefined when the vault
   *  does not know it; `youths` holds every known reference and every one in `refs`. */
  find(
    org: string,
    hmacs: readonly Buffer[],
    refs: readonly string[],
  ): Promise<{ known: (string | undefined)[]; youths: Map<string, LoadedYouth> }>;
  commit(batch: Commit): Promise<CommitResult>;
  /** Whether a failed commit was refused for what stands in it, so that trying it again as it is helps nobody. */
  refuses(error: unknown): boolean;
  /** Notes the log that the lane is read from. False when fenced. */
  found(lane: Lane, log: { clusterId: string; topicId: string }): Promise<boolean>;
  /** Notes why the lane cannot go on, or that it can again. A claim forgets it. */
  stands(lane: Lane, note: StandingNote | null): Promise<void>;
  /** Moves `published_upto` without a batch (idle timer). False when fenced. */
  published(lane: Lane, upto: bigint): Promise<boolean>;
  /** `published_upto` of any lane, also another worker's. */
  publishedUpto(laneId: number): Promise<bigint>;
  /** Committed records of the lane from `publishedUpto`, in offset order, `limit` of them or one more: a record that
   *  merged two youths is never torn apart. */
  unpublished(lane: Lane, from: bigint, limit: number): Promise<StoredRecord[]>;
  /** Runs `publish` with the youths as they stand, holding their rows, so that no newer version can be
   *  committed meanwhile: recovery of a compacted topic may not overwrite a newer state. */
  withCurrent(
    org: string,
    refs: readonly string[],
    publish: (youths: LoadedYouth[]) => Promise<void>,
  ): Promise<void>;
  close(): Promise<void>;
}
