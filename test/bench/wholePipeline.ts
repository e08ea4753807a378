import { once } from 'node:events';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { type App, line, startApp, watch } from './appRun.ts';
import { startBenchParts } from './benchParts.ts';
import type { Cost } from './cost.ts';
import { checkpoint, newDatabase, placeCursors } from './cursors.ts';
import { latency } from './latency.ts';
import { dropout, followUp, identityNumbers, type LoadRecord, ORG, PER_YOUTH, statusChange } from './load.ts';
import { cpuSeconds, peakMegabytes } from './measure.ts';
import { said, startProgram } from './programs.ts';
import { seedYouths } from './seed.ts';
import { PARTITIONS, sendRecords } from './send.ts';
import { connectKafka, makeTopics } from './topics.ts';

// The whole pipeline on real Kafka and PostgreSQL, next to kafkajs alone on the same records in the same run.
// Absolute figures depend on the machine and what else it does: trust the ratio and the CPU per event. BENCH_YOUTHS
// (50 000), BENCH_ROUNDS (2: in the first the broker still compiles), BENCH_LARGE (500 000; 0 leaves growth out),
// BENCH_API (1: with the API, which keeps the worklists' rows), BENCH_TLS (1: a broker with TLS and access rights; each
// load over both of its listeners by turns).

const YOUTHS = Number(process.env.BENCH_YOUTHS ?? 50_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 2);
const LARGE = Number(process.env.BENCH_LARGE ?? 500_000);
const SMALL = 10_000;
/** Records per youth of the growth runs: as many as come between two checkpoints, five minutes apart as PostgreSQL has
 *  them by default, when 500 000 youths have 15 000 records/s. */
const TOUCHES = 9;
/** Of their warming up. */
const WARM = 6;
/** Growth runs over few youths, before the one over many and as many after it. */
const AROUND = 3;
const say = (text: string) => process.stdout.write(`${text}\n`);

const parts = await startBenchParts(process.env.BENCH_TLS === '1');
try {
  const { producer, admin, disconnect } = await connectKafka(parts.brokers);
  await makeTopics(parts.brokers, ORG);

  const send = (records: Iterable<LoadRecord>) => sendRecords(producer, records);
  const numbers = identityNumbers(YOUTHS);
  const dropouts = () => numbers.map((number, youth) => dropout(youth, number));
  const year = function* () {
    for (let step = 1; step < PER_YOUTH; step += 1) {
      for (const [youth, number] of numbers.entries()) yield followUp(youth, number, step);
    }
  };
  say(
    `${YOUTHS} youths, ${YOUTHS * PER_YOUTH} records, ${PARTITIONS} partitions; broker, database and program on this machine`,
  );
  await send(dropouts());
  await send(year());
  const school = feedTopic(ORG, 'school-dropout');
  const adviser = feedTopic(ORG, 'ot-adviser');

  const runs: { pass: Cost; born: Cost; year: Cost; tls?: Cost }[] = [];
  let last: { app: App; database: string } | undefined;
  for (let round = 1; round <= ROUNDS; round += 1) {
    await last?.app.stop();
    const pass = await passThrough([school, adviser], YOUTHS * PER_YOUTH, round);
    say(line(`kafkajs alone, round ${round}`, pass));
    // Over TLS first: only one of the two programs runs at a time, and the plain one goes on below.
    const overTls = parts.tls && (await youthsAndYear('TLS', round));
    await overTls?.app.stop();
    const plain = await youthsAndYear('plain', round);
    runs.push({ pass, born: plain.born, year: plain.year, ...(overTls && { tls: overTls.year }) });
    last = { app: plain.app, database: plain.database };
  }
  const best = (pick: (run: (typeof runs)[number]) => Cost | undefined) =>
    runs.map((run) => pick(run)?.eventsPerSecond ?? 0).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ??
    0;
  say(`ratio to kafkajs alone: ${(best((run) => run.year) / best((run) => run.pass)).toFixed(2)}`);

  if (parts.tls)
    say(`TLS to Kafka against plain: ${(best((run) => run.tls) / best((run) => run.year)).toFixed(2)}`);

  if (last) {
    // The dearest there is: every record of every youth changes a status.
    const changes = function* () {
      for (const [youth, number] of numbers.entries()) yield statusChange(youth, number, 0);
      for (const [youth, number] of numbers.entries()) yield statusChange(youth, number, 1);
    };
    const { app, database } = last;
    await app.stop();
    await send(changes());
    const dear = await watch(parts, database, YOUTHS * 2, () => startApp(parts, database), YOUTHS / 5);
    say(line('status changes only', dear.cost));
    last = { app: dear.app, database };
  }

  const trickle = await latency(parts.brokers, numbers, { perSecond: 500, seconds: 20 });
  say(
    `500 events/s, feed record sent → status at a consumer: p50 ${trickle.p50.toFixed(0)} ms, p99 ${trickle.p99.toFixed(0)} ms, max ${trickle.max.toFixed(0)} ms (${(trickle.measured * 100).toFixed(1)} % seen)`,
  );
  if (last) say(`app after that: peak ${peakMegabytes(last.app.child.pid ?? 0)} MB`);
  await last?.app.stop();

  if (LARGE > 0) await growth();
  await disconnect();

  /** The dropouts, then the follow-ups, in a database of their own. */
  async function youthsAndYear(over: 'plain' | 'TLS', round: number) {
    const name = over === 'TLS' ? `, ${over}` : '';
    const database = await newDatabase(parts.databaseUrl, `bench_${round}_${over.toLowerCase()}`);
    // The follow-ups wait until the dropouts are through, as in a year.
    await placeCursors(admin, database, adviser, 'high');
    const born = await watch(parts, database, YOUTHS, () => startApp(parts, database, { over }));
    say(line(`new youths, round ${round}${name}`, born.cost));
    await born.app.stop();
    await placeCursors(admin, database, adviser, 'low');
    const records = YOUTHS * (PER_YOUTH - 1);
    const start = () => startApp(parts, database, { over });
    const whole = await watch(parts, database, records, start, records / 10);
    say(line(`follow-up, round ${round}${name}`, whole.cost));
    return { app: whole.app, database, born: born.cost, year: whole.cost };
  }

  async function passThrough(from: string[], count: number, round: number): Promise<Cost> {
    const out = `pass-${round}`;
    await admin.createTopics({ topics: [{ topic: out, numPartitions: PARTITIONS }] });
    const broker = parts.kafka.pid() ?? 0;
    const before = cpuSeconds(broker);
    const child = startProgram('./passThrough.ts', {
      BENCH_BROKERS: parts.brokers.join(),
      BENCH_TOPICS: from.join(),
      BENCH_OUT: out,
      BENCH_COUNT: String(count),
    });
    await said(child, 'ready');
    const base = cpuSeconds(child.pid ?? 0);
    const began = performance.now();
    await said(child, 'done');
    const seconds = (performance.now() - began) / 1000;
    const cost = {
      eventsPerSecond: count / seconds,
      app: ((cpuSeconds(child.pid ?? 0) - base) * 1e6) / count,
      broker: ((cpuSeconds(broker) - before) * 1e6) / count,
      database: 0,
      peakMegabytes: peakMegabytes(child.pid ?? 0),
      walBytes: 0,
      allocatedBytes: null,
    };
    child.kill('SIGKILL');
    await once(child, 'exit');
    return cost;
  }

  /** As many records per youth over few and over many youths who are known already, each from a checkpoint on: after
   *  one, a page that is touched first goes whole into the log (a youth's first record costs the database 65 µs, the next
   *  ones 28), so that few records per youth would only measure that.
   *  Few before and after many, and several times: what else the machine does changes from minute to minute, and one
   *  run over few takes two seconds. */
  async function growth(): Promise<void> {
    const around = Array.from({ length: AROUND }, () => SMALL);
    const costs: { size: number; cost: Cost }[] = [];
    for (const [index, size] of [...around, LARGE, ...around].entries()) {
      // The last ones are for warming up.
      const many = identityNumbers(size + SMALL);
      const database = await newDatabase(parts.databaseUrl, `bench_size_${index}`);
      await seedYouths(database, many, `${ORG}.seed`);
      for (const topic of [school, adviser]) await placeCursors(admin, database, topic, 'high');
      const yearOf = function* (from: number, to: number, steps: number) {
        for (let step = 0; step < steps; step += 1) {
          for (let youth = from; youth < to; youth += 1) {
            yield followUp(youth, many[youth] ?? '', 2 + (step % 6), 10 + index * 3 + Math.floor(step / 6));
          }
        }
      };
      await send(yearOf(size, size + SMALL, WARM));
      await send(yearOf(0, size, TOUCHES));
      await checkpoint(database);
      const warming = SMALL * WARM;
      const start = () => startApp(parts, database);
      const { app, cost } = await watch(parts, database, warming + size * TOUCHES, start, warming);
      say(line(`${size.toLocaleString('nb-NO')} youths known`, cost));
      costs.push({ size, cost });
      await app.stop();
    }
    const mean = (of: number) => {
      const sums = costs.flatMap(({ size, cost }) =>
        size === of ? [cost.app + cost.broker + cost.database] : [],
      );
      return sums.reduce((sum, each) => sum + each, 0) / sums.length;
    };
    say(`CPU per event, ${LARGE} against ${SMALL} youths: ${(mean(LARGE) / mean(SMALL)).toFixed(2)}`);
  }
} finally {
  await parts.stop();
}
