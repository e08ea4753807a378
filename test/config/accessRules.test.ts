import { describe, expect, test } from 'vitest';
import { type Environment, readConfig } from '../../src/config/config.ts';

const MASKINPORTEN: Environment = {
  MASKINPORTEN_ISSUER: 'https://maskinporten.no/',
  MASKINPORTEN_AUDIENCE: 'https://ot.fylke.no',
};
const LOGIN: Environment = {
  LOGIN_ISSUER: 'https://ansattporten.no',
  LOGIN_CLIENT_ID: 'ot-bridge',
  LOGIN_CLIENT_KEY_FILE: '/run/secrets/login.jwk',
};
const PUBLIC: Environment = { PUBLIC_URL: 'https://ot.fylke.no' };
const PRODUCTION: Environment = {
  OT_ENVIRONMENT: 'production',
  KAFKA_BROKERS: 'kafka-1:9092',
  DATABASE_URL: 'postgres://ot@db/ot?sslmode=verify-full',
  ORGANISATIONS: 'telemarkfylke-no:40',
  VAULT_KEY: Buffer.alloc(32, 7).toString('base64'),
  AUDIT_KEY_FILE: '/run/secrets/audit.pem',
  AUDIT_CHECKPOINT_DIR: '/var/audit',
};

function accessOf(env: Environment) {
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.message);
  return read.config.access;
}

function linesOf(env: Environment): string[] {
  const read = readConfig(env);
  if (read.ok) return [];
  return read.message
    .replace(/^Oppsettet kan ikke brukes:\s/, '')
    .split('\n')
    .map((line) => line.trim());
}

describe('where it listens and which issuers it knows decide who may call', () => {
  test('loopback, test, no issuer: open, with nothing set', () => {
    expect(accessOf({})).toEqual({ maskinporten: null, login: null, publicUrl: null, trustedProxies: [] });
  });

  test.each([
    ['machine tokens', MASKINPORTEN],
    ['login', LOGIN],
    ['both', { ...MASKINPORTEN, ...LOGIN }],
  ])('loopback, test, with %s: those are asked for', (_name, issuers) => {
    const { maskinporten, login } = accessOf(issuers);
    expect([maskinporten !== null, login !== null]).toEqual([
      'MASKINPORTEN_ISSUER' in issuers,
      'LOGIN_ISSUER' in issuers,
    ]);
  });

  test('loopback, production, no issuer: refused', () => {
    expect(linesOf(PRODUCTION)).toEqual([
      'OT_ENVIRONMENT kan ikke være production uten PUBLIC_URL, MASKINPORTEN_ISSUER og LOGIN_ISSUER, også på 127.0.0.1, for bak en omvendt proxy er alle lokale: sett dem',
    ]);
  });

  test.each([
    ['MASKINPORTEN_ISSUER', { ...PUBLIC, ...LOGIN }],
    ['LOGIN_ISSUER', { ...PUBLIC, ...MASKINPORTEN }],
    ['PUBLIC_URL', { ...LOGIN, ...MASKINPORTEN }],
  ])('production without %s is refused, on any address', (lacking, rest) => {
    expect(linesOf({ ...PRODUCTION, ...rest })).toEqual([
      expect.stringMatching(new RegExp(`^OT_ENVIRONMENT kan ikke være production uten ${lacking},`)),
    ]);
    expect(linesOf({ ...PRODUCTION, ...rest, HTTP_HOST: '0.0.0.0' })).toEqual([
      expect.stringMatching(new RegExp(`^HTTP_HOST .* uten ${lacking}:`)),
    ]);
  });

  test.each(['0.0.0.0', '::', '10.0.0.4', 'ot.example.no', '127.evil.no', '1270.0.0.1'])(
    '%s, test, no issuer: refused, with the variables and the cure',
    (HTTP_HOST) => {
      expect(linesOf({ HTTP_HOST })).toEqual([
        'HTTP_HOST kan bare være loopback (127.0.0.1) uten PUBLIC_URL, MASKINPORTEN_ISSUER og LOGIN_ISSUER: sett dem',
      ]);
    },
  );

  test.each(['127.0.0.1', '127.0.0.2', '::1', '[::1]', 'localhost'])('%s needs nothing', (HTTP_HOST) => {
    expect(linesOf({ HTTP_HOST })).toEqual([]);
  });

  test.each([{}, PRODUCTION])('any address with both issuers and an https address: accepted', (rest) => {
    const env = { ...rest, ...PUBLIC, ...MASKINPORTEN, ...LOGIN, HTTP_HOST: '0.0.0.0' };
    expect(linesOf(env)).toEqual([]);
    expect(accessOf(env).publicUrl).toBe('https://ot.fylke.no');
  });

  test('a plain public address is refused when others than this machine call', () => {
    const env = { ...MASKINPORTEN, ...LOGIN, PUBLIC_URL: 'http://localhost:8080' };
    expect(linesOf(env)).toEqual([]);
    const https = [expect.stringMatching(/^PUBLIC_URL .*https/)];
    expect(linesOf({ ...env, HTTP_HOST: '0.0.0.0' })).toEqual(https);
    expect(linesOf({ ...env, ...PRODUCTION })).toEqual(https);
  });

  test('an open API is never put behind a proxy or a public name', () => {
    expect(linesOf({ ...PUBLIC, TRUSTED_PROXY: '10.0.0.1' })).toEqual([
      expect.stringMatching(/^PUBLIC_URL .*MASKINPORTEN_ISSUER eller LOGIN_ISSUER/),
      expect.stringMatching(/^TRUSTED_PROXY .*MASKINPORTEN_ISSUER eller LOGIN_ISSUER/),
    ]);
    expect(linesOf({ PUBLIC_URL: 'http://127.0.0.1:8080' })).toEqual([]);
  });

  test('a process that only consumes answers no callers and needs no issuers', () => {
    expect(linesOf({ ...PRODUCTION, ROLES: 'consume' })).toEqual([]);
  });
});

describe('the variables of an issuer', () => {
  test('have defaults by environment', () => {
    expect(accessOf({ ...MASKINPORTEN }).maskinporten).toEqual({
      issuer: 'https://maskinporten.no/',
      metadataUrl: 'https://maskinporten.no/.well-known/oauth-authorization-server',
      jwksUri: null,
      audience: 'https://ot.fylke.no',
      scopePrefix: 'otbridge',
      delegationSource: 'https://tt02.altinn.no/',
    });
    const production = { ...PRODUCTION, ...PUBLIC, ...MASKINPORTEN, ...LOGIN };
    expect(accessOf(production).maskinporten?.delegationSource).toBe('https://www.altinn.no/');
  });

  test('the metadata of an issuer with a path lie between its host and its path', () => {
    const env = { ...MASKINPORTEN, MASKINPORTEN_ISSUER: 'https://example.no/sikker/' };
    expect(accessOf(env).maskinporten?.metadataUrl).toBe(
      'https://example.no/.well-known/oauth-authorization-server/sikker',
    );
  });

  test('as NAIS gives them they are used', () => {
    const nais = {
      MASKINPORTEN_WELL_KNOWN_URL: 'https://maskinporten.no/.well-known/oauth-authorization-server',
      MASKINPORTEN_JWKS_URI: 'https://maskinporten.no/jwk',
      MASKINPORTEN_CLIENT_ID: 'unused',
    };
    expect(accessOf({ ...MASKINPORTEN, ...nais }).maskinporten).toMatchObject({
      metadataUrl: nais.MASKINPORTEN_WELL_KNOWN_URL,
      jwksUri: nais.MASKINPORTEN_JWKS_URI,
    });
  });

  test.each([
    ['MASKINPORTEN_AUDIENCE', { MASKINPORTEN_ISSUER: 'https://maskinporten.no/' }],
    ['LOGIN_CLIENT_ID', { ...LOGIN, LOGIN_CLIENT_ID: '' }],
    ['LOGIN_CLIENT_KEY_FILE', { ...LOGIN, LOGIN_CLIENT_KEY_FILE: '' }],
  ])('%s is needed with its issuer', (name, env) => {
    expect(linesOf(env)).toEqual([expect.stringMatching(new RegExp(`^${name} må settes når`))]);
  });

  test.each([
    ['MASKINPORTEN_AUDIENCE', 'ot'],
    ['MASKINPORTEN_SCOPE_PREFIX', 'ot'],
    ['MASKINPORTEN_DELEGATION_SOURCE', 'https://www.altinn.no/'],
    ['MASKINPORTEN_WELL_KNOWN_URL', 'https://maskinporten.no/'],
    ['MASKINPORTEN_JWKS_URI', 'https://maskinporten.no/jwk'],
    ['LOGIN_CLIENT_ID', 'ot'],
    ['LOGIN_RESOURCE', 'ot'],
    ['LOGIN_ACR', 'high'],
    ['LOGIN_TENANT', 'ot'],
  ])('%s does nothing without its issuer, and says so', (name, value) => {
    expect(linesOf({ [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name} virker ikke uten (MASKINPORTEN|LOGIN)_ISSUER$`)),
    ]);
  });

  test.each([
    ['PUBLIC_URL', 'https://ot.fylke.no/api'],
    ['PUBLIC_URL', 'https://ot:hemmelig@ot.fylke.no'],
    ['PUBLIC_URL', 'http://ot.fylke.no'],
    ['PUBLIC_URL', 'ot.fylke.no'],
    ['MASKINPORTEN_ISSUER', 'http://maskinporten.no/'],
    ['MASKINPORTEN_SCOPE_PREFIX', 'ot:bridge'],
    ['TRUSTED_PROXY', 'proxy.fylke.no'],
    ['TRUSTED_PROXY', '10.0.0.0/33'],
    ['TRUSTED_PROXY', '10.0.0.0/8/8'],
    ['TRUSTED_PROXY', 'fd00::/129'],
    ['HTTP_HOST', '127.0.0.1:8080'],
    ['HTTP_HOST', 'http://127.0.0.1'],
  ])('%s cannot be «%s»', (name, value) => {
    const lines = linesOf({ ...PUBLIC, ...MASKINPORTEN, ...LOGIN, [name]: value });
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^${name} `))]);
  });

  test('proxies are addresses and ranges of both families', () => {
    const env = { ...PUBLIC, ...MASKINPORTEN, ...LOGIN, TRUSTED_PROXY: '10.0.0.0/8, fd00::/8, ::1' };
    expect(accessOf(env).trustedProxies).toEqual(['10.0.0.0/8', 'fd00::/8', '::1']);
  });
});
