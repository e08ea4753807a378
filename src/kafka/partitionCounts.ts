import { errorName, type KafkaLog } from './kafkajsLog.ts';
import { retryPause } from './retryPause.ts';

export interface PartitionCounts {
  /** Cached partition count. */
  known(topic: string): number | undefined;
  /** Retries while the cluster is unreachable; undefined when the topic does not exist. */
  find(topic: string): Promise<number | undefined>;
  forget(topic: string): void;
}

/** How long a topic may be unknown before it counts as missing: a new topic takes a moment to reach all brokers. */
const UNKNOWN_MS = 3_000;

export function createPartitionCounts(parts: {
  /** Partition count, undefined when the cluster does not know the topic; rejects when unreachable. */
  partitions(topic: string): Promise<number | undefined>;
  sleep(ms: number): Promise<void>;
  stopped(): boolean;
  log: KafkaLog;
}): PartitionCounts {
  const counts = new Map<string, number>();
  const searches = new Map<string, Promise<number | undefined>>();

  const search = async (topic: string): Promise<number | undefined> => {
    let unknownSince: number | undefined;
    for (let attempt = 1; !parts.stopped(); attempt++) {
      try {
        const count = await parts.partitions(topic);
        if (count !== undefined && count > 0) {
          counts.set(topic, count);
          return count;
        }
        unknownSince ??= performance.now();
        if (performance.now() - unknownSince > UNKNOWN_MS) return undefined;
      } catch (error) {
        unknownSince = undefined;
        parts.log({ code: 'publish.metadata', level: 'warn', topic, attempt, error: errorName(error) });
      }
      await parts.sleep(retryPause(attempt));
    }
    return undefined;
  };

  return {
    known: (topic) => counts.get(topic),
    find(topic) {
      let running = searches.get(topic);
      if (running === undefined) {
        running = search(topic).finally(() => searches.delete(topic));
        searches.set(topic, running);
      }
      return running;
    },
    forget: (topic) => void counts.delete(topic),
  };
}
