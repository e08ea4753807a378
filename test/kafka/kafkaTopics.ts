import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, type KafkaMessage } from 'kafkajs';
import { letKafkajsSleep } from '../../src/kafka/kafkajsIdle.ts';
import { kafkajsLogging } from '../../src/kafka/kafkajsLog.ts';
import type { PublishedRecord } from '../../src/kafka/memoryPublisher.ts';

/** A plain kafkajs client next to the code under test: makes topics and reads back their records. */
export function kafkaTopics(brokers: string[]) {
  letKafkajsSleep();
  const kafka = new Kafka({ brokers, clientId: 'test', ...kafkajsLogging(() => undefined) });
  const admin = kafka.admin();
  const ready = admin.connect();
  let made = 0;
  /** A new topic needs a moment until the broker knows it and leads it. */
  const readable = async (topic: string) => {
    for (let tries = 1; ; tries++) {
      try {
        return await admin.fetchTopicOffsets(topic);
      } catch (error) {
        if (tries === 50) throw error;
        await sleep(100);
      }
    }
  };
  const run = `${process.pid}-${Date.now()}`;

  return {
    kafka,
    admin,
    async create(partitions: number, config: Record<string, string> = {}): Promise<string> {
      await ready;
      const topic = `test-${run}.ot.event.t${made++}`;
      const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
      await admin.createTopics({
        topics: [{ topic, numPartitions: partitions, configEntries }],
        waitForLeaders: false,
      });
      await readable(topic);
      return topic;
    },
    /** All records of the topic at the moment of the call, by partition. */
    async read(topic: string): Promise<PublishedRecord[][]> {
      await ready;
      const offsets = await readable(topic);
      const ends = offsets.map(({ partition, high }) => ({ partition, end: Number(high) }));
      const logs: PublishedRecord[][] = ends.map(() => []);
      const left = new Set(ends.filter(({ end }) => end > 0).map(({ partition }) => partition));
      const consumer = kafka.consumer({ groupId: `${topic}-${Math.random()}`, maxWaitTimeInMs: 50 });
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ partition, message }) => {
          logs[partition]?.push(published(message));
          const end = ends.find((e) => e.partition === partition)?.end ?? 0;
          if (Number(message.offset) >= end - 1) left.delete(partition);
        },
      });
      for (const until = Date.now() + 30_000; left.size > 0 && Date.now() < until; ) await sleep(20);
      await consumer.disconnect();
      return logs;
    },
    async close() {
      await ready;
      await admin.disconnect();
    },
  };
}

function published(message: KafkaMessage): PublishedRecord {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers ?? {})) headers[name] = String(value);
  return { key: String(message.key), value: message.value, headers, timestamp: Number(message.timestamp) };
}
