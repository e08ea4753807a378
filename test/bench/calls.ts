import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { topicSpecs } from '../../src/kafka/topicSpecs.ts';
import { ensureTopics } from '../../src/kafka/topics.ts';
import { newSigningKeys } from '../../src/relay/keys.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createPostgresSubscriptions } from '../../src/store/postgres/subscriptions.ts';
import { createVault } from '../../src/store/vault.ts';
import { subscriptionOf } from '../store/relayCommits.ts';
import { startApp } from './appRun.ts';
import { startBenchParts } from './benchParts.ts';
import { dropout, followUp, identityNumbers, type LoadRecord, ORG, statusChange } from './load.ts';
import { percentile } from './measure.ts';

// What subscriptions cost, with receiver, broker, database and program on this machine:
// 1. Status changes a second with 0, 1 and 20 subscriptions that hear all of them, by turns in one run.
// 2. From the decision of a record to its call at the receiver, at 100 calls a second to 200 subscriptions, each of which
//    hears every record.
// `node test/bench/calls.ts`; CALLS_ROUNDS (3), CALLS_SUBSCRIPTIONS (200), CALLS_PER_SECOND (100), CALLS_SECONDS (60).

const ROUNDS = Number(process.env.CALLS_ROUNDS ?? 3);
const SUBSCRIPTIONS = Number(process.env.CALLS_SUBSCRIPTIONS ?? 200);
const PER_SECOND = Number(process.env.CALLS_PER_SECOND ?? 100);
const SECONDS = Number(process.env.CALLS_SECONDS ?? 60);
/** Not measured: the program still compiles. */
const SETTLING_SECONDS = 15;
const HEARING = [0, 1, 20];
const PARTITIONS = 4;
const YOUTHS = 4_000;
/** Step of the load's year: without a contact a status would be refused. */
const CONTACT = 3;
const SETTLED_MS = 1_500;
/** Another status than that of the last turn before it, on a day that has come. */
const LAST_TURN = ROUNDS % 2 === 1 ? 31 : 30;

const load = () =>
  loadavg()
    .map((each) => each.toFixed(1))
    .join(' ');

const parts = await startBenchParts(false);
const pool = createPool({ databaseUrl: parts.databaseUrl, size: 4, onIdleError: () => undefined });
const store = createPostgresStore(pool);
await store.migrate();
const records = createPostgresSubscriptions(pool, organisationIds(pool));
const topics = { org: ORG, virtualClock: false, partitions: PARTITIONS, replication: 1, retentionDays: 28 };
await ensureTopics({ brokers: parts.brokers, topics: topicSpecs(topics) });
const producer = new Kafka({ brokers: parts.brokers, logLevel: logLevel.NOTHING }).producer();
await producer.connect();
const vault = createVault(Buffer.alloc(32, 42));
const numbers = identityNumbers(YOUTHS);
const change = (youth: number, turn: number) => statusChange(youth, numbers[youth] ?? '', turn);

let sent = 0;
async function send(all: readonly LoadRecord[]): Promise<void> {
  sent += all.length;
  const messages = Map.groupBy(all, ({ topic }) => topic);
  for (const [topic, each] of messages)
    await producer.send({
      topic,
      acks: -1,
      messages: each.map(({ youth, value }) => ({ value, partition: youth % PARTITIONS })),
    });
}

async function through(): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ n: string }>(
      'select coalesce(sum(least(next_offset, published_upto)), 0) as n from lane',
    );
    if (Number(rows[0]?.n) >= sent) return;
    await sleep(20);
  }
}

const receiver = { called: 0, delays: [] as number[], measures: false };
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => {
    text += chunk;
  });
  request.on('end', () => {
    receiver.called += 1;
    if (receiver.measures) receiver.delays.push(Date.now() - Date.parse(JSON.parse(text).timestamp));
    response.writeHead(204).end();
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

/** In place of those before, from now on. */
async function subscribe(count: number): Promise<void> {
  await pool.query('update subscription set closed = now() where closed is null');
  const now = new Date().toISOString();
  for (let n = 0; n < count; n += 1)
    await records.addSubscription(
      subscriptionOf(ORG, {
        ...{ url: `http://127.0.0.1:${port}/${n}`, kinds: ['status'] },
        ...{ begins: 'now', beginsAt: null, created: now },
      }),
      newSigningKeys(vault, now).keys,
    );
  await sleep(SETTLED_MS);
}

/** Until nothing has been called for a second. */
async function quiet(): Promise<void> {
  for (let before = -1; before !== receiver.called; ) {
    before = receiver.called;
    await sleep(1_000);
  }
}

async function throughput(): Promise<void> {
  const rates = new Map<number, number[]>(HEARING.map((count) => [count, []]));
  let turn = 1;
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const count of HEARING) {
      await subscribe(count);
      const changes = numbers.map((_number, youth) => change(youth, turn));
      turn += 1;
      const began = performance.now();
      await send(changes);
      await through();
      // The first round warms up.
      if (round > 0) rates.get(count)?.push((changes.length * 1_000) / (performance.now() - began));
      await quiet();
    }
  const middle = (all: readonly number[]) =>
    percentile(
      all.toSorted((a, b) => a - b),
      0.5,
    );
  const none = middle(rates.get(0) ?? []);
  for (const [count, all] of rates) {
    const each = all.map((rate) => Math.round(rate)).join(' ');
    console.log(`${count} subscriptions: ${each} records/s, ratio ${(middle(all) / none).toFixed(3)}`);
  }
  console.log(`called ${receiver.called} times; load ${load()}`);
}

async function delay(): Promise<void> {
  await subscribe(SUBSCRIPTIONS);
  const ticks = Math.floor(((SETTLING_SECONDS + SECONDS) * PER_SECOND) / SUBSCRIPTIONS);
  const wanted = receiver.called + ticks * SUBSCRIPTIONS;
  console.log(`${SUBSCRIPTIONS} subscriptions, ${PER_SECOND} calls/s; load before: ${load()}`);
  const began = performance.now();
  for (let tick = 0; tick < ticks; tick += 1) {
    receiver.measures ||= tick * SUBSCRIPTIONS >= SETTLING_SECONDS * PER_SECOND;
    await send([change(tick, LAST_TURN)]);
    await sleep(Math.max(0, began + ((tick + 1) * SUBSCRIPTIONS * 1_000) / PER_SECOND - performance.now()));
  }
  for (let waited = 0; waited < 300 && receiver.called < wanted; waited += 1) await sleep(100);
  if (receiver.called < wanted) throw new Error(`${wanted - receiver.called} calls did not come`);
  const sorted = receiver.delays.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(percentile(sorted, share));
  console.log(
    `decided → receiver: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, max ${sorted.at(-1)} ms; ` +
      `${sorted.length} calls; load after: ${load()}`,
  );
}

const app = startApp(parts, parts.databaseUrl, { relay: true });
try {
  await send(numbers.map((number, youth) => dropout(youth, number)));
  await through();
  await send(numbers.map((number, youth) => followUp(youth, number, CONTACT)));
  await through();
  await send(numbers.map((_number, youth) => change(youth, 0)));
  await through();
  const { rows: refused } = await pool.query('select problems from quarantine limit 1');
  if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused[0])}`);
  await throughput();
  await delay();
} finally {
  await app.stop();
  server.closeAllConnections();
  server.close();
  await producer.disconnect();
  await store.close();
  await parts.stop();
}
