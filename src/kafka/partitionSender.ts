import { LaneLost } from '../core/laneLost.ts';
import { errorName, type KafkaLog } from './kafkajsLog.ts';
import type { PartitionCounts } from './partitionCounts.ts';
import { type Batch, isolate, type PartitionQueue, stillWanted, takeBatch } from './partitionQueue.ts';
import type { ProducerState } from './producedBatch.ts';
import type { ProducerLink } from './producers.ts';
import { type OutgoingRecord, RecordRefused, UnknownTopic } from './publisher.ts';
import { retryPause } from './retryPause.ts';

/** Under the broker's default of 1 MiB per batch, with room for the frame. */
const LIMITS = { records: 2_000, bytes: 1_000_000 };
/** The broker refuses the record itself: a retry gets the same answer. */
const REFUSALS = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_TIMESTAMP',
  'INVALID_RECORD',
]);
/** Kafka knows a newer epoch of the sender, or expects another sequence number. */
const NOT_BELIEVED = new Set([
  'INVALID_PRODUCER_EPOCH',
  'PRODUCER_FENCED',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'DUPLICATE_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
]);
/** Kafka forgets a fence after a day of silence: a batch that has waited this long asks for the owner again. */
const ASK_AFTER_MS = 60_000;

/** Starts a queue's worker unless it runs: one send at a time until the queue is empty, each until it is
 *  acknowledged or its call is abandoned. */
export function createPartitionSender(parts: {
  counts: PartitionCounts;
  sleep(ms: number): Promise<unknown>;
  stopped(): boolean;
  log: KafkaLog;
  /** The queue's topic has been deleted. */
  onTopicGone(topic: string): void;
}): (queue: PartitionQueue) => void {
  const { counts, sleep, stopped, log, onTopicGone } = parts;

  async function deliver(queue: PartitionQueue, first: Batch): Promise<void> {
    let batch = first;
    let since = Date.now();
    for (let attempt = 1; batch.records.length > 0 && !stopped(); attempt++) {
      const waited = Date.now() - since > ASK_AFTER_MS;
      if (waited) since = Date.now();
      const error = await trySend(queue, batch, { attempt, waited });
      if (error === undefined) {
        for (const { call, count } of batch.parts) call.acknowledge(count);
        return;
      }
      if (error instanceof LaneLost) {
        for (const { call } of batch.parts) call.reject(error);
        return;
      }
      const name = errorName(error);
      if (REFUSALS.has(name)) {
        const [only] = batch.parts;
        if (batch.records.length === 1) only?.call.reject(new RecordRefused(queue.topic, name));
        else isolate(queue, batch);
        return;
      }
      if (name === 'UNKNOWN_TOPIC_OR_PARTITION' && (await counts.find(queue.topic)) === undefined) {
        const gone = new UnknownTopic(queue.topic);
        for (const { call } of [...batch.parts, ...queue.pieces]) call.reject(gone);
        onTopicGone(queue.topic);
        return;
      }
      await sleep(retryPause(attempt));
      batch = stillWanted(batch);
    }
  }

  async function trySend(
    { topic, partition, producers, senders }: PartitionQueue,
    { fence, records }: Batch,
    { attempt, waited }: { attempt: number; waited: boolean },
  ): Promise<unknown> {
    const producer = producers.acquire();
    let link: ProducerLink<OutgoingRecord>;
    try {
      link = await producer.link;
    } catch (error) {
      // A failed connection is logged once by its maker, not by each queue that waits for it.
      producers.release(producer, 'failed');
      return error ?? new Error('not connected, without a reason');
    }
    let as: ProducerState | undefined;
    try {
      if (waited && fence && !(await fence.raise())) throw new LaneLost();
      as = fence && (await senders.next(fence, records));
    } catch (error) {
      producers.release(producer, 'ok');
      return error ?? new Error('no answer whose the lane is');
    }
    try {
      const offset = await link.send(topic, partition, records, as);
      producers.release(producer, 'ok');
      if (as === undefined || senders.acknowledged(as, records.length, offset)) return undefined;
      return new Error('the answer is about an earlier batch');
    } catch (error) {
      const name = errorName(error);
      if (as && NOT_BELIEVED.has(name)) senders.distrust(as);
      if (as && attempt === 1 && REFUSALS.has(name)) senders.refused(as);
      producers.release(producer, 'failed');
      log({ code: 'publish.rejected', level: 'warn', topic, partition, attempt, error: name });
      return error ?? new Error('rejected without a reason');
    }
  }

  async function empty(queue: PartitionQueue): Promise<void> {
    queue.busy = true;
    for (let batch = takeBatch(queue, LIMITS); batch !== undefined; batch = takeBatch(queue, LIMITS)) {
      await deliver(queue, batch);
    }
    // In the same turn as the last look at the queue: records added later must start the worker again.
    queue.busy = false;
  }

  return (queue) => {
    if (!queue.busy) void empty(queue);
  };
}
