import {
  compactArray,
  compactBytes,
  int16,
  int32,
  int64,
  putArray,
  putInt8,
  putInt32,
  putInt64,
  putNoTags,
  putString,
  putUuid,
  skipTags,
  uuid,
} from './bytes.ts';
import { type WireRequest, wireRequest } from './request.ts';

export interface FetchPartition {
  topicId: string;
  partition: number;
  /** The broker answers with an error when the partition has a newer leader. */
  leaderEpoch: number;
  offset: bigint;
  maxBytes: number;
}

export interface Fetched {
  topicId: string;
  partition: number;
  error: number;
  /** The log's real end, as far as it is replicated. */
  highWatermark: bigint;
  /** Start of the first open transaction; the high watermark without one. */
  lastStableOffset: bigint;
  logStart: bigint;
  /** Aborted transactions with records here. */
  aborted: { producerId: bigint; firstOffset: bigint }[];
  /** Record batches as in the log; the last may be truncated. */
  records: Buffer | null;
}

export interface FetchPlan {
  partitions: readonly FetchPartition[];
  maxWaitMs: number;
  maxBytes: number;
  /** False: records of open and aborted transactions too (read uncommitted). */
  committedOnly: boolean;
}

const NOT_A_REPLICA = -1;
const NO_SESSION = { id: 0, epoch: -1 };

/** Version 13 (Kafka ≥ 3.1), the first with topic ids: a topic recreated under the same name cannot be taken for the
 *  old one. */
export function fetchRequest(plan: FetchPlan): WireRequest<{ error: number; partitions: Fetched[] }> {
  const byTopic = Map.groupBy(plan.partitions, ({ topicId }) => topicId);
  return wireRequest(
    { key: 1, name: 'Fetch', version: 13 },
    (to) => {
      putInt32(to, NOT_A_REPLICA);
      putInt32(to, plan.maxWaitMs);
      putInt32(to, 1);
      putInt32(to, plan.maxBytes);
      putInt8(to, plan.committedOnly ? 1 : 0);
      putInt32(to, NO_SESSION.id);
      putInt32(to, NO_SESSION.epoch);
      putArray(to, [...byTopic], ([topicId, partitions]) => {
        putUuid(to, topicId);
        putArray(to, partitions, (asked) => {
          putInt32(to, asked.partition);
          putInt32(to, asked.leaderEpoch);
          putInt64(to, asked.offset);
          putInt32(to, -1);
          putInt64(to, -1n);
          putInt32(to, asked.maxBytes);
          putNoTags(to);
        });
        putNoTags(to);
      });
      putArray(to, [], () => undefined);
      putString(to, '');
      putNoTags(to);
    },
    (from) => {
      int32(from);
      const error = int16(from);
      int32(from);
      const partitions = compactArray(from, () => {
        const topicId = uuid(from);
        const fetched = compactArray(from, () => {
          const partition = int32(from);
          const partitionError = int16(from);
          const highWatermark = int64(from);
          const lastStableOffset = int64(from);
          const logStart = int64(from);
          const aborted = compactArray(from, () => {
            const transaction = { producerId: int64(from), firstOffset: int64(from) };
            skipTags(from);
            return transaction;
          });
          int32(from);
          const records = compactBytes(from);
          skipTags(from);
          return {
            topicId,
            partition,
            error: partitionError,
            highWatermark,
            lastStableOffset,
            logStart,
            aborted,
            records,
          };
        });
        skipTags(from);
        return fetched;
      }).flat();
      return { error, partitions };
    },
  );
}
