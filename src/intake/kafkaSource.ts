import type { Batch, Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { type FeedRecord, type FeedSource, type FeedTaker, OffsetsGone } from './feedSource.ts';
import { createKafkaAdmin } from './kafkaAdmin.ts';
import { patiently } from './patience.ts';

export interface KafkaSourceOptions {
  kafka: Kafka;
  /** Begins the name of a group that one consumer has alone: which worker has which partition is settled in the
   *  database, so a restart after kill -9 waits for no session timeout (1.4 s instead of 8–10 s). */
  groupId: string;
  /** `kafkajs` is unmaintained: when it neither fetches nor heartbeats for this long, it is built anew. */
  watchdogMs?: number;
  onTrouble(code: 'crash' | 'watchdog' | 'stale-batch'): void;
}

interface Open {
  topic: string;
  partition: number;
  /** The next offset the taker has not had. */
  expected: bigint;
  held: boolean;
  taker: FeedTaker;
}

export function createKafkaSource(options: KafkaSourceOptions): FeedSource {
  const { kafka, watchdogMs = 60_000 } = options;
  const open = new Map<string, Open>();
  let topics: readonly string[] = [];
  let consumer: Consumer | undefined;
  let lastSign = Date.now();
  let stopped = false;
  let rebuilding: Promise<void> | undefined;
  let builds = 0;
  const admin = createKafkaAdmin(kafka, () => stopped);

  const seekAndResume = (lane: Open) => {
    consumer?.seek({ topic: lane.topic, partition: lane.partition, offset: lane.expected.toString() });
    if (!lane.held) consumer?.resume([{ topic: lane.topic, partitions: [lane.partition] }]);
  };

  async function build(): Promise<void> {
    builds += 1;
    const next = kafka.consumer({
      // A consumer that crashed has not left its group: its successor there would wait for it half a minute.
      groupId: `${options.groupId}-${builds}`,
      sessionTimeout: 30_000,
      heartbeatInterval: 3_000,
      // A fetch is in memory as objects several times its size, for every partition at once.
      maxBytesPerPartition: 262_144,
      // kafkajs has one fetch at a time. One that is sent while the busy lanes hold asks for quiet partitions only, and
      // whoever wants more waits until it comes back: half a second of waiting cost a quarter of the records per second.
      maxWaitTimeInMs: 50,
      allowAutoTopicCreation: false,
      retry: { restartOnFailure: async () => false },
    });
    const sign = () => {
      lastSign = Date.now();
    };
    next.on(next.events.FETCH, sign);
    next.on(next.events.HEARTBEAT, sign);
    next.on(next.events.CRASH, () => {
      options.onTrouble('crash');
      void rebuild();
    });
    // After any join kafkajs starts from the group's committed offsets, of which there are none.
    next.on(next.events.GROUP_JOIN, () => {
      if (next !== consumer) return;
      for (const lane of open.values()) seekAndResume(lane);
    });
    try {
      await next.connect();
      await next.subscribe({ topics: [...topics], fromBeginning: true });
      await next.run({
        autoCommit: false,
        partitionsConsumedConcurrently: 64,
        eachBatch: async (payload) => deliver(next, payload),
      });
      consumer = next;
    } catch (error) {
      void next.disconnect().catch(() => undefined);
      throw error;
    }
    sign();
    for (const topic of topics) {
      const partitions = await admin.partitionsOf(topic);
      const closed = Array.from({ length: partitions }, (_, partition) => partition).filter(
        (partition) => !open.has(key(topic, partition)),
      );
      if (closed.length > 0) next.pause([{ topic, partitions: closed }]);
    }
    for (const lane of open.values()) seekAndResume(lane);
  }

  async function deliver(from: Consumer, { batch }: EachBatchPayload): Promise<void> {
    const lane = open.get(key(batch.topic, batch.partition));
    if (!lane || from !== consumer) {
      if (!lane) from.pause([{ topic: batch.topic, partitions: [batch.partition] }]);
      return;
    }
    // A batch fetched before a seek can be delivered after it. One that begins beyond what is expected would
    // leave a gap unseen; kafkajs's own isStale() does not tell.
    if (fetchedOffset(batch) > lane.expected) {
      options.onTrouble('stale-batch');
      seekAndResume(lane);
      return;
    }
    const records: FeedRecord[] = [];
    for (const message of batch.messages) {
      const offset = BigInt(message.offset);
      if (offset < lane.expected) continue;
      records.push({
        offset,
        timestamp: Number(message.timestamp),
        value: message.value,
        headers: message.headers ?? {},
      });
    }
    const last = records.at(-1);
    if (!last) return;
    lane.expected = last.offset + 1n;
    lane.taker.take(records, BigInt(batch.highWatermark));
  }

  function rebuild(): Promise<void> {
    rebuilding ??= (async () => {
      const old = consumer;
      consumer = undefined;
      await old?.disconnect().catch(() => undefined);
      for (let wait = 250; !stopped; wait = Math.min(wait * 2, 5_000)) {
        try {
          await build();
          break;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, wait));
        }
      }
      rebuilding = undefined;
    })();
    return rebuilding;
  }

  const watchdog = setInterval(() => {
    if (stopped || rebuilding || !consumer || Date.now() - lastSign < watchdogMs) return;
    options.onTrouble('watchdog');
    void rebuild();
  }, 1_000).unref();

  return {
    async start(wanted) {
      topics = wanted;
      await patiently(build, () => stopped);
    },
    async open(topic, partition, from, taker) {
      const offsets = (await admin.offsetsOf(topic)).find((entry) => entry.partition === partition);
      if (!offsets) throw new OffsetsGone(`${topic}/${partition} finnes ikke i Kafka.`);
      if (BigInt(offsets.low) > from) {
        throw new OffsetsGone(
          `${topic}/${partition}: meldingene ${from}–${BigInt(offsets.low) - 1n} er slettet av Kafka før de ble behandlet.`,
        );
      }
      if (BigInt(offsets.high) < from) {
        throw new OffsetsGone(
          `${topic}/${partition}: databasen har behandlet ${from} meldinger, men Kafka har bare ${offsets.high}. Er dette en annen Kafka?`,
        );
      }
      const lane: Open = { topic, partition, expected: from, held: false, taker };
      open.set(key(topic, partition), lane);
      seekAndResume(lane);
    },
    close(topic, partition) {
      open.delete(key(topic, partition));
      consumer?.pause([{ topic, partitions: [partition] }]);
    },
    hold(topic, partition) {
      const lane = open.get(key(topic, partition));
      if (lane) lane.held = true;
      consumer?.pause([{ topic, partitions: [partition] }]);
    },
    resume(topic, partition) {
      const lane = open.get(key(topic, partition));
      if (!lane) return;
      lane.held = false;
      consumer?.resume([{ topic, partitions: [partition] }]);
    },
    partitionsOf: (topic) => admin.partitionsOf(topic),
    async endOffsets(topic) {
      const offsets = await admin.offsetsOf(topic);
      return new Map(offsets.map((entry) => [entry.partition, BigInt(entry.high)]));
    },
    async stop() {
      stopped = true;
      clearInterval(watchdog);
      await rebuilding;
      await consumer?.disconnect();
      await admin.close();
    },
  };
}

/** kafkajs gives eachBatch its Batch object, whose type leaves this field out. */
function fetchedOffset(batch: Batch): bigint {
  return BigInt(
    (batch as Batch & { fetchedOffset?: string | number }).fetchedOffset ?? batch.firstOffset() ?? 0,
  );
}

function key(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
