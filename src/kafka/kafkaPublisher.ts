import { type Admin, Partitioners, type ProducerConfig } from 'kafkajs';
import { kafkaClient } from './kafkaClient.ts';
import type { KafkaConnection } from './kafkaConnection.ts';
import { errorName, type KafkaLog, kafkajsLogging } from './kafkajsLog.ts';
import { partitionMessages, useOwnProduceEncoding } from './kafkajsProduce.ts';
import { createOrderedPublisher, type ProducerClient } from './orderedPublisher.ts';
import type { Publisher } from './publisher.ts';

/** Short: a send that fails for longer is rejected, and then gets a new producer. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 1_000, factor: 0.2, multiplier: 2, retries: 5 };
/** kafkajs's own disconnect waits for answers that a dead broker never sends. */
const DISCONNECT_MS = 3_000;

const NO_TOPIC = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'INVALID_TOPIC_EXCEPTION']);

const PRODUCER: ProducerConfig = {
  idempotent: true,
  allowAutoTopicCreation: false,
  createPartitioner: Partitioners.DefaultPartitioner,
  retry: RETRY,
};

/** The publisher port on kafkajs 2.2.4. Connects with the first record. */
export function createKafkaPublisher(parts: KafkaPublisherOptions & { closeMs?: number }): Publisher {
  const { log, closeMs } = parts;
  return createOrderedPublisher({
    kafka: kafkajsProducerClient(parts),
    log,
    ...(closeMs === undefined ? {} : { closeMs }),
  });
}

export interface KafkaPublisherOptions extends KafkaConnection {
  clientId: string;
  log: KafkaLog;
  /** A producer is not let in, or a send is rejected: it is retried. */
  onTrouble?(error: unknown, topic?: string): void;
}

export function kafkajsProducerClient(parts: KafkaPublisherOptions): ProducerClient {
  useOwnProduceEncoding();
  const kafka = kafkaClient(parts, {
    clientId: parts.clientId,
    connectionTimeout: 10_000,
    requestTimeout: 30_000,
    retry: RETRY,
    ...kafkajsLogging(parts.log),
  });
  let admin: Promise<Admin> | undefined;
  const connectAdmin = async (): Promise<Admin> => {
    const made = kafka.admin();
    await made.connect();
    return made;
  };
  /** A failed client is replaced for the next query; a refusal is not a failure. */
  const ask = async <T>(question: (connected: Admin) => Promise<T>): Promise<T> => {
    admin ??= connectAdmin();
    const asked = admin;
    try {
      return await question(await asked);
    } catch (error) {
      if (NO_TOPIC.has(errorName(error))) throw error;
      parts.onTrouble?.(error);
      if (admin === asked) admin = undefined;
      void asked.then((old) => old.disconnect()).catch(() => undefined);
      throw error;
    }
  };

  return {
    async connect() {
      const producer = kafka.producer(PRODUCER);
      try {
        await producer.connect();
      } catch (error) {
        parts.onTrouble?.(error);
        void producer.disconnect().catch(() => undefined);
        throw error;
      }
      return {
        async send(topic, partition, records, as) {
          const messages = partitionMessages(records, partition, as);
          const acknowledged = await producer
            .send({ topic, acks: -1, timeout: 30_000, messages })
            .catch((error: unknown) => {
              parts.onTrouble?.(error, topic);
              throw error;
            });
          const [first] = acknowledged;
          // kafkajs has resolved sends that a killed leader never acknowledged; an answer must name the partition.
          const complete =
            acknowledged.length === 1 &&
            first?.topicName === topic &&
            first.partition === partition &&
            first.errorCode === 0;
          if (!complete) throw new NotAcknowledged('the answer does not name the partition that was sent');
          return BigInt(first.baseOffset ?? -1);
        },
        close: () => atMost(DISCONNECT_MS, producer.disconnect()),
      };
    },

    async partitions(topic) {
      try {
        const { topics } = await ask((connected) => connected.fetchTopicMetadata({ topics: [topic] }));
        return topics.find(({ name }) => name === topic)?.partitions.length;
      } catch (error) {
        if (NO_TOPIC.has(errorName(error))) return undefined;
        throw error;
      }
    },

    async endOfLog(topic, partition) {
      const offsets = await ask((connected) => connected.fetchTopicOffsets(topic));
      const end = offsets.find((each) => each.partition === partition)?.high;
      if (end === undefined) throw new NotAcknowledged('the partition does not say where its log ends');
      return BigInt(end);
    },

    async close() {
      const last = admin;
      admin = undefined;
      // An admin client that never connected has nothing to close.
      const end = last?.then((connected) => connected.disconnect()).catch(() => undefined);
      if (end !== undefined) await atMost(DISCONNECT_MS, end);
    },
  };
}

export class NotAcknowledged extends Error {
  override readonly name = 'NotAcknowledged';
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  // A connection that does not close cleanly is abandoned.
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
