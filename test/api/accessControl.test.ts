import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ApiServer, startServer } from '../../src/api/server.ts';
import { type AccessParts, accessControlOf, OPEN } from '../../src/bridge/access.ts';
import type { AccessConfig } from '../../src/config/access.ts';
import type { AccessGrant, OrganisationNumber, PersonPrincipal } from '../../src/core/access/principal.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { ALTINN, AUDIENCE, CONSUMER, type Issuer, PREFIX, startIssuer } from '../harness/maskinporten.ts';
import { appOf, bodyOf, dropout, ORG, problemOf, testParts } from './parts.ts';

const WRITE = `${PREFIX}:ot/feeds/school-dropout.write`;
const FEED = `/organisations/${ORG}/feeds/school-dropout`;
const PUBLIC = 'https://ot.fylke.no';

let issuer: Issuer;
let grants: AccessGrant[];
let person: PersonPrincipal | undefined;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());
beforeEach(() => {
  grants = [granted('ot/feeds/school-dropout.write')];
  person = undefined;
});

function granted(scope: string, changes: Partial<AccessGrant> = {}): AccessGrant {
  const orgnr = CONSUMER as OrganisationNumber;
  return { id: scope, org: ORG, orgnr, scope, institution: null, protectedYouths: false, ...changes };
}

function configured(changes: Partial<AccessConfig> = {}): AccessConfig {
  const maskinporten = {
    issuer: issuer.issuer,
    metadataUrl: issuer.metadataUrl,
    jwksUri: null,
    audience: AUDIENCE,
    scopePrefix: PREFIX,
    delegationSource: ALTINN,
  };
  return { maskinporten, login: null, publicUrl: PUBLIC, trustedProxies: [], ...changes };
}

function controlled(config: AccessConfig, parts: Partial<AccessParts> = {}) {
  const access = accessControlOf(config, {
    grantsOf: async () => grants,
    sessionOf: async () => person,
    now: Date.now,
    onIssuerTrouble: () => undefined,
    ...parts,
  });
  const api = testParts({ access });
  return { access, api, ...appOf(api) };
}

const LOGIN = {
  issuer: 'https://login.example',
  clientId: 'ot',
  clientKeyFile: '/login.jwk',
  resource: null,
  acr: null,
  tenant: null,
};
const adviser = (): PersonPrincipal => ({
  kind: 'person',
  name: 'a',
  key: 'person:a',
  person: 'a' as PersonPrincipal['person'],
  roles: [{ id: '1', org: ORG, role: 'leder', unit: null, institution: null, protectedYouths: false }],
  high: true,
  authenticated: instantOf(Date.now()),
  session: 's',
  orgnrs: [],
  groups: [],
});

describe('an installation with an issuer of tokens', () => {
  test('takes a submission with a token of the scope and a grant', async () => {
    const { post } = controlled(configured());
    const headers = { authorization: `Bearer ${await issuer.token(WRITE)}` };
    const answer = await post(FEED, dropout(), headers);
    expect(answer.status).toBe(202);
  });

  test('asks for a token where there is none, and says so as RFC 6750 does', async () => {
    const { post, api } = controlled(configured());
    const answer = await post(FEED, dropout());
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="ot-bridge"');
    expect((await problemOf(answer)).type).toBe('urn:ot-bridge:TOKEN_MISSING');
    expect(api.logged).toEqual([]);
  });

  test.each([
    ['TOKEN_INVALID', { aud: 'https://annet.no' }],
    ['TOKEN_EXPIRED', { iat: 1_700_000_000, exp: 1_700_000_100 }],
  ])('answers %s with 401 and error="invalid_token"', async (code, changes) => {
    const { post } = controlled(configured());
    const token = await issuer.token(WRITE, changes);
    const answer = await post(FEED, dropout(), { authorization: `Bearer ${token}` });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="ot-bridge", error="invalid_token"');
    const text = JSON.stringify(await problemOf(answer));
    expect(text).toContain(code);
    for (const part of token.split('.')) expect(text).not.toContain(part);
  });

  test.each([
    ['another feed', `${PREFIX}:ot/feeds/apprenticeship.write`],
    ['a longer word', `${WRITE}.all`],
    ['another prefix', 'annet:ot/feeds/school-dropout.write'],
  ])('answers a token for %s with 403 and the scope that is missing', async (_name, scope) => {
    const { post } = controlled(configured());
    const answer = await post(FEED, dropout(), { authorization: `Bearer ${await issuer.token(scope)}` });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('www-authenticate')).toBe(
      `Bearer realm="ot-bridge", error="insufficient_scope", scope="${WRITE}"`,
    );
    expect((await problemOf(answer)).type).toBe('urn:ot-bridge:SCOPE_MISSING');
  });

  test.each([
    ['no grant', () => []],
    [
      'a grant at another organisation',
      () => [granted('ot/feeds/school-dropout.write', { org: 'vtfk-no' as typeof ORG })],
    ],
    ['a grant of another scope', () => [granted('ot/feeds/apprenticeship.write')]],
  ])('answers a scope with %s with 403', async (_name, given) => {
    grants = given();
    const { post } = controlled(configured());
    const answer = await post(FEED, dropout(), { authorization: `Bearer ${await issuer.token(WRITE)}` });
    expect(answer.status).toBe(403);
    expect((await problemOf(answer)).type).toBe('urn:ot-bridge:NO_GRANT');
  });

  test('answers 503 and when to try again while the issuer is away', async () => {
    issuer.answerWith(null);
    const { post } = controlled(configured());
    const answer = await post(FEED, dropout(), { authorization: `Bearer ${await issuer.token(WRITE)}` });
    issuer.answerWith(undefined);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('10');
    expect((await problemOf(answer)).type).toBe('urn:ot-bridge:ISSUER_AWAY');
  });

  test.each(['/', '/openapi.json', '/schema-registry/subjects'])('leaves %s open', async (path) => {
    expect((await controlled(configured()).get(path)).status).toBe(200);
  });

  test('lets the token decide for a request that has a session too', async () => {
    person = adviser();
    const { app } = controlled(configured());
    const alerts = `/organisations/${ORG}/alerts`;
    expect((await app.request(alerts)).status).toBe(200);
    const headers = { authorization: `Bearer ${await issuer.token(WRITE)}` };
    expect((await app.request(alerts, { headers })).status).toBe(403);
    expect((await app.request(alerts, { headers: { authorization: 'Bearer x' } })).status).toBe(401);
  });
});

describe('an open installation', () => {
  test('lets every caller do everything, a logged in one what the role may', async () => {
    const { app } = controlled(OPEN);
    const parked = `/organisations/${ORG}/parked`;
    expect((await app.request(parked)).status).toBe(200);
    person = adviser();
    expect((await app.request(parked)).status).toBe(403);
  });

  test('believes no token, and does not take its bearer for a local caller', async () => {
    const { app } = controlled(OPEN);
    const headers = { authorization: `Bearer ${await issuer.token(WRITE)}` };
    const answer = await app.request(`/organisations/${ORG}/alerts`, { headers });
    expect(answer.status).toBe(401);
    expect((await problemOf(answer)).detail).toContain('MASKINPORTEN_ISSUER');
  });

  test('takes tokens of an issuer of its own for what they are, and no others', async () => {
    const { maskinporten } = configured();
    if (maskinporten === null) throw new Error('no issuer');
    let given: AccessGrant[] = [];
    const local = { maskinporten, grantsOf: async () => given };
    const { post, app } = controlled(OPEN, { localIssuer: () => local });
    const headers = { authorization: `Bearer ${await issuer.token(WRITE)}` };
    expect((await problemOf(await post(FEED, dropout(), headers))).type).toBe('urn:ot-bridge:NO_GRANT');
    given = grants;
    expect((await post(FEED, dropout(), headers)).status).toBe(202);
    expect((await app.request(`/organisations/${ORG}/alerts`, { headers })).status).toBe(403);
    expect((await app.request(`/organisations/${ORG}/alerts`)).status).toBe(200);
    // An installation with an issuer of its own choice knows no other.
    const closed = controlled({ ...OPEN, login: LOGIN }, { localIssuer: () => local });
    expect((await closed.post(FEED, dropout(), headers)).status).toBe(401);
  });

  test('listens on loopback alone; one with issuers elsewhere too', async () => {
    const open = controlled(OPEN);
    const closed = controlled(configured());
    await expect(serve(open, '0.0.0.0')).rejects.toThrow(
      /HTTP_HOST .*PUBLIC_URL, MASKINPORTEN_ISSUER og LOGIN_ISSUER/,
    );
    const server = await serve(closed, '0.0.0.0');
    expect((await fetch(`http://127.0.0.1:${server.port}/organisations/${ORG}/alerts`)).status).toBe(401);
    await server.close();
  });
});

function serve({ app, access, api }: ReturnType<typeof controlled>, host: string): Promise<ApiServer> {
  return startServer({
    fetch: (request, connection) => app.fetch(request, connection),
    loopbackOnly: !access.tokensNeeded,
    host,
    port: 0,
    newId: api.newId,
    logProblem: api.logProblem,
  });
}

/** Status and body of one request with exactly these header lines. */
function ask(server: ApiServer, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () =>
      socket.write(
        `${[`GET /organisations/${ORG}/wheel/2026-27 HTTP/1.1`, ...lines].join('\r\n')}\r\nconnection: close\r\n\r\n`,
      ),
    );
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () =>
      resolve(`${answer.slice(9, 12)} ${/urn:ot-bridge:\w+/.exec(answer)?.[0] ?? ''}`.trim()),
    );
  });
}

describe('over a connection', () => {
  let direct: ApiServer;
  let proxied: ApiServer;
  let bearer: string;
  beforeAll(async () => {
    direct = await serve(controlled(configured()), '127.0.0.1');
    proxied = await serve(
      controlled(configured({ trustedProxies: ['10.0.0.0/8', '127.0.0.0/8'] })),
      '127.0.0.1',
    );
    bearer = `authorization: Bearer ${await issuer.token(`${PREFIX}:ot/worklists.read`)}`;
  });
  beforeEach(() => {
    grants = [granted('ot/worklists.read')];
  });
  afterAll(() => Promise.all([direct.close(), proxied.close()]));

  test('one token is enough, two are refused, also when both are good', async () => {
    expect(await ask(direct, ['host: ot.fylke.no', bearer])).toBe('200');
    expect(await ask(direct, ['host: ot.fylke.no', bearer, bearer])).toBe('401 urn:ot-bridge:TOKEN_INVALID');
    expect(await ask(direct, ['host: ot.fylke.no', bearer, 'Authorization: Basic eDp5'])).toBe(
      '401 urn:ot-bridge:TOKEN_INVALID',
    );
  });

  test('the names of loopback and of the public address are known, and no other', async () => {
    for (const host of ['ot.fylke.no', 'OT.fylke.no:443', '127.0.0.1:8080', 'localhost'])
      expect(await ask(direct, [`host: ${host}`, bearer])).toBe('200');
    for (const host of ['ot.fylke.no.vond.no', 'vond.no', '10.0.0.4', 'fylke.no'])
      expect(await ask(direct, [`host: ${host}`, bearer])).toBe('421 urn:ot-bridge:FOREIGN_HOST');
  });

  test('forwarded headers of a stranger are nothing', async () => {
    const lines = ['host: vond.no', 'x-forwarded-host: ot.fylke.no', 'x-forwarded-proto: https', bearer];
    expect(await ask(direct, lines)).toBe('421 urn:ot-bridge:FOREIGN_HOST');
    expect(await ask(direct, ['host: ot.fylke.no', 'x-forwarded-proto: http', bearer])).toBe('200');
  });

  test('a trusted proxy says by which name and how the caller came', async () => {
    const forwarded = (host: string, scheme: string) => [
      'host: ot-bridge:8080',
      `x-forwarded-host: ${host}`,
      `x-forwarded-proto: ${scheme}`,
      bearer,
    ];
    expect(await ask(proxied, forwarded('ot.fylke.no', 'https'))).toBe('200');
    expect(await ask(proxied, forwarded('vond.no', 'https'))).toBe('421 urn:ot-bridge:FOREIGN_HOST');
    expect(await ask(proxied, forwarded('localhost', 'https'))).toBe('421 urn:ot-bridge:FOREIGN_HOST');
    expect(await ask(proxied, forwarded('vond.no, ot.fylke.no', 'https'))).toBe(
      '421 urn:ot-bridge:FOREIGN_HOST',
    );
    expect(await ask(proxied, forwarded('ot.fylke.no', 'http'))).toBe('421 urn:ot-bridge:FOREIGN_HOST');
    expect(await ask(proxied, ['host: ot-bridge:8080', bearer])).toBe('421 urn:ot-bridge:FOREIGN_HOST');
  });
});

test('the answer to a token shows what it was for, in the description of the API', async () => {
  const { get } = controlled(configured());
  const document = await bodyOf(await get('/openapi.json'));
  expect(document.components.securitySchemes.maskinporten).toMatchObject({ type: 'http', scheme: 'bearer' });
  expect(document.paths['/organisations/{org}/alerts'].get.security).toEqual([
    { maskinporten: [] },
    { innlogging: [] },
  ]);
  expect(document.paths['/'].get.security).toEqual([]);
});
