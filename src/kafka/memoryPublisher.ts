import { LaneLost } from '../core/laneLost.ts';
import type { Fence } from './fence.ts';
import { partitionOf } from './murmur2.ts';
import {
  headersOf,
  type OutgoingRecord,
  type Publisher,
  PublisherClosed,
  UnknownTopic,
} from './publisher.ts';

export interface PublishedRecord {
  key: string;
  value: Buffer | null;
  headers: Record<string, string>;
  headerBytes?: Readonly<Record<string, Buffer>>;
  /** Epoch milliseconds. */
  timestamp: number;
}

export interface MemoryPublisher extends Publisher {
  /** The topic's records by partition; empty partitions when nothing has been published. */
  read(topic: string): PublishedRecord[][];
}

/**
 * Kafka as arrays: the whole pipeline runs on it in milliseconds. Same contract as the Kafka publisher.
 * @param topics partitions by topic; without it every topic exists with `partitions` partitions.
 */
export function createMemoryPublisher(options: {
  partitions?: number;
  topics?: ReadonlyMap<string, number>;
  now: () => number;
}): MemoryPublisher {
  const { partitions = 4, topics, now } = options;
  const logs = new Map<string, PublishedRecord[][]>();
  /** Highest epoch by partition and producer, as in a broker. */
  const epochs = new Map<string, number>();
  let last: Promise<void> = Promise.resolve();
  let closed = false;

  const logOf = (topic: string): PublishedRecord[][] => {
    let log = logs.get(topic);
    if (log === undefined) {
      const count = topics === undefined ? partitions : topics.get(topic);
      if (count === undefined) throw new UnknownTopic(topic);
      log = Array.from({ length: count }, () => []);
      logs.set(topic, log);
    }
    return log;
  };

  async function enter(partition: string, fence: Fence): Promise<void> {
    for (;;) {
      const { producerId, producerEpoch } = fence.producer();
      const seen = epochs.get(`${partition}/${producerId}`) ?? 0;
      if (producerEpoch >= seen) {
        epochs.set(`${partition}/${producerId}`, producerEpoch);
        return;
      }
      if (!(await fence.raise())) throw new LaneLost();
    }
  }

  async function append(records: readonly OutgoingRecord[], fence: Fence | undefined): Promise<void> {
    for (const record of records) {
      const { topic, key, value, headerBytes, timestamp } = record;
      const log = logOf(topic);
      const partition = partitionOf(key, log.length);
      if (fence) await enter(`${topic}/${partition}`, fence);
      log[partition]?.push({
        key,
        value,
        headers: headersOf(record),
        ...(headerBytes !== undefined && { headerBytes }),
        timestamp: timestamp ?? now(),
      });
    }
  }

  return {
    async publish(records, options) {
      if (closed) throw new PublisherClosed();
      // Sequential: asking for a fence takes a while, and the next call may not overtake.
      const appended = last.then(() => append(records, options?.fence));
      last = appended.catch(() => undefined);
      await appended;
    },
    read: (topic) => logOf(topic),
    async close() {
      closed = true;
      await last;
    },
  };
}
