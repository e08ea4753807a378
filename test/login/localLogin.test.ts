import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiServer } from '../../src/api/server.ts';
import { ROLES } from '../../src/core/access/role.ts';
import { bodyOf, ORG, SAMPLE } from '../api/parts.ts';
import { createBrowser, type TestBrowser } from '../harness/browser.ts';
import { startLocalLoginServer } from '../harness/localLoginServer.ts';

let server: ApiServer;
beforeAll(async () => {
  server = await startLocalLoginServer();
});
afterAll(() => server.close());

const choose = (browser: TestBrowser, page: URL, persona: string) =>
  browser.go(page, {
    method: 'POST',
    headers: { origin: page.origin },
    body: new URLSearchParams({ persona }),
  });

describe('the local login', () => {
  test('offers one person for each role at each organisation, without a script', async () => {
    const { response, text } = await createBrowser().go(`${server.url}/lokal-innlogging`);
    const personas = [...text.matchAll(/name="persona" value="([^"]+)"/g)].map(([, id]) => id);
    expect(personas).toEqual(
      [ORG, SAMPLE].flatMap((org) => Object.keys(ROLES).map((role) => `${role}.${org}`)),
    );
    expect(text.match(/<form method="post"/g)).toHaveLength(personas.length);
    expect(text).toContain('Lokal prøve: ingen ekte innlogging');
    expect(text).not.toMatch(/<script|\son\w+=|\sstyle=|type="password"/);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test.each(Object.keys(ROLES))(
    'makes the browser a person with the role %s, at that organisation',
    async (role) => {
      const browser = createBrowser();
      const { url } = await browser.go(`${server.url}/login?return=/me`);
      const { text } = await choose(browser, url, `${role}.${ORG}`);
      expect(JSON.parse(text)).toMatchObject({
        kind: 'person',
        high: true,
        roles: [{ role, organisation: ORG }],
      });
      expect((await browser.send(`${server.url}/organisations/${SAMPLE}/alerts`)).status).toBe(403);
    },
  );

  test('lets the browser be another person with the next login', async () => {
    const browser = createBrowser();
    for (const role of ['radgiver', 'drift']) {
      const { url } = await browser.go(`${server.url}/login?return=/me`);
      const { text } = await choose(browser, url, `${role}.${SAMPLE}`);
      expect(JSON.parse(text)).toMatchObject({ roles: [{ role, organisation: SAMPLE }] });
    }
  });

  test('asks again for a person who is not there, and begins again in another browser', async () => {
    const browser = createBrowser();
    const { url } = await browser.go(`${server.url}/login`);
    expect((await choose(browser, url, `konge.${ORG}`)).text).toContain('Hvem vil du være?');
    const stranger = await choose(createBrowser(), url, `drift.${ORG}`);
    expect(stranger.response.status).toBe(400);
    expect(stranger.text).toContain('Logg inn på nytt');
  });

  test('leads the browser to the address that cookies are kept for', async () => {
    const elsewhere = server.url.replace('127.0.0.1', 'localhost');
    const begun = await createBrowser().send(`${elsewhere}/login?return=/me`);
    expect(begun.headers.get('location')).toBe(`${server.url}/login?return=/me`);
  });

  test('leaves the API open to those who have not logged in', async () => {
    expect((await fetch(`${server.url}/organisations/${ORG}/alerts`)).status).toBe(200);
    expect(await (await fetch(`${server.url}/me`)).json()).toMatchObject({ kind: 'local', login: '/login' });
  });

  test('shows on the front page who is logged in, and the way out', async () => {
    const browser = createBrowser();
    const front = () => browser.go(server.url, { headers: { accept: 'text/html' } });
    expect((await front()).text).toContain('<a href="/login">Logg inn</a>');
    const { url } = await browser.go(`${server.url}/login`);
    await choose(browser, url, `leder.${ORG}`);
    const { text } = await front();
    expect(text).toContain(`Innlogget som OT-leder i ${ORG}`);
    expect(text).toContain('Lokal prøve: ingen ekte innlogging');
    expect(text).toContain('<form method="post" action="/logout">');
  });
});

describe('a local machine token', () => {
  const ask = async (form: Record<string, string>) => {
    const body = new URLSearchParams(form);
    const response = await fetch(`${server.url}/lokal-innlogging/token`, { method: 'POST', body });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  const alertsWith = async (token: string) => {
    const response = await fetch(`${server.url}/organisations/${ORG}/alerts`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return `${response.status} ${response.headers.get('www-authenticate') ?? ''}`;
  };

  test('has the shape of Maskinporten’s, and the key that the metadata lead to', async () => {
    const scope = 'otbridge:ot/registrations.read otbridge:ot/feeds/consent.write';
    const { status, body } = await ask({ consumer: '889640782', supplier: '974760673', scope });
    expect(status).toBe(200);
    const metadata = await bodyOf(
      await fetch(`${server.url}/lokal-innlogging/.well-known/oauth-authorization-server`),
    );
    const keys = createLocalJWKSet(await bodyOf(await fetch(metadata.jwks_uri)));
    const { payload, protectedHeader } = await jwtVerify(body.access_token ?? '', keys, {
      issuer: metadata.issuer,
      audience: 'ot-bridge-lokal',
    });
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({
      scope,
      consumer: { authority: 'iso6523-actorid-upis', ID: '0192:889640782' },
      supplier: { authority: 'iso6523-actorid-upis', ID: '0192:974760673' },
      delegation_source: 'https://tt02.altinn.no/',
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(120);
  });

  test('is checked as any: its scopes decide, and a changed one is none', async () => {
    const { body } = await ask({ consumer: '889640782', scope: 'otbridge:ot/registrations.read' });
    const token = body.access_token ?? '';
    expect(await alertsWith(token)).toBe('200 ');
    const other = await ask({ consumer: '889640782', scope: 'otbridge:ot/reports.read' });
    expect(await alertsWith(other.body.access_token ?? '')).toMatch(/^403 .*insufficient_scope/);
    expect(await alertsWith(`${token.slice(0, -8)}AAAAAAAA`)).toMatch(/^401 .*invalid_token/);
  });

  test.each([
    [{ scope: 'otbridge:ot/reports.read' }, 'invalid_request'],
    [{ consumer: '889640783', scope: 'otbridge:ot/reports.read' }, 'invalid_request'],
    [{ consumer: '889640782', supplier: '1', scope: 'otbridge:ot/reports.read' }, 'invalid_request'],
    [{ consumer: '889640782' }, 'invalid_scope'],
    [{ consumer: '889640782', scope: 'a  b' }, 'invalid_scope'],
  ])('is refused for %j', async (form, error) => {
    expect(await ask({ ...form } as Record<string, string>)).toMatchObject({ status: 400, body: { error } });
  });
});

test('without development dependencies there is no login, and nothing else is missed', async () => {
  const plain = await startLocalLoginServer(false);
  try {
    for (const path of ['/lokal-innlogging', '/lokal-innlogging/token', '/login'])
      expect((await fetch(plain.url + path)).status).toBe(404);
    expect(await (await fetch(`${plain.url}/me`)).json()).toMatchObject({ kind: 'local', login: null });
    expect((await fetch(`${plain.url}/organisations/${ORG}/alerts`)).status).toBe(200);
  } finally {
    await plain.close();
  }
});
