import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AccessControl } from '../../src/api/access.ts';
import { defineRoute } from '../../src/api/route.ts';
import { ACCESS, type Access } from '../../src/core/access/access.ts';
import { decide } from '../../src/core/access/decide.ts';
import { WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import type { Principal } from '../../src/core/access/principal.ts';
import { type AuditEntry, safeEntry } from '../../src/core/audit/entry.ts';
import { personRef } from '../../src/core/person/reference.ts';
import { UUID } from '../../src/core/uuid.ts';
import type { ChainedEntry } from '../../src/store/auditPort.ts';
import { goldenOpenApi } from '../golden/openapi.ts';
import { AGREED, REASON, REQUESTS, ROOT, type Seed } from './auditRequests.ts';
import {
  appOf,
  bodyOf,
  dropout,
  NOW,
  ORG,
  PERSON,
  problemOf,
  SAMPLE,
  type TestParts,
  testParts,
} from './parts.ts';
import { seedParked, seedQuarantine, seedYouth } from './seed.ts';

/** Operations of the description that are recorded. */
const OPERATIONS = Object.entries<Record<string, { 'x-access': Access; 'x-unrecorded'?: true }>>(
  JSON.parse(goldenOpenApi()).paths,
)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({
      name: `${method.toUpperCase()} ${path}`,
      recorded: route['x-access'] !== 'public' && !route['x-unrecorded'],
      act: /:(act|propose|progress)$/.test(route['x-access']),
    })),
  )
  .sort((one, other) => (one.name < other.name ? -1 : 1));

function recording(changes: Parameters<typeof testParts>[0] = {}) {
  const rows: ChainedEntry[] = [];
  const parts = testParts(changes);
  const append = async (entries: readonly ChainedEntry[]) => {
    rows.push(...entries);
    await parts.memory.append(entries);
  };
  const audit = { append };
  return { parts: { ...parts, audit }, rows, ...appOf({ ...parts, audit }) };
}

/** A youth with an alert, something in quarantine and something parked. */
async function seeded(parts: TestParts, waiting = 1): Promise<Seed> {
  const ref = await seedYouth(parts, PERSON);
  const item = await seedQuarantine(parts, dropout(), { receipt: randomUUID(), row: 1 });
  const discarded = await seedQuarantine(parts, dropout(), { receipt: randomUUID(), row: 2 });
  await seedParked(parts, ref, waiting);
  return { ref, item, discarded };
}

type App = ReturnType<typeof appOf>;

function askFor(name: string, { get, post, send }: App, [path, body]: [string, unknown?]) {
  const [method] = name.split(' ');
  if (method === 'PATCH' || method === 'DELETE') return send(method, path, body);
  return body === undefined ? get(path) : post(path, body);
}

const SEED: Seed = { ref: personRef(randomUUID()), item: randomUUID(), discarded: randomUUID() };

/** References anywhere in an answer. */
function refsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    name === 'ref' && typeof each === 'string' && UUID.test(each) ? [each] : refsIn(each),
  );
}

/** An installation with tokens and login. */
function callerIs(principal: Principal | undefined, permitted = true): AccessControl {
  return {
    principalOf: () => principal,
    decide: () =>
      permitted
        ? { permitted: true, permission: WHOLE_COUNTY }
        : { permitted: false, refusal: { code: 'NOT_PERMITTED' } },
    challenge: 'Bearer',
  };
}

/** With the decision that the matrix gives. */
function decidedFor(principal: Principal): AccessControl {
  return {
    ...callerIs(principal),
    decide: (caller, access, organisation, { feed }) =>
      decide(caller, access, organisation, { feed, now: '2026-10-07T06:00:00.000Z' }),
  };
}

const ADVISER: Principal = {
  kind: 'person',
  name: 'a1b2c3d4',
  key: 'a1b2c3d4e5f60718',
  person: 'a1b2c3d4e5f60718' as never,
  roles: [
    { id: 'r-1', org: ORG, role: 'radgiver', unit: '40200', institution: null, protectedYouths: false },
    { id: 'r-2', org: ORG, role: 'leder', unit: null, institution: null, protectedYouths: false },
  ],
  high: true,
  authenticated: '2026-10-07T06:00:00.000Z',
  session: 'secret-session',
  orgnrs: [],
  groups: [],
};

describe('each operation', () => {
  test('has a request here', () => {
    const recorded = OPERATIONS.filter((each) => each.recorded).map(({ name }) => name);
    expect(Object.keys(REQUESTS).sort()).toEqual(recorded);
  });

  test.each(OPERATIONS.filter(({ recorded }) => recorded))(
    '$name leaves one row, before it leaves, and one more before an act',
    async ({ name, act }) => {
      const { parts, rows, ...app } = recording();
      // With a record waiting no identity is given.
      const seed = await seeded(parts, name.endsWith('/identities') ? 0 : 1);
      const answer = await askFor(name, app, REQUESTS[name]?.(seed) ?? ['']);
      expect(rows.map(({ entry }) => entry.operation)).toEqual(act ? [name, name] : [name]);
      const last = rows.at(-1);
      if (act) expect(rows[0]?.entry).toMatchObject({ outcome: 'STARTED', who: 'loopback' });
      const shown = await bodyOf(answer).catch(() => ({}));
      expect(last?.entry.outcome).toBe(answer.ok ? 'OK' : String(shown.type).replace('urn:ot-bridge:', ''));
      expect(last?.entry).toMatchObject({
        kind: 'local',
        who: 'loopback',
        key: 'loopback',
        capacity: 'local',
        at: new Date(NOW).toISOString(),
        times: 1,
      });
      expect(last?.chain).toBe(name.includes('/internal/') ? '*' : name.endsWith('/clock') ? SAMPLE : ORG);
      if (answer.ok) expect(new Set(last?.entry.subjects)).toEqual(expectedSubjects(name, seed, shown));
      expect(ACCESS).toHaveProperty(last?.entry.access ?? '');
    },
  );

  test.each(OPERATIONS.filter(({ recorded }) => !recorded))('$name leaves none', async ({ name }) => {
    const { rows, get } = recording();
    await get(name.replace('GET ', '').replace('{path}', 'subjects'));
    expect(rows).toEqual([]);
  });
});

/** A dry run, and a record that is mended, say nothing of whom they are about, but read them; FINT has another field for the reference. */
function expectedSubjects(name: string, { ref }: Seed, shown: unknown): Set<string> {
  return new Set(
    /\/dry-run$|\/mend$|\/youths\/\{ref\}\/reports$|\/otungdom(\/systemid\/.*)?$/.test(name)
      ? [ref]
      : refsIn(shown),
  );
}

describe('when the trail cannot be written', () => {
  const audit = {
    append: () => Promise.reject(new Error('connection lost')),
  };

  test.each(OPERATIONS.filter(({ recorded }) => recorded))(
    '$name answers 503 and nothing else',
    async ({ name }) => {
      const parts = testParts({ audit });
      const seed = await seeded(parts);
      const answer = await askFor(name, appOf(parts), REQUESTS[name]?.(seed) ?? ['']);
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('10');
      for (const header of ['location', 'content-disposition']) expect(answer.headers.get(header)).toBeNull();
      const problem = await problemOf(answer);
      expect(problem.type).toBe('urn:ot-bridge:AUDIT_AWAY');
      expect(JSON.stringify(problem)).not.toContain(seed.ref);
    },
  );

  test('no act happens', async () => {
    const parts = testParts({ audit });
    const { ref, item, discarded } = await seeded(parts);
    const { post } = appOf(parts);
    await post(`${ROOT}/quarantine/${item}/replay`, REASON);
    await post(`${ROOT}/quarantine/${discarded}/discard`, REASON);
    await post(`${ROOT}/parked/${ref}/release`, REASON);
    await post(`/organisations/${SAMPLE}/clock`, { now: '2021-02-15T08:00:00Z' });
    expect(parts.logged).toEqual([]);
    expect(await parts.memory.virtualNow(SAMPLE)).toBeNull();
    expect(await parts.memory.parked(ORG, { limit: 100, after: null })).toHaveLength(1);
  });

  test('a spreadsheet does not leave either', async () => {
    const parts = testParts({ audit });
    await seeded(parts);
    const { app } = appOf(parts);
    const answer = await app.request(`${ROOT}/worklists/no-contact`, { headers: { accept: 'text/csv' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'application/problem+json']);
  });

  test('health answers all the same', async () => {
    const { get } = appOf(testParts({ audit }));
    expect((await get('/internal/isAlive')).status).toBe(200);
  });
});

test('a route that does not say whose data it answers with is a 500, and its answer does not leave', async () => {
  const { parts, app } = recording();
  const route = defineRoute({
    'x-access': 'youth:read',
    method: 'get',
    path: '/organisations/{org}/silent',
    responses: { 200: { description: 'en ungdom' } },
  });
  app.openapi(route, (c) => c.text('all of it', 200, { 'content-disposition': 'attachment' }));
  const answer = await app.request(`${ROOT}/silent`);
  expect(answer.status).toBe(500);
  expect(answer.headers.get('content-disposition')).toBeNull();
  expect(await answer.text()).not.toContain('all of it');
  expect(String(parts.problems[0]?.error)).toContain('does not say whose data');
});

describe('who and why', () => {
  const one = async (
    access: AccessControl,
    ask: (app: ReturnType<typeof recording>, seed: Seed) => unknown,
  ) => {
    const app = recording({ access });
    const seed = await seeded(app.parts);
    await ask(app, seed);
    return { entries: app.rows.map(({ entry }) => entry), seed };
  };

  test('a person is a key with the role that the decision rests on, never a session', async () => {
    const { entries, seed } = await one(decidedFor(ADVISER), ({ get }, { ref }) =>
      get(`${ROOT}/youths/${ref}`),
    );
    expect(entries).toMatchObject([
      { kind: 'person', who: 'a1b2c3d4', capacity: 'leder', subjects: [seed.ref], supplier: null },
    ]);
    expect(JSON.stringify(entries)).not.toContain('secret-session');
  });

  test('a machine is its organisation number, with supplier, client and token', async () => {
    const grant = {
      id: 'g-1',
      org: ORG,
      orgnr: '889640782' as never,
      institution: null,
      protectedYouths: false,
    };
    const machine: Principal = {
      kind: 'machine',
      name: '0192:889640782',
      key: '0192:889640782',
      consumer: '889640782' as never,
      supplier: '991825827' as never,
      clientId: 'client-1',
      tokenId: PERSON,
      scopes: new Set(['ot/registrations.read', 'ot/worklists.read']),
      grants: ['ot/registrations.read', 'ot/worklists.read'].map((scope) => ({ ...grant, scope })),
    };
    const { entries } = await one(decidedFor(machine), ({ get }) => get(`${ROOT}/alerts`));
    expect(entries).toMatchObject([
      {
        kind: 'machine',
        who: '0192:889640782',
        capacity: 'ot/registrations.read',
        supplier: '991825827',
        client: 'client-1',
      },
    ]);
  });

  test('a refusal names whom it was about, and gives no capacity', async () => {
    const { entries, seed } = await one(callerIs(ADVISER, false), async ({ get, post }, { ref }) => {
      await get(`${ROOT}/youths/${ref}`);
      await post(`${ROOT}/parked/${ref}/release`, REASON);
    });
    expect(entries.map(({ outcome, subjects, capacity }) => [outcome, subjects, capacity])).toEqual([
      ['NOT_PERMITTED', [seed.ref], null],
      ['NOT_PERMITTED', [seed.ref], null],
    ]);
  });

  test('an unknown youth is a refusal too, and a number in its place is nowhere', async () => {
    const unknown = randomUUID();
    const { entries } = await one(callerIs(ADVISER), async ({ get }) => {
      await get(`${ROOT}/youths/${unknown}`);
      await get(`${ROOT}/youths/${PERSON}`);
    });
    expect(entries.map(({ outcome, subjects }) => [outcome, subjects])).toEqual([
      ['UNKNOWN_YOUTH', [unknown]],
      ['NOT_FOUND', []],
    ]);
  });

  test('of a list of lookups, those refused have rows of their own, with the purpose and the list', async () => {
    const unknown = personRef(randomUUID());
    const { entries, seed } = await one(callerIs(ADVISER), ({ post }, { ref }) =>
      post(`${ROOT}/identities`, { purpose: 'BREV', refs: [ref, unknown] }),
    );
    // The youth has a record parked, and none knows whether it protects them.
    expect(entries.map(({ outcome, subjects, purpose }) => [outcome, subjects, purpose])).toEqual([
      ['OK', [], 'BREV'],
      ['IDENTITY_UNREADABLE', [seed.ref], 'BREV'],
      ['UNKNOWN_YOUTH', [unknown], 'BREV'],
    ]);
  });

  test('all rows of a request have the sender’s trace id, or one of their own', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const { entries } = await one(callerIs(ADVISER), async ({ app, post }, { item }) => {
      await app.request(`${ROOT}/alerts`, { headers: { traceparent } });
      await post(`${ROOT}/quarantine/${item}/replay`, REASON);
    });
    const [given, started, done] = entries.map(({ trace }) => trace);
    expect(given).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(started).toMatch(/^[0-9a-f]{32}$/);
    expect(done).toBe(started);
  });

  test('a submission names its receipt, and no row of it', async () => {
    const { parts, rows, post } = recording();
    const answer = await post(`${ROOT}/feeds/school-dropout`, dropout());
    const { receiptId } = await bodyOf(answer);
    expect(rows.map(({ entry }) => [entry.item, entry.subjects])).toEqual([[`receipt:${receiptId}`, []]]);
    expect(parts.problems).toEqual([]);
  });
});

test('an access that is given is on record under its id, before and after', async () => {
  const { rows, post } = recording();
  const wanted = { orgnr: '889640782', scope: 'ot/feeds/school-dropout.write', ...AGREED };
  const answer = await post(`${ROOT}/access/grants`, wanted);
  expect(answer.status).toBe(200);
  const { id } = await bodyOf(answer);
  expect(rows.map(({ entry }) => [entry.outcome, entry.item, entry.subjects])).toEqual([
    ['STARTED', null, []],
    ['OK', `access:${id}`, []],
  ]);
});

describe('callers who are not known', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('leave one row immediately, and one for all others of the same minute', async () => {
    const { rows, get } = recording({ access: callerIs(undefined) });
    for (let at = 0; at < 40; at += 1) await get(`${ROOT}/youths/${SEED.ref}`);
    await get(`${ROOT}/alerts`);
    const shown = ({ kind, who, outcome, times, subjects }: AuditEntry) => [
      kind,
      who,
      outcome,
      times,
      subjects,
    ];
    const first = ['anonymous', '-', 'TOKEN_MISSING', 1, [SEED.ref]];
    const alerts = ['anonymous', '-', 'TOKEN_MISSING', 1, []];
    expect(rows.map(({ entry }) => shown(entry))).toEqual([first, alerts]);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(rows.map(({ entry }) => shown(entry))).toEqual([
      first,
      alerts,
      ['anonymous', '-', 'TOKEN_MISSING', 39, []],
    ]);
  });
});

test('who has seen a youth: each read and refusal, newest first, page by page; the looking too', async () => {
  const { parts, get, post } = recording();
  const ref = await seedYouth(parts, PERSON);
  const path = `${ROOT}/youths/${ref}`;
  expect(await bodyOf(await get(`${path}/seen-by`))).toEqual({ ref, seen: [], next: null });
  await get(path);
  await post(`${path}/identity`, { purpose: 'KONTAKT' });
  await get(`${ROOT}/alerts`);
  const { seen } = await bodyOf(await get(`${path}/seen-by`));
  expect(seen.map((each: { operation: string }) => each.operation)).toEqual([
    'GET /organisations/{org}/alerts',
    'POST /organisations/{org}/youths/{ref}/identity',
    'GET /organisations/{org}/youths/{ref}',
    'GET /organisations/{org}/youths/{ref}/seen-by',
  ]);
  expect(seen[1]).toMatchObject({ who: 'loopback', capacity: 'local', purpose: 'KONTAKT', outcome: 'OK' });
  const page = await bodyOf(await get(`${path}/seen-by?limit=2`));
  expect(page.seen).toHaveLength(2);
  const rest = await bodyOf(await get(`${path}/seen-by?limit=3&after=${page.next}`));
  expect(rest.seen).toEqual([seen[1], seen[2], seen[3]]);
  expect(await bodyOf(await get(`${path}/identity-lookups`))).toMatchObject({
    lookups: [{ who: 'loopback', purpose: 'KONTAKT', list: null, outcome: 'GITT' }],
  });
  expect((await get(`${ROOT}/youths/${randomUUID()}/seen-by`)).status).toBe(404);
  expect((await get(`${path}/seen-by?after=x`)).status).toBe(400);
});

test('no number, name or text of anybody is in the trail', async () => {
  const { parts, rows, app, get, post } = recording();
  const { ref, item } = await seeded(parts);
  const named = { fornavn: 'Aktsom', etternavn: 'Fjellrev' };
  await post(`${ROOT}/feeds/school-dropout`, dropout({ ...named, id: PERSON }));
  await post(`${ROOT}/feeds/school-dropout/dry-run`, dropout(named));
  await post(`${ROOT}/youths/search`, { fodselsnummer: PERSON });
  await post(`${ROOT}/youths/${ref}/identity`, { purpose: PERSON });
  await post(`${ROOT}/quarantine/${item}/replay`, { reason: 'Aktsom ringte' });
  await post(`${ROOT}/feeds/Fjellrev`, dropout());
  await get(`${ROOT}/worklists/Fjellrev`);
  await get(`${ROOT}/alerts/${PERSON}`);
  await get(`${ROOT}/receipts/${PERSON}`);
  await get(`${ROOT}/lists/laktiv/${PERSON}`);
  await get(`${ROOT}/youths/${PERSON}`);
  await app.request(`${ROOT}/alerts`, {
    headers: { traceparent: `00-${PERSON}${'a'.repeat(21)}-00f067aa0ba902b7-01`, 'x-name': 'Fjellrev' },
  });
  expect(rows.length).toBeGreaterThan(12);
  const trail = JSON.stringify(rows.map(({ entry }) => safeEntry(entry)));
  expect(trail).not.toMatch(/Aktsom|Fjellrev|ringte/);
  expect(trail).not.toContain(PERSON);
});
