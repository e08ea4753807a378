import type { HttpHandler } from 'msw';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { apprenticeship } from '../../../adapters/apprenticeship/index.ts';
import { otAdviser } from '../../../adapters/ot-adviser/index.ts';
import { countyNumber, orgId } from '../../../src/core/organisation.ts';
import { type PollParts, type PollRequest, pollVigo } from '../../../src/jobs/vigo/poller.ts';
import { fetchVigo, VIGO_LIMITS } from '../../../src/jobs/vigo/vigoClient.ts';
import { type OutgoingRecord, type Publisher, PublishTimeout } from '../../../src/kafka/publisher.ts';
import type { Alarm } from '../../../src/telemetry/alarm.ts';
import { decodeEnvelope } from '../../../src/wire/decodeEnvelope.ts';
import { askedRef, nameTag, pseudonym } from '../../harness/pseudonym.ts';
import { loggerWithLines } from '../../telemetry/logLines.ts';
import {
  API_KEY,
  contractRow,
  document,
  type LocalVigo,
  otRow,
  serve,
  vigo,
  YOUTHS,
} from './vigoHandlers.ts';

const ORG = orgId('telemarkfylke-no');
const REFS = [
  '6f1d6a0e-54a1-4a2b-8c11-3f2a7d9e0b01',
  '6f1d6a0e-54a1-4a2b-8c11-3f2a7d9e0b02',
  '6f1d6a0e-54a1-4a2b-8c11-3f2a7d9e0b03',
];

let local: LocalVigo;
let sent: OutgoingRecord[];
let waits: number[];
let alarms: ({ code: string } & Alarm)[];
let counted: string[];
let lines: ReturnType<typeof loggerWithLines>;
let publish: Publisher['publish'];

beforeEach(() => {
  sent = [];
  waits = [];
  alarms = [];
  counted = [];
  lines = loggerWithLines();
  publish = async (records) => void sent.push(...records);
});
afterEach(() => local.close());

async function poll(
  handlers: HttpHandler[],
  wanted: Partial<PollRequest> = {},
  changes: Partial<PollParts> = {},
) {
  local = await serve(handlers);
  const list = wanted.list ?? 'ot';
  return pollVigo(
    { url: local.url, apiKey: API_KEY, county: countyNumber('40'), org: ORG, list, ...wanted },
    {
      adapter: list === 'ot' ? otAdviser : apprenticeship,
      publisher: { publish: (records, options) => publish(records, options), close: async () => {} },
      keysOf: async (rows) => rows.map((_row, index) => REFS[index % REFS.length] ?? ''),
      log: lines.log,
      meters: { pollFailed: ({ code }) => counted.push(code) },
      alarm: (code, alarm) => alarms.push({ code, ...alarm }),
      now: () => '2026-10-05T00:00:01.000Z',
      sleep: async (ms) => void waits.push(ms),
      ...changes,
    },
  );
}

const ot =
  (rows: readonly object[] = YOUTHS.map(otRow), changes: object = {}) =>
  () =>
    Response.json(document('ot', rows, changes));
const text =
  (body: string, headers: Record<string, string> = {}) =>
  () =>
    new Response(body, { headers });
const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response(null, { status: code, headers });

test('puts every row of a list on the feed topic, keyed by reference, with the sync envelope', async () => {
  const result = await poll(vigo(ot()));
  const run = 'vigo-ot-40-2026-10-05T00:00:01.000Z';
  expect(result).toEqual({ ok: true, run, rows: 3 });
  expect(sent.map(({ topic, key }) => ({ topic, key }))).toEqual(
    REFS.map((key) => ({ topic: `${ORG}.ot.event.ot-adviser`, key })),
  );
  expect(sent.map(({ value }): unknown => JSON.parse(value?.toString() ?? ''))).toEqual(YOUTHS.map(otRow));
  for (const { headers } of sent) {
    expect(decodeEnvelope(headers, [])).toEqual({ list: 'ot', run, type: 'FULL', total: 3 });
    expect(JSON.stringify(headers)).not.toMatch(/\d{11}|FJELLREV/);
  }
  expect(lines.events()).toMatchObject([{ event: 'poll.done', org: ORG, list: 'ot', rows: 3, tries: 1 }]);
});

test('the rows of the active contracts are read by the adapter of their feed', async () => {
  await poll(
    vigo(() => Response.json(document('laktiv', YOUTHS.map(contractRow)))),
    { list: 'laktiv' },
  );
  expect(local.asked[0]?.path).toBe('/vigows/rest/laktiv');
  const verdicts = sent.map(({ value, headers }) =>
    apprenticeship.read(
      {
        value: JSON.parse(value?.toString() ?? ''),
        received: '2026-10-05T00:00:02.000Z',
        envelope: decodeEnvelope(headers, []),
      },
      { county: countyNumber('40'), environment: 'test', activations: {}, pseudonym, nameTag, askedRef },
    ),
  );
  expect(verdicts.map(({ kind }) => kind)).toEqual(['listed', 'listed', 'listed']);
});

test('asks for Oslo as 03', async () => {
  await poll(vigo(ot()), { county: countyNumber('03') });
  expect(local.asked).toEqual([{ path: '/vigows/rest/ot', county: '03' }]);
});

test('a county without its leading zero is a mistake in the configuration', async () => {
  await expect(poll(vigo(ot()), { county: countyNumber('3') })).rejects.toThrow(RangeError);
});

test.each([
  ['an error message with an empty list', 'ERROR_MESSAGE', ot([], { errorMessage: 'Feil for 14830989960' })],
  [
    'an error message with a part of the list',
    'ERROR_MESSAGE',
    ot(undefined, { errorMessage: 'Tidsavbrudd' }),
  ],
  ['a count that does not match', 'COUNT_MISMATCH', ot(undefined, { antall: 1200 })],
  ['a document without its list', 'MISSING_LIST', () => Response.json({ antall: 0 })],
  ['a document of another kind', 'MISSING_LIST', () => Response.json({ hello: 1 })],
  [
    'a page of HTML with status 200',
    'NOT_JSON',
    text('<html>Vedlikehold</html>', { 'content-type': 'text/html' }),
  ],
  ['an empty body', 'NOT_JSON', text('')],
  ['a body that is no UTF-8', 'NOT_JSON', () => new Response(Buffer.from([0xff, 0xfe, 0x41]))],
  [
    'a document that stops in the middle',
    'TRUNCATED',
    text('{"antall":3,"otungdommer":[{"person":{"fnr":"1483098'),
  ],
  [
    'a row with a field that occurs twice',
    'REPEATED_FIELD',
    text('{"errorMessage":"","antall":1,"otungdommer":[{"person":{"fnr":"1","fnr":"2"}}]}'),
  ],
  ['a line that is cut', 'TRUNCATED', text('{"antall":3,', { 'content-length': '5000' })],
  ['a server in trouble', 'HTTP_STATUS', status(500)],
  ['too many requests', 'HTTP_STATUS', status(429)],
])('E02 %s fails after three tries and leaves no row behind', async (_what, code, answer) => {
  expect(await poll(vigo(answer))).toEqual({ ok: false, code });
  expect(sent).toEqual([]);
  expect(local.asked).toHaveLength(3);
  expect(waits).toEqual([5_000, 60_000]);
  expect(lines.events()).toMatchObject([{ event: 'poll.failed', code, tries: 3 }]);
  expect(counted).toEqual([code]);
  expect(alarms).toEqual([{ code: 'POLL_FAILED', org: ORG, list: 'ot', detail: code }]);
  expect(lines.lines.join('')).not.toMatch(/14830989960|Feil for|Tidsavbrudd|Vedlikehold|1483098|nokkel/);
});

test.each([
  ['a wrong key', 'HTTP_STATUS', vigo(ot()), { apiKey: 'feil' }],
  ['an unknown address', 'HTTP_STATUS', [], {}],
])('%s is not tried again', async (_what, code, handlers, wanted) => {
  expect(await poll(handlers, wanted)).toEqual({ ok: false, code });
  expect(local.asked).toHaveLength(1);
  expect(lines.events()[0]).toMatchObject({ event: 'poll.failed', tries: 1, httpStatus: expect.any(Number) });
});

test('a redirect is refused, and the key is not carried along', async () => {
  expect(await poll(vigo(status(302, { location: '/vigows/rest/laktiv' })))).toEqual({
    ok: false,
    code: 'REDIRECT',
  });
  expect(local.asked).toHaveLength(1);
});

test('E02 a server that recovers is asked again and heard', async () => {
  expect(await poll(vigo(status(500), ot()))).toMatchObject({ ok: true, rows: 3 });
  expect(waits).toEqual([5_000]);
  expect(alarms).toEqual([]);
});

test.each([
  ['declared', { 'content-length': '200000' }],
  ['not declared', {}],
])('a body above the limit is given up while it is read, its size %s', async (_how, headers) => {
  const huge = () => new Response(`{"antall":1,"x":"${'x'.repeat(199_980)}"}`, { headers });
  const limits = { ...VIGO_LIMITS, maxBytes: 100_000 };
  expect(await poll(vigo(huge), {}, { limits })).toEqual({ ok: false, code: 'TOO_LARGE' });
});

test('an answer that does not come within the time is a timeout', async () => {
  const slow = () => new Response(new ReadableStream({ start: (body) => body.enqueue(Buffer.from('{')) }));
  local = await serve(vigo(slow));
  const limits = { ...VIGO_LIMITS, wholeMs: 100 };
  const wanted = { url: local.url, apiKey: API_KEY, county: countyNumber('40'), list: 'ot' as const };
  expect(await fetchVigo(wanted, limits)).toMatchObject({ ok: false, code: 'TIMEOUT' });
});

test('no listener is a network failure', async () => {
  expect(await poll([], { url: 'http://127.0.0.1:1/vigows/rest' })).toEqual({ ok: false, code: 'NETWORK' });
  expect(lines.events()[0]).toMatchObject({ errorCode: 'ECONNREFUSED' });
});

test('E02 a list that has shrunk is put on its topic all the same: who is gone is judged by its rows', async () => {
  expect(await poll(vigo(ot([])))).toMatchObject({ ok: true, rows: 0 });
  expect(alarms).toEqual([]);
});

test('C4 a row that VIGO repeats is sent twice, each under its number', async () => {
  const [row = { fnr: '', fdato: '' }] = YOUTHS;
  expect(await poll(vigo(ot([otRow(row), otRow(row)])))).toMatchObject({ ok: true, rows: 2 });
  expect(sent.map(({ headers }) => [headers['ot-row'], headers['sync-total-size']])).toEqual([
    ['1', '2'],
    ['2', '2'],
  ]);
});

test('an empty list is handled as a list of none', async () => {
  expect(await poll(vigo(ot([])))).toMatchObject({ ok: true, rows: 0 });
  expect(sent).toHaveLength(1);
  expect(decodeEnvelope(sent[0]?.headers ?? {}, [])).toMatchObject({ list: 'ot', type: 'FULL', total: 0 });
});

test('a list that Kafka did not acknowledge is fetched again under a run of its own', async () => {
  let second = 0;
  let refuse = true;
  publish = async (records) => {
    sent.push(...records);
    if (refuse) {
      refuse = false;
      throw new PublishTimeout('one record is not acknowledged');
    }
  };
  const now = () => `2026-10-05T00:00:0${second++}.000Z`;
  expect(await poll(vigo(ot()), {}, { now })).toMatchObject({ ok: true, rows: 3 });
  expect(new Set(sent.map(({ headers }) => headers['sync-correlation-id'])).size).toBe(2);
});

test('a database that is away is not a failure of the list', async () => {
  const keysOf = () => Promise.reject(new Error('connection terminated'));
  await expect(poll(vigo(ot()), {}, { keysOf })).rejects.toThrow('connection terminated');
});
