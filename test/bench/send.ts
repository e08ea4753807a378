import type { Producer } from 'kafkajs';
import type { LoadRecord } from './load.ts';

export const PARTITIONS = 4;
const TOGETHER = 2_000;

/** Sends the records of the load, each youth's in order on one partition. Resolves with their number.
 *  @param received in milliseconds since 1970; default now */
export async function sendRecords(
  producer: Producer,
  records: Iterable<LoadRecord>,
  received?: number,
): Promise<number> {
  const lanes = new Map<string, LoadRecord[]>();
  let sent = 0;
  const flush = async (key: string) => {
    const lane = lanes.get(key)?.splice(0) ?? [];
    const [first] = lane;
    if (!first) return;
    const partition = first.youth % PARTITIONS;
    const at = received === undefined ? {} : { timestamp: String(received) };
    const messages = lane.map(({ value }) => ({ value, partition, ...at }));
    await producer.send({ topic: first.topic, acks: -1, messages });
    sent += lane.length;
  };
  for (const record of records) {
    const key = `${record.topic}/${record.youth % PARTITIONS}`;
    const lane = lanes.get(key) ?? [];
    lanes.set(key, lane);
    if (lane.push(record) >= TOGETHER) await flush(key);
  }
  for (const key of lanes.keys()) await flush(key);
  return sent;
}
