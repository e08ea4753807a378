import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permits } from '../../../src/core/consent/permits.ts';
import { impossibleChanges, sideStanding } from '../../../src/core/consent/standing.ts';
import { ALLOWED_CHANGES, isNo, stepTo } from '../../../src/core/consent/transitions.ts';
import { CONSENT_STATES, type ConsentState } from '../../../src/core/youth/statusEvent.ts';
import { runs } from '../../harness/propertyRuns.ts';
import { consent, story } from '../../harness/story.ts';
import { ofAge, PARTIES, said } from './anyConsent.ts';

const ADULT = ofAge('2004-12-20');
const MINOR = ofAge('2009-03-14');
const NOW = '2026-11-03T08:00:00.000Z';

// Written by hand from the domain reference (§1.9), not from the product: rows from, columns to, in the states' order.
// j allowed, n refused.
const MATRIX: Record<ConsentState, string> = {
  //                 SAM IKKE VENT TRUK FRIST UTL
  SAMTYKKET: /*     */ 'j   n    j    j    n    j',
  IKKE_SAMTYKKET: /**/ 'j   j    j    n    n    n',
  VENTER_PAA_SVAR: /**/ 'j   j    j    n    j    n',
  TRUKKET: /*       */ 'j   n    j    j    n    n',
  SVARFRIST_PASSERT: /**/ 'j   n    j    n    j    n',
  UTLOPT: /*        */ 'j   n    j    n    n    j',
};

const ALL = CONSENT_STATES.flatMap((from) =>
  MATRIX[from].split(/\s+/).map((mark, at) => [from, CONSENT_STATES[at]!, mark === 'j'] as const),
);

describe('changes of one party', () => {
  it('has all 36', () => {
    expect(ALL).toHaveLength(36);
    expect(Object.keys(ALLOWED_CHANGES)).toEqual([...CONSENT_STATES]);
  });

  it.each(ALL)('%s to %s is allowed: %s', (from, to, allowed) => {
    expect(ALLOWED_CHANGES[from].includes(to)).toBe(allowed);
    for (const party of PARTIES) {
      const facts = [said(party, from, '2026-10-01'), said(party, to, '2026-10-02')];
      expect(impossibleChanges(facts, 'A').map(({ state }) => state)).toEqual(allowed ? [] : [to]);
      expect(impossibleChanges(facts, 'B')).toEqual([]);
    }
  });

  it.each(ALL.filter(([, , allowed]) => !allowed))(
    '%s to %s, which is refused, never permits, and never makes a no of what ran out, nor the other way',
    (from, to) => {
      const { state } = stepTo(from, to);
      expect(state).not.toBe('SAMTYKKET');
      expect(isNo(state)).toBe(isNo(from) || isNo(to));
      const facts = [said('UNGDOM', from, '2026-10-01'), said('UNGDOM', to, '2026-10-02')];
      expect(permits(facts, 'A', ADULT, NOW)).toMatchObject({ permit: false, state });
    },
  );

  it('takes any answer after none, and after two different ones of the same moment', () => {
    for (const to of CONSENT_STATES) {
      expect(stepTo('MANGLER', to)).toEqual({ allowed: true, state: to });
      expect(stepTo('MOTSTRID', to)).toEqual({ allowed: true, state: to });
    }
  });

  it('permits whatever came before when the last answer is yes, and only then', () => {
    const answers = fc.array(fc.constantFrom(...CONSENT_STATES), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(answers, (states) => {
        const facts = states.map((state, day) => said('UNGDOM', state, `2026-10-0${day + 1}`));
        expect(permits(facts, 'A', ADULT, NOW).permit).toBe(states.at(-1) === 'SAMTYKKET');
        expect(permits(facts, 'B', ADULT, NOW)).toMatchObject({ permit: false, state: 'MANGLER' });
      }),
      runs(1_000),
    );
  });
});

describe('time', () => {
  const END = '2026-11-01T00:00:00.000Z';
  const before = '2026-10-31T23:59:59.999Z';

  it('makes of a yes past its end one that has run out, and of a question past its deadline one not answered in time', () => {
    const at = (state: ConsentState, moment: string) =>
      permits([said('UNGDOM', state, '2026-10-01', END)], 'A', ADULT, moment).state;
    expect([at('SAMTYKKET', before), at('SAMTYKKET', END)]).toEqual(['SAMTYKKET', 'UTLOPT']);
    expect([at('VENTER_PAA_SVAR', before), at('VENTER_PAA_SVAR', END)]).toEqual([
      'VENTER_PAA_SVAR',
      'SVARFRIST_PASSERT',
    ]);
  });

  it('takes the first of several ends that are given at one moment, in whatever order', () => {
    const ends = [null, END, '2026-12-01T00:00:00.000Z'];
    for (const order of [ends, ends.toReversed()]) {
      const facts = order.map((end) => said('UNGDOM', 'SAMTYKKET', '2026-10-01', end));
      expect(permits(facts, 'A', ADULT, before).permit).toBe(true);
      expect(permits(facts, 'A', ADULT, END).state).toBe('UTLOPT');
    }
  });

  it.each(['IKKE_SAMTYKKET', 'TRUKKET', 'SVARFRIST_PASSERT', 'UTLOPT'] as const)(
    'makes nothing else of %s, whatever end it has',
    (state) => expect(permits([said('UNGDOM', state, '2026-10-01', END)], 'A', ADULT, NOW).state).toBe(state),
  );
});

describe('a side with several parties', () => {
  const answers = (states: readonly (ConsentState | null)[]) =>
    states.flatMap((state, at) => (state === null ? [] : [said(PARTIES[at]!, state, '2026-10-01')]));

  it('shows each party by itself, those that must answer and those that have', () => {
    const { parties } = sideStanding(answers([null, 'UTLOPT', 'IKKE_SAMTYKKET']), 'A', MINOR, NOW);
    expect(parties).toEqual([
      { party: 'FORESATT', needed: true, state: 'UTLOPT', scope: [] },
      { party: 'FORESATT2', needed: true, state: 'IKKE_SAMTYKKET', scope: [] },
    ]);
    expect(sideStanding([], 'A', null, NOW).parties).toEqual([
      { party: 'UNGDOM', needed: true, state: 'MANGLER', scope: [] },
      { party: 'FORESATT', needed: true, state: 'MANGLER', scope: [] },
    ]);
  });

  it.each([
    ['a no', ['UTLOPT', 'IKKE_SAMTYKKET', null], 'IKKE_SAMTYKKET'],
    ['a withdrawal', ['SVARFRIST_PASSERT', 'SAMTYKKET', 'TRUKKET'], 'TRUKKET'],
    ['an expiry', ['VENTER_PAA_SVAR', 'UTLOPT', 'SAMTYKKET'], 'UTLOPT'],
    ['a passed deadline', ['VENTER_PAA_SVAR', 'SVARFRIST_PASSERT', null], 'SVARFRIST_PASSERT'],
    ['an expiry of what was given', ['SVARFRIST_PASSERT', 'UTLOPT', null], 'UTLOPT'],
    ['an open question', ['VENTER_PAA_SVAR', null, 'SAMTYKKET'], 'VENTER_PAA_SVAR'],
    ['no answer', ['SAMTYKKET', null, 'SAMTYKKET'], 'MANGLER'],
  ] as const)('shows %s before what says less', (_what, states, shown) => {
    expect(permits(answers(states), 'A', MINOR, NOW)).toMatchObject({ permit: false, state: shown });
  });
});

describe('versions', () => {
  const AT = '2026-10-05T08:00:00.000Z';
  const rank = fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4 });

  it('the newest version of an answer holds, in whatever order they come, also when they come twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...CONSENT_STATES), { minLength: 4, maxLength: 4 }),
        rank,
        rank,
        (states, one, other) => {
          const [first, second] = [one, other].map((order) => {
            const youth = story({ born: '2004-12-20', county: '46' });
            for (const [minute, version] of [...order, ...order].entries())
              youth.when(
                `2026-10-06T08:${10 + minute}:00Z`,
                consent('A', 'UNGDOM', states[version - 1]!, AT),
                { source: 'fiks-samtykke', id: 'svar-1', version },
              );
            return youth.youth().facts.filter((fact) => fact.kind === 'Consent');
          });
          expect(first!.map(({ state, version }) => [state, version])).toEqual([[states[3], 4]]);
          expect(permits(second!, 'A', ADULT, NOW)).toEqual(permits(first!, 'A', ADULT, NOW));
        },
      ),
      runs(300),
    );
  });
});
