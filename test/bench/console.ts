import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import pg from 'pg';
import { letKafkajsSleep } from '../../src/kafka/kafkajsIdle.ts';
import { topicSpecs } from '../../src/kafka/topicSpecs.ts';
import { ensureTopics } from '../../src/kafka/topics.ts';
import { createBrowser, type TestBrowser } from '../harness/browser.ts';
import { said, startProgram } from './appRun.ts';
import { startBenchParts } from './benchParts.ts';
import { historyOf, type MeasuredPage, oneMore, pagesOf } from './consoleLoad.ts';
import { newDatabase } from './cursors.ts';
import { identityNumbers, type LoadRecord, ORG } from './load.ts';
import { cpuSeconds, peakMegabytes } from './measure.ts';

// How long the server takes for each page of the console, over all youths of a large county, in random order; first while the
// pipeline rests, then while records flow through it in the same process. `node test/bench/console.ts`. CONSOLE_YOUTHS
// (150 000), CONSOLE_FLOW (records a second, 200), CONSOLE_ROUNDS (20: how often each page is asked for), CONSOLE_ROLE (leder).

const YOUTHS = Number(process.env.CONSOLE_YOUTHS ?? 150_000);
const FLOW = Number(process.env.CONSOLE_FLOW ?? 200);
const ROUNDS = Number(process.env.CONSOLE_ROUNDS ?? 20);
const ROLE = process.env.CONSOLE_ROLE ?? 'leder';
const PARTITIONS = 4;
const say = (text: string) => process.stdout.write(`${text}\n`);
const seconds = (since: number) => ((performance.now() - since) / 1_000).toFixed(1);

letKafkajsSleep();
const parts = await startBenchParts(false);
const database = await newDatabase(parts.databaseUrl, 'bench_console');
const child = startProgram('./app.ts', {
  BENCH_BROKERS: parts.brokers.join(),
  BENCH_DATABASE: database,
  BENCH_API: '1',
});
const client = new pg.Client({ connectionString: database });
const producer = new Kafka({ brokers: parts.brokers, logLevel: logLevel.NOTHING }).producer({
  idempotent: true,
});
try {
  const url = (await said(child, 'serves ')).trim().replace('serves ', '');
  await client.connect();
  await producer.connect();
  await ensureTopics({
    brokers: parts.brokers,
    topics: topicSpecs({
      ...{ org: ORG, virtualClock: false, partitions: PARTITIONS, replication: 1, retentionDays: 28 },
    }),
  });
  const numbers = identityNumbers(YOUTHS);
  const began = performance.now();
  const records = await fill(producer, numbers);
  say(`${YOUTHS} youths, ${records} records decided after ${seconds(began)} s`);
  await kept();
  say(`rows of the worklists kept after ${seconds(began)} s`);
  await client.query('vacuum analyze');
  const browser = await loggedIn(url);
  const pages = await pagesOf(browser, url);
  await measure(browser, url, pages, 1);
  const resting = spent();
  const idle = await measure(browser, url, pages, ROUNDS);
  const cost = spent();
  const flow = startFlow(producer, numbers);
  await sleep(5_000);
  const beside = await measure(browser, url, pages, ROUNDS);
  const sent = await flow.stop();
  report(idle, beside);
  await sizes(browser, url, pages);
  const each = (of: 'program' | 'database') => ((cost[of] - resting[of]) * 1_000) / (pages.length * ROUNDS);
  say(
    `processor a page at rest: ${each('program').toFixed(1)} ms of the program, ${each('database').toFixed(1)} ms of the database`,
  );
  say(`${sent} records meanwhile; ${peakMegabytes(child.pid ?? 0)} MB at most`);
} finally {
  await client.end().catch(() => undefined);
  await producer.disconnect().catch(() => undefined);
  child.kill('SIGTERM');
  await parts.stop();
}

/** Youth by youth; resolves when all are decided and published. */
async function fill(to: Producer, numbers: readonly string[]): Promise<number> {
  const waiting = new Map<string, LoadRecord[]>();
  let count = 0;
  const flush = async (name: string) => {
    const batch = waiting.get(name)?.splice(0) ?? [];
    const [first] = batch;
    if (first === undefined) return;
    const messages = batch.map(({ value, youth }) => ({ value, partition: youth % PARTITIONS }));
    await to.send({ topic: first.topic, acks: -1, messages });
  };
  for (const [youth, number] of numbers.entries()) {
    for (const record of historyOf(youth, number)) {
      const batch = waiting.get(record.topic) ?? [];
      waiting.set(record.topic, batch);
      count += 1;
      if (batch.push(record) >= 2_000) await flush(record.topic);
    }
  }
  for (const name of waiting.keys()) await flush(name);
  const done = async () => {
    const { rows } = await client.query<{ n: string | null }>(
      'select sum(least(next_offset, published_upto)) as n from lane',
    );
    return Number(rows[0]?.n ?? 0);
  };
  while ((await done()) < count) await sleep(250);
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from quarantine');
  if (rows[0]?.n !== 0) throw new Error(`${rows[0]?.n} records of the load went to quarantine`);
  return count;
}

/** Resolves when no youth is left to be looked at. */
async function kept(): Promise<void> {
  for (;;) {
    const { rows } = await client.query(
      `select from work_projection p where p.rules is not null and p.fill_rules is null and not exists (
         select from lane l left join work_cursor c on c.lane_id = l.id
         where l.org_id = p.org_id and l.next_offset > coalesce(c.read_upto, 0))`,
    );
    if (rows.length > 0) return;
    await sleep(250);
  }
}

/** Seconds of processor so far. */
function spent() {
  return { program: cpuSeconds(child.pid ?? 0), database: cpuSeconds(parts.postgres.pid() ?? 0) };
}

async function loggedIn(url: string): Promise<TestBrowser> {
  const browser = createBrowser();
  const { url: page } = await browser.go(`${url}/login?return=/k/${ORG}/`);
  const body = new URLSearchParams({ persona: `${ROLE}.${ORG}` });
  const { response } = await browser.go(page, { method: 'POST', headers: { origin: page.origin }, body });
  if (response.status !== 200) throw new Error(`no login: ${response.status}`);
  return browser;
}

type Times = Map<string, number[]>;

async function measure(
  browser: TestBrowser,
  url: string,
  pages: readonly MeasuredPage[],
  rounds: number,
): Promise<Times> {
  const times: Times = new Map();
  const order = Array.from({ length: rounds }, () => pages).flat();
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  for (const { name, path } of order) {
    const began = performance.now();
    const { response } = await browser.go(url + path);
    if (response.status !== 200) throw new Error(`${name}: ${response.status}`);
    const own = times.get(name) ?? [];
    own.push(performance.now() - began);
    times.set(name, own);
  }
  return times;
}

function report(idle: Times, beside: Times): void {
  say('                               p50     p95     max ms, while records flow   (p95 at rest, ratio)');
  for (const [name, times] of beside) {
    const rest = quantile(idle.get(name) ?? [], 0.95);
    const [p50, p95, most] = [quantile(times, 0.5), quantile(times, 0.95), Math.max(...times)];
    const figures = [p50, p95, most].map((ms) => ms.toFixed(0).padStart(8)).join('');
    say(`${name.padEnd(26)}${figures}${rest.toFixed(0).padStart(12)}${(p95 / rest).toFixed(2).padStart(8)}`);
  }
}

function quantile(times: readonly number[], share: number): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length * share)] ?? 0;
}

/** A first page is the page and all that it asks for; those after it are the page alone. */
async function sizes(browser: TestBrowser, url: string, pages: readonly MeasuredPage[]): Promise<void> {
  const largest = new Map<string, { page: number; first: number; requests: number; script: number }>();
  for (const { name, path } of pages.filter((page) => page.path.startsWith('/k/'))) {
    const page = await bytesOf(browser, url + path);
    const files = [...page.text.matchAll(/<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"/g)].map(
      ([, to = '']) => to,
    );
    const own = await Promise.all(
      files.map(async (to) => ({ to, ...(await bytesOf(browser, new URL(to, url).href)) })),
    );
    const first = own.reduce((sum, each) => sum + each.bytes, page.bytes);
    const script = own.filter(({ to }) => to.endsWith('.js')).reduce((sum, each) => sum + each.bytes, 0);
    if ((largest.get(name)?.page ?? 0) >= page.bytes) continue;
    largest.set(name, { page: page.bytes, first, requests: 1 + files.length, script });
  }
  for (const [name, { page, first, requests, script }] of largest) {
    const kB = (bytes: number) => `${(bytes / 1_000).toFixed(1)} kB`;
    say(`${name.padEnd(26)} ${kB(page)}, first ${kB(first)} in ${requests} requests, script ${kB(script)}`);
  }
}

/** As they are sent. */
async function bytesOf(browser: TestBrowser, at: string): Promise<{ bytes: number; text: string }> {
  const { response, text } = await browser.go(at, { headers: { 'accept-encoding': 'gzip' } });
  return { bytes: Number(response.headers.get('content-length') ?? Buffer.byteLength(text)), text };
}

/** Records about known youths, evenly. */
function startFlow(to: Producer, numbers: readonly string[]) {
  let on = true;
  let sent = 0;
  const running = (async () => {
    while (on) {
      const began = performance.now();
      const records = Array.from({ length: FLOW / 10 }, (_, at) => {
        const youth = ((sent + at) * 7_919) % numbers.length;
        return oneMore(youth, numbers[youth] ?? '', 20 + Math.floor((sent + at) / numbers.length));
      });
      const [first] = records;
      const messages = records.map(({ value, youth }) => ({ value, partition: youth % PARTITIONS }));
      if (first !== undefined) await to.send({ topic: first.topic, acks: -1, messages });
      sent += records.length;
      await sleep(Math.max(0, 100 - (performance.now() - began)));
    }
  })();
  return {
    async stop() {
      on = false;
      await running;
      return sent;
    },
  };
}
