import fc from 'fast-check';
import { expect, test } from 'vitest';
import { letterList, numbered, placeOfLine } from '../../../src/core/letters/keptLetters.ts';
import { LETTERS } from '../../../src/core/letters/letter.ts';
import { LETTER_IDS } from '../../../src/core/letters/letterId.ts';
import { startMailing } from '../../../src/core/letters/mailing.ts';
import { asDisclosed } from '../../../src/core/nav/disclosed.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy, type Policy } from '../../../src/core/policy.ts';
import { daysAfter } from '../../../src/core/time/calendar.ts';
import { epochOf, type IsoDate, instantOf } from '../../../src/core/time/date.ts';
import { startOfOsloDay } from '../../../src/core/time/oslo.ts';
import { NO_PROGRESS, type ProgressOf } from '../../../src/core/worklist/alertProgress.ts';
import { type KeptYouth, startKeeping } from '../../../src/core/worklist/kept.ts';
import { placeFrom, placeOf } from '../../../src/core/worklist/row.ts';
import { startWorklist, WORKLISTS } from '../../../src/core/worklist/worklists.ts';
import { caseOf, isHidden } from '../../../src/core/worklist/youthCase.ts';
import type { Youth } from '../../../src/core/youth/youth.ts';
import { runs } from '../../harness/propertyRuns.ts';
import { arrivals } from '../anyFacts.ts';
import { agreementsWithNav, lived, turningYouths } from '../turningYouths.ts';

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

function isThere({ from, until }: KeptYouth['rows'][number], day: IsoDate): boolean {
  return (from === null || from <= day) && (until === null || day < until);
}

/** By list: places of its rows, and whether the youth is left out of it. */
function keptOn({ rows }: KeptYouth, day: IsoDate) {
  return Object.keys(WORKLISTS).map((list) => {
    const there = rows.filter((row) => row.list === list && isThere(row, day));
    const shown = there
      .filter(({ hidden }) => !hidden)
      .map((row) => `${placeOf({ ...row, ref: REF })} ${row.owner}`);
    return { list, shown: shown.sort(), leftOut: there.some(({ hidden }) => hidden) ? 1 : 0 };
  });
}

/** Letters' lines, kept or decided: each with its list, place and unit, and whether the youth is in hiding. */
function keptLines({ rows }: KeptYouth, day: IsoDate): string[] {
  return rows
    .filter((row) => LETTER_IDS.some((id) => row.list.startsWith(`${id} `)) && isThere(row, day))
    .map((row) => `${row.list} ${placeOf({ ...row, ref: REF })} ${row.owner} ${row.hidden}`)
    .sort();
}

function decidedLines(youth: Youth, day: IsoDate, { policy, waiting }: { policy: Policy; waiting: boolean }) {
  const known = caseOf(REF, youth, policy);
  const hidden = isHidden(known, day);
  const years = [...new Set(known.files.map(({ schoolYear }) => schoolYear))];
  return LETTER_IDS.flatMap((id) =>
    years.flatMap((schoolYear) => {
      const making = startMailing(LETTERS[id], { schoolYear, today: day, policy });
      making.add(REF, youth, waiting);
      return numbered(making.finish()).map((line, number) => {
        const owner = 'trigger' in line ? line.trigger.owner : (line.suppressed.owner ?? '');
        return `${letterList(id, schoolYear)} ${placeOf(placeOfLine(line, number))} ${owner} ${hidden}`;
      });
    }),
  ).sort();
}

const LONG_AGO = '2000-01-01T00:00:00.000Z';
const lastMomentOf = (day: IsoDate) => instantOf(epochOf(startOfOsloDay(daysAfter(day, 1))) - 1);

test('kept rows are those of every list and letter on each of their days', () => {
  let [turns, lines] = [0, 0];
  fc.assert(
    fc.property(
      fc.oneof(
        fc.record({ all: arrivals, days }),
        // All that turns lies within the days.
        fc.record({
          all: turningYouths,
          days: fc.constantFrom(
            { from: '2026-09-28', until: '2026-11-14' },
            { from: '2026-12-28', until: '2027-01-05' },
          ),
        }),
      ),
      fc.constantFrom(...policies),
      fc.boolean(),
      fc.constantFrom(...agreementsWithNav),
      ({ all, days: { from, until } }, policy, isOpened, agreed) => {
        const youth = Array.isArray(all) ? lived(all, policy) : all;
        const progress = isOpened ? opened : () => NO_PROGRESS;
        const kept = startKeeping({ policy, agreements: agreed, now: LONG_AGO }, { from, until })(
          REF,
          youth,
          { progress, waiting: isOpened },
        );
        if (kept.rows.some((row) => row.from !== null || row.until !== null)) turns += 1;
        for (let day = from; day < until; day = daysAfter(day, 1)) {
          const shown = asDisclosed(youth, { agreements: agreed, policy, at: lastMomentOf(day) });
          const decided = Object.values(WORKLISTS).map((list) => {
            const making = startWorklist(list, { today: day, policy, progress });
            making.add(REF, shown);
            const { rows, leftOut } = making.finish();
            return { list: list.id, shown: rows.map((row) => `${placeOf(row)} ${row.owner}`), leftOut };
          });
          expect(keptOn(kept, day)).toEqual(decided);
          const letters = decidedLines(shown, day, { policy, waiting: isOpened });
          expect(keptLines(kept, day)).toEqual(letters);
          lines += letters.length;
        }
      },
    ),
    runs(60),
  );
  // Else the days of a turn are not tried.
  expect(turns).toBeGreaterThan(5);
  expect(lines).toBeGreaterThan(50);
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
