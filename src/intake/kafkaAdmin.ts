import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { patiently } from './patience.ts';

/** What the cluster is asked about its topics. */
export interface KafkaAdmin {
  partitionsOf(topic: string): Promise<number>;
  /** The first and the next offset of each partition. */
  offsetsOf(topic: string): ReturnType<Admin['fetchTopicOffsets']>;
  close(): Promise<void>;
}

const OFFSET_TRIES = 5;

/** @param stopped ends all patience. */
export function createKafkaAdmin(kafka: Kafka, stopped: () => boolean): KafkaAdmin {
  let admin: Promise<Admin> | undefined;
  const retired: Admin[] = [];

  /** Connected when first asked: a process without the consuming role asks too. */
  function connected(): Promise<Admin> {
    admin ??= (async () => {
      const client = kafka.admin();
      await client.connect();
      return client;
    })();
    admin.catch(() => {
      admin = undefined;
    });
    return admin;
  }

  return {
    partitionsOf(topic) {
      return patiently(async () => {
        const { topics } = await (await connected()).fetchTopicMetadata({ topics: [topic] });
        return topics[0]?.partitions.length ?? 0;
      }, stopped);
    },
    /** Of a leader that has moved, or a topic just made, kafkajs says no at once and keeps its old picture of the
     *  cluster for minutes: a new client has a new one. The old may be in use; it is closed at the end. */
    async offsetsOf(topic) {
      for (let attempt = 1; ; attempt += 1) {
        const asked = connected();
        const client = await asked;
        try {
          return await client.fetchTopicOffsets(topic);
        } catch (error) {
          if (!(error instanceof kafkajs.KafkaJSProtocolError && error.retriable) || attempt === OFFSET_TRIES)
            throw error;
          if (admin === asked) {
            admin = undefined;
            retired.push(client);
          }
          await sleep(100 * attempt);
        }
      }
    },
    async close() {
      await (await admin?.catch(() => undefined))?.disconnect();
      await Promise.all(retired.map((client) => client.disconnect()));
    },
  };
}
