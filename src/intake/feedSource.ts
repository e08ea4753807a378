// The port for reading feed topics. Partitions are opened one by one, from an offset the database names;
// Kafka's own committed offsets play no part.

/** One record as it stands in Kafka. */
export interface FeedRecord {
  offset: bigint;
  /** Epoch milliseconds: append time on real-time topics, the virtual moment on a virtual clock's topics. */
  timestamp: number;
  value: Buffer | null;
  headers: Record<string, Buffer | string | (Buffer | string)[] | undefined>;
}

/** Takes what was fetched. Must not block: a full taker asks the source to `hold` the partition. */
export interface FeedTaker {
  take(records: FeedRecord[], highWatermark: bigint): void;
}

export interface FeedSource {
  /** Joins; partitions stay closed until opened. */
  start(topics: readonly string[]): Promise<void>;
  /**
   * Delivers the partition's records from `from`, in order, without gaps, each at least once.
   * @throws OffsetsGone when the topic no longer holds `from`, or is shorter than what was processed.
   */
  open(topic: string, partition: number, from: bigint, taker: FeedTaker): Promise<void>;
  close(topic: string, partition: number): void;
  /** Stops and resumes fetching of an open partition. */
  hold(topic: string, partition: number): void;
  resume(topic: string, partition: number): void;
  partitionsOf(topic: string): Promise<number>;
  /** First offset not yet written, per partition. */
  endOffsets(topic: string): Promise<Map<number, bigint>>;
  stop(): Promise<void>;
}

/** The partition does not continue where the database stands: another cluster, or records deleted unread. */
export class OffsetsGone extends Error {
  override readonly name = 'OffsetsGone';
}
