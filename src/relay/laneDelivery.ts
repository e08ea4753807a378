import { backoffMs } from './backoff.ts';
import { errorName, type KafkaLog } from './kafkajsLog.ts';
import { type Batch, isolate, type Lane, stillWanted, takeBatch } from './lane.ts';
import type { PartitionCounts } from './partitionCounts.ts';
import { RecordRefused, UnknownTopic } from './publisher.ts';

/** Under the broker's default of 1 MiB per batch, with room for the frame. */
const LIMITS = { records: 2_000, bytes: 1_000_000 };
/** The broker says no to the record itself: the same record again gets the same answer. */
const REFUSALS = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_TIMESTAMP',
  'INVALID_RECORD',
]);

/** Starts a lane unless it is at work: one send at a time until its queue is empty, each until it is
 *  acknowledged or nobody waits for it any more. */
export function createDelivery(parts: {
  counts: PartitionCounts;
  sleep(ms: number): Promise<unknown>;
  stopped(): boolean;
  log: KafkaLog;
  /** The lane's topic has been deleted. */
  onTopicGone(topic: string): void;
}): (lane: Lane) => void {
  const { counts, sleep, stopped, log, onTopicGone } = parts;

  async function deliver(lane: Lane, first: Batch): Promise<void> {
    let batch = first;
    for (let attempt = 1; batch.records.length > 0 && !stopped(); attempt++) {
      const error = await trySend(lane, batch, attempt);
      if (error === undefined) {
        for (const { call, count } of batch.parts) call.acknowledge(count);
        return;
      }
      const name = errorName(error);
      if (REFUSALS.has(name)) {
        const [only] = batch.parts;
        if (batch.records.length === 1) only?.call.reject(new RecordRefused(lane.topic, name));
        else isolate(lane, batch);
        return;
      }
      if (name === 'UNKNOWN_TOPIC_OR_PARTITION' && (await counts.find(lane.topic)) === undefined) {
        const gone = new UnknownTopic(lane.topic);
        for (const { call } of [...batch.parts, ...lane.queue]) call.reject(gone);
        onTopicGone(lane.topic);
        return;
      }
      await sleep(backoffMs(attempt));
      batch = stillWanted(batch);
    }
  }

  async function trySend(
    { topic, partition, producers }: Lane,
    batch: Batch,
    attempt: number,
  ): Promise<unknown> {
    const producer = producers.acquire();
    let connected = false;
    try {
      const link = await producer.link;
      connected = true;
      await link.send(topic, partition, batch.records);
      producers.release(producer, 'ok');
      return undefined;
    } catch (error) {
      producers.release(producer, 'failed');
      // A connection that fails is told once by those who make it, not by each lane that waits for it.
      if (connected) {
        log({ code: 'publish.rejected', level: 'warn', topic, partition, attempt, error: errorName(error) });
      }
      return error ?? new Error('rejected without a reason');
    }
  }

  async function empty(lane: Lane): Promise<void> {
    lane.busy = true;
    for (let batch = takeBatch(lane, LIMITS); batch !== undefined; batch = takeBatch(lane, LIMITS)) {
      await deliver(lane, batch);
    }
    // In the same turn as the last look at the queue: what comes a moment later must start the lane again.
    lane.busy = false;
  }

  return (lane) => {
    if (!lane.busy) void empty(lane);
  };
}
