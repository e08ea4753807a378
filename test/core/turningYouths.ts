import fc from 'fast-check';
import type { AgreementTerm } from '../../src/core/nav/agreement.ts';
import type { Policy } from '../../src/core/policy.ts';
import { daysAfter } from '../../src/core/time/calendar.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import { decide } from '../../src/core/youth/decide.ts';
import { fold } from '../../src/core/youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../src/core/youth/youth.ts';
import { consent, left, story } from '../harness/story.ts';
import type { Arrival } from './anyFacts.ts';

// Youths of whom other lines are kept from one day to the next.

/** What has come about a youth, in the order in which it came. */
export function lived(all: readonly Arrival[], policy: Policy, from: Youth = UNKNOWN_YOUTH): Youth {
  return all
    .toSorted((one, other) => (one.received < other.received ? -1 : 1))
    .reduce<Youth>(
      (youth, { event, received }) =>
        fold(youth, decide(event, youth, { now: received, today: osloDate(received), policy })),
      from,
    );
}

/** A youth that OT works with, and what makes rows come and go with the days alone. */
export const turningYouths = fc
  .record({
    // Of age within the days, or out of the age range at New Year.
    born: fc.oneof(
      fc.integer({ min: 0, max: 40 }).map((later) => daysAfter('2008-10-01', later)),
      fc.constant('2002-06-01'),
    ),
    leftOn: fc.integer({ min: 0, max: 40 }).map((later) => daysAfter('2026-09-15', later)),
    grades: fc.array(fc.tuple(fc.constantFrom('UGRADERT', 'FORTROLIG', 'STRENGT_FORTROLIG'), fc.nat(40)), {
      maxLength: 2,
    }),
    // Of both sides: with one alone the youth is asked all the same.
    parties: fc.constantFrom<('UNGDOM' | 'FORESATT')[]>([], ['UNGDOM'], ['FORESATT'], ['UNGDOM', 'FORESATT']),
    given: fc.nat(40),
    lasts: fc.option(fc.nat(40)),
  })
  .map(({ born, leftOn, grades, parties, given, lasts }) => {
    const youth = story({ born });
    youth.when('2026-09-30T22:30:00Z', left('40014', 'FV'), { effective: leftOn });
    for (const [grade, later] of grades)
      youth.when(
        '2026-10-01T08:00:00Z',
        { kind: 'Protection', grade },
        { effective: daysAfter('2026-10-01', later) },
      );
    const ends = lasts === null ? null : `${daysAfter('2026-10-01', lasts)}T22:30:00.000Z`;
    for (const side of ['A', 'B'] as const) {
      for (const party of parties) {
        const said = `${daysAfter('2026-09-28', given)}T22:30:00.000Z`;
        youth.when('2026-10-01T09:00:00Z', consent(side, party, 'SAMTYKKET', said, ends));
      }
    }
    return youth.youth();
  });

/** With NAV: none, one without an end, and ones that begin and end within the days. */
export const agreementsWithNav: readonly AgreementTerm[][] = [
  [],
  [{ from: '2015-01-01', to: '2099-12-31', revoked: null }],
  [
    { from: '2015-01-01', to: '2026-10-05', revoked: null },
    { from: '2026-10-20', to: '2026-12-30', revoked: null },
  ],
];
