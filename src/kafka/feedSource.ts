import type { RecordMark } from '../core/lane.ts';
import type { LaneTrouble } from './laneTrouble.ts';

// The port for reading feed topics. Partitions are opened one by one, from a place the database names;
// Kafka's own committed offsets play no part.

/** Of a record that nothing is read in: how large it was, and what its sender can know it by. */
export interface Shed {
  why: 'TOO_LARGE' | 'UNSTORABLE';
  bytes: number;
  /** SHA-256 of the value, hexadecimal. */
  sha256: string;
}

/** One record as it stands in Kafka. */
export interface FeedRecord {
  offset: bigint;
  /** Epoch milliseconds: append time on real-time topics, the virtual moment on a virtual clock's topics. */
  timestamp: number;
  value: Buffer | null;
  headers: Record<string, Buffer | string | (Buffer | string)[] | undefined>;
  /** Nothing is read in it, and its value may be gone. */
  shed?: Shed;
}

/** Where a lane goes on, and what is known of the log that it comes from. */
export interface LanePlace {
  /** First offset to deliver. */
  from: bigint;
  /** The lane's offsets less Kafka's. Not 0 once the lane was let go on in another log: an offset is the name of what
   *  was decided from it, and may not be used twice. */
  shift: bigint;
  /** Null until they have been seen. */
  clusterId: string | null;
  topicId: string | null;
  mark: RecordMark | null;
}

/** What came of one fetch. Offsets are the lane's own. */
export interface FetchedRecords {
  records: FeedRecord[];
  /** First offset not yet read. Beyond the last record where offsets without one follow: markers of transactions,
   *  records taken back, holes of compaction. */
  next: bigint;
  /** First offset not yet written: the log's real end. */
  end: bigint;
}

/** Takes what was fetched. Must not block: a full taker asks the source to `hold` the partition. */
export interface FeedTaker {
  take(fetched: FetchedRecords): void;
  /** The log that the lane is read from, once, where the place did not name it. */
  found(log: { clusterId: string; topicId: string }): void;
  /** Once per change: the lane cannot go on for this reason; null when it goes on. */
  stands(trouble: LaneTrouble | null): void;
}

export interface FeedSource {
  /** Partitions stay closed until opened. */
  start(topics: readonly string[]): Promise<void>;
  /** Delivers the partition's records from the place on, in order, without gaps, each at least once. A log that does not
   *  go on there is told by `stands`, also when that happens later. */
  open(topic: string, partition: number, place: LanePlace, taker: FeedTaker): void;
  close(topic: string, partition: number): void;
  /** Stops and resumes fetching of an open partition. */
  hold(topic: string, partition: number): void;
  resume(topic: string, partition: number): void;
  partitionsOf(topic: string): Promise<number>;
  /** First offset not yet written, per partition, as Kafka counts. */
  endOffsets(topic: string): Promise<Map<number, bigint>>;
  /** First offset that the log still has, per partition, as Kafka counts. */
  startOffsets(topic: string): Promise<Map<number, bigint>>;
  stop(): Promise<void>;
}
