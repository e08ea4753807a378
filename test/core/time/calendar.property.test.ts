import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dateOf, dayNumber, daysAfter, momentAfter } from '../../../src/core/time/calendar.ts';
import { addDays, daysBetween } from '../../../src/core/time/date.ts';

const date = fc.integer({ min: -150_000, max: 150_000 }).map((days) => addDays('2000-01-01', days));

it('counts days as Temporal does', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: -5_000, max: 5_000 }), (from, days) => {
      expect(daysAfter(from, days)).toBe(addDays(from, days));
      expect(dayNumber(from)).toBe(daysBetween('1970-01-01', from));
      expect(dateOf(dayNumber(from))).toBe(from);
    }),
    { numRuns: 2_000 },
  );
});

it('keeps the time of day, over the end of a leap February and of a year', () => {
  expect(momentAfter('2028-02-28T23:59:59.999Z', 1)).toBe('2028-02-29T23:59:59.999Z');
  expect(momentAfter('2026-12-31T00:00:00.000Z', 14)).toBe('2027-01-14T00:00:00.000Z');
});
