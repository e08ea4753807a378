import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { feedTopic } from '../../../src/core/messages/topic.ts';
import { recordsThrough, startApp, walPosition } from '../appRun.ts';
import type { BenchParts } from '../benchParts.ts';
import { costOf, type Run } from '../cost.ts';
import { dropDatabase, newDatabase, placeCursors } from '../cursors.ts';
import { dropout, identityNumbers, ORG, PER_YOUTH } from '../load.ts';
import { sendRecords } from '../send.ts';
import { type BenchKafka, makeTopics } from '../topics.ts';
import { turns } from '../turns.ts';
import { BRIDGE, type PeerRun } from './lostCases.ts';
import type { Peer } from './peer.ts';
import { holdRight, loadLike, makePeerTopic, type PeersPlan, yearOf } from './peerRuns.ts';
import type { SimpleAnswer } from './simpleJob.ts';
import { joined, sendSimple } from './simpleLoad.ts';

export interface WarmPlan extends PeersPlan {
  /** How long all of them run before. */
  seconds: number;
  /** Records a second to each of them meanwhile. */
  perSecond: number;
}

/** A program that runs on from load to load. */
interface Runner {
  name: string;
  run: Run;
  /** Sends what warms it up. Resolves with the number of records. */
  warm(second: number): Promise<number>;
  /** What a round needs first. Resolves with the number of records. */
  prepare(): Promise<number>;
  /** A round's records. Resolves with their number. */
  load(): Promise<number>;
  /** @throws when what it came to is wrong */
  check(): Promise<void>;
  stop(): Promise<void>;
}

/** All of them run for a while under an even load, then each has its rounds by turns while the others have nothing to do.
 *  While a round's records are sent the program is stopped: what is measured is not how fast they are sent. */
export async function warmRuns(parts: BenchParts, kafka: BenchKafka, plan: WarmPlan): Promise<PeerRun[]> {
  const sent = new Map<Runner, number>();
  const add = (runner: Runner, count: number) => sent.set(runner, (sent.get(runner) ?? 0) + count);
  const runners: Runner[] = [];
  const runs: PeerRun[] = [];
  try {
    runners.push(await bridgeRunner(parts, kafka, plan));
    for (const peer of plan.peers) runners.push(await peerRunner(parts, kafka, plan, peer));
    for (let second = 0; second < plan.seconds; second += 1) {
      const began = performance.now();
      for (const runner of runners) add(runner, await runner.warm(second));
      await sleep(Math.max(0, began + 1_000 - performance.now()));
    }
    for (const runner of runners) await through(runner, sent.get(runner) ?? 0);
    plan.say(`warm after ${plan.seconds} s`);
    for (const runner of turns(runners, plan.rounds)) {
      add(runner, await runner.prepare());
      const from = sent.get(runner) ?? 0;
      await through(runner, from);
      add(runner, await whileStopped(runner.run.child, () => runner.load()));
      const cost = await costOf(parts, runner.run, { from: from + 1, upto: sent.get(runner) ?? 0 });
      runs.push({ name: runner.name, kind: 'warm', cost });
      plan.say(`warm, ${runner.name}: ${Math.round(cost.eventsPerSecond)} records/s`);
    }
    for (const runner of runners) await runner.check();
    return runs;
  } finally {
    for (const runner of runners) await runner.stop();
  }
}

async function through({ name, run }: Runner, records: number): Promise<void> {
  while ((await run.done()) < records) {
    if (run.child.exitCode !== null) throw new Error(`${name} has ended`);
    await sleep(50);
  }
  // Acknowledged by Kafka too, and no transaction open.
  await sleep(500);
}

async function whileStopped<T>(child: ChildProcess, act: () => Promise<T>): Promise<T> {
  child.kill('SIGSTOP');
  try {
    return await act();
  } finally {
    child.kill('SIGCONT');
  }
}

async function bridgeRunner(
  parts: BenchParts,
  { producer, admin }: BenchKafka,
  plan: WarmPlan,
): Promise<Runner> {
  const { youths, perSecond } = plan;
  await makeTopics(parts.brokers, ORG);
  const database = await newDatabase(parts.databaseUrl);
  // What cold runs were sent is not this one's.
  for (const feed of ['school-dropout', 'ot-adviser'] as const)
    await placeCursors(admin, database, feedTopic(ORG, feed), 'high');
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const base = await recordsThrough(client);
  const app = startApp(parts, database);
  const each = Math.ceil(perSecond / PER_YOUTH);
  const rounds = turns([0], plan.rounds).length;
  const numbers = identityNumbers(each * plan.seconds + youths * rounds);
  const part = (first: number, count: number) => ({ first, numbers: numbers.slice(first, first + count) });
  const born = (of: ReturnType<typeof part>) =>
    of.numbers.map((number, at) => dropout(of.first + at, number));
  let round = -1;
  const measured = () => part(each * plan.seconds + youths * round, youths);
  return {
    name: BRIDGE,
    run: {
      child: app.child,
      done: async () => (await recordsThrough(client)) - base,
      walPosition: () => walPosition(client),
    },
    async warm(second) {
      // The second before: their dropouts are decided by now.
      const [now, before] = [part(second * each, each), part(Math.max(0, second - 1) * each, each)];
      const dropouts = await sendRecords(producer, born(now));
      return (
        dropouts + (second === 0 ? 0 : await sendRecords(producer, yearOf(before.numbers, before.first)))
      );
    },
    async prepare() {
      round += 1;
      return sendRecords(producer, born(measured()));
    },
    load: () => sendRecords(producer, yearOf(measured().numbers, measured().first)),
    async check() {
      const { rows } = await client.query<{ applied: number; all: number }>(
        'select sum(applied)::float8 as applied, sum(next_offset)::float8 as all from lane',
      );
      const { applied, all } = rows[0] ?? { applied: 0, all: 0 };
      if (applied !== all - base) throw new Error(`${applied} of ${all - base} records had an effect`);
    },
    async stop() {
      await app.stop();
      await client.end();
      await dropDatabase(parts.databaseUrl, database);
    },
  };
}

async function peerRunner(parts: BenchParts, kafka: BenchKafka, plan: WarmPlan, peer: Peer): Promise<Runner> {
  const name = peer.name.toLowerCase().replaceAll(/\W/g, '-');
  const topics = { input: `${name}-warm-in`, output: `${name}-warm-out` };
  for (const topic of Object.values(topics)) await makePeerTopic(kafka, topic);
  const running = await peer.start(parts, kafka.admin, topics);
  const right: SimpleAnswer[] = [];
  const bytes = loadLike(identityNumbers(100));
  const send = async (records: number, youths: number) => {
    const seed = right.length + 1;
    right.push(await sendSimple(kafka.producer, topics.input, { ...bytes, seed, records, youths }));
    return records;
  };
  return {
    name: peer.name,
    run: running,
    warm: () => send(plan.perSecond, Math.ceil(plan.perSecond / PER_YOUTH)),
    prepare: async () => 0,
    load: () => send(plan.youths * (PER_YOUTH - 1), plan.youths),
    check: () => holdRight(parts, peer, running, joined(right)),
    stop: () => running.stop(),
  };
}
