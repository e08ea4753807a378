import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';

import { orgId } from '../../src/core/organisation.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import { createKafkaPublisher } from '../../src/kafka/kafkaPublisher.ts';
import { seededRandom } from '../../src/local/sample/random.ts';
import type { RealParts } from '../harness/realParts.ts';
import type { AppPlan, MutantName } from './appPlan.ts';
import { type AppProcess, startApp } from './appProcess.ts';
import { CHECK_NAMES, CHECKS, type CheckName } from './checks/checks.ts';
import { createDatabase, openDatabase } from './database.ts';
import { collect } from './evidence.ts';
import { createHistory, type Fault, type Target } from './history.ts';
import { keepEvidence } from './keep.ts';
import { load } from './load/load.ts';
import { createPeople } from './load/people.ts';
import { createNavSide } from './navList.ts';
import { type Planned, schedule, type Turn, unleash } from './nemesis.ts';
import { quiesce } from './quiesce.ts';
import { isClean } from './report.ts';
import { sendLoad } from './sender.ts';
import { interruptWorkers } from './zombies.ts';

/** One run: a fresh organisation and database, load and faults at the same time, quiet, and then the checkers. */
export interface RunPlan {
  name: string;
  seed: number;
  /** Deliveries; more when the schedule is not through by then. */
  size: number;
  people: number;
  perSecond: number;
  kills: Readonly<Partial<Record<Target, number>>>;
  gapMs: { low: number; high: number };
  /** Processes that share the lanes with each app; none by default. */
  laneProcesses?: number;
  /** Apps that share the lanes. */
  workers?: number;
  /** How often one worker is stopped, another takes over, and the first goes on: so often it happens. */
  zombies?: number;
  mutant?: MutantName;
  /** A run is over when nothing has moved for this long. */
  stillMs?: number;
}

export interface RunResult {
  plan: RunPlan;
  inputs: number;
  deliveries: number;
  acknowledged: number;
  /** Records in the feed topics, the bridge's own included. */
  received: number;
  effects: number;
  messages: number;
  faults: readonly Fault[];
  /** Apps that ended by themselves. */
  ownEnds: { starting: number; running: number };
  /** What was open when nothing moved any more; null when all was drained. */
  stuck: string | null;
  findings: Record<CheckName, string[]>;
  ms: { load: number; drain: number; check: number };
}

const COUNTY = '40';

/** Leaves `folder`/name behind when something was found, or FAULT_KEEP is set. */
export async function run(parts: RealParts, plan: RunPlan, folder: string): Promise<RunResult> {
  const dir = join(folder, plan.name);
  mkdirSync(dir, { recursive: true });
  const random = seededRandom(plan.seed);
  const tag = randomBytes(3).toString('hex');
  const org = orgId(`feil-${plan.name.slice(0, 20)}-${tag}`);
  const databaseUrl = await createDatabase(parts.databaseUrl, `fault_${tag}`);
  const database = openDatabase(databaseUrl);
  const kafka = new Kafka({
    brokers: parts.brokers,
    clientId: 'fault',
    logLevel: logLevel.NOTHING,
    connectionTimeout: 5_000,
  });
  const admin = kafka.admin();
  const publisher = createKafkaPublisher({
    brokers: parts.brokers,
    clientId: 'fault-sender',
    log: () => undefined,
  });
  const history = createHistory(join(dir, 'history.jsonl'));
  const start = Date.now();
  const people = createPeople(random, plan.people, osloDate(instantOf(start)));
  const app: AppPlan = {
    brokers: parts.brokers,
    databaseUrl,
    vaultKey: randomBytes(32).toString('hex'),
    org,
    county: COUNTY,
    partitions: 2,
    mutant: plan.mutant ?? null,
    laneProcesses: plan.laneProcesses ?? 0,
  };
  const appLogs = Array.from({ length: plan.workers ?? 1 }, (_, index) => join(dir, `app-${index}.log`));
  const apps: AppProcess[] = appLogs.map((path) => startApp(app, path));
  const navSide = createNavSide(app);
  const ended = new AbortController();
  const stillMs = plan.stillMs ?? 60_000;
  let keep = process.env.FAULT_KEEP !== undefined;
  try {
    await untilReady(apps);
    await admin.connect();
    const began = performance.now();
    let nemesisDone = false;
    const turn: Turn = { zombie: false };
    const nemesis = Promise.all([
      unleash({
        plan: written(plan, random),
        apps,
        kafka: parts.kafka,
        postgres: parts.postgres,
        history,
        turn,
        unfinished: () => history.sent < plan.size || !nemesisDone,
        ended: ended.signal,
      }),
      interruptWorkers({
        times: plan.zombies ?? 0,
        apps,
        kafka: parts.kafka,
        database,
        history,
        random,
        turn,
        ended: ended.signal,
      }),
    ]).finally(() => {
      nemesisDone = true;
    });
    nemesis.catch(() => undefined);
    /** A worker that is stopped is left alone. */
    const killed = (target: 'app' | 'postgres') => {
      if (target === 'app') return !turn.zombie && !apps[0]?.isFrozen() && apps[0]?.kill() === true;
      const pid = parts.postgres?.pid();
      return pid !== undefined && process.kill(pid, 'SIGKILL');
    };
    const quiet = () => quiesce({ org, admin, database, stillMs });
    await sendLoad({
      steps: load({ random, people, size: plan.size, start }),
      people,
      org,
      publisher,
      history,
      size: plan.size,
      perSecond: plan.perSecond,
      enough: () => nemesisDone,
      settle: async () => void (await quiet()),
      ask: (list) =>
        navSide.ask(list, async () => {
          // In the middle of the job, if it has begun.
          for (const target of [
            'app',
            ...((plan.kills.postgres ?? 0) > 0 ? ['postgres' as const] : []),
          ] as const) {
            await sleep(random.between(0, 1_200));
            if (killed(target)) history.fault('kill', target);
          }
        }),
    });
    await nemesis;
    const sentAll = performance.now();
    const at = new Date().toISOString();
    const stuck = await quiet();
    const drained = performance.now();
    await Promise.all(apps.map((each) => each.stop()));
    const evidence = await collect({ org, county: COUNTY, kafka, database, history, people, appLogs, at });
    const findings = Object.fromEntries(
      CHECK_NAMES.map((name) => [name, CHECKS[name](evidence)]),
    ) as RunResult['findings'];
    const result: RunResult = {
      plan,
      inputs: history.inputs.length,
      deliveries: history.sent,
      acknowledged: history.acknowledged,
      received: evidence.feedLog.length,
      effects: evidence.events.length,
      messages: evidence.outLog.length,
      faults: history.faults,
      ownEnds: {
        starting: apps.reduce((sum, each) => sum + each.ownEnds().starting, 0),
        running: apps.reduce((sum, each) => sum + each.ownEnds().running, 0),
      },
      stuck,
      findings,
      ms: { load: sentAll - began, drain: drained - sentAll, check: performance.now() - drained },
    };
    // A mutant is there to be found.
    keep ||= plan.mutant === undefined && !isClean(result);
    if (keep) keepEvidence(evidence, findings, dir);
    return result;
  } finally {
    ended.abort();
    await Promise.all(apps.map((each) => each.stop()));
    await Promise.allSettled([
      publisher.close(),
      admin.disconnect(),
      database.close(),
      history.close(),
      navSide.close(),
    ]);
    if (!keep) rmSync(dir, { recursive: true, force: true });
  }
}

function written(plan: RunPlan, random: ReturnType<typeof seededRandom>): Planned[] {
  return schedule(random, plan.kills, plan.gapMs);
}

async function untilReady(apps: readonly AppProcess[]): Promise<void> {
  const end = performance.now() + 60_000;
  while (!apps.every((each) => each.isReady())) {
    if (performance.now() > end) throw new Error('the app did not get ready within a minute');
    await sleep(20);
  }
}
