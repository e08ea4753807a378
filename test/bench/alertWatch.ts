import { Kafka, logLevel } from 'kafkajs';

/** Watches a topic: how many messages have come, and when the last one did. */
export interface TopicWatch {
  count(): number;
  /** Of `performance.now()`; 0 before the first. */
  lastAt(): number;
  stop(): Promise<void>;
}

/** Resolves when it is in its group: from then on nothing is missed. */
export async function watchTopic(brokers: readonly string[], topic: string): Promise<TopicWatch> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `watch-${topic}-${process.pid}`, maxWaitTimeInMs: 50 });
  let [count, last] = [0, 0];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const joined = new Promise<void>((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve());
  });
  await consumer.run({
    autoCommit: false,
    async eachBatch({ batch }) {
      if (batch.messages.length === 0) return;
      count += batch.messages.length;
      last = performance.now();
    },
  });
  await joined;
  return { count: () => count, lastAt: () => last, stop: () => consumer.disconnect() };
}
