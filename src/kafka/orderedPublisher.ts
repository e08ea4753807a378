import { setTimeout as wait } from 'node:timers/promises';
import { errorName, type KafkaLog } from './kafkajsLog.ts';
import { partitionOf } from './murmur2.ts';
import { createPartitionCounts } from './partitionCounts.ts';
import { createPartitionQueue, enqueue, type PartitionQueue } from './partitionQueue.ts';
import { createPartitionSender } from './partitionSender.ts';
import { createProducers, type ProducerLink } from './producers.ts';
import { openCall, type PublishCall } from './publishCall.ts';
import { type OutgoingRecord, type Publisher, PublisherClosed, UnknownTopic } from './publisher.ts';

// One partition per send, one send in flight per partition, lanes in parallel, a new producer after each rejected
// send, independent of any client library: with partition leaders killed, every other shape that was tried lost or
// reordered messages, although the sends resolved.

/** What ordered publishing needs of a Kafka client. */
export interface ProducerClient {
  connect(): Promise<ProducerLink<OutgoingRecord>>;
  /** Undefined when the cluster does not know the topic; rejects when it is unreachable. */
  partitions(topic: string): Promise<number | undefined>;
  /** Offset of the partition's next record; rejects when unknown. */
  endOfLog(topic: string, partition: number): Promise<bigint>;
  close(): Promise<void>;
}

const CLOSE_MS = 10_000;
/** kafkajs has one send in flight per broker and idempotent producer. With one producer for 16 partitions, batches
 *  waited for their acknowledgements a fifth of the time; with four, a twentieth. */
const PRODUCERS = 4;

export function createOrderedPublisher(parts: {
  kafka: ProducerClient;
  log: KafkaLog;
  /** Longest wait of `close` for what is in flight. */
  closeMs?: number;
  /** Multiplies the backoff; tests shorten it. */
  pauseFactor?: number;
}): Publisher {
  const { kafka, log, closeMs = CLOSE_MS, pauseFactor = 1 } = parts;
  const stop = new AbortController();
  const stopped = () => stop.signal.aborted;
  // An aborted sleep resolves: the loops check the signal themselves.
  const sleepFor = (ms: number) => wait(ms, undefined, { signal: stop.signal }).catch(() => undefined);
  const sleep = (ms: number) => sleepFor(ms * pauseFactor);

  const connect = async () => {
    try {
      return await kafka.connect();
    } catch (error) {
      log({ code: 'publish.connect', level: 'warn', error: errorName(error) });
      throw error;
    }
  };
  const producers = Array.from({ length: PRODUCERS }, () => createProducers({ connect, sleep }));
  let made = 0;
  const counts = createPartitionCounts({
    partitions: (topic) => kafka.partitions(topic),
    sleep,
    stopped,
    log,
  });
  const queues = new Map<string, PartitionQueue[]>();
  const startSending = createPartitionSender({
    counts,
    sleep,
    stopped,
    log,
    onTopicGone(topic) {
      counts.forget(topic);
      queues.delete(topic);
    },
  });
  /** Records of topics whose partition count is being looked up, in the order of the calls. */
  const unplaced = new Map<string, { call: PublishCall; record: OutgoingRecord }[]>();
  const open = new Set<PublishCall>();
  let closed = false;
  let whenEmpty: (() => void) | undefined;

  function queuesOf(topic: string): PartitionQueue[] | undefined {
    const found = queues.get(topic);
    if (found !== undefined) return found;
    const count = unplaced.has(topic) ? undefined : counts.known(topic);
    if (count === undefined) return undefined;
    const ofTopic = Array.from({ length: count }, (_, partition) =>
      createPartitionQueue(topic, partition, nextProducers(), () => kafka.endOfLog(topic, partition)),
    );
    queues.set(topic, ofTopic);
    return ofTopic;
  }

  /** Round robin, so that the partitions of a topic are sent in parallel. */
  function nextProducers(): PartitionQueue['producers'] {
    const next = producers[made % PRODUCERS];
    if (next === undefined) throw new Error('a publisher without producers');
    made += 1;
    return next;
  }

  function place(call: PublishCall, record: OutgoingRecord, touched: PartitionQueue[]): void {
    const { topic, key } = record;
    const ofTopic = queuesOf(topic);
    const queue = ofTopic?.[partitionOf(key, ofTopic.length)];
    const waiting = unplaced.get(topic);
    if (queue !== undefined) {
      if (enqueue(queue, call, record)) touched.push(queue);
    } else if (waiting !== undefined) {
      waiting.push({ call, record });
    } else {
      unplaced.set(topic, [{ call, record }]);
      void findPlaces(topic);
    }
  }

  /** Looks up the topic's partitions, then queues the waiting records. */
  async function findPlaces(topic: string): Promise<void> {
    const count = await counts.find(topic);
    const waiting = unplaced.get(topic) ?? [];
    unplaced.delete(topic);
    if (count === undefined) {
      for (const { call } of waiting)
        call.reject(stopped() ? new PublisherClosed() : new UnknownTopic(topic));
      return;
    }
    const touched: PartitionQueue[] = [];
    for (const { call, record } of waiting) if (call.open) place(call, record, touched);
    for (const queue of touched) startSending(queue);
  }

  return {
    async publish(records, options) {
      if (closed) throw new PublisherClosed();
      if (records.length === 0) return;
      const call = openCall(records.length, options ?? {}, () => {
        open.delete(call);
        if (open.size === 0) whenEmpty?.();
      });
      open.add(call);
      const touched: PartitionQueue[] = [];
      for (const record of records) place(call, record, touched);
      for (const queue of touched) startSending(queue);
      await call.done;
    },
    async close() {
      if (closed) return;
      closed = true;
      if (open.size > 0) {
        const empty = new Promise<void>((resolve) => {
          whenEmpty = resolve;
        });
        await Promise.race([empty, sleepFor(closeMs)]);
      }
      stop.abort();
      for (const call of open) call.reject(new PublisherClosed());
      await Promise.all(producers.map((each) => each.close()));
      await kafka.close();
    },
  };
}
