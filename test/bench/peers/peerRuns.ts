import { type Answers, disagreements, failOn } from '../against/answers.ts';
import { messagesOn, messagesSince, readAnswers } from '../against/readAnswers.ts';
import { startApp, watch } from '../appRun.ts';
import type { BenchParts } from '../benchParts.ts';
import { THIS_BUILD } from '../build.ts';
import { costOf } from '../cost.ts';
import { checkpoint, copyDatabase, dropDatabase, newDatabase } from '../cursors.ts';
import { dropout, followUp, identityNumbers, ORG, PER_YOUTH } from '../load.ts';
import { PARTITIONS, sendRecords } from '../send.ts';
import { type BenchKafka, makeTopics } from '../topics.ts';
import { turns } from '../turns.ts';
import { BRIDGE, type PeerRun } from './lostCases.ts';
import type { Peer, RunningPeer } from './peer.ts';
import { eventsOn } from './readPeer.ts';
import { faultsOf, type LoadPlan, type SimpleAnswer } from './simpleJob.ts';
import { sendSimple } from './simpleLoad.ts';

export interface PeersPlan {
  peers: readonly Peer[];
  youths: number;
  /** Of A B C C B A. */
  rounds: number;
  say(line: string): void;
}

/** Each run in a new process, from its first record on, what waits for it being there already. */
export async function coldRuns(parts: BenchParts, kafka: BenchKafka, plan: PeersPlan): Promise<PeerRun[]> {
  const { youths, say } = plan;
  const { producer, admin } = kafka;
  const out = await makeTopics(parts.brokers, ORG);
  const numbers = identityNumbers(youths);
  const filled = await newDatabase(parts.databaseUrl);
  await sendRecords(
    producer,
    numbers.map((number, youth) => dropout(youth, number)),
  );
  const born = await watch(parts, filled, youths, () => startApp(parts, filled));
  await born.app.stop();
  const records = youths * (PER_YOUTH - 1);
  await sendRecords(producer, yearOf(numbers));
  const input = 'simple-cold';
  await makePeerTopic(kafka, input);
  const right = await sendSimple(producer, input, { ...loadLike(numbers), seed: 1, records, youths });

  const answers: { name: string; answers: Answers }[] = [];
  const bridgeRun = async () => {
    const database = await copyDatabase(parts.databaseUrl, filled);
    await checkpoint(parts.databaseUrl);
    const before = await messagesOn(admin, out);
    const { app, cost } = await watch(parts, database, records, () => startApp(parts, database));
    await app.stop();
    const messages = messagesSince(before, await messagesOn(admin, out));
    const run = { build: THIS_BUILD, database, org: ORG, countEvents: true };
    const answer = await readAnswers(run, messages);
    if (answer.outcomes.applied !== youths * PER_YOUTH)
      throw new Error(`${answer.outcomes.applied} records of ${youths * PER_YOUTH} had an effect`);
    answers.push({ name: `run ${answers.length + 1}`, answers: answer });
    await dropDatabase(parts.databaseUrl, database);
    return cost;
  };
  const peerRun = async (peer: Peer) => {
    const output = `simple-out-${Math.random().toString(36).slice(2)}`;
    await makePeerTopic(kafka, output);
    await checkpoint(parts.databaseUrl);
    const running = await peer.start(parts, admin, { input, output });
    try {
      const cost = await costOf(parts, running, { from: 1, upto: records });
      await holdRight(parts, peer, running, right);
      return cost;
    } finally {
      await running.stop();
    }
  };
  const runs: PeerRun[] = [];
  for (const peer of turns<Peer | null>([null, ...plan.peers], plan.rounds)) {
    const cost = await (peer === null ? bridgeRun() : peerRun(peer));
    const name = peer?.name ?? BRIDGE;
    runs.push({ name, kind: 'cold', cost });
    say(`cold, ${name}: ${Math.round(cost.eventsPerSecond)} records/s, the answer is right`);
  }
  failOn(disagreements(answers));
  await dropDatabase(parts.databaseUrl, filled);
  return runs;
}

export function* yearOf(numbers: readonly string[], first = 0) {
  for (let step = 1; step < PER_YOUTH; step += 1)
    for (const [at, number] of numbers.entries()) yield followUp(first + at, number, step);
}

/** Records of the size of the bridge's follow-ups. */
export function loadLike(numbers: readonly string[]): Pick<LoadPlan, 'bytes'> {
  const some = [...yearOf(numbers.slice(0, 100))];
  return { bytes: Math.round(some.reduce((sum, { value }) => sum + value.length, 0) / some.length) };
}

export async function makePeerTopic({ admin }: BenchKafka, topic: string): Promise<void> {
  await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS }], waitForLeaders: true });
}

/** @throws unless what the peer has published and kept is what must come of the records */
export async function holdRight(
  parts: BenchParts,
  peer: Pick<Peer, 'name'>,
  running: Pick<RunningPeer, 'topics' | 'newest'>,
  right: SimpleAnswer,
): Promise<void> {
  const { events } = await eventsOn(parts.brokers, running.topics.output);
  const faults = faultsOf(right, { events, newest: await running.newest() });
  if (faults.length > 0) throw new Error(`the answer of ${peer.name} is wrong: ${faults.join(', ')}`);
}
