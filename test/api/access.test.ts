import { describe, expect, test } from 'vitest';
import type { AccessControl } from '../../src/api/access.ts';
import type { Api } from '../../src/api/apiEnv.ts';
import { defineRoute } from '../../src/api/route.ts';
import { ACCESS, type Access } from '../../src/core/access/access.ts';
import { WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import type { Principal } from '../../src/core/access/principal.ts';
import type { Organisation } from '../../src/core/organisation.ts';
import { goldenOpenApi } from '../golden/openapi.ts';
import { appOf, bodyOf, dropout, ORG, PERSON, problemOf, testParts } from './parts.ts';
import { seedYouth } from './seed.ts';

/** As an adviser would be after signing in. */
function signedIn(
  may: (principal: Principal, access: Access, organisation: Organisation | null) => boolean,
): AccessControl {
  return {
    principalOf: () => ({ kind: 'local', name: 'kari', key: 'kari' }),
    decide: (principal, access, organisation) =>
      may(principal, access, organisation)
        ? { permitted: true, permission: WHOLE_COUNTY }
        : { permitted: false, refusal: { code: 'NOT_PERMITTED' } },
    challenge: 'Bearer',
  };
}

const NOBODY = signedIn(() => false);

interface Described {
  method: string;
  path: string;
  access: Access;
}

const described: readonly Described[] = Object.entries<Record<string, { 'x-access': Access }>>(
  JSON.parse(goldenOpenApi()).paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, route]) => ({ method, path, access: route['x-access'] })),
);

/** An address of the path; what its placeholders hold does not matter to who may ask. */
const addressOf = (path: string) => path.replace('{org}', ORG).replaceAll(/\{\w+\}|:\w+|\*/g, '1');

describe('the description', () => {
  test('every route names an access of the table, and no access is without a route', () => {
    const { pages } = appOf(testParts());
    const named = new Set([...described, ...pages].map(({ access }) => access));
    expect([...named].sort()).toEqual(Object.keys(ACCESS).sort());
  });

  test('a route without an access does not compile, and is refused all the same', async () => {
    const { app } = appOf(testParts({ access: NOBODY }));
    // @ts-expect-error: x-access is missing
    const route = defineRoute({ method: 'get', path: '/secrets', responses: {} });
    app.openapi(route, (c) => c.text('all of them'));
    expect((await app.request('/secrets')).status).toBe(403);
  });

  test('what is public is health, the description, the schemas, the keys of calls, the front page and the login', () => {
    const open = described.filter(({ access }) => access === 'public').map(({ path }) => path);
    expect(open).toEqual([
      '/',
      '/login',
      '/login/callback',
      '/logout',
      '/login/backchannel-logout',
      '/login/frontchannel-logout',
      '/me',
      '/internal/isAlive',
      '/internal/isReady',
      '/internal/metrics',
      '/.well-known/webhook-keys',
      '/schema-registry/{path}',
    ]);
  });
});

describe('a caller who may do nothing', () => {
  test.each(described.filter(({ access }) => access !== 'public'))(
    'is refused by $method $path',
    async ({ method, path, access }) => {
      const { app } = appOf(testParts({ access: NOBODY }));
      const response = await app.request(addressOf(path), { method: method.toUpperCase() });
      expect(response.status).toBe(403);
      expect(response.headers.get('cache-control')).toBe('no-store');
      const { type, detail } = await problemOf(response);
      expect(type).toBe('urn:ot-bridge:NOT_PERMITTED');
      expect(detail).toContain(access);
    },
  );

  test('gets past no handler of the app but the public ones', async () => {
    const { app } = appOf(testParts({ access: NOBODY }));
    const open = await unguarded(app);
    expect(open).toEqual([
      'GET /',
      'GET /.well-known/webhook-keys',
      'GET /console/:file',
      'GET /internal/isAlive',
      'GET /internal/isReady',
      'GET /internal/metrics',
      'GET /k',
      'GET /k/',
      'GET /login',
      'GET /login/callback',
      'GET /login/frontchannel-logout',
      'GET /lokal-innlogging',
      'GET /lokal-innlogging/*',
      'GET /me',
      'GET /openapi.json',
      'GET /schema-registry/*',
      'POST /console/sprak',
      'POST /login/backchannel-logout',
      'POST /logout',
      'POST /lokal-innlogging',
      'POST /lokal-innlogging/*',
    ]);
  });

  test('a handler without a guard is found', async () => {
    const { app } = appOf(testParts({ access: NOBODY }));
    app.get('/organisations/:org/secrets', (c) => c.text('all of them'));
    expect(await unguarded(app)).toContain('GET /organisations/:org/secrets');
  });

  test('has sent nothing when refused', async () => {
    const parts = testParts({ access: NOBODY });
    const response = await appOf(parts).post(`/organisations/${ORG}/feeds/school-dropout`, dropout());
    expect(response.status).toBe(403);
    expect(parts.publisher.read(`${ORG}.ot.event.school-dropout`).flat()).toEqual([]);
    expect(parts.logged).toEqual([]);
  });
});

describe('a caller who is not known', () => {
  const anonymous: AccessControl = { ...signedIn(() => true), principalOf: () => undefined };

  test.each(described.filter(({ access }) => access !== 'public'))(
    'gets 401 with a challenge from $method $path',
    async ({ method, path }) => {
      const { app } = appOf(testParts({ access: anonymous }));
      const response = await app.request(addressOf(path), { method: method.toUpperCase() });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
    },
  );
});

describe('what is asked', () => {
  const asked: [string, Access, string | null][] = [];
  const control = signedIn((principal, access, organisation: Organisation | null) => {
    asked.push([principal.name, access, organisation?.id ?? null]);
    return true;
  });
  const { get, post } = appOf(testParts({ access: control }));

  test.each([
    [() => get(`/organisations/${ORG}/alerts`), 'alert:read', ORG],
    [() => post(`/organisations/${ORG}/youths/search`, { fodselsnummer: PERSON }), 'youth:search', ORG],
    [() => post('/feeds/school-dropout', dropout()), 'feed:write', ORG],
    [() => get('/internal/lanes'), 'lane:read', null],
  ] as const)('%s: the caller, the access and the organisation', async (ask, access, organisation) => {
    asked.length = 0;
    await ask();
    expect(asked).toEqual([['kari', access, organisation]]);
  });

  test('public routes are open without asking', async () => {
    asked.length = 0;
    expect((await get('/internal/isAlive')).status).toBe(200);
    expect(asked).toEqual([]);
  });

  test('access is per organisation', async () => {
    const own = signedIn((_principal, _access, organisation) => organisation?.id === ORG);
    const app = appOf(testParts({ access: own }));
    expect((await app.get(`/organisations/${ORG}/alerts`)).status).toBe(200);
    expect((await app.get('/organisations/vestfoldogtelemark-no/alerts')).status).toBe(403);
  });
});

test('a lookup is recorded under the name of the caller', async () => {
  const parts = testParts({ access: signedIn(() => true) });
  const ref = await seedYouth(parts, PERSON);
  const { get, post } = appOf(parts);
  await post(`/organisations/${ORG}/youths/${ref}/identity`, { purpose: 'BREV' });
  const { lookups } = await bodyOf(await get(`/organisations/${ORG}/youths/${ref}/identity-lookups`));
  expect(lookups).toMatchObject([{ who: 'kari', purpose: 'BREV' }]);
});

/** Routes of the app that answer a caller who may do nothing with anything but 403. */
async function unguarded(app: Api): Promise<string[]> {
  const routes = new Set(
    app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
  );
  const open: string[] = [];
  for (const route of routes) {
    const [method = '', path = ''] = route.split(' ');
    const response = await app.request(addressOf(path.replace(':org', '{org}')), { method });
    if (response.status !== 403) open.push(route);
  }
  return open.sort();
}
