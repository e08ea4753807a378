import type { RecordMark } from '../core/lane.ts';
import type { LaneTrouble } from './laneTrouble.ts';

// The port for reading feed topics. Partitions are opened one by one, from the checkpoint in the database; Kafka's
// committed offsets are not used.

/** A record without its content: its size, and a digest by which its sender can recognise it. */
export interface Shed {
  why: 'TOO_LARGE' | 'UNSTORABLE';
  bytes: number;
  /** SHA-256 of the value, hexadecimal. */
  sha256: string;
}

/** One record of a feed topic. */
export interface FeedRecord {
  offset: bigint;
  /** Epoch milliseconds: append time on real-time topics, the virtual instant on a virtual clock's topics. */
  timestamp: number;
  value: Buffer | null;
  /** Of a record without a value alone. */
  key?: Buffer;
  headers: Record<string, Buffer | string | (Buffer | string)[] | undefined>;
  /** Its content was dropped, and its value may be null. */
  shed?: Shed;
}

/** Where a lane resumes, and what is known of its log. */
export interface LanePlace {
  /** First offset to deliver. */
  from: bigint;
  /** The lane's offsets less Kafka's. Not 0 once the lane has resumed in another log: an offset identifies what was
   *  decided from it, and is never reused. */
  shift: bigint;
  /** Null until seen. */
  clusterId: string | null;
  topicId: string | null;
  mark: RecordMark | null;
}

/** Result of one fetch. Offsets are the lane's own. */
export interface FetchedRecords {
  records: FeedRecord[];
  /** First offset not yet read. Past the last record where offsets without one follow: transaction markers, aborted
   *  records, holes of compaction. */
  next: bigint;
  /** First offset not yet written: the log's real end. */
  end: bigint;
}

/** Takes what was fetched. Must not block: a full taker asks the source to `hold` the partition (backpressure). */
export interface FeedTaker {
  take(fetched: FetchedRecords): void;
  /** The log that the lane is read from, once, where the place did not name it. */
  found(log: { clusterId: string; topicId: string }): void;
  /** Once per change: why the lane is stopped; null when it runs again. */
  stopped(trouble: LaneTrouble | null): void;
}

export interface FeedSource {
  /** Waits for topics just created, of which a broker may not know yet. Partitions stay closed until opened.
   *  @returns the number of partitions per topic @throws UnknownTopic when one is still missing after a while */
  start(topics: readonly string[]): Promise<Map<string, number>>;
  /** Delivers the partition's records from the place on, in order, without gaps, at least once. Calls `stopped` if
   *  the log does not continue there, now or later.
   *  @returns closes the partition, unless it has been opened again since */
  open(topic: string, partition: number, place: LanePlace, taker: FeedTaker): () => void;
  /** Pauses and resumes fetching of an open partition. */
  hold(topic: string, partition: number): void;
  resume(topic: string, partition: number): void;
  partitionsOf(topic: string): Promise<number>;
  /** First offset not yet written, per partition; Kafka's. */
  endOffsets(topic: string): Promise<Map<number, bigint>>;
  /** First offset still in the log, per partition; Kafka's. */
  startOffsets(topic: string): Promise<Map<number, bigint>>;
  stop(): Promise<void>;
}
