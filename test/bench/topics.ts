import { type Admin, Kafka, logLevel, type Producer } from 'kafkajs';
import { orgId } from '../../src/core/organisation.ts';
import { letKafkajsSleep } from '../../src/kafka/kafkajsIdle.ts';
import { topicSpecs } from '../../src/kafka/topicSpecs.ts';
import { ensureTopics } from '../../src/kafka/topics.ts';
import { PARTITIONS } from './send.ts';

/** What sends the load and counts what comes of it. */
export interface BenchKafka {
  producer: Producer;
  admin: Admin;
  disconnect(): Promise<void>;
}

export async function connectKafka(brokers: readonly string[]): Promise<BenchKafka> {
  letKafkajsSleep();
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ idempotent: true });
  const admin = kafka.admin();
  await Promise.all([producer.connect(), admin.connect()]);
  return {
    producer,
    admin,
    async disconnect() {
      await Promise.all([producer.disconnect(), admin.disconnect()]);
    },
  };
}

/** All topics of an organisation. Resolves with those that it publishes to. */
export async function makeTopics(
  brokers: readonly string[],
  org: string,
  virtualClock = false,
): Promise<string[]> {
  const topics = topicSpecs({
    ...{ org: orgId(org), virtualClock, partitions: PARTITIONS, replication: 1, retentionDays: 28 },
  });
  await ensureTopics({ brokers: [...brokers], topics });
  return topics.filter(({ kind }) => kind === 'out').map(({ topic }) => topic);
}
