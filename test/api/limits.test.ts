import { once } from 'node:events';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { createBodyBudget } from '../../src/api/body/bodyBudget.ts';
import { createInternalApp } from '../../src/api/internalApp.ts';
import { createFlight, refuseBusy } from '../../src/api/limits/inFlight.ts';
import { createSlots } from '../../src/api/limits/slots.ts';
import { createTokenBuckets } from '../../src/api/limits/tokenBucket.ts';
import { createPersonCap } from '../../src/desk/identity/personCap.ts';
import { appOf, ORG, problemOf, testParts } from './parts.ts';

const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } as IncomingMessage });
const ALERTS = `http://localhost/organisations/${ORG}/alerts`;
const MB = 1024 * 1024;

describe('requests per minute', () => {
  test('are a full bucket first, and come back with time', () => {
    let now = 0;
    const buckets = createTokenBuckets(60, () => now);
    for (let count = 0; count < 60; count += 1) expect(buckets.take('a').taken).toBe(true);
    expect(buckets.take('a')).toEqual({ taken: false, left: 0, retryAfterSeconds: 1 });
    expect(buckets.take('b').taken).toBe(true);
    now += 1_000;
    expect([buckets.take('a').taken, buckets.take('a').taken]).toEqual([true, false]);
    now += 3_600_000;
    expect(buckets.take('a').left).toBe(59);
  });

  test('of more callers than are remembered: the one that was silent the longest begins again', () => {
    const buckets = createTokenBuckets(1, () => 0, 2);
    for (const key of ['a', 'b', 'b', 'c']) buckets.take(key);
    expect([buckets.take('b').taken, buckets.take('a').taken]).toEqual([false, true]);
  });

  test('beyond the limit are 429 with Retry-After, one address apart from another', async () => {
    const parts = testParts();
    parts.fences.rates = { perCaller: 1_000, perAddress: 2 };
    const { app } = appOf(parts);
    const ask = (address: string) => app.request(ALERTS, {}, from(address));
    expect((await ask('10.0.0.1')).status).toBe(200);
    expect((await ask('::ffff:10.0.0.1')).status).toBe(200);
    const refused = await ask('10.0.0.1');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toMatch(/^"address";r=0;t=\d+$/);
    expect((await problemOf(refused)).type).toBe('urn:ot-bridge:RATE_LIMITED');
    expect((await ask('10.0.0.2')).status).toBe(200);
  });

  test('of a known caller count from all addresses together', async () => {
    const parts = testParts();
    parts.fences.rates = { perCaller: 2, perAddress: 1_000 };
    const { app } = appOf(parts);
    const statuses: number[] = [];
    for (const last of [1, 2, 3])
      statuses.push((await app.request(ALERTS, {}, from(`10.0.0.${last}`))).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  test('count for the address that a trusted proxy names, and a forged one does not help', async () => {
    const parts = testParts();
    parts.fences.rates = { perCaller: 1_000, perAddress: 1 };
    parts.fences.trustedProxies = ['10.1.0.0/16'];
    const { app } = appOf(parts);
    const ask = async (peer: string, forwarded: string) =>
      (await app.request(ALERTS, { headers: { 'x-forwarded-for': forwarded } }, from(peer))).status;
    expect(await ask('10.1.0.1', '1.1.1.1, 2.2.2.2')).toBe(200);
    expect(await ask('10.1.0.1', '9.9.9.9, 2.2.2.2, 10.1.0.2')).toBe(429);
    expect(await ask('10.1.0.1', '2.2.2.2, 3.3.3.3')).toBe(200);
    expect(await ask('8.8.8.8', '1.2.3.4')).toBe(200);
    expect(await ask('8.8.8.8', '5.6.7.8')).toBe(429);
  });
});

describe('persons per hour', () => {
  test('G48: a script that asks for one number after the other is stopped at the cap, and the operator is alerted once', async () => {
    const parts = testParts();
    const { memory: operations, vault, now, log } = parts;
    parts.countPersons = createPersonCap({ operations, vault, now, log }, 3);
    const { post } = appOf(parts);
    const search = (number: string) => post(`/organisations/${ORG}/youths/search`, { fodselsnummer: number });
    const numbers = ['14830989960', '21860876016', '01010100000', '02020200000', '03030300000'];
    const statuses: number[] = [];
    for (const number of numbers) statuses.push((await search(number)).status);
    expect(statuses).toEqual([404, 404, 404, 429, 429]);
    const refused = await search('02020200000');
    expect(refused.headers.get('retry-after')).toBe('3600');
    expect(await refused.text()).not.toContain('02020200000');
    // A person asked for before is not one more.
    expect((await search('14830989960')).status).toBe(404);
    expect(parts.logged).toEqual([{ event: 'personsCapped', org: ORG, caller: 'loopback', most: 3 }]);
  });

  test('come back an hour after each was asked for, and are each caller’s own', async () => {
    let now = Date.UTC(2026, 9, 7, 7);
    const { memory: operations, vault, log } = testParts();
    const count = createPersonCap({ operations, vault, now: () => now, log }, 2);
    const caller = { key: 'k', name: 'n' };
    await count(caller, ORG, ['a']);
    now += 20 * 60_000;
    await count(caller, ORG, ['b']);
    await expect(count(caller, ORG, ['c'])).rejects.toMatchObject({ retryAfterSeconds: 40 * 60 });
    await count({ key: 'other', name: 'n' }, ORG, ['c']);
    now += 40 * 60_000;
    await count(caller, ORG, ['c']);
  });
});

test('reports and lists are made a few at a time, wait in order, and are refused when too many wait or wait too long', async () => {
  vi.useFakeTimers();
  try {
    const slots = createSlots({ atOnce: 1, mostWaiting: 2, waitMs: 1_000 });
    const first = await slots.take();
    const second = slots.take();
    const third = slots.take().catch((error: { code: string }) => error.code);
    await expect(slots.take()).rejects.toMatchObject({ code: 'BUSY', extras: { retryAfterSeconds: 10 } });
    first();
    first();
    const free = await second;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await third).toBe('BUSY');
    free();
    (await slots.take())();
  } finally {
    vi.useRealTimers();
  }
});

test('requests beyond a number are refused by kind: a flood of reads leaves room for submissions and probes', async () => {
  const flight = createFlight({ reads: 2, others: 1 });
  const asked = (method: string, url = '/organisations') => {
    const incoming = new IncomingMessage(new Socket());
    Object.assign(incoming, { method, url });
    const outgoing = new ServerResponse(incoming);
    return { incoming, outgoing, taken: flight.enter(incoming, outgoing) };
  };
  const [first, second] = [asked('GET'), asked('HEAD')];
  expect([first.taken, second.taken, asked('GET').taken]).toEqual([true, true, false]);
  expect(asked('GET', '/internal/isReady?from=probe').taken).toBe(true);
  expect([asked('POST').taken, asked('DELETE').taken]).toEqual([true, false]);
  // Answered, and the connection closed afterwards: one place.
  flight.leave(first.incoming);
  first.outgoing.emit('close');
  expect([asked('GET').taken, asked('GET').taken]).toEqual([true, false]);
  // Never answered.
  second.outgoing.emit('close');
  expect([asked('GET').taken, asked('GET').taken]).toEqual([true, false]);
});

test('the refusal of too many requests is a problem document with Retry-After, and the connection stays open', async () => {
  const server = createServer((_incoming, outgoing) => refuseBusy(outgoing)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('connection')]).toEqual([
    503,
    '2',
    'keep-alive',
  ]);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ type: 'urn:ot-bridge:BUSY', status: 503, problems: [] });
  server.closeAllConnections();
  server.close();
});

test('case E6: room for bodies is taken by the bytes that have come: many senders of a few take none from a large one', () => {
  const budget = createBodyBudget(2 * MB);
  const slow = Array.from({ length: 140 }, () => budget.open(50 * MB));
  for (const share of slow) share.use(17);
  const large = budget.open(MB + 1);
  large.use(MB + 1);
  expect(() => budget.open(2 * MB).use(2 * MB)).toThrow(/samtidig/);
  for (const share of [large, ...slow]) share.close();
  budget.open(2 * MB).use(2 * MB);
});

describe('probes and metrics', () => {
  const PROBES = ['/internal/isAlive', '/internal/isReady', '/internal/metrics'];

  test('are answered to callers on this machine, and do not exist for others or through a proxy', async () => {
    const { app } = appOf(testParts());
    for (const path of PROBES) {
      const ask = async (address: string, headers = {}) =>
        (await app.request(`http://localhost${path}`, { headers }, from(address))).status;
      expect(await ask('127.0.0.1'), path).toBe(200);
      expect(await ask('::1'), path).toBe(200);
      expect(await ask('10.0.0.5'), path).toBe(404);
      for (const header of ['x-forwarded-for', 'x-forwarded-proto', 'x-real-ip', 'via', 'forwarded'])
        expect(await ask('127.0.0.1', { [header]: '8.8.8.8' }), `${path} ${header}`).toBe(404);
    }
  });

  test('with a port of their own are answered there alone, under any name, and nothing else is', async () => {
    const parts = testParts();
    parts.fences.internalPort = true;
    const { app } = appOf(parts);
    const internal = createInternalApp(parts);
    const at = 'http://10.2.3.4:9090';
    for (const path of PROBES) {
      expect((await app.request(`http://localhost${path}`, {}, from('127.0.0.1'))).status).toBe(404);
      expect((await internal.request(`${at}${path}`)).status).toBe(200);
      expect((await internal.request(`${at}${path}`, { method: 'POST' })).status).toBe(405);
    }
    expect((await internal.request(`${at}/organisations/${ORG}/alerts`)).status).toBe(404);
  });
});
