import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { letKafkajsSleep } from '../../src/kafka/kafkajsIdle.ts';
import { createHome, type Program, runProgram } from '../harness/program.ts';
import { crowd, dropout, P01, P07 } from '../harness/schoolDropouts.ts';
import { createTestDatabase, type TestDatabase, testBrokers } from '../harness/sharedParts.ts';
import { until } from '../harness/until.ts';

const MB = 1024 * 1024;
const ORG = `dorer-${randomBytes(4).toString('hex')}`;
const PATH = `/organisations/${ORG}/feeds`;
const DEEP = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
/** Of a process that holds two large bodies at most; the runtime's own heap breathes that much. */
const MOST_GROWTH = 400 * MB;

let home: Awaited<ReturnType<typeof createHome>>;
let database: TestDatabase;
let program: Program;
let producer: Producer;
beforeAll(async () => {
  letKafkajsSleep();
  home = await createHome();
  database = await createTestDatabase();
  const brokers = await testBrokers();
  program = runProgram({
    ...home.settings,
    KAFKA_BROKERS: brokers.join(','),
    DATABASE_URL: database.url,
    ORGANISATIONS: `${ORG}:40`,
    OT_ENVIRONMENT: 'test',
    VAULT_KEY: randomBytes(32).toString('base64'),
    TOPIC_REPLICATION: '1',
  });
  await program.shows(/Ctrl-C stopper/);
  producer = new Kafka({ brokers, logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
});
afterAll(async () => {
  await producer?.disconnect();
  program?.interrupt();
  await program?.ended;
  await home?.remove();
  await database?.drop();
});

const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(`${home.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
const json = async (path: string) => JSON.parse(await (await fetch(`${home.url}${path}`)).text());

/** The refusal: RFC 9457 and nothing of what was sent. */
async function refused(answer: Response): Promise<string> {
  const text = await answer.text();
  expect(answer.headers.get('content-type'), text).toBe('application/problem+json');
  const problem = JSON.parse(text);
  expect(problem).toMatchObject({
    type: expect.stringMatching(/^urn:ot-bridge:[A-Z_]+$/),
    title: expect.any(String),
    status: answer.status,
    detail: expect.stringMatching(/\.$/),
  });
  expect(text).not.toMatch(/14830989960|AKTSOM|hemmelig/);
  return `${answer.status} ${problem.type.slice('urn:ot-bridge:'.length)}`;
}

async function receiptOf(answer: Response) {
  const text = await answer.text();
  expect(answer.status, text).toBe(202);
  const { receipt } = JSON.parse(text);
  await until('the receipt is final', async () => (await json(receipt)).final, 60_000);
  return json(receipt);
}

async function isRegistered({ fodselsnummer }: { fodselsnummer: string }): Promise<boolean> {
  const search = await post(`/organisations/${ORG}/youths/search`, JSON.stringify({ fodselsnummer }));
  if (search.status !== 200) return false;
  const { ref } = JSON.parse(await search.text());
  return (await json(`/organisations/${ORG}/youths/${ref}`)).registrations.length === 1;
}

const person = { ...P01, adresse: 'AKTSOM hemmelig' };
const [a, b, c, d, e] = crowd(60, 5) as [typeof P01, typeof P01, typeof P01, typeof P01, typeof P01];

describe('the HTTP door', () => {
  test.each([
    ['no JSON', 'school-dropout', `{"fodselsnummer":"14830989960",}`, {}, '400 NOT_JSON'],
    ['no record', 'school-dropout', '"14830989960"', {}, '400 NOT_AN_OBJECT'],
    ['a nest 10,000 deep', 'school-dropout', `[{"a":${DEEP}}]`, {}, '400 TOO_DEEP'],
    ['an empty list', 'school-dropout', '[]', {}, '400 EMPTY_LIST'],
    ['an empty snapshot', 'apprenticeship', '{"antall":0,"kontrakter":[]}', {}, '400 EMPTY_LIST'],
    ['a short snapshot', 'apprenticeship', '{"antall":2,"kontrakter":[{}]}', {}, '422 INVALID_DOCUMENT'],
    ['no type', 'school-dropout', '{}', { 'content-type': 'text/plain' }, '415 UNSUPPORTED_TYPE'],
    ['no Avro', 'school-dropout', 'Obj1', { 'content-type': 'application/avro' }, '400 NOT_AVRO'],
    ['an unknown feed', 'hemmelig', '{}', {}, '404 UNKNOWN_FEED'],
    ['the bridge’s own feed', 'bridge', '{"type":"forfall"}', {}, '403 FEED_CLOSED'],
    [
      'a key that is none',
      'school-dropout',
      '{}',
      { 'Idempotency-Key': 'a b' },
      '400 INVALID_IDEMPOTENCY_KEY',
    ],
  ])('%s is refused', async (_what, feed, body, headers, expected) => {
    expect(await refused(await post(`${PATH}/${feed}`, body, headers))).toBe(expected);
  });

  test('an organisation it does not know is refused', async () => {
    const answer = await post('/organisations/hemmelig-no/feeds/school-dropout', '{}');
    expect(await refused(answer)).toBe('404 UNKNOWN_ORGANISATION');
  });

  test('a compressed body is refused and not unpacked', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(10 * MB, ' ')));
    const answer = await post(`${PATH}/school-dropout`, bomb, { 'content-encoding': 'gzip' });
    expect(await refused(answer)).toBe('415 UNSUPPORTED_ENCODING');
  });

  test('a row of 64 KiB is taken, and one byte more is refused', async () => {
    const row = (bytes: number) => {
      const bare = JSON.stringify(dropout(a, 'stor', { merknad: '' }));
      return JSON.stringify(dropout(a, 'stor', { merknad: 'x'.repeat(bytes - bare.length) }));
    };
    const most = await receiptOf(await post(`${PATH}/school-dropout`, `[${row(64 * 1024)}]`));
    expect(most.counts).toMatchObject({ quarantined: 1 });
    expect(await refused(await post(`${PATH}/school-dropout`, `[${row(64 * 1024 + 1)}]`))).toBe(
      '413 TOO_LARGE',
    );
  });

  test('good rows among bad ones take effect, and each bad one has its reason', async () => {
    const rows = [
      dropout(a, 'god-a'),
      { ...dropout(person, 'navn') },
      { ...dropout(P01, 'typer'), avbruddsdato: 20261006, avbruddsarsak: ['FV'], fodselsnummer: 14830989960 },
      dropout(P01, 'kode', { avbruddsarsak: 'QQ' }),
      dropout(P01, 'nul\u0000'),
      dropout({ ...P01, fodselsnummer: '1483098996' }, 'ti'),
      5,
      dropout(P01, 'dyp', { merknad: { a: [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]] } }),
      dropout(P07, 'fiktivt'),
      dropout(b, 'god-b'),
    ];
    const receipt = await receiptOf(await post(`${PATH}/school-dropout`, JSON.stringify(rows)));
    expect(receipt.counts).toMatchObject({ applied: 3, quarantined: 7, duplicate: 0 });
    const codes = receipt.problems.map(({ row, problems }: { row: number; problems: { code: string }[] }) => [
      row,
      [...new Set(problems.map(({ code }) => code))].sort().join(' '),
    ]);
    expect(codes).toEqual([
      [2, 'UNKNOWN_FIELD'],
      [3, 'WRONG_TYPE'],
      [4, 'UNKNOWN_CODE'],
      [5, 'NUL_CHARACTER'],
      [6, 'INVALID_IDENTITY_NUMBER'],
      [7, 'NOT_AN_OBJECT'],
      [8, 'TOO_DEEP'],
    ]);
    const list = JSON.stringify([receipt, await json(`/organisations/${ORG}/quarantine`)]);
    expect(list).not.toMatch(/1483098996|AKTSOM|hemmelig|2009-03-14/);
    for (const good of [a, P07, b]) expect(await isRegistered(good)).toBe(true);
    expect(await isRegistered(P01)).toBe(false);
  });
});

describe('memory is bounded', () => {
  /** Peak over what was held before. */
  async function growth(work: () => Promise<unknown>): Promise<number> {
    const status = (name: string) =>
      Number(
        new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1],
      ) * 1024;
    writeFileSync(`/proc/${program.pid}/clear_refs`, '5'); // the peak counts from here
    const before = status('VmRSS');
    await work();
    return status('VmHWM') - before;
  }
  const filler = () => {
    const row = JSON.stringify(dropout(P01, 'fyll', { merknad: 'x'.repeat(60_000) }));
    const rows = Array(Math.floor((50 * MB - 2) / (row.length + 1))).fill(row);
    const body = `[${rows.join(',')}]`;
    return { body: body.padEnd(50 * MB, ' '), rows: rows.length };
  };

  test('by 50 MB, which are taken, and by a byte more, which is refused', async () => {
    const { body, rows } = filler();
    const grown = await growth(async () => {
      const receipt = await receiptOf(await post(`${PATH}/school-dropout`, body));
      expect(receipt.counts).toMatchObject({ quarantined: rows });
      expect(await refused(await post(`${PATH}/school-dropout`, `${body} `))).toBe('413 TOO_LARGE');
    });
    expect(grown).toBeLessThan(MOST_GROWTH);
  });

  test('by a million tiny rows, and by a body without end', async () => {
    const grown = await growth(async () => {
      const rows = `[${'{},'.repeat(999_999)}{}]`;
      expect(await refused(await post(`${PATH}/school-dropout`, rows))).toBe('413 TOO_MANY_ROWS');
      expect(await endless()).toBe(413);
    });
    expect(grown).toBeLessThan(MOST_GROWTH);
    expect((await fetch(`${home.url}/internal/isAlive`)).status).toBe(200);
  });
});

describe('the Kafka door', () => {
  test('anything may be in a feed topic: the good records take effect, the others wait with a reason', async () => {
    const before = await quarantined();
    const bad: { value: Buffer | null; headers?: Record<string, string> }[] = [
      { value: null },
      { value: Buffer.alloc(0) },
      { value: Buffer.from('14830989960') },
      { value: Buffer.from(`{"a":${DEEP}}`) },
      { value: Buffer.from([0, 0, 0, 7, 0xd1, 0xff]) },
      { value: Buffer.from([0, 1]) },
      { value: randomBytes(500) },
      { value: Buffer.from(JSON.stringify(dropout(P01, 'for-stor', { merknad: 'x'.repeat(900_000) }))) },
      { value: Buffer.from(JSON.stringify(dropout(P01, 'halv'))), headers: { 'sync-type': 'FULL' } },
      { value: Buffer.from(JSON.stringify(dropout(person, 'navn'))) },
      { value: Buffer.from(JSON.stringify([dropout(P01, 'liste')])) },
    ];
    const good = [c, d, e].map((each, at) => ({
      value: Buffer.from(JSON.stringify(dropout(each, `k-${at}`))),
    }));
    await producer.send({
      topic: `${ORG}.ot.event.school-dropout`,
      acks: -1,
      messages: [good[0]!, ...bad.slice(0, 6), good[1]!, ...bad.slice(6), good[2]!].map((message) => ({
        ...message,
        // One partition: what is bad may not stop what is behind it. Some producers send no key at all.
        partition: 0,
        key: null,
      })),
    });
    for (const each of [c, d, e]) await until('the good one is registered', () => isRegistered(each));
    const items = (await quarantined()).slice(before.length);
    expect(items).toHaveLength(bad.length);
    for (const { problems } of items)
      expect(problems[0]).toMatchObject({ code: expect.any(String), cure: expect.stringMatching(/\.$/) });
    expect(JSON.stringify(items)).not.toMatch(/14830989960|AKTSOM|hemmelig/);
    expect(await isRegistered(P01)).toBe(false);
  });

  test('a record on the bridge’s own feed that the bridge has not written is quarantined', async () => {
    const before = await quarantined();
    const values = [{ type: 'forfall', id: 'x', fodselsnummer: P01.fodselsnummer }, { type: 'fravaer' }];
    await producer.send({
      topic: `${ORG}.ot.event.bridge`,
      acks: -1,
      messages: values.map((value) => ({ key: 'x', value: JSON.stringify(value) })),
    });
    await until('both are quarantined', async () => (await quarantined()).length === before.length + 2);
  });
});

/** All of it, oldest first. */
async function quarantined(): Promise<{ problems: { code: string }[]; received: string }[]> {
  const items: { problems: { code: string }[]; received: string }[] = [];
  for (let after = ''; ; ) {
    const page = await json(`/organisations/${ORG}/quarantine?limit=100${after}`);
    items.push(...page.items);
    if (page.next === null) break;
    after = `&after=${page.next}`;
  }
  return items.sort((x, y) => (x.received < y.received ? -1 : 1));
}

/** Chunked, without a declared length, until it is answered. */
function endless(): Promise<number> {
  return new Promise((resolve, reject) => {
    let answered = false;
    const piece = `${JSON.stringify(dropout(P01, 'fyll', { merknad: 'x'.repeat(60_000) }))},`;
    const posted = request(
      `${home.url}${PATH}/school-dropout`,
      { method: 'POST', headers: { 'content-type': 'application/json' } },
      (answer) => {
        answered = true;
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    // Cut off after the answer is what a sender who goes on must expect.
    posted.on('error', (error) => (answered ? undefined : reject(error)));
    posted.write('[');
    const more = () => {
      while (!answered) if (!posted.write(piece)) return void posted.once('drain', more);
      posted.destroy();
    };
    more();
  });
}
