import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ConsentTokens, createConsentTokens } from '../../src/access/machine/consentTokens.ts';
import { createIssuerKeys } from '../../src/access/machine/issuerKeys.ts';
import { TokenRefused } from '../../src/access/machine/tokenRefused.ts';
import { altinnConsent, altinnToken, FROM, TO_NAV } from '../harness/altinn.ts';
import {
  ALTINN,
  AUDIENCE,
  type Issuer,
  makeKey,
  OTHER_CONSUMER,
  organisation,
  PREFIX,
  SUPPLIER,
  startIssuer,
} from '../harness/maskinporten.ts';

let issuer: Issuer;
let tokens: ConsentTokens;
let now = 0;

beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());
beforeEach(() => {
  now = Date.now();
  tokens = createConsentTokens({
    keys: createIssuerKeys({
      addresses: { issuer: issuer.issuer, metadataUrl: issuer.metadataUrl, jwksUri: null },
      now: () => now,
      onTrouble: () => undefined,
    }),
    expected: { issuer: issuer.issuer, audience: AUDIENCE, scopePrefix: PREFIX, delegationSource: ALTINN },
    now: () => now,
  });
});

const iso = (at: number) => new Date(at).toISOString();
const refusal = async (token: string) => {
  const error = await tokens.consentIn(token).catch((thrown: unknown) => thrown);
  if (!(error instanceof TokenRefused)) throw new Error(`not refused: ${String(error)}`);
  return error;
};

describe('a consent in a token', () => {
  it.each([
    ['receiver as a text, «metadata»', TO_NAV, 'metadata'],
    ['receiver as a text, «metaData»', TO_NAV, 'metaData'],
    ['receiver as an object, «metadata»', undefined, 'metadata'],
    ['receiver as an object, «metaData»', undefined, 'metaData'],
  ] as const)('is read with %s', async (_name, to, spelt) => {
    const details = altinnConsent({
      ...(to !== undefined && { to }),
      consentRights: [{ resource: 'ot-spor-nav', [spelt]: { fylke: '40' } }],
    });
    const read = await tokens.consentIn(await altinnToken(issuer, [details]));
    expect(read).toMatchObject({ id: details.id, to: '889640782' });
    expect(read.from.reveal()).toBe(FROM);
    expect(read.rights.map(({ resource, metadata }) => [resource, [...metadata]])).toEqual([
      ['ot-spor-nav', [['fylke', '40']]],
    ]);
  });

  it('is read with the fractions of a second that Altinn writes, beside the rights of a system, and from a supplier', async () => {
    const details = altinnConsent({
      consented: '2026-01-15T10:34:39.676924+00:00',
      validTo: '2099-07-18T06:18:12.2597103+02:00',
    });
    const system = { type: 'urn:altinn:systemuser', systemuser_id: ['x'], system_id: 'y' };
    const read = await tokens.consentIn(
      await altinnToken(issuer, [system, details], {
        supplier: organisation(SUPPLIER),
        delegation_source: ALTINN,
      }),
    );
    expect([read.consented, read.validTo]).toEqual(['2026-01-15T10:34:39.676Z', '2099-07-18T04:18:12.259Z']);
  });

  it('holds nothing of its giver where it is written out', async () => {
    const read = await tokens.consentIn(await altinnToken(issuer, [altinnConsent()]));
    expect(`${JSON.stringify(read)} ${String(read.from)}`).not.toContain(FROM);
  });
});

type Bad = (at: number) => Promise<string>;
const withConsent =
  (changes: Parameters<typeof altinnConsent>[0]): Bad =>
  () =>
    altinnToken(issuer, [altinnConsent(changes)]);
const withClaims =
  (changes: object): Bad =>
  () =>
    altinnToken(issuer, [altinnConsent()], changes);
const right = (changes: object) => withConsent({ consentRights: [{ resource: 'ot-spor-nav', ...changes }] });

const BAD: Record<string, [Bad, RegExp]> = {
  'no token': [async () => 'abc', /ikke et signert JWT/],
  'a token without a signature': [
    async () => {
      const [, payload] = (await altinnToken(issuer, [altinnConsent()])).split('.');
      return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    },
    /ikke et signert JWT/,
  ],
  'a secret that both share as the key': [
    async () =>
      new SignJWT(issuer.claims('x'))
        .setProtectedHeader({ alg: 'HS256', kid: 'a' })
        .sign(Buffer.alloc(32, 1)),
    /RS256, RS384 eller RS512/,
  ],
  'a key that the issuer does not have': [
    async () =>
      issuer.sign(
        { ...issuer.claims('x'), authorization_details: [altinnConsent()] },
        await makeKey('other'),
      ),
    /nøkkel som utstederen ikke har/,
  ],
  'the name of the issuer’s key and another key': [
    async () => {
      const { privateKey } = await generateKeyPair('RS256');
      return issuer.sign(
        { ...issuer.claims('x'), authorization_details: [altinnConsent()] },
        { ...issuer.key, privateKey },
      );
    },
    /Signaturen stemmer ikke/,
  ],
  'content changed after the signing': [
    async () => {
      const [head, , signature] = (await altinnToken(issuer, [altinnConsent()])).split('.');
      const content = { ...issuer.claims('x'), authorization_details: [altinnConsent({ to: TO_NAV })] };
      return `${head}.${Buffer.from(JSON.stringify(content)).toString('base64url')}.${signature}`;
    },
    /Signaturen stemmer ikke/,
  ],
  'another issuer': [withClaims({ iss: 'https://maskinporten.no/' }), /utstedt av en annen/],
  'another audience': [withClaims({ aud: 'https://skatteetaten.no' }), /ikke til dette API-et/],
  'no audience': [withClaims({ aud: undefined }), /ikke til dette API-et/],
  'a token that has expired': [
    (at) => withClaims({ iat: Math.floor(at / 1000) - 300, exp: Math.floor(at / 1000) - 1 })(at),
    /Tokenet er utløpt/,
  ],
  'a token of tomorrow': [
    (at) => withClaims({ iat: Math.floor(at / 1000) + 86_400, exp: Math.floor(at / 1000) + 86_500 })(at),
    /gjelder ikke ennå/,
  ],
  'a token that lasts a day': [
    (at) => withClaims({ exp: Math.floor(at / 1000) + 86_400 })(at),
    /lenger enn ti minutter/,
  ],
  'a token bound to a person': [withClaims({ pid: FROM }), /bundet til en person/],
  'a consumer that is no organisation': [
    withClaims({ consumer: { authority: 'iso6523-actorid-upis', ID: '0192:123456789' } }),
    /consumer er ikke et organisasjonsnummer/,
  ],
  'another consumer than the consent is given to': [
    withClaims({ consumer: organisation(OTHER_CONSUMER) }),
    /gitt til en annen enn den tokenet er utstedt til/,
  ],
  'no authorization_details': [
    withClaims({ authorization_details: undefined }),
    /ikke noe samtykke fra Altinn/,
  ],
  'authorization_details that are no list': [
    withClaims({ authorization_details: altinnConsent() }),
    /ikke noe samtykke fra Altinn/,
  ],
  'only the rights of a system': [
    () => altinnToken(issuer, [{ type: 'urn:altinn:systemuser' }]),
    /ikke noe samtykke fra Altinn/,
  ],
  'the type as an early page spells it': [
    withConsent({ type: 'urn:altinn:concent' }),
    /ikke noe samtykke fra Altinn/,
  ],
  'two consents': [() => altinnToken(issuer, [altinnConsent(), altinnConsent()]), /flere samtykker/],
  'no id': [withConsent({ id: undefined }), /ingen id/],
  'an id that is no UUID': [withConsent({ id: FROM }), /ingen id/],
  'no receiver': [withConsent({ to: undefined }), /hvem samtykket er gitt til/],
  'a person as receiver': [
    withConsent({ to: `urn:altinn:person:identifier-no:${FROM}` }),
    /hvem samtykket er gitt til/,
  ],
  'a receiver of another register': [
    withConsent({ to: { authority: 'other', ID: '0192:889640782' } }),
    /hvem samtykket er gitt til/,
  ],
  'a receiver without a number': [
    withConsent({ to: { authority: 'iso6523-actorid-upis', ID: 889640782 } }),
    /hvem samtykket er gitt til/,
  ],
  'another receiver': [
    withConsent({ to: `urn:altinn:organization:identifier-no:${OTHER_CONSUMER}` }),
    /gitt til en annen/,
  ],
  'no giver': [withConsent({ from: undefined }), /ikke gitt av en person/],
  'an organisation as giver': [
    withConsent({ from: 'urn:altinn:organization:identifier-no:889640782' }),
    /ikke gitt av en person/,
  ],
  'a giver with ten digits': [
    withConsent({ from: 'urn:altinn:person:identifier-no:1483098996' }),
    /ikke gitt av en person/,
  ],
  'no moment of consent': [withConsent({ consented: undefined }), /når samtykket er gitt/],
  'the moment as an early page spells it': [
    withConsent({ consented: undefined, concented: '2026-01-15T10:34:39Z' }),
    /når samtykket er gitt/,
  ],
  'a moment without an offset': [withConsent({ consented: '2026-01-15T10:34:39' }), /når samtykket er gitt/],
  'a moment to come': [(at) => withConsent({ consented: iso(at + 60_000) })(at), /fram i tid/],
  'no end': [withConsent({ validTo: null }), /hvor lenge samtykket gjelder/],
  'an end that is a number': [withConsent({ validTo: 4_102_444_800 }), /hvor lenge samtykket gjelder/],
  'a consent that has run out': [(at) => withConsent({ validTo: iso(at - 1) })(at), /Samtykket er utløpt/],
  'an end before the beginning': [
    withConsent({ consented: '2026-01-15T10:34:39Z', validTo: '2026-01-15T10:34:38Z' }),
    /slutter før det er gitt/,
  ],
  'no rights': [withConsent({ consentRights: [] }), /hva det er samtykket til/],
  'rights as an early page spells them': [
    withConsent({ consentRights: undefined, concentrights: [] }),
    /hva det er samtykket til/,
  ],
  'more rights than any consent has': [
    withConsent({ consentRights: Array.from({ length: 51 }, () => ({ resource: 'ot-spor-nav' })) }),
    /hva det er samtykket til/,
  ],
  'a right that is no object': [withConsent({ consentRights: [null] }), /slik Altinn gjør det/],
  'another action': [right({ action: ['read'] }), /slik Altinn gjør det/],
  'more actions': [right({ action: ['consent', 'read'] }), /slik Altinn gjør det/],
  'no action': [right({ action: undefined }), /slik Altinn gjør det/],
  'two resources in one right': [
    right({
      resource: [
        { type: 'urn:altinn:resource', value: 'ot-spor-nav' },
        { type: 'urn:altinn:resource', value: 'other' },
      ],
    }),
    /slik Altinn gjør det/,
  ],
  'a resource of another type': [
    right({ resource: [{ type: 'urn:altinn:app', value: 'ot-spor-nav' }] }),
    /slik Altinn gjør det/,
  ],
  'a resource without a name': [
    right({ resource: [{ type: 'urn:altinn:resource' }] }),
    /slik Altinn gjør det/,
  ],
  'a resource that is no list': [right({ resource: null }), /slik Altinn gjør det/],
  'metadata in both spellings': [
    right({ metadata: { a: '1' }, metaData: { a: '1' } }),
    /slik Altinn gjør det/,
  ],
  'metadata that are a list': [right({ metadata: ['40'] }), /slik Altinn gjør det/],
  'metadata that are no text': [right({ metadata: { fylke: 40 } }), /slik Altinn gjør det/],
};

describe('a bad token is refused, with what is wrong and a cure', () => {
  it('in more than twenty ways', () => expect(Object.keys(BAD).length).toBeGreaterThan(20));

  it.each(Object.entries(BAD))('%s', async (_name, [bad, why]) => {
    const { code, message } = await refusal(await bad(now));
    expect(message).toMatch(why);
    expect(message).toMatch(/\. \S.*\.$/);
    expect(message).not.toMatch(/\d{9}/);
    expect(code).toMatch(/^TOKEN_(INVALID|EXPIRED)$/);
  });

  it('and the same token is believed with nothing wrong', async () => {
    await expect(tokens.consentIn(await altinnToken(issuer, [altinnConsent()]))).resolves.toBeDefined();
  });

  it('an issuer that is away is no fault of the token’s', async () => {
    issuer.answerWith(null);
    const { code } = await refusal(await altinnToken(issuer, [altinnConsent()]));
    issuer.answerWith(undefined);
    expect(code).toBe('ISSUER_AWAY');
  });
});
