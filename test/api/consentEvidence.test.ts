import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createConsentTokens } from '../../src/access/machine/consentTokens.ts';
import { createIssuerKeys } from '../../src/access/machine/issuerKeys.ts';
import type { ApiParts } from '../../src/api/parts.ts';
import { organisationNumber } from '../../src/core/access/organisationNumber.ts';
import type { AltinnResource } from '../../src/core/consent/altinn.ts';
import { permits } from '../../src/core/consent/permits.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { policyWith } from '../../src/core/policy.ts';
import { ofAge } from '../core/consent/anyConsent.ts';
import { altinnConsent, altinnToken } from '../harness/altinn.ts';
import { apiInMemory } from '../harness/apiInMemory.ts';
import { dropout } from '../harness/feedRecords.ts';
import {
  ALTINN,
  AUDIENCE,
  CONSUMER,
  type Issuer,
  OTHER_CONSUMER,
  organisation,
  PREFIX,
  startIssuer,
} from '../harness/maskinporten.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { person } from '../harness/persons.ts';
import { appOf, bodyOf, ORG, problemOf, sent, testParts } from './parts.ts';

const P01 = person('P01');
const P20 = person('P20');
const GUARDIAN = person('G01').fodselsnummer;
const OTHER_GUARDIAN = person('G04').fodselsnummer;
const NAV = organisationNumber(CONSUMER)!;
const COUNTY = organisationNumber(OTHER_CONSUMER)!;

const RESOURCES: AltinnResource[] = [
  { side: 'A', resource: 'ot-spor-nav', to: NAV, metadata: { fylke: '40' } },
  { side: 'B', resource: 'nav-svarer-ot', to: COUNTY, metadata: {} },
  { side: 'B', resource: 'nav-svarer-ot', to: NAV, metadata: {} },
  // Its wording names measures; the token does not say so.
  { side: 'B', resource: 'nav-svarer-ot-tiltak', to: NAV, metadata: {}, omfang: ['TILTAK'] },
];
const POLICY = policyWith(countyNumber('40'), { altinnConsents: RESOURCES });

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());

const consentTokens = () =>
  createConsentTokens({
    keys: createIssuerKeys({
      addresses: { issuer: issuer.issuer, metadataUrl: issuer.metadataUrl, jwksUri: null },
      now: Date.now,
      onTrouble: () => undefined,
    }),
    expected: { issuer: issuer.issuer, audience: AUDIENCE, scopePrefix: PREFIX, delegationSource: ALTINN },
    now: Date.now,
  });

const from = (number: string) => `urn:altinn:person:identifier-no:${number}`;
const SIDE_A = { resource: 'ot-spor-nav', metadata: { fylke: '40' } };
const SIDE_B = { resource: 'nav-svarer-ot' };
/** A guardian's, which names the youth. */
const about = (right: { resource: string; metadata?: object }, number = P01.fodselsnummer) => ({
  ...right,
  metadata: { ...right.metadata, ungdom: number },
});

function posting(changes: Partial<ApiParts> = {}) {
  const parts = testParts({ consentTokens: consentTokens(), policyOf: () => POLICY, ...changes });
  const { post } = appOf(parts);
  return {
    parts,
    async send(body: object, details: object, claims: object = {}) {
      const token = await altinnToken(issuer, [details], claims);
      return post(`/organisations/${ORG}/feeds/consent/altinn`, { token, ...body });
    },
  };
}

describe('a consent of Altinn as evidence', () => {
  const YOUTH = { fodselsnummer: P01.fodselsnummer, part: 'UNGDOM' };
  const GUARDED = { fodselsnummer: P01.fodselsnummer, part: 'FORESATT', avgittAv: GUARDIAN };

  it('becomes one record in the feed for each side it opens, under the consent’s own id', async () => {
    const { parts, send } = posting();
    const details = altinnConsent({ consentRights: [SIDE_B, SIDE_A, { resource: 'other' }, SIDE_A] });
    const response = await send({ fodselsnummer: P01.fodselsnummer, part: 'UNGDOM' }, details);
    expect(response.status).toBe(202);
    const { rows, receipt } = await bodyOf(response);
    expect([rows, response.headers.get('location')]).toEqual([2, receipt]);
    const common = {
      fodselsnummer: P01.fodselsnummer,
      part: 'UNGDOM',
      tilstand: 'SAMTYKKET',
      tidspunkt: '2026-01-15T10:34:39.676Z',
      gyldigTil: '2099-01-20T10:34:34.836Z',
      rettsgrunnlag: 'SAMTYKKE',
      kilde: 'altinn',
    };
    expect(sent(parts.publisher, 'consent').map(({ value }) => JSON.parse(String(value)))).toEqual([
      { id: `altinn:${details.id}:A`, side: 'A', ...common },
      { id: `altinn:${details.id}:B`, side: 'B', ...common },
    ]);
  });

  it.each([
    [['nav-svarer-ot'], undefined],
    [['nav-svarer-ot-tiltak'], ['TILTAK']],
    [['nav-svarer-ot', 'nav-svarer-ot-tiltak'], ['TILTAK']],
  ])(
    'of resources %j names measures only where the county has said that the wording does',
    async (all, omfang) => {
      const { parts, send } = posting();
      const details = altinnConsent({ consentRights: all.map((resource) => ({ resource })) });
      expect((await send({ fodselsnummer: P01.fodselsnummer, part: 'UNGDOM' }, details)).status).toBe(202);
      const rows = sent(parts.publisher, 'consent').map(({ value }) => JSON.parse(String(value)));
      expect(rows.map((row) => [row.side, row.omfang])).toEqual([['B', omfang]]);
    },
  );

  it('says how many guardians there are where the sender does, and opens nothing of a minor without', async () => {
    for (const antallForesatte of [undefined, 1, 2]) {
      const { parts, send } = posting();
      const details = altinnConsent({ from: from(GUARDIAN), consentRights: [about(SIDE_A)] });
      expect((await send({ ...GUARDED, antallForesatte }, details)).status).toBe(202);
      const [record] = sent(parts.publisher, 'consent');
      expect(JSON.parse(String(record?.value)).antallForesatte).toBe(antallForesatte);
    }
  });

  it('leaves neither number nor token in logs, addresses, headers and keys', async () => {
    const { parts, send } = posting();
    const details = altinnConsent({ from: from(GUARDIAN), consentRights: [about(SIDE_A)] });
    const body = { fodselsnummer: P01.fodselsnummer, part: 'FORESATT', avgittAv: GUARDIAN };
    const response = await send(body, details);
    expect(response.status).toBe(202);
    const [record] = sent(parts.publisher, 'consent');
    const left = JSON.stringify([
      parts.logged,
      parts.problems,
      await response.text(),
      [...response.headers],
      record?.key,
      Object.entries(record?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    ]);
    for (const secret of [P01.fodselsnummer, GUARDIAN, 'eyJ']) expect(left).not.toContain(secret);
    // Who the guardian is stays with Altinn.
    expect(String(record?.value)).not.toContain(GUARDIAN);
  });

  it.each([
    ['given by another than the youth', YOUTH, { from: from(GUARDIAN) }, /annen enn ungdommen.*FORESATT/],
    ['by the youth, with a guardian named', { ...YOUTH, avgittAv: GUARDIAN }, {}, /ikke gitt av en foresatt/],
    [
      'by a guardian, without who that is',
      { ...GUARDED, avgittAv: undefined },
      { from: from(GUARDIAN), consentRights: [about(SIDE_A)] },
      /ikke hvilken foresatt/,
    ],
    [
      'by the youth as guardian',
      { ...GUARDED, avgittAv: P01.fodselsnummer },
      { consentRights: [about(SIDE_A)] },
      /ikke sin egen foresatt/,
    ],
    [
      'by another than the guardian named',
      GUARDED,
      { from: from(OTHER_GUARDIAN), consentRights: [about(SIDE_A)] },
      /annen enn den som står i avgittAv/,
    ],
    ['by a guardian about no youth', GUARDED, { from: from(GUARDIAN) }, /hvilken ungdom/],
    [
      'by a guardian about another youth',
      GUARDED,
      { from: from(GUARDIAN), consentRights: [about(SIDE_A, P20.fodselsnummer)] },
      /hvilken ungdom/,
    ],
    [
      'about another resource',
      YOUTH,
      { consentRights: [{ resource: 'inntekt' }] },
      /ikke noe fylkeskommunen/,
    ],
    [
      'about another county',
      YOUTH,
      { consentRights: [{ ...SIDE_A, metadata: { fylke: '39' } }] },
      /ikke noe fylkeskommunen/,
    ],
    [
      'without the county',
      YOUTH,
      { consentRights: [{ resource: 'ot-spor-nav' }] },
      /ikke noe fylkeskommunen/,
    ],
    [
      'about a narrower thing than the county asked for',
      YOUTH,
      { consentRights: [{ ...SIDE_A, metadata: { fylke: '40', bare: '2026' } }] },
      /ikke noe fylkeskommunen/,
    ],
  ])('%s is refused, and nothing is sent', async (_name, body, details, why) => {
    const { parts, send } = posting();
    const response = await send(body, altinnConsent(details));
    expect(response.status).toBe(422);
    const { type, detail } = await problemOf(response);
    expect(type).toBe('urn:ot-bridge:EVIDENCE_REFUSED');
    expect(detail).toMatch(why);
    expect(detail).not.toMatch(/\d{9}/);
    expect(sent(parts.publisher, 'consent')).toEqual([]);
  });

  it('given to another receiver than the county has named for the side is refused', async () => {
    const { send } = posting();
    const details = altinnConsent({ to: organisation(OTHER_CONSUMER) });
    const response = await send(YOUTH, details, { consumer: organisation(OTHER_CONSUMER) });
    expect(response.status).toBe(422);
  });

  it('a token that is not believed is refused as evidence, and not as the caller’s own', async () => {
    const { send } = posting();
    const response = await send(YOUTH, altinnConsent(), { aud: 'https://other.no' });
    expect(response.status).toBe(422);
    expect(response.headers.get('www-authenticate')).toBeNull();
    expect((await problemOf(response)).detail).toContain('ikke til dette API-et');
  });

  it('no evidence counts until the county has named its resources', async () => {
    const { send } = posting({ policyOf: () => policyWith(countyNumber('40'), {}) });
    expect((await send(YOUTH, altinnConsent())).status).toBe(422);
  });

  it('without an issuer nothing can be checked, and the answer says what to do instead', async () => {
    const { send } = posting({ consentTokens: null });
    const response = await send(YOUTH, altinnConsent());
    expect(response.status).toBe(422);
    expect((await problemOf(response)).detail).toContain('Send svaret til strømmen consent');
  });

  it('an issuer that is away is answered with when to try again', async () => {
    const { send } = posting();
    issuer.answerWith(null);
    const response = await send(YOUTH, altinnConsent());
    issuer.answerWith(undefined);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10']);
  });

  it('an error that is none of the token’s is no refusal', async () => {
    const broken = { consentIn: () => Promise.reject(new Error('out of memory')) };
    const { parts, send } = posting({ consentTokens: broken });
    expect((await send(YOUTH, altinnConsent())).status).toBe(500);
    expect(parts.problems).toHaveLength(1);
  });

  it.each([
    ['a token that is too long', { token: 'x'.repeat(8_193) }],
    ['another party', { part: 'VERGE' }],
    ['an unknown field', { samtykke: 'ja' }],
    ['three guardians', { antallForesatte: 3 }],
    ['a number with ten digits', { fodselsnummer: '1483098996' }],
  ])('%s is an invalid request', async (_name, changes) => {
    const { parts, send } = posting();
    expect((await send({ ...YOUTH, ...changes }, altinnConsent())).status).toBe(400);
    expect(sent(parts.publisher, 'consent')).toEqual([]);
  });

  it('is taken by the feed consent alone', async () => {
    const { post } = appOf(posting().parts);
    const token = await altinnToken(issuer, [altinnConsent()]);
    const response = await post(`/organisations/${ORG}/feeds/ot-adviser/altinn`, { token, ...YOUTH });
    expect(response.status).toBe(404);
  });
});

describe('through the pipeline', () => {
  const NOW = '2026-11-03T08:00:00.000Z';
  let pipeline: TestPipeline;
  let api: ReturnType<typeof apiInMemory>;

  beforeEach(async () => {
    pipeline = await createTestPipeline({
      org: orgId('fylke40-no'),
      county: '40',
      policy: { altinnConsents: RESOURCES },
    });
    api = apiInMemory(pipeline, () => NOW, { consentTokens: consentTokens() });
  });

  async function give(body: object, details: object) {
    const token = await altinnToken(issuer, [details]);
    const response = await api.post('feeds/consent/altinn', { token, ...body }, {});
    expect(response.status).toBe(202);
  }

  const sides = async (number: string, born: string) => {
    await pipeline.settle();
    const facts = (await pipeline.youth(number))?.youth.facts ?? [];
    const consents = facts.filter((fact) => fact.kind === 'Consent');
    return (['A', 'B'] as const).map((side) => permits(consents, side, ofAge(born), NOW).state);
  };

  it('evidence opens its sides, the same evidence again is a duplicate, and a withdrawal by the feed ends it', async () => {
    await pipeline.send('school-dropout', [dropout(P20, '2026-10-06')], { at: '2026-10-07T08:00:00.000Z' });
    const body = { fodselsnummer: P20.fodselsnummer, part: 'UNGDOM' };
    const details = altinnConsent({ from: from(P20.fodselsnummer), consentRights: [SIDE_A, SIDE_B] });
    await give(body, details);
    expect(await sides(P20.fodselsnummer, P20.fodselsdato)).toEqual(['SAMTYKKET', 'SAMTYKKET']);
    const before = (await pipeline.youth(P20.fodselsnummer))?.version;
    await give(body, details);
    expect((await pipeline.youth(P20.fodselsnummer))?.version).toBe(before);
    const withdrawal = {
      fodselsnummer: P20.fodselsnummer,
      side: 'B',
      part: 'UNGDOM',
      tilstand: 'TRUKKET',
      tidspunkt: '2026-11-02T08:00:00.000Z',
      rettsgrunnlag: 'SAMTYKKE',
      kilde: 'nav-kommune:4001',
    };
    await api.post('feeds/consent', withdrawal, {});
    await give(body, details);
    expect(await sides(P20.fodselsnummer, P20.fodselsdato)).toEqual(['SAMTYKKET', 'TRUKKET']);
  });

  it('of two guardians each gives one’s own, and the same consent does not count for both', async () => {
    await pipeline.send('school-dropout', [dropout(P01, '2026-10-06')], { at: '2026-10-07T08:00:00.000Z' });
    const details = altinnConsent({ from: from(GUARDIAN), consentRights: [about(SIDE_A)] });
    const guardian = { fodselsnummer: P01.fodselsnummer, avgittAv: GUARDIAN };
    const asked = {
      fodselsnummer: P01.fodselsnummer,
      side: 'A',
      part: 'FORESATT2',
      tilstand: 'VENTER_PAA_SVAR',
    };
    await api.post(
      'feeds/consent',
      { ...asked, tidspunkt: '2026-01-10T08:00:00.000Z', rettsgrunnlag: 'SAMTYKKE', kilde: 'ot:40201' },
      {},
    );
    await give({ ...guardian, part: 'FORESATT' }, details);
    await give({ ...guardian, part: 'FORESATT2' }, details);
    expect(await sides(P01.fodselsnummer, P01.fodselsdato)).toEqual(['VENTER_PAA_SVAR', 'MANGLER']);
    const own = altinnConsent({ from: from(OTHER_GUARDIAN), consentRights: [about(SIDE_A)] });
    await give({ ...guardian, avgittAv: OTHER_GUARDIAN, part: 'FORESATT2' }, own);
    expect(await sides(P01.fodselsnummer, P01.fodselsdato)).toEqual(['SAMTYKKET', 'MANGLER']);
  });
});
