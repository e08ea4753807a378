import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AgreementTerm } from '../../../src/core/nav/agreement.ts';
import { asDisclosed } from '../../../src/core/nav/disclosed.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { daysAfter } from '../../../src/core/time/calendar.ts';
import { epochOf, type IsoDate, instantOf } from '../../../src/core/time/date.ts';
import { osloDate, startOfOsloDay } from '../../../src/core/time/oslo.ts';
import { NO_PROGRESS, type ProgressOf } from '../../../src/core/worklist/alertProgress.ts';
import { type KeptYouth, startKeeping } from '../../../src/core/worklist/kept.ts';
import { placeFrom, placeOf } from '../../../src/core/worklist/row.ts';
import { startWorklist, WORKLISTS } from '../../../src/core/worklist/worklists.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import { runs } from '../../harness/propertyRuns.ts';
import { consent, left, story } from '../../harness/story.ts';
import { type Arrival, arrivals } from '../anyFacts.ts';

// Rows that are kept for some weeks, and what each list decides on each of the days.

const policies = [
  defaultPolicy(countyNumber('40')),
  // A limit and an age that turn within the days, and a look-through on a day of the county's own.
  {
    ...defaultPolicy(countyNumber('40')),
    ageLimits: [
      { from: '0000-01-01', limit: 21 },
      { from: '2027-03-10', limit: 24 },
    ],
    consentAge: [
      { from: '0000-01-01', age: 18 },
      { from: '2027-02-01', age: 16 },
    ],
    wheel: [{ id: 'W26', schoolYear: '2026-27', from: '2026-11-02', to: '2026-11-06' } as const],
  },
];
const REF = personRef('00000000-0000-4000-8000-000000000001');
const opened: ProgressOf = () => ({ ...NO_PROGRESS, opened: '2026-10-01T08:00:00.000Z' });

const days = fc
  .tuple(fc.integer({ min: 0, max: 420 }), fc.integer({ min: 1, max: 25 }))
  .map(([first, length]) => {
    const from = daysAfter('2026-08-01', first);
    return { from, until: daysAfter(from, length) };
  });

function lived(all: readonly Arrival[], policy: (typeof policies)[number]): Youth {
  return all
    .toSorted((one, other) => (one.received < other.received ? -1 : 1))
    .reduce<Youth>(
      (youth, { event, received }) =>
        fold(youth, decide(event, youth, { now: received, today: osloDate(received), policy })),
      UNKNOWN_YOUTH,
    );
}

/** A youth that OT works with, and what makes rows come and go with the days alone. */
const turning = fc
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

/** By list: places of its rows, and whether the youth is left out of it. */
function keptOn({ rows }: KeptYouth, day: IsoDate) {
  return Object.keys(WORKLISTS).map((list) => {
    const there = rows.filter(
      (row) =>
        row.list === list &&
        (row.from === null || row.from <= day) &&
        (row.until === null || day < row.until),
    );
    const shown = there
      .filter(({ hidden }) => !hidden)
      .map((row) => `${placeOf({ ...row, ref: REF })} ${row.owner}`);
    return { list, shown: shown.sort(), leftOut: there.some(({ hidden }) => hidden) ? 1 : 0 };
  });
}

/** With NAV: none, one without an end, and ones that begin and end within the days. */
const agreements: readonly AgreementTerm[][] = [
  [],
  [{ from: '2015-01-01', to: '2099-12-31', revoked: null }],
  [
    { from: '2015-01-01', to: '2026-10-05', revoked: null },
    { from: '2026-10-20', to: '2026-12-30', revoked: null },
  ],
];
const LONG_AGO = '2000-01-01T00:00:00.000Z';
const lastMomentOf = (day: IsoDate) => instantOf(epochOf(startOfOsloDay(daysAfter(day, 1))) - 1);

test('kept rows are those of every list on each of their days', () => {
  let turns = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        fc.record({ all: arrivals, days }),
        // All that turns lies within the days.
        fc.record({
          all: turning,
          days: fc.constantFrom(
            { from: '2026-09-28', until: '2026-11-14' },
            { from: '2026-12-28', until: '2027-01-05' },
          ),
        }),
      ),
      fc.constantFrom(...policies),
      fc.boolean(),
      fc.constantFrom(...agreements),
      ({ all, days: { from, until } }, policy, isOpened, agreed) => {
        const youth = Array.isArray(all) ? lived(all, policy) : all;
        const progress = isOpened ? opened : () => NO_PROGRESS;
        const kept = startKeeping({ policy, agreements: agreed, now: LONG_AGO }, { from, until })(
          REF,
          youth,
          progress,
        );
        if (kept.rows.some((row) => row.from !== null || row.until !== null)) turns += 1;
        for (let day = from; day < until; day = daysAfter(day, 1)) {
          const decided = Object.values(WORKLISTS).map((list) => {
            const making = startWorklist(list, { today: day, policy, progress });
            making.add(REF, asDisclosed(youth, { agreements: agreed, policy, at: lastMomentOf(day) }));
            const { rows, leftOut } = making.finish();
            return { list: list.id, shown: rows.map((row) => `${placeOf(row)} ${row.owner}`), leftOut };
          });
          expect(keptOn(kept, day)).toEqual(decided);
        }
      },
    ),
    runs(60),
  );
  // Else the days of a turn are not tried.
  expect(turns).toBeGreaterThan(5);
});

test('a place is read as it was written, and nothing else is a place', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('HOY' as const, 'VANLIG' as const),
      fc.constantFrom(null, '2026-10-01'),
      fc.nat(999),
      (priority, deadline, number) => {
        const place = { priority, deadline, since: '2026-09-30', ref: REF, number };
        expect(placeFrom(placeOf(place))).toEqual(place);
      },
    ),
  );
  for (const wrong of ['', 'x', `0 2026-02-30 2026-09-30 ${REF} 000`, `0 9999 2026-09-30 ${REF} 000 x`])
    expect(placeFrom(wrong)).toBeUndefined();
});
