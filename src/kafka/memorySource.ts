import type { FeedSource, FeedTaker } from './feedSource.ts';

/** Input of the in-memory source: the arrays of the in-memory publisher. */
export interface MemoryTopics {
  read(
    topic: string,
  ): { key: string; value: Buffer | null; headers: Record<string, string>; timestamp: number }[][];
}

interface Open {
  next: number;
  shift: bigint;
  held: boolean;
  taker: FeedTaker;
}

/** Feed topics in memory, behind the same port as the Kafka source: the pipeline runs on it in milliseconds. `pump`
 *  delivers what has been published since the last call. */
export function createMemorySource(topics: MemoryTopics): FeedSource & { pump(): number } {
  const open = new Map<string, Open>();
  const partitions = (topic: string) => topics.read(topic);
  return {
    start: async (names) => new Map(names.map((topic) => [topic, partitions(topic).length])),
    open(topic, partition, { from, shift }, taker) {
      const name = `${topic}/${partition}`;
      const lane = { next: Number(from - shift), shift, held: false, taker };
      open.set(name, lane);
      return () => {
        if (open.get(name) === lane) open.delete(name);
      };
    },
    hold(topic, partition) {
      const lane = open.get(`${topic}/${partition}`);
      if (lane) lane.held = true;
    },
    resume(topic, partition) {
      const lane = open.get(`${topic}/${partition}`);
      if (lane) lane.held = false;
    },
    partitionsOf: async (topic) => partitions(topic).length,
    endOffsets: async (topic) =>
      new Map(partitions(topic).map((log, partition) => [partition, BigInt(log.length)])),
    startOffsets: async (topic) => new Map(partitions(topic).map((_, partition) => [partition, 0n])),
    async stop() {
      open.clear();
    },
    pump() {
      let delivered = 0;
      for (const [key, lane] of open) {
        const at = key.lastIndexOf('/');
        const log = partitions(key.slice(0, at))[Number(key.slice(at + 1))] ?? [];
        if (lane.held || log.length <= lane.next) continue;
        const records = log.slice(lane.next).map((record, index) => ({
          offset: BigInt(lane.next + index) + lane.shift,
          timestamp: record.timestamp,
          value: record.value,
          headers: record.headers,
          ...(record.value === null && { key: Buffer.from(record.key) }),
        }));
        lane.next = log.length;
        delivered += records.length;
        const next = BigInt(log.length) + lane.shift;
        lane.taker.take({ records, next, end: next });
      }
      return delivered;
    },
  };
}
