import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consentVersion,
  leftList,
  mayAsk,
  mayUse,
  type NavVerdict,
  nextLook,
} from '../../../src/core/nav/mayAsk.ts';
import { epochOf, instantOf } from '../../../src/core/time/date.ts';
import { osloDate, startOfOsloDay } from '../../../src/core/time/oslo.ts';
import { runs } from '../../harness/propertyRuns.ts';
import { oracleAsks, oracleUses, oracleUsesMeasures, type Tale } from './navOracle.ts';
import { LEAP_BIRTHDAY, questionOf, TALES, youthOf } from './tale.ts';

const both = (party: 'UNGDOM' | 'FORESATT' = 'UNGDOM') =>
  (['A', 'B'] as const).map((side) => ({
    side,
    party,
    state: 'SAMTYKKET' as const,
    day: 0,
    until: null,
    wide: false,
    guardians: party === 'FORESATT' ? (1 as const) : undefined,
  }));
const HAPPY: Tale = {
  birthday18: -400,
  leapDay: false,
  said: both(),
  graded: null,
  agreements: [{ from: -100, to: 100, revoked: null }],
  inGroup: true,
  merged: false,
  since: 5,
  today: 5,
};
const asks = (change: Partial<Tale> = {}) =>
  shown(mayAsk(youthOf({ ...HAPPY, ...change }), questionOf({ ...HAPPY, ...change })));
const uses = (change: Partial<Tale> = {}) =>
  shown(mayUse(youthOf({ ...HAPPY, ...change }), questionOf({ ...HAPPY, ...change })));
const shown = (verdict: NavVerdict) =>
  verdict.may ? 'may' : [verdict.stop, verdict.state].filter(Boolean).join(' ');

describe('whom NAV may be asked about', () => {
  it('is who lets OT ask, in the target group, under an agreement of the day', () => {
    expect(asks()).toBe('may');
    expect(asks({ agreements: [] })).toBe('INGEN_AVTALE');
    expect(asks({ agreements: [{ from: -100, to: 4, revoked: null }] })).toBe('INGEN_AVTALE');
    expect(asks({ inGroup: false })).toBe('IKKE_I_MALGRUPPEN');
    expect(asks({ merged: true })).toBe('SLATT_SAMMEN');
    expect(asks({ birthday18: null })).toBe('ALDER_UKJENT');
    expect(asks({ birthday18: -20_000 })).toBe('UTENFOR_ALDERSGRENSEN');
    expect(asks({ graded: { from: 2, lifted: null } })).toBe('GRADERT');
    for (const code of [4, 6, 7] as const)
      expect(asks({ graded: { from: 2, lifted: null, code } }), `kode ${code}`).toBe('GRADERT');
    expect(asks({ graded: { from: 2, lifted: 4 } })).toBe('may');
    expect(asks({ said: [] })).toBe('SAMTYKKE_A MANGLER');
  });

  it('needs no yes to the answer, which using the answer does (N07)', () => {
    const onlyA = HAPPY.said.slice(0, 1);
    expect(asks({ said: onlyA })).toBe('may');
    expect(uses({ said: onlyA })).toBe('SAMTYKKE_B MANGLER');
    expect(uses()).toBe('may');
    expect(uses({ inGroup: false })).toBe('may');
    expect(uses({ agreements: [] })).toBe('INGEN_AVTALE');
    expect(uses({ graded: { from: 5, lifted: null } })).toBe('GRADERT');
  });

  it('needs a yes that names measures for what NAV says of them, of all who have said yes, on both sides (Q30)', () => {
    const measures = (said: Tale['said'], more: Partial<Tale> = {}) => {
      const tale = { ...HAPPY, ...more, said };
      return shown(mayUse(youthOf(tale), { ...questionOf(tale), scope: 'TILTAK' }));
    };
    const wide = both().map((each) => ({ ...each, wide: true }));
    expect(measures(both())).toBe('SAMTYKKE_A UTEN_TILTAK');
    expect(measures([wide[0]!, both()[1]!])).toBe('SAMTYKKE_B UTEN_TILTAK');
    expect(measures([both()[0]!, wide[1]!])).toBe('SAMTYKKE_A UTEN_TILTAK');
    expect(measures(wide)).toBe('may');
    // A guardian cannot name for a minor what the minor, who was asked, has left out.
    const guardian = both('FORESATT').map((each) => ({ ...each, wide: true }));
    expect(measures(guardian, { birthday18: 400 })).toBe('may');
    expect(measures([...guardian, ...both()], { birthday18: 400 })).toBe('SAMTYKKE_A UTEN_TILTAK');
    expect(measures([...guardian, ...wide], { birthday18: 400 })).toBe('may');
    // Named again later does not bring back what a narrower answer has stopped.
    const narrowed = { ...both()[1]!, day: 6 };
    const again = { ...wide[1]!, day: 7 };
    expect(measures([...wide, narrowed, again], { since: 5, today: 8 })).toBe('SAMTYKKE_B UTEN_TILTAK');
    expect(measures([...wide, narrowed, again], { since: 7, today: 8 })).toBe('may');
  });

  it('needs both guardians of a minor where there are two, and does not guess how many there are (Q7)', () => {
    const minor = { birthday18: 400 };
    const [A, B] = both('FORESATT') as [Tale['said'][number], Tale['said'][number]];
    const unsaid = { ...A, guardians: undefined };
    expect(asks({ ...minor, said: [unsaid] })).toBe('SAMTYKKE_A FORESATTE_UKJENT');
    expect(asks({ ...minor, said: [A] })).toBe('may');
    // Said on the other side, and of an answer that is no yes.
    expect(asks({ ...minor, said: [unsaid, { ...B, state: 'VENTER_PAA_SVAR' }] })).toBe('may');
    expect(asks({ ...minor, said: [{ ...A, guardians: 2 }] })).toBe('SAMTYKKE_A MANGLER');
    const second = { ...A, party: 'FORESATT2' as const, guardians: undefined };
    expect(asks({ ...minor, said: [A, second] })).toBe('may');
    // An answer of the other side alone says that there are two.
    expect(asks({ ...minor, said: [A, { ...second, side: 'B' }] })).toBe('SAMTYKKE_A MANGLER');
    for (const state of ['IKKE_SAMTYKKET', 'VENTER_PAA_SVAR', 'TRUKKET'] as const)
      expect(asks({ ...minor, said: [A, { ...second, state }] })).toBe(`SAMTYKKE_A ${state}`);
    // Later there is one: the other no longer has a say, and of the same day the higher number counts.
    const no = { ...second, state: 'IKKE_SAMTYKKET' as const };
    expect(asks({ ...minor, said: [no, { ...A, day: 1 }] })).toBe('may');
    expect(asks({ ...minor, said: [no, A] })).toBe('SAMTYKKE_A IKKE_SAMTYKKET');
    // Found out after the question: what was asked about is withdrawn.
    expect(asks({ ...minor, said: [A, { ...B, guardians: 2, day: 6 }], since: 5, today: 7 })).toBe(
      'SAMTYKKE_A MANGLER',
    );
    expect(asks({ birthday18: -1, said: [...both(), unsaid] })).toBe('may');
  });

  it('tells a consent that has run out from a no (N08)', () => {
    const ended = { ...HAPPY.said[0]!, until: 3 };
    expect(asks({ said: [ended] })).toBe('SAMTYKKE_A UTLOPT');
    expect(asks({ said: [{ ...ended, state: 'IKKE_SAMTYKKET' }] })).toBe('SAMTYKKE_A IKKE_SAMTYKKET');
    expect(asks({ said: [{ ...ended, state: 'SVARFRIST_PASSERT' }] })).toBe('SAMTYKKE_A SVARFRIST_PASSERT');
  });

  it('is asked again of all the time since: a yes that comes back does not bring back what it stopped (N02)', () => {
    const back = [
      ...both(),
      {
        side: 'A' as const,
        party: 'UNGDOM' as const,
        state: 'TRUKKET' as const,
        day: 7,
        until: null,
        wide: false,
      },
      {
        side: 'A' as const,
        party: 'UNGDOM' as const,
        state: 'SAMTYKKET' as const,
        day: 8,
        until: null,
        wide: false,
      },
    ];
    expect(asks({ said: back, since: 5, today: 9 })).toBe('SAMTYKKE_A TRUKKET');
    expect(asks({ said: back, since: 9, today: 9 })).toBe('may');
  });

  it('follows the guardian until the 18th birthday and the youth from it (N06), and no one on a leap child’s day between', () => {
    const guardian = { said: both('FORESATT'), birthday18: 7 };
    expect(asks({ ...guardian, today: 6 })).toBe('may');
    expect(asks({ ...guardian, today: 7 })).toBe('SAMTYKKE_A MANGLER');
    const leap = { said: [...both(), ...both('FORESATT')], leapDay: true, birthday18: LEAP_BIRTHDAY };
    expect([7, 8, 9].map((today) => asks({ ...leap, since: today, today }))).toEqual([
      'may',
      'SAMTYKKE_A MANGLER',
      'may',
    ]);
  });

  it('agrees with an oracle of its own, whatever was said, agreed, and at whatever age (both ways)', () => {
    const seen = { asks: 0, uses: 0, measures: 0 };
    fc.assert(
      fc.property(TALES, (tale) => {
        const [youth, question] = [youthOf(tale), questionOf(tale)];
        const [asked, used] = [mayAsk(youth, question).may, mayUse(youth, question).may];
        const named = mayUse(youth, { ...question, scope: 'TILTAK' }).may;
        expect([asked, used, named]).toEqual([oracleAsks(tale), oracleUses(tale), oracleUsesMeasures(tale)]);
        if (asked) seen.asks += 1;
        if (used) seen.uses += 1;
        if (named) seen.measures += 1;
      }),
      { ...runs(20_000), seed: 13 },
    );
    // Neither answer is rare: an oracle that always says no would agree with a program that does.
    expect(seen.asks).toBeGreaterThan(runs(20_000).numRuns / 20);
    expect(seen.measures).toBeGreaterThan(runs(20_000).numRuns / 80);
    expect(seen.uses - seen.measures).toBeGreaterThan(runs(20_000).numRuns / 200);
    expect(seen.uses).toBeGreaterThan(runs(20_000).numRuns / 50);
  });
});

describe('who may no longer be in a list', () => {
  const ENDLESS = [{ from: '2000-01-01', to: '2099-12-31', revoked: null }];
  const DAY_MS = 86_400_000;

  it('is who would not be asked about with an agreement that lasts, whatever is agreed', () => {
    const seen = { left: 0, stays: 0 };
    fc.assert(
      fc.property(TALES, (tale) => {
        const [youth, question] = [youthOf(tale), questionOf(tale)];
        const left = leftList(youth, { ...question, asked: question.since! }) !== null;
        expect(left).toBe(!mayAsk(youth, { ...question, agreements: ENDLESS }).may);
        seen[left ? 'left' : 'stays'] += 1;
      }),
      { ...runs(20_000), seed: 17 },
    );
    expect(Math.min(seen.left, seen.stays)).toBeGreaterThan(runs(20_000).numRuns / 20);
  });

  it('does not change before the next look or the next day', () => {
    const seen = { looks: 0, changes: 0 };
    fc.assert(
      fc.property(TALES, (tale) => {
        const youth = youthOf(tale);
        const { policy, since: asked = '', at: first } = questionOf(tale);
        let at = first;
        for (let look = 0; look < 10 && leftList(youth, { policy, asked, at }) === null; look += 1) {
          const midnight = startOfOsloDay(osloDate(instantOf(epochOf(at) + DAY_MS)));
          const due = nextLook(youth, { policy, at });
          const next = due === null || due > midnight ? midnight : due;
          expect(next > at).toBe(true);
          const before = instantOf(epochOf(next) - 1);
          expect(leftList(youth, { policy, asked, at: before })).toBeNull();
          at = next;
          seen.looks += 1;
        }
        if (leftList(youth, { policy, asked, at }) !== null && at > first) seen.changes += 1;
      }),
      { ...runs(5_000), seed: 19 },
    );
    expect(seen.changes).toBeGreaterThan(runs(5_000).numRuns / 50);
  });
});

describe('the version of the consents', () => {
  it('is another when a consent is added or a later version of it comes, and the same in any order', () => {
    const facts = youthOf(HAPPY).facts.filter((fact) => fact.kind === 'Consent');
    const at = questionOf(HAPPY).at;
    const version = consentVersion(facts, 'A', at);
    expect(consentVersion(facts.toReversed(), 'A', at)).toBe(version);
    expect(
      consentVersion(
        facts.map((fact) => ({ ...fact, version: 2 })),
        'A',
        at,
      ),
    ).not.toBe(version);
    expect(
      consentVersion([...facts, { ...facts[0]!, id: 'later', at: '2099-01-01T00:00:00.000Z' }], 'A', at),
    ).toBe(version);
    expect(consentVersion(facts, 'B', at)).not.toBe(version);
  });
});
