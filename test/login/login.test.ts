import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RoleAssignment } from '../../src/core/access/principal.ts';
import { createMemorySessions } from '../../src/store/memory/sessions.ts';
import { ORG } from '../api/parts.ts';
import { createBrowser, type TestBrowser } from '../harness/browser.ts';
import { type LoginServer, startLoginServer } from '../harness/loginServer.ts';
import { type OidcServer, startOidcServer } from '../harness/oidcServer.ts';

// A real issuer and a real client, over HTTP. Two instances of the API share a store, as behind a proxy that sends
// requests to either.

const ADVISER: RoleAssignment = {
  id: 'r1',
  org: ORG,
  role: 'radgiver',
  unit: '40200',
  institution: null,
  protectedYouths: false,
};
const HOUR = 60 * 60_000;
const HTML = { accept: 'text/html' };

let issuer: OidcServer;
let server: LoginServer;
let second: LoginServer;
let roles: RoleAssignment[];
let ahead = 0;
const now = () => Date.now() + ahead;

beforeAll(async () => {
  const sessions = createMemorySessions();
  const settings = async (origin: string) => {
    issuer ??= await startOidcServer(origin);
    return {
      issuer: issuer.issuer,
      clientId: issuer.clientId,
      clientKey: issuer.clientKey,
      resource: null,
      acr: 'high',
      tenant: null,
    };
  };
  const common = { settings, sessions, rolesOf: async () => roles, now };
  server = await startLoginServer(common);
  second = await startLoginServer({ ...common, publicUrl: server.url });
});
beforeEach(() => {
  ahead = 0;
  roles = [ADVISER];
  issuer.person = { sub: 'subject-1', acr: 'high', claims: { pid: '14830989960' } };
  issuer.tamper = undefined;
  issuer.away = false;
  issuer.asked.length = 0;
  server.logged.length = 0;
});
afterAll(async () => {
  await Promise.all([server.close(), second.close(), issuer.close()]);
});

async function me(browser: TestBrowser, at = server) {
  return (await browser.send(`${at.url}/me`)).json() as Promise<Record<string, unknown>>;
}

async function loggedIn(): Promise<TestBrowser> {
  const browser = createBrowser();
  const { url } = await browser.go(`${server.url}/login?return=/me`);
  expect(url.pathname).toBe('/me');
  return browser;
}

/** Follows the login as far as the address that the issuer sends the browser back to. */
async function backFromIssuer(browser: TestBrowser, path = '/login'): Promise<URL> {
  let at = new URL(path, server.url);
  for (let hops = 0; hops < 10; hops += 1) {
    const response = await browser.send(at);
    at = new URL(response.headers.get('location') ?? '', at);
    if (at.pathname === '/login/callback') return at;
  }
  throw new Error(`never came back: ${at.href}`);
}

describe('a login', () => {
  test('leads back to the page it began at, with the roles in force and nothing of the person', async () => {
    const browser = createBrowser();
    const { url, text } = await browser.go(`${server.url}/login?return=/me`);
    expect(url.href).toBe(`${server.url}/me`);
    expect(JSON.parse(text)).toMatchObject({
      kind: 'person',
      roles: [{ organisation: ORG, role: 'radgiver', unit: '40200' }],
      high: true,
    });
    expect(text).not.toContain('14830989960');
    expect(text).not.toContain('subject-1');
  });

  test('asks with PKCE, state, nonce and the level, and nothing of the person is in an address', async () => {
    await loggedIn();
    expect(issuer.asked[0]).toMatchObject({
      code_challenge_method: 'S256',
      acr_values: 'high',
      scope: 'openid',
      response_type: 'code',
    });
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(issuer.asked[0]?.[name]).toMatch(/^[\w-]{43}$/);
  });

  test('begins at one instance and ends at another; the session is known to both', async () => {
    const browser = createBrowser();
    const back = await backFromIssuer(browser);
    const done = await browser.send(new URL(back.pathname + back.search, second.url));
    expect(done.status).toBe(303);
    expect(await me(browser, server)).toMatchObject({ kind: 'person' });
    expect(await me(browser, second)).toMatchObject({ kind: 'person' });
  });

  test('in two tabs of one browser succeeds in both', async () => {
    const browser = createBrowser();
    const begun = [];
    for (let tab = 0; tab < 2; tab += 1) begun.push(await browser.send(`${server.url}/login`));
    for (const tab of begun) {
      const back = await backFromIssuer(browser, tab.headers.get('location') ?? '');
      expect((await browser.send(back)).headers.get('location')).toBe('/');
    }
  });

  test('gives a cookie of this host that no script can read, and a new value each time', async () => {
    const browser = createBrowser();
    const first = (await browser.send(await backFromIssuer(browser))).headers.getSetCookie();
    expect(first).toEqual([expect.stringMatching(/^ot-local=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)]);
    const again = (await browser.send(await backFromIssuer(browser))).headers.getSetCookie();
    expect(again).not.toEqual(first);
  });

  test('replaces a session that was planted in the browser', async () => {
    const attacker = await loggedIn();
    const planted = attacker.cookies.get('ot-local') ?? '';
    const victim = createBrowser(new Map([['ot-local', planted]]));
    issuer.person = { sub: 'subject-2', acr: 'high', claims: { pid: '21860876016' } };
    await victim.go(`${server.url}/login`);
    expect(victim.cookies.get('ot-local')).not.toBe(planted);
    expect(await me(attacker)).toMatchObject({ kind: 'local' });
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/login',
    '/a\\b',
    '/\r\nSet-Cookie: x=y',
    '/..//evil.example',
  ])('never leads to %j', async (target) => {
    const address = `${server.url}/login?return=${encodeURIComponent(target)}`;
    expect((await createBrowser().send(address)).status).toBe(400);
  });
});

describe('a login is refused', () => {
  const refusedWith = async (browser: TestBrowser, at: URL | string) => {
    const response = await browser.send(at);
    const { type } = (await response.json()) as { type: string };
    expect(browser.cookies.has('ot-local')).toBe(false);
    return `${response.status} ${type.replace('urn:ot-bridge:', '')}`;
  };

  test.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'x'.repeat(43))],
    ['no state', (url: URL) => url.searchParams.delete('state')],
    ['no code', (url: URL) => url.searchParams.delete('code')],
    ['another code', (url: URL) => url.searchParams.set('code', 'x'.repeat(43))],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
  ])('with %s', async (_name, change) => {
    const browser = createBrowser();
    const back = await backFromIssuer(browser);
    change(back);
    expect(await refusedWith(browser, back)).toBe('400 LOGIN_FAILED');
  });

  test('in another browser than it began in', async () => {
    const back = await backFromIssuer(createBrowser());
    expect(await refusedWith(createBrowser(), back)).toBe('400 LOGIN_FAILED');
  });

  test('in another browser that has begun a login of its own', async () => {
    const attacker = createBrowser();
    const back = await backFromIssuer(attacker);
    const victim = createBrowser();
    await backFromIssuer(victim);
    expect((await victim.send(back)).status).toBe(400);
    expect(await me(victim)).toMatchObject({ kind: 'local' });
  });

  test('the second time', async () => {
    const browser = createBrowser();
    const back = await backFromIssuer(browser);
    expect((await browser.send(back)).status).toBe(303);
    browser.cookies.delete('ot-local');
    expect(await refusedWith(browser, back)).toBe('400 LOGIN_FAILED');
  });

  test('after a quarter of an hour', async () => {
    const browser = createBrowser();
    const back = await backFromIssuer(browser);
    ahead = 16 * 60_000;
    expect(await refusedWith(browser, back)).toBe('400 LOGIN_FAILED');
  });

  test.each([
    ['another nonce', { nonce: 'another' }],
    ['no nonce', { nonce: undefined }],
    ['a beginning in the future', { nbf: Math.floor(Date.now() / 1_000) + 3_600 }],
    ['no subject', { sub: undefined }],
  ])('with %s in the ID token', async (_name, changes) => {
    issuer.tamper = (claims) => Object.assign(claims, changes);
    const browser = createBrowser();
    expect(await refusedWith(browser, await backFromIssuer(browser))).toBe('400 LOGIN_FAILED');
    expect(server.logged).toMatchObject([{ event: 'login.refused', reason: 'REFUSED' }]);
  });

  test('at a lower level than asked for, although the issuer says nothing about it', async () => {
    issuer.person.acr = 'substantial';
    const browser = createBrowser();
    expect(await refusedWith(browser, await backFromIssuer(browser))).toBe('403 LOGIN_TOO_WEAK');
  });

  test('while the issuer does not answer, and works again when it does', async () => {
    const browser = createBrowser();
    const back = await backFromIssuer(browser);
    issuer.away = true;
    expect(await refusedWith(browser, back)).toBe('503 ISSUER_AWAY');
    issuer.away = false;
    expect((await browser.go(`${server.url}/login?return=/me`)).text).toContain('"kind":"person"');
  });

  test('with a page for a browser: what is wrong, and a way to begin again', async () => {
    const response = await createBrowser().send(`${server.url}/login/callback?error=access_denied`, {
      headers: HTML,
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toContain('<a href="/login">Logg inn på nytt</a>');
  });
});

describe('a session', () => {
  test('ends after half an hour without a request, and goes on with one', async () => {
    const browser = await loggedIn();
    ahead = 29 * 60_000;
    expect(await me(browser)).toMatchObject({ kind: 'person' });
    ahead = 58 * 60_000;
    expect(await me(browser, second)).toMatchObject({ kind: 'person' });
    ahead = 89 * 60_000;
    expect(await me(browser)).toMatchObject({ kind: 'local' });
  });

  test('ends after eight hours however much it is used', async () => {
    const browser = await loggedIn();
    for (ahead = 0; ahead < 8 * HOUR - 60_000; ahead += 20 * 60_000)
      expect(await me(browser)).toMatchObject({ kind: 'person' });
    ahead = 8 * HOUR + 1_000;
    expect(await me(browser)).toMatchObject({ kind: 'local' });
  });

  test('has the roles in force at each request: a revoked one is gone with the next', async () => {
    const browser = await loggedIn();
    const alerts = `${server.url}/organisations/${ORG}/alerts`;
    expect((await browser.send(alerts)).status).toBe(200);
    roles = [];
    expect((await browser.send(alerts)).status).toBe(403);
    expect(await me(browser)).toMatchObject({ kind: 'person', roles: [] });
  });

  test('changes nothing for a form of another site', async () => {
    const browser = await loggedIn();
    roles = [{ ...ADVISER, role: 'leder', unit: null }];
    const search = (headers: Record<string, string>) =>
      browser.send(`${server.url}/organisations/${ORG}/youths/search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ fodselsnummer: '14830989960' }),
      });
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site', origin: server.url },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const response = await search(headers);
      expect(await response.json()).toMatchObject({ type: 'urn:ot-bridge:FOREIGN_ORIGIN' });
    }
    expect((await search({ origin: server.url })).status).not.toBe(403);
    expect((await search({ 'sec-fetch-site': 'same-origin' })).status).not.toBe(403);
  });
});

describe('step-up', () => {
  test('asks for a fresh login of the same person and leads back to the page', async () => {
    const browser = await loggedIn();
    const begun = await browser.send(`${server.url}/login?return=/me&step-up=1`);
    const asked = new URL(begun.headers.get('location') ?? '');
    expect(asked.searchParams.get('prompt')).toBe('login');
    expect(asked.searchParams.get('max_age')).toBe('0');
    expect((await browser.go(asked)).url.href).toBe(`${server.url}/me`);
  });

  test('refuses an old login, and another person', async () => {
    const browser = await loggedIn();
    issuer.tamper = (claims) => ({ ...claims, auth_time: Math.floor(Date.now() / 1_000) - 600 });
    const old = await browser.go(`${server.url}/login?step-up=1`);
    expect(JSON.parse(old.text)).toMatchObject({ type: 'urn:ot-bridge:LOGIN_TOO_WEAK' });
    issuer.tamper = undefined;
    issuer.person = { sub: 'subject-2', acr: 'high', claims: { pid: '21860876016' } };
    for (const name of ['_session', '_session.sig']) browser.cookies.delete(name);
    const other = await browser.go(`${server.url}/login?step-up=1`);
    expect(JSON.parse(other.text)).toMatchObject({ type: 'urn:ot-bridge:LOGIN_FOREIGN' });
  });
});

describe('log-out', () => {
  const logOut = (browser: TestBrowser, headers: Record<string, string> = { origin: server.url }) =>
    browser.send(`${server.url}/logout`, { method: 'POST', headers });

  test('ends the session in all tabs and instances, sets a fresh cookie and leads to the issuer', async () => {
    const browser = await loggedIn();
    const before = browser.cookies.get('ot-local') ?? '';
    const otherTab = createBrowser(new Map(browser.cookies));
    const response = await logOut(browser);
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).toContain(`content="0; url=${issuer.issuer}/session/end?`);
    expect(text).not.toContain('id_token_hint');
    expect(browser.cookies.get('ot-local')).toMatch(/^[\w-]{43}$/);
    expect(browser.cookies.get('ot-local')).not.toBe(before);
    for (const each of [browser, otherTab]) expect(await me(each, second)).toMatchObject({ kind: 'local' });
    expect((await logOut(otherTab)).status).toBe(200);
  });

  test('is not for another site to ask for', async () => {
    const browser = await loggedIn();
    for (const headers of [{}, { origin: 'https://evil.example' }])
      expect((await logOut(browser, headers)).status).toBe(403);
    expect(await me(browser)).toMatchObject({ kind: 'person' });
    expect((await browser.send(`${server.url}/logout`)).status).toBe(405);
  });

  test('answers also while the issuer is away', async () => {
    const browser = await loggedIn();
    issuer.away = true;
    expect((await logOut(browser)).status).toBe(200);
    expect(await me(browser)).toMatchObject({ kind: 'local' });
  });
});

describe('back-channel log-out', () => {
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const send = async (token: string) =>
    (
      await fetch(`${second.url}/login/backchannel-logout`, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: token }),
      })
    ).status;

  test('ends the person’s sessions at all instances, once per token', async () => {
    const browser = await loggedIn();
    const token = await issuer.sign({ sub: 'subject-1', events });
    expect(await send(token)).toBe(200);
    expect(await me(browser)).toMatchObject({ kind: 'local' });
    const again = await loggedIn();
    expect(await send(token)).toBe(400);
    expect(await me(again)).toMatchObject({ kind: 'person' });
  });

  test('by the issuer’s session ends that one alone', async () => {
    let sid = '';
    issuer.tamper = (claims) => {
      sid = String(claims.sid);
      return claims;
    };
    const other = await loggedIn();
    const browser = await loggedIn();
    expect(await send(await issuer.sign({ sid, events }))).toBe(200);
    expect(await me(browser)).toMatchObject({ kind: 'local' });
    expect(await me(other)).toMatchObject({ kind: 'person' });
    const response = await fetch(
      `${server.url}/login/frontchannel-logout?${new URLSearchParams({ iss: 'https://evil.example', sid })}`,
    );
    expect(response.status).toBe(200);
  });

  test('through the browser, by the issuer’s name and session', async () => {
    let sid = '';
    issuer.tamper = (claims) => {
      sid = String(claims.sid);
      return claims;
    };
    const browser = await loggedIn();
    const ask = (iss: string) =>
      fetch(`${server.url}/login/frontchannel-logout?${new URLSearchParams({ iss, sid })}`);
    await ask('https://evil.example');
    expect(await me(browser)).toMatchObject({ kind: 'person' });
    await ask(issuer.issuer);
    expect(await me(browser)).toMatchObject({ kind: 'local' });
  });

  test.each([
    ['without the event', () => issuer.sign({ sub: 'subject-1' })],
    ['with another event', () => issuer.sign({ sub: 'subject-1', events: { other: {} } })],
    ['with a nonce, as an ID token has', () => issuer.sign({ sub: 'subject-1', events, nonce: 'n' })],
    ['to another client', () => issuer.sign({ sub: 'subject-1', events }, { audience: 'another' })],
    [
      'of another issuer',
      () => issuer.sign({ sub: 'subject-1', events }, { issuer: 'https://evil.example' }),
    ],
    ['an hour old', () => issuer.sign({ sub: 'subject-1', events }, { age: 3_600 })],
    ['of no one', () => issuer.sign({ events })],
    ['unsigned', async () => `${btoa('{"alg":"none"}')}.${btoa('{"sub":"subject-1"}')}.`],
  ])('with a token %s ends nothing', async (_name, token) => {
    const browser = await loggedIn();
    expect(await send(await token())).toBe(400);
    expect(await me(browser)).toMatchObject({ kind: 'person' });
  });
});
