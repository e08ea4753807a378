import type { Producer } from 'kafkajs';
import { PARTITIONS } from '../send.ts';
import {
  type LoadPlan,
  rightAnswer,
  type SimpleAnswer,
  type SimpleRecord,
  simpleRecords,
} from './simpleJob.ts';

const TOGETHER = 2_000;

/** Sends the records of the simple job, each youth's in order on one partition. Resolves with what must come of them. */
export async function sendSimple(producer: Producer, topic: string, plan: LoadPlan): Promise<SimpleAnswer> {
  const lanes: SimpleRecord[][] = Array.from({ length: PARTITIONS }, () => []);
  const flush = async (partition: number) => {
    const records = lanes[partition]?.splice(0) ?? [];
    if (records.length === 0) return;
    const messages = records.map((record) => ({
      ...{ key: record.youth, value: JSON.stringify(record), partition },
    }));
    await producer.send({ topic, acks: -1, messages });
  };
  const all = [...simpleRecords(plan)];
  for (const record of all) {
    const partition = Number(record.youth.split('-').at(-1)) % PARTITIONS;
    if ((lanes[partition]?.push(record) ?? 0) >= TOGETHER) await flush(partition);
  }
  for (const partition of lanes.keys()) await flush(partition);
  return rightAnswer(all);
}

/** Of loads that have no id and no youth in common. */
export function joined(answers: readonly SimpleAnswer[]): SimpleAnswer {
  return {
    events: new Map(answers.flatMap(({ events }) => [...events])),
    newest: new Map(answers.flatMap(({ newest }) => [...newest])),
  };
}
