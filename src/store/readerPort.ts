import type { LaneKey, StandingNote } from '../core/lane.ts';
import type { Problem } from '../core/problem.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { Feed } from '../core/youth/statusEvent.ts';
import type { ListState } from './deskPort.ts';
import type { LoadedYouth, Outcome, StoredRecord } from './port.ts';

/** What the API and the reports ask. Apart from `Store`: readers need nothing of the commit path. */
export interface Reader {
  /** Of a youth that was merged into another, that other. */
  youth(org: string, ref: string): Promise<LoadedYouth | undefined>;
  /** All youths of the organisation by reference, each as it stands when its page is read. One that cannot be read
   *  is given too: a list without it would be a list that lies. */
  youths(org: string): AsyncIterable<LoadedYouth>;
  /** Reference of a person by keyed hash, if the vault knows it. */
  refOf(hmac: Buffer): Promise<string | undefined>;
  /** All records of the youth, oldest first. */
  history(org: string, ref: string): Promise<StoredRecord[]>;
  /** Events recorded at or before a moment, youth by youth and each youth's by version: a report as of a cut-off asks what
   *  was known of a youth, and holds one in memory. */
  recordedUpto(org: string, upto: IsoInstant): AsyncIterable<StoredRecord>;
  /** Those asked for by reference, under the reference asked; unknown ones are left out. Of one that was merged into
   *  another, that other. */
  youthsNamed(org: string, refs: readonly string[]): Promise<Map<string, LoadedYouth>>;
  /** Records that raised an alert, the newest first, all that come after a given one. */
  latestAlerts(org: string, limit: number, after?: RecordPlace): Promise<StoredRecord[]>;
  quarantine(
    org: string,
    filter: { status: QuarantineStatus; limit: number; after: string | null },
  ): Promise<QuarantineItem[]>;
  quarantineItem(org: string, id: string): Promise<(QuarantineItem & { sealed: Buffer }) | undefined>;
  parked(org: string): Promise<ParkedItem[]>;
  lanes(): Promise<LaneState[]>;
  receipt(org: string, id: string): Promise<Receipt | undefined>;
  /** Newest first, at most `limit`; of one kind when it is named. */
  lists(org: string, filter: { list: string | null; limit: number }): Promise<ListState[]>;
  list(org: string, list: string, run: string): Promise<ListState | undefined>;
}

/** What orders records in time, and tells any two apart. */
export type RecordPlace = Pick<StoredRecord, 'recorded' | 'lane' | 'offset' | 'ref'>;

export type QuarantineStatus = 'open' | 'replayed' | 'discarded';

export interface QuarantineItem {
  id: string;
  topic: string;
  partition: number;
  offset: bigint;
  received: IsoInstant;
  problems: Problem[];
  status: QuarantineStatus;
  receipt: string | null;
  row: number | null;
}

export interface ParkedItem {
  ref: string;
  topic: string;
  partition: number;
  offset: bigint;
  received: IsoInstant;
  reason: string;
}

export interface LaneState extends LaneKey {
  epoch: number;
  nextOffset: bigint;
  publishedUpto: bigint;
  /** These offsets less Kafka's. */
  shift: bigint;
  stands: StandingNote | null;
  counts: Record<Outcome, number>;
}

export interface Receipt {
  id: string;
  feed: Feed;
  received: IsoInstant;
  rows: number;
  /** Rows per outcome so far; `waiting` = rows not yet processed. */
  counts: Record<Outcome, number> & { waiting: number };
  /** Only rows that need the sender: quarantined ones, with what to do. */
  problems: { row: number; problems: Problem[] }[];
  /** Rows that were taken in, and that the sender should look at all the same. */
  notes: { row: number; problems: Problem[] }[];
  /** Lists that its rows belong to. */
  lists: ListState[];
  /** No row waits, and no whole list waits to be judged. */
  final: boolean;
}
