import { by } from '../core/order.ts';
import { isAbort, readBatch, splitBatches, statedEnd } from './batch/recordBatch.ts';
import { recordsOf } from './batch/records.ts';
import { UnreadableBatch, type UnreadableReason } from './batch/unreadable.ts';
import type { FeedRecord } from './feedSource.ts';
import type { Fetched } from './protocol/fetch.ts';

/** Content of one partition's part of a fetch, for a reader of committed records. */
export interface FetchedBatches {
  records: FeedRecord[];
  /** First offset (Kafka's) after what was read; `from` when nothing was. */
  next: bigint;
  /** The batch at `next` is unreadable; `upto`: its end according to its header. */
  unreadable: { reason: UnreadableReason; upto: bigint | null } | null;
}

/** Unpacked bytes of one delivery; the rest comes with the next fetch. */
const MOST_UNPACKED = 8 * 1024 * 1024;

/** Records from an offset on, without those of aborted transactions. @param shift added to Kafka's offsets */
export function readFetched(
  { records: bytes, aborted }: Pick<Fetched, 'records' | 'aborted'>,
  from: bigint,
  shift: bigint,
): FetchedBatches {
  const read: FetchedBatches = { records: [], next: from, unreadable: null };
  if (bytes === null) return read;
  const takenBack = abortedProducers(aborted);
  let unpacked = 0;
  let reading: Buffer | undefined;
  try {
    for (const each of splitBatches(bytes)) {
      reading = each;
      const batch = readBatch(each);
      reading = batch.next <= read.next ? undefined : each;
      if (reading === undefined) continue;
      takenBack.upto(batch.next);
      if (batch.control) {
        if (isAbort(batch)) takenBack.over(batch.producerId);
      } else if (!(batch.transactional && takenBack.has(batch.producerId))) {
        if (unpacked > MOST_UNPACKED) break;
        unpacked += recordsOf(batch, read.next, shift, read.records);
      }
      read.next = batch.next;
      reading = undefined;
    }
  } catch (error) {
    if (!(error instanceof UnreadableBatch)) throw error;
    read.unreadable = { reason: error.reason, upto: reading ? statedEnd(reading) : null };
  }
  return read;
}

/** Producers whose records are skipped: from the start of an aborted transaction to its marker. */
function abortedProducers(aborted: Fetched['aborted']) {
  const coming = aborted.toSorted(by(({ firstOffset }) => firstOffset));
  const now = new Set<bigint>();
  return {
    upto(offset: bigint) {
      for (let first = coming[0]; first && first.firstOffset < offset; first = coming[0]) {
        now.add(first.producerId);
        coming.shift();
      }
    },
    over: (producerId: bigint) => now.delete(producerId),
    has: (producerId: bigint) => now.has(producerId),
  };
}
