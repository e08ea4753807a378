import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';

/** A record as any consumer reads it. */
export interface LogRecord {
  topic: string;
  partition: number;
  offset: number;
  timestamp: number;
  key: string | null;
  value: Buffer | null;
  headers: Record<string, string>;
  /** Who wrote it: id, epoch and first sequence number of its batch. */
  producer: string;
}

/** kafkajs gives each message the head of its batch, and its types do not say so. */
interface Batched {
  batchContext?: { producerId: string; producerEpoch: number; firstSequence: number };
}

const PATIENCE_MS = 30_000;

/** All records of the topics, from the beginning, in log order per partition. */
export async function readTopics(kafka: Kafka, topics: readonly string[]): Promise<LogRecord[]> {
  const admin = kafka.admin();
  await admin.connect();
  const missing = new Map<string, number>();
  for (const topic of topics) {
    for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
      if (high !== '0') missing.set(`${topic}/${partition}`, Number(high));
    }
  }
  await admin.disconnect();
  const records: LogRecord[] = [];
  if (missing.size === 0) return records;
  const consumer = kafka.consumer({ groupId: `fault-check-${randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`not read to the end: ${[...missing.keys()].join(', ')}`)),
        PATIENCE_MS,
      );
      const seen = new Map<string, number>();
      consumer
        .run({
          autoCommit: false,
          eachBatch: async ({ batch }) => {
            const name = `${batch.topic}/${batch.partition}`;
            for (const message of batch.messages) {
              const offset = Number(message.offset);
              // After a rebalance a batch may come again.
              if (offset <= (seen.get(name) ?? -1)) continue;
              seen.set(name, offset);
              records.push({
                topic: batch.topic,
                partition: batch.partition,
                offset,
                timestamp: Number(message.timestamp),
                key: message.key?.toString() ?? null,
                value: message.value,
                headers: Object.fromEntries(
                  Object.entries(message.headers ?? {}).map(([header, value]) => [header, String(value)]),
                ),
                producer: producerOf(message),
              });
            }
            if ((seen.get(name) ?? -1) + 1 >= (missing.get(name) ?? 0)) missing.delete(name);
            if (missing.size === 0) {
              clearTimeout(late);
              resolve();
            }
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  return records;
}

function producerOf(message: object): string {
  const { batchContext }: Batched = message;
  return batchContext
    ? `${batchContext.producerId}/${batchContext.producerEpoch}/${batchContext.firstSequence}`
    : '';
}
