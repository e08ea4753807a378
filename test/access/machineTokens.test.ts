import { createHmac, createPublicKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createIssuerKeys } from '../../src/access/machine/issuerKeys.ts';
import { createMachineTokens } from '../../src/access/machine/machineTokens.ts';
import { TokenRefused } from '../../src/access/machine/tokenRefused.ts';
import type { AccessGrant, OrganisationNumber } from '../../src/core/access/principal.ts';
import { orgId } from '../../src/core/organisation.ts';
import {
  ALTINN,
  AUDIENCE,
  CONSUMER,
  type Issuer,
  makeKey,
  organisation,
  PREFIX,
  type SigningKey,
  SUPPLIER,
  startIssuer,
} from '../harness/maskinporten.ts';

const SCOPE = `${PREFIX}:ot/feeds/school-dropout.write`;
const MINUTE = 60_000;

let issuer: Issuer;
let foreign: SigningKey;
let now: number;
let troubles: number;
beforeAll(async () => {
  issuer = await startIssuer();
  foreign = await makeKey('foreign');
});
afterAll(() => issuer.stop());
beforeEach(() => {
  now = Math.floor(Date.now() / 1000) * 1000;
  troubles = 0;
  issuer.publish([issuer.key.jwk]);
  issuer.answerWith(undefined);
});

function tokens(grants: readonly AccessGrant[] = []) {
  const keys = createIssuerKeys({
    addresses: { issuer: issuer.issuer, metadataUrl: issuer.metadataUrl, jwksUri: null },
    now: () => now,
    onTrouble: () => {
      troubles += 1;
    },
  });
  const expected = {
    issuer: issuer.issuer,
    audience: AUDIENCE,
    scopePrefix: PREFIX,
    delegationSource: ALTINN,
  };
  return createMachineTokens({ keys, expected, grantsOf: async () => grants, now: () => now });
}

async function refusal(authorization: string | string[], of = tokens()): Promise<TokenRefused> {
  try {
    await of.principalOf([authorization].flat());
  } catch (error) {
    if (error instanceof TokenRefused) return error;
    throw error;
  }
  throw new Error('the token was accepted');
}

const encoded = (part: string | object) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');

/** Signed by the issuer, whatever its parts are. */
async function signedText(header: string, payload: string): Promise<string> {
  const input = `${encoded(header)}.${encoded(payload)}`;
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', issuer.key.privateKey, Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

const HEADER = { alg: 'RS256', kid: 'maskinporten-1' };
const withHeader = (more: object) => () =>
  signedText(JSON.stringify({ ...HEADER, ...more }), JSON.stringify(issuer.claims(SCOPE, now)));
const withClaims = (changes: object) => () => issuer.sign({ ...issuer.claims(SCOPE, now), ...changes });
const without = (name: string) => () => {
  const { [name]: _, ...rest } = issuer.claims(SCOPE, now);
  return issuer.sign(rest);
};
const withPayload = (change: (payload: string) => string) => () =>
  signedText(JSON.stringify(HEADER), change(JSON.stringify(issuer.claims(SCOPE, now))));
const seconds = (ahead: number) => Math.floor(now / 1000) + ahead;
const good = () => issuer.sign(issuer.claims(SCOPE, now));

/** A secret made of the public key: a reader that lets the token choose between secret and key takes it. */
async function hmacToken(): Promise<string> {
  const pem = createPublicKey({ key: { ...issuer.key.jwk }, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  });
  const input = `${encoded({ ...HEADER, alg: 'HS256' })}.${encoded(issuer.claims(SCOPE, now))}`;
  return `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`;
}

async function tampered(part: 0 | 1 | 2): Promise<string> {
  const parts = (await good()).split('.');
  const text = parts[part] ?? '';
  const middle = Math.floor(text.length / 2);
  parts[part] = `${text.slice(0, middle)}${text[middle] === 'A' ? 'B' : 'A'}${text.slice(middle + 1)}`;
  return parts.join('.');
}

const supplied = { supplier: organisation(SUPPLIER), delegation_source: ALTINN };
const own = (changes: object) => withClaims({ consumer: { ...organisation(CONSUMER), ...changes } });

const BAD: readonly [name: string, code: string, token: () => Promise<string> | string][] = [
  // 1: the form
  ['nothing', 'TOKEN_INVALID', () => ''],
  ['a word', 'TOKEN_INVALID', () => 'token'],
  ['two parts', 'TOKEN_INVALID', async () => (await good()).split('.').slice(0, 2).join('.')],
  ['four parts', 'TOKEN_INVALID', async () => `${await good()}.x`],
  ['no signature', 'TOKEN_INVALID', async () => (await good()).replace(/\.[^.]+$/, '.')],
  ['an encrypted token', 'TOKEN_INVALID', () => 'a.b.c.d.e'],
  ['another alphabet', 'TOKEN_INVALID', async () => `${(await good()).slice(0, -2)}+/`],
  ['padding', 'TOKEN_INVALID', async () => `${await good()}==`],
  ['more than 8 kB', 'TOKEN_INVALID', withClaims({ more: 'x'.repeat(8_192) })],
  ['two tokens', 'TOKEN_INVALID', async () => `${await good()} ${await good()}`],
  ['two tokens with a comma', 'TOKEN_INVALID', async () => `${await good()}, Bearer ${await good()}`],
  // 2: the header
  [
    'alg none',
    'TOKEN_INVALID',
    () => `${encoded({ ...HEADER, alg: 'none' })}.${encoded(issuer.claims(SCOPE, now))}.`,
  ],
  ['alg None with a signature', 'TOKEN_INVALID', withHeader({ alg: 'None' })],
  ['HS256 with the public key', 'TOKEN_INVALID', hmacToken],
  ['ES256', 'TOKEN_INVALID', withHeader({ alg: 'ES256' })],
  ['PS256', 'TOKEN_INVALID', withHeader({ alg: 'PS256' })],
  ['rs256 in small letters', 'TOKEN_INVALID', withHeader({ alg: 'rs256' })],
  ['no alg', 'TOKEN_INVALID', withHeader({ alg: undefined })],
  ['a list of alg', 'TOKEN_INVALID', withHeader({ alg: ['RS256'] })],
  ['a jwk of its own', 'TOKEN_INVALID', selfSigned({ jwk: true })],
  ['the jwk of the issuer', 'TOKEN_INVALID', () => withHeader({ jwk: issuer.key.jwk })()],
  ['a jku', 'TOKEN_INVALID', withHeader({ jku: 'https://evil.example/jwk' })],
  ['an x5u', 'TOKEN_INVALID', withHeader({ x5u: 'https://evil.example/cert' })],
  ['an x5c', 'TOKEN_INVALID', withHeader({ x5c: ['MIIB'] })],
  ['a crit', 'TOKEN_INVALID', withHeader({ crit: ['exp'] })],
  ['an unencoded payload', 'TOKEN_INVALID', withHeader({ b64: false, crit: ['b64'] })],
  ['an ID token', 'TOKEN_INVALID', withHeader({ typ: 'id_token' })],
  ['a logout token', 'TOKEN_INVALID', withHeader({ typ: 'logout+jwt' })],
  ['no kid', 'TOKEN_INVALID', withHeader({ kid: undefined })],
  ['a kid that is a number', 'TOKEN_INVALID', withHeader({ kid: 1 })],
  ['alg twice', 'TOKEN_INVALID', () => doubleHeader()],
  ['a header that is a list', 'TOKEN_INVALID', () => signedText('[]', '{}')],
  ['a header that is no JSON', 'TOKEN_INVALID', () => signedText('alg', '{}')],
  // 3: the key and the signature
  ['an unknown key', 'TOKEN_INVALID', () => issuer.sign(issuer.claims(SCOPE, now), foreign)],
  ['a known kid, another key', 'TOKEN_INVALID', selfSigned({ kid: 'maskinporten-1' })],
  ['a changed payload', 'TOKEN_INVALID', () => tampered(1)],
  ['a changed signature', 'TOKEN_INVALID', () => tampered(2)],
  ['RS512 of an RS256 signature', 'TOKEN_INVALID', withHeader({ alg: 'RS512' })],
  // 4: the claims
  ['another issuer', 'TOKEN_INVALID', withClaims({ iss: 'https://maskinporten.no/' })],
  ['the issuer without its slash', 'TOKEN_INVALID', () => withClaims({ iss: issuer.issuer.slice(0, -1) })()],
  ['no issuer', 'TOKEN_INVALID', without('iss')],
  ['a list of issuers', 'TOKEN_INVALID', () => withClaims({ iss: [issuer.issuer] })()],
  ['another audience', 'TOKEN_INVALID', withClaims({ aud: 'https://annet.no' })],
  ['no audience', 'TOKEN_INVALID', without('aud')],
  ['an audience that begins with ours', 'TOKEN_INVALID', withClaims({ aud: `${AUDIENCE}.evil.example` })],
  ['other audiences', 'TOKEN_INVALID', withClaims({ aud: ['https://annet.no', `${AUDIENCE}/`] })],
  ['expired', 'TOKEN_EXPIRED', () => withClaims({ iat: seconds(-300), exp: seconds(-1) })()],
  ['expired now', 'TOKEN_EXPIRED', () => withClaims({ iat: seconds(-60), exp: seconds(0) })()],
  ['no exp', 'TOKEN_INVALID', without('exp')],
  [
    'an exp that is text',
    'TOKEN_INVALID',
    () => withPayload((text) => text.replace(/"exp":(\d+)/, '"exp":"$1"'))(),
  ],
  [
    'an endless exp',
    'TOKEN_INVALID',
    () => withPayload((text) => text.replace(/"exp":\d+/, '"exp":1e999'))(),
  ],
  ['a life of eleven minutes', 'TOKEN_INVALID', () => withClaims({ exp: seconds(660) })()],
  ['an end before its beginning', 'TOKEN_INVALID', () => withClaims({ iat: seconds(9), exp: seconds(5) })()],
  ['no iat', 'TOKEN_INVALID', without('iat')],
  ['issued in the future', 'TOKEN_INVALID', () => withClaims({ iat: seconds(30) })()],
  ['not valid yet', 'TOKEN_INVALID', () => withClaims({ nbf: seconds(60) })()],
  ['an nbf that is text', 'TOKEN_INVALID', withClaims({ nbf: 'now' })],
  ['a claim twice', 'TOKEN_INVALID', withPayload((text) => text.replace('{', `{"aud":"${AUDIENCE}",`))],
  [
    'a consumer twice',
    'TOKEN_INVALID',
    withPayload((text) => text.replace('"ID"', '"ID":"0192:974760673","ID"')),
  ],
  [
    'a scope twice, spelled otherwise',
    'TOKEN_INVALID',
    withPayload((text) => text.replace('{', '{"\\u0073cope":"a",')),
  ],
  ['a payload that is a list', 'TOKEN_INVALID', withPayload((text) => `[${text}]`)],
  ['a payload that is no JSON', 'TOKEN_INVALID', withPayload((text) => text.slice(1))],
  ['a payload bound to a person', 'TOKEN_INVALID', withClaims({ pid: '21483812345' })],
  ['a token bound to a key', 'TOKEN_INVALID', withClaims({ cnf: { jkt: 'x' } })],
  ['a client id that is an object', 'TOKEN_INVALID', withClaims({ client_id: {} })],
  ['a jti of any length', 'TOKEN_INVALID', withClaims({ jti: 'x'.repeat(500) })],
  // 5: the organisations
  ['no consumer', 'TOKEN_INVALID', without('consumer')],
  ['a consumer that is text', 'TOKEN_INVALID', withClaims({ consumer: `0192:${CONSUMER}` })],
  ['another authority', 'TOKEN_INVALID', own({ authority: 'iso6523' })],
  ['no authority', 'TOKEN_INVALID', own({ authority: undefined })],
  ['another register', 'TOKEN_INVALID', own({ ID: `0184:${CONSUMER}` })],
  ['no register', 'TOKEN_INVALID', own({ ID: CONSUMER })],
  ['eight digits', 'TOKEN_INVALID', own({ ID: '0192:88964078' })],
  ['ten digits', 'TOKEN_INVALID', own({ ID: `0192:${CONSUMER}0` })],
  ['a wrong check digit', 'TOKEN_INVALID', own({ ID: '0192:889640783' })],
  ['digits of another script', 'TOKEN_INVALID', own({ ID: '0192:٨٨٩٦٤٠٧٨٢' })],
  ['a supplier without delegation', 'TOKEN_INVALID', withClaims({ supplier: organisation(SUPPLIER) })],
  [
    'a delegation made elsewhere',
    'TOKEN_INVALID',
    withClaims({ ...supplied, delegation_source: 'https://altinn.example/' }),
  ],
  ['a delegation to no one', 'TOKEN_INVALID', withClaims({ delegation_source: ALTINN })],
  [
    'a supplier with a wrong check digit',
    'TOKEN_INVALID',
    withClaims({ ...supplied, supplier: organisation('991825828') }),
  ],
  ['a supplier that is null', 'TOKEN_INVALID', withClaims({ ...supplied, supplier: null })],
  // 6: the scopes
  ['no scope', 'TOKEN_INVALID', without('scope')],
  ['an empty scope', 'TOKEN_INVALID', withClaims({ scope: '' })],
  ['a list of scopes', 'TOKEN_INVALID', withClaims({ scope: [SCOPE] })],
  ['scopes with a line break', 'TOKEN_INVALID', withClaims({ scope: `a\n${SCOPE}` })],
];

function selfSigned({ jwk, kid }: { jwk?: true; kid?: string }) {
  return () =>
    new SignJWT(issuer.claims(SCOPE, now))
      .setProtectedHeader({ alg: 'RS256', kid: kid ?? foreign.kid, ...(jwk && { jwk: foreign.jwk }) })
      .sign(foreign.privateKey);
}

function doubleHeader() {
  const header = '{"alg":"none","kid":"maskinporten-1","alg":"RS256"}';
  return signedText(header, JSON.stringify(issuer.claims(SCOPE, now)));
}

describe('a token that is not as it must be', () => {
  test('there are at least 60 kinds of them', () => {
    expect(BAD.length).toBeGreaterThanOrEqual(60);
    expect(new Set(BAD.map(([name]) => name)).size).toBe(BAD.length);
  });

  test.each(BAD)('%s: %s, and nothing of it in the answer', async (_name, code, make) => {
    const token = await make();
    const refused = await refusal(`Bearer ${token}`);
    expect(refused.code).toBe(code);
    expect(refused.message).toMatch(/^[A-ZÆØÅ].*\. ?.*[.»]$/);
    const spoken = refused.message.toLowerCase();
    for (const value of ['889640782', '974760673', 'evil', '21483812345', 'foreign', 'maskinporten-1'])
      expect(spoken).not.toContain(value);
    for (const part of token.split('.')) if (part.length > 8) expect(refused.message).not.toContain(part);
  });

  test.each([
    ['another scheme', 'TOKEN_MISSING', 'Basic b3Q6aGVtbWVsaWc='],
    ['a key-bound scheme', 'TOKEN_MISSING', 'DPoP abc'],
    ['a bare token', 'TOKEN_MISSING', 'abc.def.ghi'],
    ['a scheme alone', 'TOKEN_INVALID', 'Bearer'],
  ])('%s: %s', async (_name, code, authorization) => {
    expect((await refusal(authorization)).code).toBe(code);
  });

  test('two headers are refused, although both tokens are good', async () => {
    const token = `Bearer ${await good()}`;
    expect((await refusal([token, token])).code).toBe('TOKEN_INVALID');
  });
});

describe('a token of the issuer', () => {
  test('says for whom the caller acts, with which scopes, and what was granted', async () => {
    const grant: AccessGrant = {
      id: '1',
      org: orgId('telemarkfylke-no'),
      orgnr: CONSUMER as OrganisationNumber,
      scope: 'ot/feeds/school-dropout.write',
      institution: null,
      protectedYouths: false,
    };
    expect(await tokens([grant]).principalOf([`Bearer ${await good()}`])).toEqual({
      kind: 'machine',
      name: `0192:${CONSUMER}`,
      key: `0192:${CONSUMER}`,
      consumer: CONSUMER,
      supplier: null,
      clientId: 'school-system',
      tokenId: 'c3Dd9bVnUcI4zJc0',
      scopes: new Set(['ot/feeds/school-dropout.write']),
      grants: [grant],
    });
  });

  test('of a supplier acts for the consumer, and is another caller than the consumer itself', async () => {
    const token = await withClaims(supplied)();
    expect(await tokens().principalOf([`bearer ${token}`])).toMatchObject({
      name: `0192:${CONSUMER}`,
      key: `0192:${CONSUMER}/0192:${SUPPLIER}`,
      supplier: SUPPLIER,
    });
  });

  test.each([
    ['several audiences', { aud: ['https://annet.no', AUDIENCE] }],
    ['a clock ten seconds ahead', { iat: Math.floor(Date.now() / 1000) + 8 }],
    ['other details', { authorization_details: [{ type: 'urn:altinn:systemuser' }] }],
    ['no client and no id', { client_id: undefined, jti: undefined }],
  ])('with %s is accepted', async (_name, changes) => {
    await expect(tokens().principalOf([`Bearer ${await withClaims(changes)()}`])).resolves.toBeDefined();
  });

  test.each(['RS384', 'RS512'])('signed with %s is accepted', async (alg) => {
    const key = await makeKey('longer', alg);
    issuer.publish([issuer.key.jwk, key.jwk]);
    const token = await new SignJWT(issuer.claims(SCOPE, now))
      .setProtectedHeader({ alg, kid: 'longer', typ: 'at+jwt' })
      .sign(key.privateKey);
    await expect(tokens().principalOf([`Bearer ${token}`])).resolves.toBeDefined();
  });

  test.each([
    ['a longer word', `${SCOPE}s`],
    ['a longer prefix', `x${SCOPE}`],
    ['another prefix', 'annet:ot/feeds/school-dropout.write'],
    ['no prefix', 'ot/feeds/school-dropout.write'],
    ['a scope in capitals', SCOPE.toUpperCase()],
  ])('with %s has not the scope', async (_name, scope) => {
    const { scopes } = await tokens().principalOf([`Bearer ${await withClaims({ scope })()}`]);
    expect(scopes.has('ot/feeds/school-dropout.write')).toBe(false);
  });

  test('of several scopes has each as a whole word', async () => {
    const token = await withClaims({ scope: `annet:a ${SCOPE} ${PREFIX}:ot/reports.read` })();
    const { scopes } = await tokens().principalOf([`Bearer ${token}`]);
    expect([...scopes]).toEqual(['ot/feeds/school-dropout.write', 'ot/reports.read']);
  });
});

describe('the keys of the issuer', () => {
  test('are fetched once for many tokens at the same time', async () => {
    const before = issuer.fetched();
    const machine = tokens();
    const token = `Bearer ${await good()}`;
    await Promise.all(Array.from({ length: 50 }, () => machine.principalOf([token])));
    expect(issuer.fetched() - before).toBe(1);
  });

  test('a flood of unknown keys is one call in five minutes', async () => {
    const machine = tokens();
    await machine.principalOf([`Bearer ${await good()}`]);
    now += 5 * MINUTE;
    const before = issuer.fetched();
    for (let each = 0; each < 200; each += 1) {
      now += 1_000;
      const token = await signedText(JSON.stringify({ alg: 'RS256', kid: `key-${each}` }), '{}');
      expect((await refusal(`Bearer ${token}`, machine)).code).toBe('TOKEN_INVALID');
    }
    expect(issuer.fetched() - before).toBe(1);
  });

  test('a new key is used as soon as a token has it, the old one while it is published, without a restart', async () => {
    const machine = tokens();
    await machine.principalOf([`Bearer ${await good()}`]);
    const next = await makeKey('maskinporten-2');
    issuer.publish([issuer.key.jwk, next.jwk]);
    now += 6 * MINUTE;
    const fresh = `Bearer ${await issuer.sign(issuer.claims(SCOPE, now), next)}`;
    await expect(machine.principalOf([fresh])).resolves.toBeDefined();
    await expect(machine.principalOf([`Bearer ${await good()}`])).resolves.toBeDefined();
    issuer.publish([next.jwk]);
    now += 24 * 60 * MINUTE;
    expect((await refusal(`Bearer ${await good()}`, machine)).code).toBe('TOKEN_INVALID');
  });

  test('known keys go on while the issuer is away for an hour, also when they are a day old', async () => {
    const machine = tokens();
    await machine.principalOf([`Bearer ${await good()}`]);
    now += 24 * 60 * MINUTE - 30 * MINUTE;
    issuer.answerWith(null);
    for (let minute = 0; minute < 60; minute += 1) {
      now += MINUTE;
      await expect(machine.principalOf([`Bearer ${await good()}`])).resolves.toBeDefined();
      const unknown = `Bearer ${await issuer.sign(issuer.claims(SCOPE, now), foreign)}`;
      expect((await refusal(unknown, machine)).code).toBe('ISSUER_AWAY');
    }
    expect(troubles).toBeGreaterThan(0);
    issuer.answerWith(undefined);
    now += MINUTE;
    const unknown = `Bearer ${await issuer.sign(issuer.claims(SCOPE, now), foreign)}`;
    expect((await refusal(unknown, machine)).code).toBe('TOKEN_INVALID');
  });

  test.each([
    ['closes the connection', null],
    ['answers 500', { status: 500, body: '' }],
    ['answers with a page', { status: 200, body: '<html>' }],
    [
      'is another issuer',
      { status: 200, body: '{"issuer":"https://annet.no/","jwks_uri":"https://annet.no/jwk"}' },
    ],
    ['has no keys', { status: 200, body: '{"keys":[]}' }],
    ['answers without end', { status: 200, body: `{"keys":"${'x'.repeat(600_000)}"}` }],
  ])('an issuer that %s is away, and the token is not wrong', async (_name, answer) => {
    issuer.answerWith(answer);
    const machine = tokens();
    const token = `Bearer ${await good()}`;
    expect((await refusal(token, machine)).code).toBe('ISSUER_AWAY');
    issuer.answerWith(undefined);
    expect((await refusal(token, machine)).code).toBe('ISSUER_AWAY');
    now += MINUTE;
    await expect(machine.principalOf([`Bearer ${await good()}`])).resolves.toBeDefined();
  });
});
