import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BenchParts, startBenchParts } from '../benchParts.ts';
import { type BenchKafka, connectKafka } from '../topics.ts';
import { BRIDGE } from './lostCases.ts';
import { PEERS } from './peer.ts';
import { coldRuns, holdRight, makePeerTopic } from './peerRuns.ts';
import { rightAnswer } from './simpleJob.ts';
import { joined, sendSimple } from './simpleLoad.ts';
import { warmRuns } from './warmRuns.ts';

let parts: BenchParts;
let kafka: BenchKafka;
beforeAll(async () => {
  parts = await startBenchParts(false);
  kafka = await connectKafka(parts.brokers);
});
afterAll(async () => {
  await kafka?.disconnect();
  await parts?.stop();
});

const plan = { peers: PEERS, youths: 100, rounds: 0.5, say: () => undefined };
const NAMES = [BRIDGE, 'hand-written Java', 'Kafka Streams'];

/** Programs start one after the other, on whatever processor the other tests leave. */
const LONG = 300_000;

test('bridge and peers come to right answers by turns, cold', { timeout: LONG }, async () => {
  const runs = await coldRuns(parts, kafka, plan);
  expect(runs.map(({ name }) => name)).toEqual(NAMES);
  for (const { cost } of runs) expect(cost.eventsPerSecond).toBeGreaterThan(0);
});

test('and warm, after what the cold ones left on their topics', { timeout: LONG }, async () => {
  const runs = await warmRuns(parts, kafka, { ...plan, seconds: 2, perSecond: 80 });
  expect(runs.map(({ name }) => name)).toEqual(NAMES);
  for (const { cost } of runs) expect(cost.eventsPerSecond).toBeGreaterThan(0);
});

test.each(PEERS)('an answer of $name that is not the right one is noticed', async (peer) => {
  const name = peer.name.toLowerCase().replaceAll(' ', '-');
  const topics = { input: `${name}-checked-in`, output: `${name}-checked-out` };
  for (const topic of Object.values(topics)) await makePeerTopic(kafka, topic);
  const running = await peer.start(parts, kafka.admin, topics);
  try {
    const load = { seed: 3, records: 500, youths: 20, bytes: 200 };
    const right = await sendSimple(kafka.producer, topics.input, load);
    await expect.poll(() => running.done(), { timeout: 60_000 }).toBeGreaterThanOrEqual(500);
    await holdRight(parts, peer, running, right);
    const other = rightAnswer([
      { id: 'more', source: 'ot', youth: 'youth-x', status: 'R', occurredAt: 1, version: 1, remarks: {} },
    ]);
    const wanted = joined([right, other]);
    await expect(holdRight(parts, peer, running, wanted)).rejects.toThrow(
      /events missing: 1, youths whose newest/,
    );
  } finally {
    await running.stop();
  }
});
