import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DATE_KINDS, dateProblem, schoolYearProblem } from '../../../adapters/reading/recordDates.ts';
import { addDays } from '../../../src/core/time/date.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';

const RECEIVED = '2026-11-20T08:00:00.000Z';
const day = fc
  .integer({ min: 0, max: 100_000 })
  .map((days) => new Date(Date.UTC(1900, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
const moment = fc
  .integer({ min: 0, max: 20_000 * 24 })
  .map((hours) => new Date(Date.UTC(2000, 0, 1) + hours * 3_600_000).toISOString());

describe('A12 a date of a record', () => {
  it.each(Object.entries(DATE_KINDS))(
    'of kind %s lies between a life and its horizon, and nowhere else',
    (_, kind) => {
      fc.assert(
        fc.property(day, moment, fc.option(day), (date, received, born) => {
          const last = addDays(osloDate(received), kind.ahead);
          const first = born === null ? Number(received.slice(0, 4)) - 36 : Number(born.slice(0, 4));
          const possible =
            date <= last && Number(date.slice(0, 4)) >= first + kind.age && (born === null || date >= born);
          expect(dateProblem('dato', date, kind, { received, born }) === null).toBe(possible);
        }),
        { numRuns: 500 },
      );
    },
  );

  test('is judged by its day in Oslo: what happened there after midnight is not ahead', () => {
    const late = { received: '2026-11-20T23:30:00.000Z', born: null };
    expect(dateProblem('dato', '2026-11-21', DATE_KINDS.happened, late)).toBeNull();
    expect(dateProblem('dato', '2026-11-22', DATE_KINDS.happened, late)).toMatchObject({ field: 'dato' });
  });

  test('of a youth who began a year early is possible, and none before that', () => {
    const early = { received: RECEIVED, born: '2010-05-05' };
    expect(dateProblem('dato', '2025-01-01', DATE_KINDS.leaving, early)).toBeNull();
    expect(dateProblem('dato', '2024-12-31', DATE_KINDS.leaving, early)?.text).toContain('videregående');
  });

  test('a school year is at most the one that is applied for, and not before the youth can have begun', () => {
    const judged = (year: string, born: string | null) =>
      schoolYearProblem('skolear', year, { received: RECEIVED, born }, false) === null;
    expect(['2027-28', '2028-29', '2023-24', '2022-23'].map((year) => judged(year, '2008-05-05'))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([judged('2062-63', null), judged('2020-21', null)]).toEqual([false, true]);
  });
});
