import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CompressionTypes, Kafka, logLevel, type Producer } from 'kafkajs';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { orgId } from '../../src/core/organisation.ts';
import { planRepair } from '../../src/desk/lanes/laneRepair.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import type { RealParts } from '../harness/realParts.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import type { LaneMutantName } from './appPlan.ts';
import { startApp } from './appProcess.ts';
import { createDatabase } from './database.ts';

// What can be wrong with a feed topic itself, one after the other on a living app that is killed in between:
// transactions committed, taken back and left open; a batch that cannot be read; records deleted under a stopped
// process; a topic created again. Each person is sent once, so the youths in the database are counted against what a
// reader of committed records could see.

export const LANE_FAULTS = [
  'transactions',
  'open-transaction',
  'unreadable',
  'deleted',
  'made-anew',
] as const;
export type LaneFault = (typeof LANE_FAULTS)[number];

export interface LanePlan {
  name: string;
  seed: number;
  faults: readonly LaneFault[];
  mutant?: LaneMutantName;
  /** A lane that has not come to its end after this long is stuck. */
  stillMs: number;
}

const REASON = 'Feilprøve.';

/** @returns what went wrong, a sentence each */
export async function playLaneFaults(parts: RealParts, plan: LanePlan, folder: string): Promise<string[]> {
  const dir = join(folder, plan.name);
  mkdirSync(dir, { recursive: true });
  const tag = randomBytes(3).toString('hex');
  const org = orgId(`lane-${plan.name.slice(0, 20)}-${tag}`);
  const topic = feedTopic(org, 'school-dropout');
  const databaseUrl = await createDatabase(parts.databaseUrl, `lane_${tag}`);
  const logFile = join(dir, 'app.log');
  const app = startApp(
    {
      brokers: parts.brokers,
      databaseUrl,
      vaultKey: randomBytes(32).toString('hex'),
      org,
      county: '40',
      partitions: 2,
      mutant: plan.mutant ?? null,
      laneProcesses: 0,
    },
    logFile,
  );
  const pool = createPool({ databaseUrl, size: 2, onIdleError: () => undefined });
  const [queries, operations] = [createPostgresQueries(pool), createPostgresOperations(pool)];
  const kafka = new Kafka({ brokers: parts.brokers, clientId: 'fault', logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  const producer = kafka.producer();
  const findings: string[] = [];
  const people = crowd(plan.seed, 200);
  const today = new Date().toISOString().slice(0, 10);
  let expected = 0;

  const reports = (count: number, partition: number) =>
    people.splice(0, count).map((person) => ({
      partition,
      value: JSON.stringify(dropout(person, randomUUID(), { avbruddsdato: today })),
    }));
  /** Records that have to have an effect. */
  const send = async (count: number, partition: number, by: Pick<Producer, 'send'> = producer) => {
    await by.send({ topic, messages: reports(count, partition) });
    expected += count;
  };
  const youths = async () => Number((await pool.query('select count(*) as n from youth')).rows[0]?.n);
  const lanes = async () => (await queries.lanes()).filter((lane) => lane.topic === topic);
  const alarms = (code: string) =>
    readFileSync(logFile, 'utf8')
      .split('\n')
      .filter((line) => line.includes('operational.alert') && line.includes(`"code":"${code}"`)).length;
  const until = async (what: string, holds: () => Promise<boolean>) => {
    const end = performance.now() + plan.stillMs;
    while (!(await holds().catch(() => false))) {
      if (performance.now() > end) {
        findings.push(what);
        return false;
      }
      await sleep(50);
    }
    return true;
  };
  /** Every lane at the end of its log, and every person who can be read known. */
  const settled = async (after: string) => {
    await until(`stuck after ${after}`, async () => {
      const offsets = await admin.fetchTopicOffsets(topic);
      const all = await lanes();
      return offsets.every(({ partition, high }) => {
        const lane = all.find((each) => each.partition === partition);
        return BigInt(high) === (lane ? lane.nextOffset - lane.shift : 0n);
      });
    });
    await until(`lost after ${after}`, async () => (await youths()) >= expected);
    const found = await youths();
    if (found > expected) findings.push(`${found - expected} effects too many after ${after}`);
  };
  const kill = async () => {
    app.kill();
    await until('the app does not come back', async () => app.isReady());
  };
  const goOn = async (partition: number) => {
    const lane = (await lanes()).find((each) => each.partition === partition);
    const log = (await admin.fetchTopicOffsets(topic)).find((each) => each.partition === partition);
    const planned = lane && log && planRepair(lane, { start: BigInt(log.low), end: BigInt(log.high) }, null);
    const code = lane?.stopped?.code ?? '';
    const act = planned?.ok ? { topic, partition, code, reason: REASON, ...planned.repair } : null;
    if (!act || !(await operations.resumeLane(act)))
      findings.push(`partition ${partition} could not be let go on`);
  };
  const stands = (partition: number, code: string) =>
    until(`${code} of partition ${partition} was not reported`, async () =>
      (await lanes()).some((lane) => lane.partition === partition && lane.stopped?.code === code),
    );
  const transactional = async () => {
    const made = kafka.producer({ transactionalId: randomUUID(), idempotent: true, maxInFlightRequests: 1 });
    await made.connect();
    return made;
  };

  const play: Record<LaneFault, () => Promise<void>> = {
    async transactions() {
      const one = await transactional();
      for (const [count, partition, ends] of [
        [3, 0, 'commit'],
        [4, 0, 'abort'],
        [2, 1, 'commit'],
        [5, 1, 'abort'],
      ] as const) {
        const transaction = await one.transaction();
        if (ends === 'commit') await send(count, partition, transaction);
        else await transaction.send({ topic, messages: reports(count, partition) });
        await send(1, partition);
        if (count === 4) await kill();
        await transaction[ends]();
      }
      await one.disconnect();
    },
    async 'open-transaction'() {
      const one = await transactional();
      const transaction = await one.transaction();
      await transaction.send({ topic, messages: reports(2, 1) });
      await send(3, 0);
      await until('an open transaction holds another lane', async () => (await youths()) >= expected);
      await send(3, 1);
      await stands(1, 'TRANSACTION_OPEN');
      await transaction.abort();
      await one.disconnect();
    },
    async unreadable() {
      const bomb = { partition: 0, value: Buffer.alloc(40_000_000, 'x') };
      await producer.send({ topic, compression: CompressionTypes.GZIP, messages: [bomb] });
      await stands(0, 'BATCH_UNREADABLE');
      await send(3, 1);
      await until('a bad batch stops another lane', async () => (await youths()) >= expected);
      await kill();
      await send(3, 1);
      await until('a bad batch stops another lane after a restart', async () => (await youths()) >= expected);
      await send(3, 0);
      await stands(0, 'BATCH_UNREADABLE');
      await goOn(0);
    },
    async deleted() {
      const [end] = (await admin.fetchTopicOffsets(topic)).filter(({ partition }) => partition === 1);
      app.freeze();
      await sleep(500);
      await producer.send({ topic, messages: reports(6, 1) });
      await send(4, 1);
      await admin.deleteTopicRecords({
        topic,
        partitions: [{ partition: 1, offset: String(Number(end?.high) + 6) }],
      });
      app.thaw();
      await stands(1, 'OFFSETS_GONE');
      await goOn(1);
    },
    async 'made-anew'() {
      await admin.deleteTopics({ topics: [topic] });
      const config = [{ name: 'message.timestamp.type', value: 'LogAppendTime' }];
      await admin.createTopics({
        waitForLeaders: false,
        topics: [{ topic, numPartitions: 2, configEntries: config }],
      });
      await until('no record can be sent to the new topic', () => send(3, 0).then(() => true));
      await until('no record can be sent to the new topic', () => send(3, 1).then(() => true));
      for (const partition of [0, 1]) {
        await stands(partition, 'TOPIC_REPLACED');
        await goOn(partition);
      }
    },
  };

  try {
    await until('the app does not get ready', async () => app.isReady());
    await admin.connect();
    await producer.connect();
    await send(2, 0);
    await send(2, 1);
    await settled('the first records');
    for (const fault of plan.faults) {
      await play[fault]();
      await settled(fault);
      if (plan.mutant && findings.length > 0) break;
    }
    const { running } = app.ownEnds();
    if (running > 0) findings.push(`the app ended by itself ${running} times`);
    // Each trouble once, and once more for the process that was started again.
    for (const [code, most] of Object.entries({
      TRANSACTION_OPEN: 1,
      BATCH_UNREADABLE: 2,
      OFFSETS_GONE: 1,
      TOPIC_REPLACED: 2,
    }))
      if (alarms(code) > most) findings.push(`${code} was reported ${alarms(code)} times`);
    return findings;
  } finally {
    await app.stop();
    await Promise.allSettled([producer.disconnect(), admin.disconnect(), pool.end()]);
  }
}
