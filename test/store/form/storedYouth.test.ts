import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import { numberRef } from '../../../src/core/person/reference.ts';
import { FEEDS } from '../../../src/core/youth/statusEvent.ts';
import { UNKNOWN_YOUTH } from '../../../src/core/youth/youth.ts';
import type { Fact } from '../../../src/core/youth/youthEvent.ts';
import { packYouth, unpackYouth } from '../../../src/store/form/storedYouth.ts';

const day = fc.constantFrom('2026-10-06', '2026-12-31', '2027-01-01');
const moment = fc.constantFrom('2026-10-07T07:12:00.000Z', '2026-12-31T23:30:00.000Z');
const text = fc.string();
const maybe = fc.option(text, { nil: null });

/** One example of each kind's own fields, so that a kind forgotten by the codec fails to compile here. */
const BODIES: {
  [K in Fact['kind']]: fc.Arbitrary<Omit<Extract<Fact, { kind: K }>, Exclude<keyof Fact, 'kind'>>>;
} = {
  NotApplied: fc.record({ kind: fc.constant('NotApplied'), schoolYear: text }),
  PlaceDeclined: fc.record({
    kind: fc.constant('PlaceDeclined'),
    schoolYear: text,
    code: maybe,
    institution: maybe,
  }),
  Wish: fc.record({ kind: fc.constant('Wish'), schoolYear: text, code: text, institution: maybe }),
  NoShow: fc.record({ kind: fc.constant('NoShow'), schoolYear: text, institution: maybe }),
  Applied: fc.record({ kind: fc.constant('Applied'), schoolYear: text }),
  Left: fc.record({
    kind: fc.constant('Left'),
    training: fc.constantFrom('school', 'apprenticeship'),
    institution: text,
    reason: text,
    list: text,
    lostRight: fc.boolean(),
  }),
  Started: fc.record({
    kind: fc.constant('Started'),
    training: fc.constant('school'),
    institution: text,
    hovedskole: fc.option(fc.boolean(), { nil: null }),
  }),
  AtRisk: fc.record({ kind: fc.constant('AtRisk'), institution: text, meeting: maybe }),
  Annulled: fc.record({ kind: fc.constant('Annulled'), annuls: text }),
  ContactAttempt: fc.record(
    {
      kind: fc.constant('ContactAttempt'),
      channel: text,
      answered: fc.boolean(),
      answeredBy: fc.constantFrom('UNGDOM', 'FORESATT'),
      reason: text,
      schoolYear: text,
      letter: text,
    },
    { requiredKeys: ['kind', 'channel', 'answered'] },
  ),
  Contact: fc.record({ kind: fc.constant('Contact'), via: fc.constant('FORESATT'), reason: maybe }),
  AdviserStatus: fc.record({
    kind: fc.constant('AdviserStatus'),
    schoolYear: text,
    code: text,
    list: text,
    viaOt: fc.constant('UKJENT'),
    grounds: fc.array(text, { maxLength: 3 }),
    override: maybe,
    unit: maybe,
  }),
  Recode: fc.record({
    kind: fc.constant('Recode'),
    schoolYear: text,
    tilmeldingskode: fc.constant('AVBRUTT'),
  }),
  RegisterSeen: fc.record({ kind: fc.constant('RegisterSeen'), code: text, list: text, unit: maybe }),
  ContractSeen: fc.record({ kind: fc.constant('ContractSeen'), institution: text, from: day, to: maybe }),
  Absent: fc.record({ kind: fc.constant('Absent'), list: fc.constant('laktiv'), run: text }),
  Present: fc.record({ kind: fc.constant('Present'), list: fc.constant('ot'), run: text }),
  NavAsked: fc.record({ kind: fc.constant('NavAsked'), batch: text, month: text }),
  NavRegister: fc.record({
    kind: fc.constant('NavRegister'),
    about: fc.constantFrom('ARBEIDSSOKER', 'OPPFOLGING', 'TILTAK', 'UNGDOMSPROGRAM'),
    state: maybe,
    measure: maybe,
    to: fc.option(day, { nil: null }),
    office: maybe,
  }),
  NavMatch: fc.record({
    kind: fc.constant('NavMatch'),
    batch: text,
    month: text,
    answer: fc.constantFrom('JA', null),
    office: maybe,
  }),
  Residence: fc.record({ kind: fc.constant('Residence'), municipality: text }),
  Emigrated: fc.record({ kind: fc.constant('Emigrated') }),
  Protection: fc.record({ kind: fc.constant('Protection'), grade: fc.constant('FORTROLIG') }),
  PupilSeen: fc.record({ kind: fc.constant('PupilSeen'), institution: text, from: day, to: maybe }),
  WithoutPlans: fc.record({
    kind: fc.constant('WithoutPlans'),
    schoolYear: text,
    institution: text,
    meeting: maybe,
  }),
  Referral: fc.record({ kind: fc.constant('Referral'), by: fc.constant('SELV') }),
  Measure: fc.record({
    kind: fc.constant('Measure'),
    provider: fc.constant('NAV'),
    content: fc.constant('OPPLARING'),
    to: maybe,
  }),
  Handover: fc.record({
    kind: fc.constant('Handover'),
    toCounty: text.map(countyNumber),
    answer: fc.constant('GODTATT'),
    unit: maybe,
  }),
  Renumbered: fc.record({
    kind: fc.constant('Renumbered'),
    numberRefs: fc.array(
      fc.record({ ref: text.map(numberRef), told: moment, since: fc.option(moment, { nil: null }) }),
      {
        maxLength: 3,
      },
    ),
  }),
  Consent: fc.record({
    kind: fc.constant('Consent'),
    side: fc.constant('A'),
    party: fc.constant('UNGDOM'),
    state: fc.constant('TRUKKET'),
    at: moment,
    validTo: fc.option(moment, { nil: null }),
    legalBasis: text,
  }),
};

const head = fc
  .record({
    feed: fc.constantFrom(...FEEDS),
    source: text,
    id: text,
    versions: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
    effective: day,
    reported: fc.option(moment, { nil: null }),
    county: fc.constantFrom('40', '03'),
    born: fc.option(day, { nil: null }),
    nameTag: fc.option(text, { nil: null }),
    received: moment,
    firstReceived: moment,
    firstReceivedOn: day,
  })
  .map((fields) => ({ ...fields, version: Math.max(...fields.versions) }));

const fact = fc
  .oneof(...Object.values(BODIES).map((body) => fc.tuple(head, body)))
  .map(([fields, body]) => ({ ...fields, ...body }) as Fact);

test('a stored youth is read back exactly as it was, whatever facts it has', () => {
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 12 }), fc.option(moment, { nil: null }), (facts, due) => {
      const youth = { ...UNKNOWN_YOUTH, facts, asOf: due, due };
      expect(unpackYouth(JSON.parse(packYouth(youth)))).toEqual(youth);
    }),
  );
});

test('a form that is not known is refused, not guessed', () => {
  expect(() => unpackYouth({ facts: [] })).toThrow('form');
  expect(() => unpackYouth([2, [], [], [], null, null])).toThrow('form');
  expect(() => unpackYouth([1, [[99]], [], [], null, null])).toThrow('kind');
});
