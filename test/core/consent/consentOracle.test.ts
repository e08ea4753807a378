import { expect, it } from 'vitest';
import { bothPermit, type DeniedFor, permits } from '../../../src/core/consent/permits.ts';
import { CONSENT_STATES } from '../../../src/core/youth/statusEvent.ts';
import type { FactOf } from '../../../src/core/youth/youthEvent.ts';
import { type Age, bothOpen, measuresOpen, type Shown, shown } from '../oracle/consent.ts';
import { ofAge, PARTIES, said } from './anyConsent.ts';

const NOW = '2026-02-28T12:00:00.000Z';
const BORN: Record<Exclude<Age, 'unknown'>, string> = {
  minor: '2009-03-14',
  adult: '2004-12-20',
  'leap-day': '2008-02-29',
};
const AGES: readonly Age[] = ['minor', 'adult', 'leap-day', 'unknown'];
const PAST = '2026-02-28T12:00:00.000Z';
const AHEAD = '2026-02-28T12:00:00.001Z';

type Answer = (party: (typeof PARTIES)[number], side: 'A' | 'B') => FactOf<'Consent'>[];

const wide = (party: (typeof PARTIES)[number], side: 'A' | 'B', until: string | null = null) =>
  said(party, 'SAMTYKKET', '2026-01-10', until, side, { scope: ['TILTAK'] });

/** All that one party can have said of a side: nothing, each state, ends on either edge, a tie, a yes of the next moment. */
const ANSWERS: readonly Answer[] = [
  () => [],
  ...CONSENT_STATES.map(
    (state): Answer =>
      (party, side) => [said(party, state, '2026-01-10', null, side)],
  ),
  (party, side) => [said(party, 'SAMTYKKET', '2026-01-10', PAST, side)],
  (party, side) => [said(party, 'SAMTYKKET', '2026-01-10', AHEAD, side)],
  (party, side) => [said(party, 'VENTER_PAA_SVAR', '2026-01-10', PAST, side)],
  (party, side) => [
    said(party, 'SAMTYKKET', '2026-01-10', null, side),
    said(party, 'TRUKKET', '2026-01-10', null, side),
  ],
  (party, side) => [wide(party, side)],
  // Two yes of one moment, of which one names less; a narrower yes after a wider; a wider that has ended.
  (party, side) => [wide(party, side), said(party, 'SAMTYKKET', '2026-01-10', null, side)],
  (party, side) => [wide(party, side), said(party, 'SAMTYKKET', '2026-01-11', null, side)],
  (party, side) => [wide(party, side, PAST)],
  (party, side) => [said(party, 'SAMTYKKET', AHEAD, null, side)],
  (party, side) => [
    said(party, 'TRUKKET', '2026-01-10', null, side),
    said(party, 'SAMTYKKET', '2026-01-11', null, side),
  ],
];

const SHOWN: Record<DeniedFor, Shown> = {
  SAMTYKKET: 'yes',
  IKKE_SAMTYKKET: 'no',
  TRUKKET: 'no',
  MOTSTRID: 'unclear',
  UTLOPT: 'expired',
  SVARFRIST_PASSERT: 'expired',
  VENTER_PAA_SVAR: 'waiting',
  MANGLER: 'missing',
  FORESATTE_UKJENT: 'missing',
  // Only where measures are asked about.
  UTEN_TILTAK: 'unclear',
};

/** Of one side, by what its three parties have said. */
function sideOf(side: 'A' | 'B'): FactOf<'Consent'>[][] {
  return ANSWERS.flatMap((youth) =>
    ANSWERS.flatMap((one) =>
      ANSWERS.map((two) => [youth, one, two].flatMap((answer, at) => answer(PARTIES[at]!, side))),
    ),
  );
}

type Elsewhere = (side: 'A' | 'B') => FactOf<'Consent'>[];
const counted =
  (guardians: 1 | 2, at: string): Elsewhere =>
  (side) => [said('UNGDOM', 'VENTER_PAA_SVAR', at, null, side === 'A' ? 'B' : 'A', { guardians })];

/** What a record on the other side says of how many guardians there are: nothing, before the answers, with them, after. */
const NUMBERS: readonly Elsewhere[] = [
  () => [],
  counted(1, '2026-01-09'),
  counted(1, '2026-01-10'),
  counted(1, '2026-01-12'),
  counted(2, '2026-01-09'),
  counted(2, AHEAD),
];

it('every side of every party’s answers at every age is open, and shown, as the oracle says', () => {
  const wrong: string[] = [];
  const counts = new Map<Shown, number>();
  for (const side of ['A', 'B'] as const) {
    for (const facts of sideOf(side).flatMap((one) => NUMBERS.map((number) => [...one, ...number(side)]))) {
      for (const age of AGES) {
        const { permit, state } = permits(facts, side, age === 'unknown' ? null : ofAge(BORN[age]), NOW);
        const wanted = shown(facts, side, age, NOW);
        counts.set(wanted, (counts.get(wanted) ?? 0) + 1);
        if (SHOWN[state] === wanted && permit === (wanted === 'yes')) continue;
        const answers = facts.map(
          ({ party, state: answered, guardians }) => `${party} ${answered} ${guardians}`,
        );
        wrong.push(`${age} ${answers.join(', ')}: ${state}, and not ${wanted}`);
      }
    }
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(200_000);
  expect([...counts.keys()].sort()).toEqual(['expired', 'missing', 'no', 'unclear', 'waiting', 'yes']);
});

/** With what the guardians’ own records say of how many they are. */
function stating(guardians: number | undefined, facts: FactOf<'Consent'>[]): FactOf<'Consent'>[] {
  if (guardians !== 1 && guardians !== 2) return facts;
  return facts.map((fact) => (fact.party === 'FORESATT' ? { ...fact, guardians } : fact));
}

/** All three say yes; all three say it of measures too. */
const ALIKE = [1, 11];
const alike = (answer: number) => answer * (ANSWERS.length ** 2 + ANSWERS.length + 1);

it('both directions must be open, and measures named on both: every answer of one side with every kind of answer of the other', () => {
  const wrong: string[] = [];
  let [tried, open, named] = [0, 0, 0];
  const all = { A: sideOf('A'), B: sideOf('B') };
  // One of each kind at each age, so that the other side can be all of them.
  const some = (side: 'A' | 'B') =>
    all[side].filter((_facts, at) => at % 997 === 0 || ALIKE.some((each) => at === alike(each)));
  for (const [one, other] of [
    ['A', 'B'],
    ['B', 'A'],
  ] as const) {
    for (const [index, facts] of all[one].entries()) {
      for (const more of some(other)) {
        for (const age of AGES) {
          const both = stating([undefined, 1, 2][index % 3], [...facts, ...more]);
          const wanted = bothOpen(both, age, NOW);
          tried += 1;
          const wide = measuresOpen(both, age, NOW);
          if (wanted) open += 1;
          if (wide) named += 1;
          const at = age === 'unknown' ? null : ofAge(BORN[age]);
          if (bothPermit(both, at, NOW) !== wanted || bothPermit(both, at, NOW, 'TILTAK') !== wide)
            wrong.push(
              `${age} ${both.map(({ side, party, state, scope }) => `${side} ${party} ${state} ${scope}`).join(', ')}`,
            );
        }
      }
    }
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(tried).toBeGreaterThan(10_000);
  expect(open).toBeGreaterThan(500);
  expect(named).toBeGreaterThan(500);
  expect(open - named).toBeGreaterThan(500);
});
