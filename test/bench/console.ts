import { setTimeout as sleep } from 'node:timers/promises';
import type { Producer } from 'kafkajs';
import pg from 'pg';
import { createBrowser, type TestBrowser } from '../harness/browser.ts';
import { type App, recordsThrough, startApp } from './appRun.ts';
import { readAgainst } from './benchFlags.ts';
import { startBenchParts } from './benchParts.ts';
import { type Build, openBuild, THIS_BUILD } from './build.ts';
import { historyOf, type MeasuredPage, oneMore, pagesOf } from './consoleLoad.ts';
import { newDatabase } from './cursors.ts';
import { identityNumbers, ORG } from './load.ts';
import { cpuSeconds, peakMegabytes, percentile } from './measure.ts';
import { said } from './programs.ts';
import { PARTITIONS, sendRecords } from './send.ts';
import { connectKafka, makeTopics } from './topics.ts';
import { turns } from './turns.ts';

// How long the server takes for each page of the console, over all youths of a large county, in random order; first while the
// pipeline rests, then while records flow through it in the same process. `node test/bench/console.ts [--against <folder or
// commit>]`: with another build both have the same records and are asked by turns, and each page has a ratio. CONSOLE_YOUTHS
// (150 000), CONSOLE_FLOW (records a second, 200), CONSOLE_ROUNDS (20: how often each page is asked for), CONSOLE_ROLE (leder).

const YOUTHS = Number(process.env.CONSOLE_YOUTHS ?? 150_000);
const FLOW = Number(process.env.CONSOLE_FLOW ?? 200);
const ROUNDS = Number(process.env.CONSOLE_ROUNDS ?? 20);
const ROLE = process.env.CONSOLE_ROLE ?? 'leder';
const say = (text: string) => process.stdout.write(`${text}\n`);
const seconds = (since: number) => ((performance.now() - since) / 1_000).toFixed(1);

/** A build whose console is asked. */
interface Subject {
  build: Build;
  app: App;
  client: pg.Client;
  url: string;
  browser: TestBrowser;
  pages: MeasuredPage[];
}

const against = readAgainst(process.argv.slice(2));
const other = against === undefined ? undefined : await openBuild(against);
const parts = await startBenchParts(false);
const kafka = await connectKafka(parts.brokers);
const subjects: Subject[] = [];
try {
  await makeTopics(parts.brokers, ORG);
  const numbers = identityNumbers(YOUTHS);
  const records = await sendRecords(kafka.producer, histories(numbers));
  // One after the other: none has the processor that the other one wants.
  for (const build of other === undefined ? [THIS_BUILD] : [THIS_BUILD, other])
    subjects.push(await startSubject(build, records));
  await measure(1);
  const [resting, stored] = [spent(), cpuSeconds(parts.postgres.pid() ?? 0)];
  const idle = await measure(ROUNDS);
  const [cost, read] = [spent(), cpuSeconds(parts.postgres.pid() ?? 0) - stored];
  const flow = startFlow(kafka.producer, numbers);
  await sleep(5_000);
  const beside = await measure(ROUNDS);
  const sent = await flow.stop();
  for (const subject of subjects) {
    if (subjects.length > 1) say(`\n${subject.build.name}`);
    report(timesOf(idle, subject), timesOf(beside, subject));
    await sizes(subject);
    const before = resting.get(subject) ?? 0;
    const each = ((cost.get(subject) ?? 0) - before) / (subject.pages.length * ROUNDS);
    say(`processor of the program for a page at rest: ${(each * 1_000).toFixed(1)} ms`);
    say(`${peakMegabytes(subject.app.child.pid ?? 0)} MB at most`);
  }
  const asked = subjects.reduce((sum, { pages }) => sum + pages.length * ROUNDS, 0);
  say(`processor of the database for a page at rest: ${((read * 1_000) / asked).toFixed(1)} ms`);
  say(`${sent} records meanwhile`);
  const [ours, theirs] = subjects;
  if (ours && theirs) compare(ours, theirs, idle, beside);
} finally {
  for (const { client, app } of subjects) {
    await client.end().catch(() => undefined);
    await app.stop();
  }
  await kafka.disconnect();
  await parts.stop();
  await other?.close();
}

/** Resolves when all is decided, published and kept as rows, and a leader is logged in. */
async function startSubject(build: Build, records: number): Promise<Subject> {
  const database = await newDatabase(parts.databaseUrl);
  const app = startApp(parts, database, { build, api: true });
  const client = new pg.Client({ connectionString: database });
  try {
    const began = performance.now();
    const url = (await said(app.child, 'serves ')).trim().replace('serves ', '');
    await client.connect();
    while ((await recordsThrough(client)) < records) await sleep(250);
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from quarantine');
    if (rows[0]?.n !== 0) throw new Error(`${rows[0]?.n} records of the load went to quarantine`);
    say(`${build.name}: ${YOUTHS} youths, ${records} records decided after ${seconds(began)} s`);
    await kept(client);
    say(`${build.name}: rows of the worklists kept after ${seconds(began)} s`);
    await client.query('vacuum analyze');
    const browser = await loggedIn(url);
    const pages = await pagesOf(browser, url);
    say(`${build.name}: all reports counted after ${seconds(began)} s`);
    return { build, app, client, url, browser, pages };
  } catch (error) {
    await client.end().catch(() => undefined);
    await app.stop();
    throw error;
  }
}

/** Youth by youth. */
function* histories(numbers: readonly string[]) {
  for (const [youth, number] of numbers.entries()) yield* historyOf(youth, number);
}

/** Resolves when no youth is left to be looked at. */
async function kept(client: pg.Client): Promise<void> {
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

/** Seconds of processor of each program so far. */
function spent(): Map<Subject, number> {
  return new Map(subjects.map((subject) => [subject, cpuSeconds(subject.app.child.pid ?? 0)]));
}

async function loggedIn(url: string): Promise<TestBrowser> {
  const browser = createBrowser();
  const { url: page } = await browser.go(`${url}/login?return=/k/${ORG}/`);
  const body = new URLSearchParams({ persona: `${ROLE}.${ORG}` });
  const { response } = await browser.go(page, { method: 'POST', headers: { origin: page.origin }, body });
  if (response.status !== 200) throw new Error(`no login: ${response.status}`);
  return browser;
}

/** A page's name → milliseconds of each answer. */
type Times = Map<string, number[]>;

function timesOf(all: ReadonlyMap<Subject, Times>, subject: Subject): Times {
  return all.get(subject) ?? new Map();
}

/** Round by round, each subject's pages in random order; of two subjects the one goes first as often as the other. */
async function measure(rounds: number): Promise<Map<Subject, Times>> {
  const all = new Map(subjects.map((subject): [Subject, Times] => [subject, new Map()]));
  const order = turns(subjects, Math.ceil(rounds / 2)).slice(0, rounds * subjects.length);
  for (const subject of order) await askAll(subject, timesOf(all, subject));
  return all;
}

async function askAll({ browser, url, pages }: Subject, times: Times): Promise<void> {
  const order = [...pages];
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
}

/** Of each page that both builds have. */
function compare(
  ours: Subject,
  theirs: Subject,
  idle: ReadonlyMap<Subject, Times>,
  beside: ReadonlyMap<Subject, Times>,
): void {
  say(`\nratio, ${ours.build.name} to ${theirs.build.name}   p50 at rest     p95   p50 in flow     p95`);
  for (const name of timesOf(idle, ours).keys()) {
    const ratios = [idle, beside].flatMap((all) => {
      const [one, another] = [timesOf(all, ours).get(name) ?? [], timesOf(all, theirs).get(name) ?? []];
      return [0.5, 0.95].map((share) => quantile(one, share) / quantile(another, share));
    });
    if (ratios.some(Number.isNaN)) continue;
    say(`${name.padEnd(32)}${ratios.map((ratio) => ratio.toFixed(2).padStart(10)).join('')}`);
  }
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
  return percentile(
    times.toSorted((one, other) => one - other),
    share,
  );
}

/** A first page is the page and all that it asks for; those after it are the page alone. */
async function sizes({ browser, url, pages }: Subject): Promise<void> {
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
