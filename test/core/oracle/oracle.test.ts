import fc from 'fast-check';
import { expect, it } from 'vitest';
import { otAdviser } from '../../../adapters/ot-adviser/index.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { askedRef, nameTag, pseudonym } from '../../harness/pseudonym.ts';
import {
  consent,
  contact,
  left,
  type Story,
  started,
  status,
  story,
  terminated,
} from '../../harness/story.ts';
import { type Case, type Expected, expected } from './expectation.ts';
import { B06, C12, GROUP, LISTS, PAIRS, SPEAKS, SPELLINGS, WISH_SIDES } from './tables.ts';

const RUNS = 14_000;
const CONTEXT = {
  county: countyNumber('40'),
  environment: 'test',
  activations: {},
  pseudonym,
  nameTag,
  askedRef,
} as const;
const QUESTIONS = new Set(['STATUS_AVVIST', 'STATUS_UTEN_KONTAKT', 'STATUS_ADVARSEL']);

const cause: fc.Arbitrary<Case['cause']> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.constantFrom(...Object.keys(LISTS)).map((event) => ({ kind: 'list' as const, event })),
  fc
    .array(fc.constantFrom(...Object.keys(WISH_SIDES)), { minLength: 1, maxLength: 3 })
    .map((codes) => ({ kind: 'wishes' as const, codes })),
  fc
    .tuple(fc.constantFrom(...Object.keys(B06)), fc.boolean())
    .map(([reason, lostRight]) => ({ kind: 'school' as const, reason, lostRight })),
  fc
    .tuple(fc.constantFrom(...Object.keys(C12)), fc.boolean())
    .map(([reason, lostRight]) => ({ kind: 'apprenticeship' as const, reason, lostRight })),
);

const ALL_GROUNDS = SPEAKS.map(([ground]) => ground);
/** Any, and often those that meet in one rule. */
const grounds: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<string[]>([]) },
  { weight: 4, arbitrary: fc.subarray(ALL_GROUNDS, { minLength: 1, maxLength: 3 }) },
  {
    weight: 2,
    arbitrary: fc.subarray(['VAR_I_AKTIVITET', 'KOM_I_AKTIVITET', 'I_ARBEID', 'ONSKER_MER_AKTIVITET']),
  },
  { weight: 1, arbitrary: fc.subarray(['FOLGES_OPP_AKTIVT', 'UTLAND_LENGE', 'ELEV_UTLAND', 'UTVANDRET']) },
);

/** As they are written, the ones with rules of their own more often. */
const written = fc.oneof(
  fc.constantFrom(...Object.keys(GROUP), ...Object.keys(SPELLINGS)),
  fc.constantFrom('OTNO', 'OTOV', 'OTOA', 'OTAP', 'OTFU_IM', ...PAIRS.flat()),
);

const anyCase: fc.Arbitrary<Case> = fc.record({
  cause,
  born: fc.constantFrom('2009-03-14' as const, '2005-05-25' as const, null),
  contact: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom('early' as const, 'late' as const, 'answered' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'none' as const,
        'unanswered' as const,
        'last-year' as const,
        'after' as const,
        'guardian' as const,
        'guardian-with-reason' as const,
      ),
    },
  ),
  place: fc.constantFrom(
    'none' as const,
    'none' as const,
    'none' as const,
    'school' as const,
    'private-school' as const,
    'apprenticeship' as const,
  ),
  measure: fc.constantFrom(
    'none' as const,
    'none' as const,
    'FYLKE' as const,
    'KOMMUNE' as const,
    'NAV' as const,
    'NAV' as const,
  ),
  consents: fc.constantFrom('none' as const, 'A' as const, 'both' as const),
  prior: fc.boolean(),
  kode: written,
  viaOt: fc.constantFrom('JA' as const, 'NEI' as const, null),
  loaded: fc.boolean(),
  grounds,
  reasoned: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
});

it('decide agrees with the decision tables of the domain reference, in more than ten thousand combinations', () => {
  const rules = new Set<string>();
  const codes = new Set<string>();
  let cases = 0;
  fc.assert(
    fc.property(anyCase, (given) => {
      const wanted = expected(given);
      expect(happened(given)).toEqual(wanted);
      cases += 1;
      if (wanted.registration !== null)
        codes.add(wanted.registration.code).add(wanted.registration.tilmeldingskode ?? 'ingen');
      for (const question of wanted.questions) rules.add(question.split(' ').slice(0, 2).join(' '));
    }),
    { numRuns: RUNS },
  );
  expect(cases).toBe(RUNS);
  // What was never asked has not been agreed on.
  const refusing = [
    'R10',
    'R11',
    'R12',
    'R13',
    'R14',
    'R17',
    'R18',
    'R19',
    'R20',
    'R21',
    'R22',
    'R24',
    'R25',
    'R38',
    'R39',
  ];
  for (const rule of refusing) expect(rules).toContain(`STATUS_AVVIST ${rule}`);
  for (const rule of ['R02', 'R03']) expect(rules).toContain(`STATUS_UTEN_KONTAKT ${rule}`);
  const warning = [
    'R07',
    'R08',
    'R09',
    'R10',
    'R11',
    'R13',
    'R14',
    'R15',
    'R17',
    'R18',
    'R21',
    'R22',
    'R23',
    'R24',
  ];
  warning.push('R25', 'R26', 'R28', 'R29', 'R30', 'R31', 'R33', 'R35', 'R36', 'R37', 'R20', 'R32');
  for (const rule of warning) expect(rules).toContain(`STATUS_ADVARSEL ${rule}`);
  for (const code of [...Object.keys(GROUP), ...Object.values(LISTS), 'AVBRUTT', 'ingen'])
    expect(codes).toContain(code);
}, 120_000);

function happened(given: Case): Expected {
  const youth = story({ born: given.born });
  sendCause(youth, given.cause);
  sendContact(youth, given.contact);
  if (given.place !== 'none')
    youth.when('2026-09-19T08:00:00Z', started('40022', given.place), { effective: '2026-09-18' });
  sendMeasure(youth, given);
  if (given.prior) youth.when('2026-09-21T08:00:00Z', status('2026-27', 'OTOV'));
  const malformed = sendStatus(youth, given);
  if (given.contact === 'after') youth.when('2026-09-28T08:00:00Z', contact);
  const { registrations, alerts } = youth.youth();
  const [ours] = registrations.filter(({ schoolYear }) => schoolYear === '2026-27');
  return {
    malformed,
    registration:
      ours === undefined
        ? null
        : {
            tilmeldingskode: ours.tilmeldingskode,
            code: ours.status.code,
            group: ours.status.group,
            viaOt: ours.status.viaOt,
          },
    questions: alerts
      .filter(({ kind }) => QUESTIONS.has(kind))
      .map(({ kind, rule, proposed }) => [kind, rule, ...[...proposed].sort()].join(' '))
      .sort(),
  };
}

function sendCause(youth: Story, given: Case['cause']): void {
  const when = (body: FactBody) => youth.when('2026-09-02T08:00:00Z', body, { effective: '2026-09-01' });
  const schoolYear = '2026-27';
  switch (given.kind) {
    case 'none':
      return;
    case 'school':
      when(left('40014', given.reason, given.lostRight));
      return;
    case 'apprenticeship':
      when(terminated('987654321', given.reason, given.lostRight));
      return;
    case 'wishes':
      for (const code of given.codes) when({ kind: 'Wish', schoolYear, code, institution: null });
      return;
    case 'list':
      if (given.event === 'NotApplied') when({ kind: 'NotApplied', schoolYear });
      if (given.event === 'PlaceDeclined')
        when({ kind: 'PlaceDeclined', schoolYear, code: null, institution: null });
      if (given.event === 'NoShow') when({ kind: 'NoShow', schoolYear, institution: null });
  }
}

function sendContact(youth: Story, given: Case['contact']): void {
  const attempt = (answered: boolean): FactBody => ({ kind: 'ContactAttempt', channel: 'SMS', answered });
  const guardian = (reason: string | null): FactBody => ({ kind: 'Contact', via: 'FORESATT', reason });
  if (given === 'last-year') youth.when('2026-09-10T08:00:00Z', contact, { effective: '2026-05-10' });
  if (given === 'unanswered') youth.when('2026-09-10T08:00:00Z', attempt(false));
  if (given === 'early') youth.when('2026-09-10T08:00:00Z', contact);
  if (given === 'late') youth.when('2026-09-20T08:00:00Z', contact);
  if (given === 'answered') youth.when('2026-09-20T08:00:00Z', attempt(true));
  if (given === 'guardian') youth.when('2026-09-20T08:00:00Z', guardian(null));
  if (given === 'guardian-with-reason') youth.when('2026-09-20T08:00:00Z', guardian('SYKDOM'));
}

function sendMeasure(youth: Story, { measure: provider, consents }: Case): void {
  const at = '2026-09-19T09:00:00.000Z';
  const sides = consents === 'both' ? (['A', 'B'] as const) : consents === 'A' ? (['A'] as const) : [];
  for (const side of sides)
    for (const party of ['UNGDOM', 'FORESATT'] as const)
      youth.when(at, consent(side, party, 'SAMTYKKET', at, null, 'TILTAK'));
  if (provider !== 'none')
    youth.when(
      at,
      { kind: 'Measure', provider, content: 'OPPLARING', to: null },
      { effective: '2026-09-18' },
    );
}

/** Through the adapter, as an OT system sends it. @returns the field that is complained about. */
function sendStatus(youth: Story, { kode, viaOt, loaded, grounds: grunnlag, reasoned }: Case): string | null {
  const received = '2026-09-25T08:00:00.000Z';
  const value = {
    id: 'status',
    type: 'status',
    fodselsnummer: '20920483098',
    kilde: 'ot:40201',
    dato: '2026-09-25',
    kode,
    ...(viaOt !== null && { viaOT: viaOt }),
    ...(loaded && { innlest: true }),
    grunnlag,
    ...(reasoned && { fastholdtFordi: 'RADGIVERS_VURDERING' }),
  };
  const verdict = otAdviser.read({ value, received, envelope: null }, CONTEXT);
  if (verdict.kind === 'malformed') return verdict.problems.map(({ field }) => field).join();
  if (verdict.kind !== 'event') throw new Error(verdict.kind);
  const { source, id, effective, feed, county } = verdict.event;
  youth.when(received, verdict.event, { source, id, effective, feed, county });
  return null;
}
