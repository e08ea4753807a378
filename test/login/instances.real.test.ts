import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresSessions } from '../../src/store/postgres/sessions.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { bodyOf } from '../api/parts.ts';
import { createBrowser } from '../harness/browser.ts';
import { type LoginServer, startLoginServer } from '../harness/loginServer.ts';
import { type OidcServer, startOidcServer } from '../harness/oidcServer.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';

// Two instances with nothing in common but the database, each with connections of its own.

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let issuer: OidcServer | undefined;
const servers: LoginServer[] = [];
const pools: ReturnType<typeof createPool>[] = [];

beforeAll(async () => {
  const [version = '18'] = await testedVersions();
  database = await createTestDatabase(version);
  for (let instance = 0; instance < 2; instance += 1) {
    const pool = createPool({ databaseUrl: database.url, size: 2, onIdleError: () => undefined });
    pools.push(pool);
    if (instance === 0) await createPostgresStore(pool).migrate();
    const [first] = servers;
    servers.push(
      await startLoginServer({
        async settings(origin) {
          issuer ??= await startOidcServer(origin);
          const { issuer: name, clientId, clientKey } = issuer;
          return { issuer: name, clientId, clientKey, resource: null, acr: 'high', tenant: null };
        },
        sessions: createPostgresSessions(pool),
        ...(first && { publicUrl: first.url }),
      }),
    );
  }
});
afterAll(async () => {
  await Promise.all([...servers, ...(issuer ? [issuer] : [])].map((each) => each.close()));
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

test('a login that one instance began, another ends; a log-out at one is one at both', async () => {
  const [one, two] = servers;
  if (one === undefined || two === undefined) throw new Error('no instances');
  const browser = createBrowser();
  let at = new URL('/login', one.url);
  while (at.pathname !== '/login/callback')
    at = new URL((await browser.send(at)).headers.get('location') ?? '', at);
  expect((await browser.send(new URL(at.pathname + at.search, two.url))).status).toBe(303);
  const kinds = async () =>
    Promise.all([one, two].map(async ({ url }) => (await bodyOf(await browser.send(`${url}/me`))).kind));
  expect(await kinds()).toEqual(['person', 'person']);
  const before = new Map(browser.cookies);
  await browser.send(`${one.url}/logout`, { method: 'POST', headers: { origin: one.url } });
  for (const [name, value] of before) browser.cookies.set(name, value);
  expect(await kinds()).toEqual(['local', 'local']);
});

test('the database holds nothing that opens a session or names the person', async () => {
  const [one] = servers;
  const browser = createBrowser();
  if (issuer) issuer.person = { sub: 'subject-1', acr: 'high', claims: { pid: '14830989960' } };
  await browser.go(`${one?.url}/login?return=/me`);
  const [pool] = pools;
  if (pool === undefined) throw new Error('no database');
  const { rows } = await pool.query(
    "select coalesce((select string_agg(s::text, ' ') from session s), '') || coalesce((select string_agg(a::text, ' ') from login_attempt a), '') as stored",
  );
  const stored = String(rows[0]?.stored);
  expect(stored).toContain(issuer?.issuer);
  for (const secret of ['14830989960', 'subject-1', ...browser.cookies.values()])
    expect(stored).not.toContain(secret);
});
