import type { OrgId } from './organisation.ts';
import type { IsoInstant } from './time/date.ts';

/** One partition of one feed topic of one organisation. */
export interface LaneKey {
  org: OrgId;
  topic: string;
  partition: number;
}

/** The right to work a lane. `epoch` rises with each claim: a zombie's next write finds no row. */
export interface Lane extends LaneKey {
  id: number;
  epoch: number;
  /** First offset not yet committed. */
  nextOffset: bigint;
  /** First offset whose events may not have been published. */
  publishedUpto: bigint;
  /** Producer id of the lane's events in Kafka, the same for all owners, and how often it has been given out: Kafka
   *  refuses a lower fence (`kafka/fence.ts`). */
  producerId: bigint;
  fence: number;
  /** These offsets less Kafka's: not 0 once the lane was resumed in another log. An offset names what was decided from
   *  it, and is never used twice. */
  shift: bigint;
  /** The log it has been read from; null before the first read. */
  clusterId: string | null;
  topicId: string | null;
  /** The last record handled. */
  mark: RecordMark | null;
}

/** Why a lane cannot go on, as it is kept. Offsets are Kafka's, as decimal text. */
export interface LaneStop {
  code: string;
  reason: string;
  offset: string;
  /** First offset beyond what is concerned, where that is known. */
  upto: string | null;
  since: IsoInstant;
  /** In bokmål. */
  text: string;
}

/** The last record handled: a replaced one is detected by it. */
export interface RecordMark {
  offset: bigint;
  /** A keyed digest of the record. */
  digest: bigint;
}

/** Gives out fences: the database. */
export interface FenceSource {
  /** A fence for the lane, higher than the last by `by`. Null when the lane has another owner. */
  raiseFence(lane: Lane, by: number): Promise<number | null>;
}
