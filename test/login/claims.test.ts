import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { assuranceOf } from '../../src/access/people/assurance.ts';
import { loggedIn } from '../../src/access/people/claims.ts';
import { readClientKey } from '../../src/access/people/clientKey.ts';
import { cookieNames, cookieValue, setCookie } from '../../src/access/people/cookies.ts';
import { representationAsked, representedOrganisations } from '../../src/access/people/representation.ts';

const ID_PORTEN = { acr: 'idporten-loa-high', resource: null, tenant: null };
const ANSATTPORTEN = { acr: 'high', resource: 'ot-bridge', tenant: null };
const TENANT = '11111111-2222-3333-4444-555555555555';
const ENTRA = { acr: null, resource: null, tenant: TENANT };

describe('who logged in', () => {
  test('is the identity number where there is one, else the issuer’s own name', () => {
    expect(loggedIn({ sub: 's', pid: '14830989960' }, undefined, ID_PORTEN)).toMatchObject({
      person: '14830989960',
      subject: 's',
    });
    expect(loggedIn({ sub: 's' }, undefined, ID_PORTEN)?.person).toBe('s');
    expect(loggedIn({}, undefined, ID_PORTEN)).toBeUndefined();
  });

  test('at Entra ID is the object of the county’s own tenant, with its groups; no other tenant’s', () => {
    const claims = { sub: 's', tid: TENANT, oid: 'o', groups: ['g1', 7, 'g2'], pid: '14830989960' };
    expect(loggedIn(claims, undefined, ENTRA)).toMatchObject({ person: `${TENANT}/o`, groups: ['g1', 'g2'] });
    expect(loggedIn({ ...claims, tid: 'another' }, undefined, ENTRA)).toBeUndefined();
    expect(loggedIn({ sub: 's', groups: ['g1'] }, undefined, ENTRA)).toBeUndefined();
    // Groups that another issuer names are not the county's.
    expect(loggedIn(claims, undefined, ID_PORTEN)?.groups).toEqual([]);
  });
});

describe('whom the person represents', () => {
  const details = (parts: Record<string, unknown>) => [
    { type: 'ansattporten:altinn:resource', resource: 'urn:altinn:resource:ot-bridge', ...parts },
  ];
  const party = (ID: string, more: Record<string, unknown> = {}) => ({
    orgno: { authority: 'iso6523-actorid-upis', ID },
    resource: 'ot-bridge',
    ...more,
  });

  test('is asked for by the resource, and required', () => {
    expect(JSON.parse(representationAsked('ot-bridge'))).toEqual([
      {
        type: 'ansattporten:altinn:resource',
        resource: 'urn:altinn:resource:ot-bridge',
        representation_is_required: true,
      },
    ]);
  });

  test('is read from parties and from the older reportees, each once', () => {
    expect(
      representedOrganisations(
        details({
          authorized_parties: [party('0192:889640782'), party('0192:889640782')],
          reportees: [{ Authority: 'iso6523-actorid-upis', ID: '0192:974760673' }],
        }),
        'ot-bridge',
      ),
    ).toEqual(['889640782', '974760673']);
  });

  test.each([
    ['nothing', undefined],
    ['a text', 'authorization_details'],
    [
      'another resource',
      [{ resource: 'urn:altinn:resource:other', authorized_parties: [party('0192:889640782')] }],
    ],
    [
      'a party of another resource',
      details({ authorized_parties: [party('0192:889640782', { resource: 'other' })] }),
    ],
    ['a wrong check digit', details({ authorized_parties: [party('0192:889640783')] })],
    ['another register', details({ authorized_parties: [party('0007:889640782')] })],
    [
      'another authority',
      details({ authorized_parties: [{ orgno: { authority: 'x', ID: '0192:889640782' } }] }),
    ],
    ['no list', details({ authorized_parties: party('0192:889640782') })],
  ])('is no organisation by %s', (_name, answered) => {
    expect(representedOrganisations(answered, 'ot-bridge')).toEqual([]);
  });

  test('is not asked of the token response when the ID token says it', () => {
    const inToken = details({ authorized_parties: [party('0192:889640782')] });
    const outside = details({ authorized_parties: [party('0192:974760673')] });
    const of = (claims: Record<string, unknown>) =>
      loggedIn({ sub: 's', ...claims }, outside, ANSATTPORTEN)?.orgnrs;
    expect(of({ authorization_details: inToken })).toEqual(['889640782']);
    expect(of({})).toEqual(['974760673']);
  });
});

describe('the level of assurance', () => {
  test.each([
    ['high', 'high', true, true],
    ['high', 'substantial', true, true],
    ['substantial', 'high', false, false],
    ['idporten-loa-high', 'idporten-loa-high', true, true],
    ['idporten-loa-substantial', 'idporten-loa-high', false, false],
    ['entraid', 'entraid', false, true],
    ['substantial', 'entraid', false, false],
    ['constructor', 'high', false, false],
    [undefined, 'high', false, false],
    ['substantial', null, false, true],
  ] as const)('%s where %s was asked for: high %s, enough %s', (acr, wanted, high, enough) => {
    expect(assuranceOf({ acr }, wanted)).toMatchObject({ high, enough });
  });

  test('of Entra ID is the authentication context that was asked for', () => {
    expect(assuranceOf({ acr: '1', acrs: ['c1', 'c2'] }, 'c1')).toEqual({
      acr: 'c1',
      high: true,
      enough: true,
    });
    expect(assuranceOf({ acr: '1', acrs: ['c2'] }, 'c1')).toEqual({ acr: '1', high: false, enough: false });
  });
});

describe('the client’s key', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

  test('is a JWK with its name, or a PEM', () => {
    const jwk = { ...rsa.export({ format: 'jwk' }), kid: 'k1', 'x5t#S256': 'thumb' };
    expect(readClientKey(JSON.stringify(jwk))).toMatchObject({ kid: 'k1', thumbprint: 'thumb' });
    expect(readClientKey(ec.export({ format: 'pem', type: 'pkcs8' }).toString()).kid).toBeNull();
    expect(readClientKey(rsa.export({ format: 'pem', type: 'pkcs1' }).toString()).kid).toBeNull();
  });

  test.each([
    ['no key', 'hemmelig'],
    ['a cut JWK', '{"kty":"RSA"'],
    [
      'a public key',
      JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })),
    ],
    [
      'a short one',
      generateKeyPairSync('rsa', { modulusLength: 1_024 })
        .privateKey.export({ format: 'pem', type: 'pkcs8' })
        .toString(),
    ],
    [
      'another curve',
      generateKeyPairSync('ec', { namedCurve: 'P-384' })
        .privateKey.export({ format: 'pem', type: 'pkcs8' })
        .toString(),
    ],
  ])('is refused when it is %s, without a word of it', (_name, text) => {
    expect(() => readClientKey(text)).toThrow(/^LOGIN_CLIENT_KEY_FILE holder ingen privat nøkkel/);
  });
});

describe('cookies', () => {
  const value = 'a'.repeat(43);

  test('over https belong to this very host, and no script reads them', () => {
    const names = cookieNames('https://ot.fylke.example');
    expect(setCookie(names.session, value, names)).toBe(
      `__Host-ot=${value}; Path=/; HttpOnly; SameSite=Lax; Secure`,
    );
  });

  test('that are there twice, or were not drawn here, are none', () => {
    expect(cookieValue(`a=1; ot=${value}`, 'ot')).toBe(value);
    expect(cookieValue(`ot=${value}; ot=${value}`, 'ot')).toBeUndefined();
    expect(cookieValue(`xot=${value}`, 'ot')).toBeUndefined();
    expect(cookieValue('ot=short', 'ot')).toBeUndefined();
    expect(cookieValue(null, 'ot')).toBeUndefined();
  });
});
