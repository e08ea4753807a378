import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { letKafkajsSleep } from '../../src/kafka/kafkajsIdle.ts';
import { createBrowser } from '../harness/browser.ts';
import { CONSUMER, OTHER_CONSUMER } from '../harness/maskinporten.ts';
import type { Fetch } from '../harness/ownFetch.ts';
import { type ProxiedInstances, startProxiedInstances } from '../harness/proxiedInstances.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { SERVED_BY } from '../harness/tlsProxy.ts';
import { until } from '../harness/until.ts';
import { searchPlaces } from './disclosures.ts';

// Two processes behind a proxy that ends TLS and sends each request to the next: whatever is true of the installation must
// be true of both.

const ORG = 'proxy-proeve-no';
const WRITE = 'ot/feeds/school-dropout.write';
const READ = 'ot/registrations.read';
const FLOODING = '974652277';
const PER_CALLER = 100;
const PER_ADDRESS = 250;
const PERSONS = 3;
const PEOPLE = crowd(4711, 7).map((person, at) => ({ ...person, navn: `ORDINÆR ORREFUGL ${'ABCDEFG'[at]}` }));
const [OPERATOR, LEADER, ...YOUTHS] = PEOPLE;
/** Opens nothing, and looks as if it did. */
const PLANTED = 'hemmelig-planta-verdi-som-ingen-skal-gjenta';
const SINKS = [
  ...['log', 'metrics', 'checkpoints', 'heads', 'challenges', 'bodies', 'addresses'],
  ...['audit', 'access_grant', 'role_assignment', 'session', 'person_asked'].map((name) => `table ${name}`),
];
const pidOf = (person: { fodselsnummer: string } | undefined) => person?.fodselsnummer ?? '';
const ever = { from: '2026-01-01T00:00:00Z', reason: 'Prøve av to instanser.' };

let two: ProxiedInstances;
let ask: Fetch;
/** The operator's. */
let browser: ReturnType<typeof createBrowser>;
/** When the grant to read was revoked. */
let revoked = 0;
const shown: { url: string; answer: Response }[] = [];
const tokens: string[] = [];

beforeAll(async () => {
  letKafkajsSleep();
  two = await startProxiedInstances({
    org: ORG,
    accesses: (keyOf) => ({
      grants: [
        { orgnr: CONSUMER, scope: WRITE, ...ever },
        { orgnr: CONSUMER, scope: READ, ...ever },
        { orgnr: OTHER_CONSUMER, scope: READ, ...ever },
        { orgnr: FLOODING, scope: READ, ...ever },
      ],
      roles: [
        { person: keyOf(pidOf(OPERATOR)), role: 'drift', ...ever },
        { person: keyOf(pidOf(LEADER)), role: 'leder', ...ever },
      ],
    }),
    variables: {
      LIMIT_REQUESTS_PER_MINUTE: String(PER_CALLER),
      LIMIT_ADDRESS_PER_MINUTE: String(PER_ADDRESS),
      LIMIT_PERSONS_PER_HOUR: String(PERSONS),
    },
  });
  ask = keeping(two.fetchFrom('127.0.0.1'));
  browser = createBrowser(new Map(), ask);
});
afterAll(() => two?.stop());

/** All that is answered is searched at the end. */
function keeping(fetchIt: Fetch): Fetch {
  return async (url, init) => {
    const answer = await fetchIt(url, init);
    shown.push({ url: String(url), answer: answer.clone() });
    return answer;
  };
}

const api = (path: string) => `${two.url}/organisations/${ORG}/${path}`;
const servedBy = (answer: Response) => answer.headers.get(SERVED_BY);

/** The same of both instances, one after the other. */
async function ofBoth<T>(
  once: () => Promise<Response>,
  read: (answer: Response) => Promise<T>,
): Promise<T[]> {
  const answers = [await once(), await once()];
  expect(new Set(answers.map(servedBy)).size).toBe(2);
  return Promise.all(answers.map(read));
}

const status = async (answer: Response) => answer.status;
const json = async (answer: Response) => JSON.parse(await answer.text());
const problem = async (answer: Response) => (await json(answer)).type;

/** Through the issuer and back. @returns each answer of the bridge on the way */
async function logIn(who: typeof browser, person: typeof OPERATOR): Promise<Response[]> {
  two.people.person = { sub: `subject-${pidOf(person)}`, acr: 'high', claims: { pid: pidOf(person) } };
  const ours: Response[] = [];
  let at = new URL('/login?return=/me', two.url);
  for (let hops = 0; hops < 10 && at.pathname !== '/me'; hops += 1) {
    const answer = await who.send(at);
    if (at.origin === two.url) ours.push(answer);
    at = new URL(answer.headers.get('location') ?? '', at);
  }
  expect(at.href).toBe(`${two.url}/me`);
  return ours;
}

/** With a token of the consumer. */
async function call(
  path: string,
  of: { consumer?: string; scope: string; body?: unknown },
): Promise<Response> {
  const token = await tokenOf(of.scope, of.consumer);
  return ask(api(path), {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(of.body !== undefined && { method: 'POST', body: JSON.stringify(of.body) }),
  });
}

async function tokenOf(scope: string, consumer = CONSUMER): Promise<string> {
  const named = { authority: 'iso6523-actorid-upis', ID: `0192:${consumer}` };
  const token = await two.machines.token(`otbridge:${scope}`, { consumer: named });
  tokens.push(token);
  return token;
}

const search = (person: { fodselsnummer: string } | undefined, consumer = CONSUMER) =>
  call('youths/search', { consumer, scope: READ, body: { fodselsnummer: pidOf(person) } });

describe('two instances behind a proxy', () => {
  test('a login begun at one ends at the other, with a cookie for https and this host alone, and is one at both', async () => {
    const ours = await logIn(browser, OPERATOR);
    expect(ours.map(servedBy)).toEqual(['0', '1']);
    const cookies = ours.flatMap((answer) => answer.headers.getSetCookie());
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-ot-login', '__Host-ot']);
    for (const cookie of cookies) {
      expect(cookie.split('; ').slice(1)).toEqual(['Path=/', 'HttpOnly', 'SameSite=Lax', 'Secure']);
    }
    const me = await ofBoth(() => browser.send(`${two.url}/me`), json);
    for (const { kind, roles, high } of me) {
      expect({ kind, high, roles: roles.map(({ role }: { role: string }) => role) }).toEqual({
        kind: 'person',
        high: true,
        roles: ['drift'],
      });
    }
  });

  test('machines come in at both, with what ACCESS_FILE gave them', async () => {
    const anonymous = () => ask(api('feeds/school-dropout'), { method: 'POST', body: '[]' });
    expect(await ofBoth(anonymous, problem)).toEqual(Array(2).fill('urn:ot-bridge:TOKEN_MISSING'));
    const today = new Date().toISOString().slice(0, 10);
    const rows = YOUTHS.map((youth, at) => dropout(youth, `y-${at}`, { avbruddsdato: today }));
    const sent = await call('feeds/school-dropout', { scope: WRITE, body: rows });
    expect(sent.status).toBe(202);
    const path = `receipts/${(await json(sent)).receiptId}`;
    const receipt = () => call(path, { scope: WRITE });
    await until('the rows are decided', async () => (await json(await receipt())).final === true);
    for (const { counts } of await ofBoth(receipt, json)) expect(counts).toMatchObject({ applied: 5 });
  });

  test('different persons in an hour are counted for both together, exactly', async () => {
    const found: number[] = [];
    for (const youth of YOUTHS) found.push((await search(youth)).status);
    expect(found).toEqual([200, 200, 200, 429, 429]);
    // Those already asked for are no others.
    expect(await ofBoth(() => search(YOUTHS[0]), status)).toEqual([200, 200]);
    expect(await ofBoth(() => search(YOUTHS[4]), problem)).toEqual(
      Array(2).fill('urn:ot-bridge:TOO_MANY_PERSONS'),
    );
    // Another caller has its own.
    expect((await search(YOUTHS[4], OTHER_CONSUMER)).status).toBe(200);
  });

  test('an operator revokes over one instance; a role is gone at both with the next request', async () => {
    const leader = createBrowser(new Map(), ask);
    await logIn(leader, LEADER);
    const list = () => leader.send(api('access'));
    expect(await ofBoth(list, status)).toEqual([200, 200]);
    const { grants, roles } = await json(await list());
    const grant = grants.find(
      ({ orgnr, scope }: Record<string, unknown>) => orgnr === CONSUMER && scope === READ,
    );
    const role = roles.find((each: Record<string, unknown>) => each.role === 'leder');
    const revoke = (id: string, origin: string) =>
      browser.send(api(`access/${id}/revoke`), {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ reason: 'Avtalen er over.' }),
      });
    expect(await problem(await revoke(grant.id, 'https://elsewhere.example'))).toBe(
      'urn:ot-bridge:FOREIGN_ORIGIN',
    );
    expect((await revoke(grant.id, two.url)).status).toBe(200);
    revoked = performance.now();
    expect((await revoke(role.id, two.url)).status).toBe(200);
    expect(await ofBoth(list, problem)).toEqual(Array(2).fill('urn:ot-bridge:NOT_PERMITTED'));
  });

  test('another name than the installation has is not answered, nor one that came unencrypted', async () => {
    expect(await ofBoth(() => ask(`${two.elsewhere}/me`), problem)).toEqual(
      Array(2).fill('urn:ot-bridge:FOREIGN_HOST'),
    );
    const name = new URL(two.url).host;
    const fromProxy = keeping(two.fetchFrom(two.proxyAddress));
    for (const address of two.direct) {
      const forwarded = (proto: string) => ({ 'x-forwarded-host': name, 'x-forwarded-proto': proto });
      const plain = await fromProxy(`${address}/me`, { headers: forwarded('http') });
      expect(await problem(plain)).toBe('urn:ot-bridge:FOREIGN_HOST');
      expect((await fromProxy(`${address}/me`, { headers: forwarded('https') })).status).toBe(200);
    }
  });

  test('X-Forwarded headers of any other address are ignored', async () => {
    for (const address of two.direct) {
      const lie = { host: 'elsewhere.example', 'x-forwarded-host': new URL(two.url).host };
      expect(await problem(await ask(`${address}/me`, { headers: lie }))).toBe('urn:ot-bridge:FOREIGN_HOST');
      const harmless = { 'x-forwarded-host': 'elsewhere.example', 'x-forwarded-proto': 'http' };
      expect((await ask(`${address}/me`, { headers: harmless })).status).toBe(200);
    }
    const [address = ''] = two.direct;
    const direct = two.fetchFrom('127.0.0.8');
    const flood = await answered(300, (at) =>
      direct(`${address}/me`, { headers: { 'x-forwarded-for': `10.0.0.${at % 250}` } }),
    );
    held(flood.answers, PER_ADDRESS, flood.ms);
  });

  test('requests per minute are limited in each process: n instances let through n times as many, no more', async () => {
    // One that has used nothing of its minute.
    const token = await tokenOf(READ, FLOODING);
    const headers = { authorization: `Bearer ${token}` };
    const system = two.fetchFrom('127.0.0.7');
    const byCaller = await answered(300, () => system(`${two.url}/me`, { headers }));
    heldByEach(byCaller, PER_CALLER);

    // By the address that the proxy saw, whatever the caller writes.
    const address = two.fetchFrom('127.0.0.6');
    const byAddress = await answered(600, (at) =>
      address(`${two.url}/me`, { headers: { 'x-forwarded-for': `10.0.0.${at % 250}` } }),
    );
    heldByEach(byAddress, PER_ADDRESS);
    expect(await ofBoth(() => two.fetchFrom('127.0.0.5')(`${two.url}/me`), status)).toEqual([200, 200]);
  });

  test('a log-out at one is one at both, also for a cookie that was kept', async () => {
    const kept = new Map(browser.cookies);
    const out = await browser.send(`${two.url}/logout`, { method: 'POST', headers: { origin: two.url } });
    expect(out.status).toBe(200);
    const thief = createBrowser(new Map(kept), ask);
    const kinds = await ofBoth(() => thief.send(`${two.url}/me`), json);
    expect(kinds.map(({ kind }) => kind)).toEqual(['anonymous', 'anonymous']);
  });

  test('a revoked grant is gone at both within a minute', async () => {
    const refuse = async () => {
      // More often, and the limit per caller would answer in place of the guard.
      await sleep(3_000);
      const found = await ofBoth(() => search(YOUTHS[0]), problem);
      return found.every((type) => type === 'urn:ot-bridge:NO_GRANT');
    };
    await until('both refuse', refuse, 60_000);
    expect(performance.now() - revoked).toBeLessThan(60_000);
    // What was not revoked is still there.
    expect((await search(YOUTHS[4], OTHER_CONSUMER)).status).not.toBe(403);
  });

  test('nothing of it all discloses a person or opens a door: log, database, answers, addresses, checkpoints', async () => {
    await abuse();
    await until('the trail is signed', async () => readdirSync(two.checkpoints).length > 0);
    const persons = PEOPLE.flatMap(({ fodselsnummer, navn }) => [fodselsnummer, navn]);
    const states = two.people.asked.map(({ state = '' }) => state);
    const doors = [...tokens.map((token) => token.split('.')[2] ?? ''), ...states, PLANTED];
    const places = await searchPlaces(two, ask, { persons, doors }, shown);
    expect(places.filter(({ found }) => found.length > 0)).toEqual([]);
    // Each was worth searching.
    const filled = places.filter(({ bytes }) => bytes > 100).map(({ place }) => place);
    expect(filled).toEqual(expect.arrayContaining(SINKS));
  });
});

/** In all places of requests that are refused, what may be repeated in none. */
async function abuse(): Promise<void> {
  await logIn(browser, OPERATOR);
  for (const secret of [PLANTED, pidOf(YOUTHS[0]), YOUTHS[0]?.navn ?? '']) {
    const written = encodeURIComponent(secret);
    for (const path of [
      `/login?return=//${written}`,
      `/login/callback?code=${written}&state=${written}`,
      `/login/callback?error=${written}&error_description=${written}&state=${written}`,
      `/login/frontchannel-logout?iss=${written}&sid=${written}`,
      `/organisations/${written}/alerts`,
      `/organisations/${ORG}/youths/${written}`,
      `/organisations/${ORG}/access/${written}`,
    ]) {
      await ask(two.url + path);
      await browser.send(two.url + path);
    }
    for (const authorization of [`Bearer ${written}`, `Basic ${written}`, `Bearer a.${written}.c`])
      await ask(`${two.url}/me`, { headers: { authorization } });
    await ask(`${two.url}/me`, { headers: { cookie: `__Host-ot=${written}; __Host-ot-login=${written}` } });
    await ask(`${two.url}/me`, { headers: { host: `${written}.example`, origin: `https://${written}` } });
    await ask(`${two.url}/login/backchannel-logout`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `logout_token=${written}`,
    });
    await call('youths/search', {
      scope: READ,
      consumer: OTHER_CONSUMER,
      body: { fodselsnummer: secret + 1 },
    });
    await call(`feeds/${written}`, { scope: WRITE, body: [secret] });
  }
}

interface Flood {
  answers: Response[];
  ms: number;
}

/** So many requests, twenty at a time. */
async function answered(count: number, once: (at: number) => Promise<Response>): Promise<Flood> {
  const began = performance.now();
  const answers: Response[] = [];
  const worker = async (first: number) => {
    for (let at = first; at < count; at += 20) answers.push(await once(at));
  };
  await Promise.all(Array.from({ length: 20 }, (_, first) => worker(first)));
  return { answers, ms: performance.now() - began };
}

function heldByEach({ answers, ms }: Flood, perMinute: number): void {
  for (const instance of ['0', '1']) {
    held(
      answers.filter((answer) => servedBy(answer) === instance),
      perMinute,
      ms,
    );
  }
}

/** As many as the full bucket has and what has run in since. */
function held(answers: readonly Response[], perMinute: number, ms: number): void {
  const passed = answers.filter(({ status }) => status === 200).length;
  expect(passed).toBeGreaterThanOrEqual(Math.min(perMinute, answers.length));
  expect(passed).toBeLessThanOrEqual(perMinute + Math.ceil((ms / 60_000) * perMinute) + 1);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBe(answers.length - passed);
  expect(refused.length).toBeGreaterThan(0);
  for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}
