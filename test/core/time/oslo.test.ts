import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { yearsAfter } from '../../../src/core/time/calendar.ts';
import { addDays, addMonths, instantOf } from '../../../src/core/time/date.ts';
import { osloDate, startOfOsloDay } from '../../../src/core/time/oslo.ts';
import { plainNode } from '../../harness/plainNode.ts';
import { runs } from '../../harness/propertyRuns.ts';

const OSLO = 'Europe/Oslo';
const FROM = Date.UTC(1993, 0, 1);
const TO = Date.UTC(2060, 0, 1);

describe('dates in Oslo by arithmetic', () => {
  it('are those of Temporal, at any moment and at both sides of every hour around the changes', () => {
    const around = fc
      .tuple(
        fc.integer({ min: 1993, max: 2059 }),
        fc.constantFrom(2, 8, 9),
        fc.integer({ min: 20, max: 31 }),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom(-1, 0, 1),
      )
      .map(([year, month, day, hour, off]) => Date.UTC(year, month, day, hour) + off);
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: FROM, max: TO }), around), (epoch) => {
        const instant = instantOf(epoch);
        const date = Temporal.Instant.from(instant).toZonedDateTimeISO(OSLO).toPlainDate();
        expect(osloDate(instant)).toBe(date.toString());
      }),
      runs(5_000),
    );
  });

  it('begin when Temporal says, every day from 1994 to 2059', () => {
    for (let date = '1994-01-01'; date < '2060-01-01'; date = addDays(date, 1)) {
      const start = Temporal.PlainDate.from(date).toZonedDateTime(OSLO).epochMilliseconds;
      if (startOfOsloDay(date) !== instantOf(start)) expect(startOfOsloDay(date)).toBe(instantOf(start));
    }
  });

  it('O09 the day with 25 hours and the day with 23 begin and end at midnight in Oslo', () => {
    const day = (date: string) => [startOfOsloDay(date), startOfOsloDay(addDays(date, 1))];
    expect(day('2026-10-25')).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']);
    expect(day('2027-03-28')).toEqual(['2027-03-27T23:00:00.000Z', '2027-03-28T22:00:00.000Z']);
  });

  it('refuse what is no moment', () => {
    expect(() => osloDate('2026-10-25')).toThrow();
  });
});

describe('a year later', () => {
  it('is the same day, and 1 March after a 29 February that the year does not have', () => {
    expect(yearsAfter('2025-08-18', 1)).toBe('2026-08-18');
    expect(yearsAfter('2024-02-29', 1)).toBe('2025-03-01');
    expect(yearsAfter('2008-02-29', 24)).toBe('2032-02-29');
    expect(yearsAfter('2096-02-29', 4)).toBe('2100-03-01');
    expect(yearsAfter('1996-02-29', 4)).toBe('2000-02-29');
  });

  it('a month that is shorter ends on its last day', () => {
    expect(addMonths('2026-08-31', 12)).toBe('2027-08-31');
    expect(addMonths('2026-10-31', 4)).toBe('2027-02-28');
  });
});

describe('in whatever zone the process runs', () => {
  const SCRIPT = fileURLToPath(new URL('./storyInZone.ts', import.meta.url));
  const outputIn = (zone: string) => plainNode([SCRIPT], zone);

  it.each(['America/Los_Angeles', 'Asia/Tokyo', 'Pacific/Kiritimati'])(
    'E03 deadlines, birthdays and openings come at the same moments in %s as in Oslo',
    async (zone) => {
      const there = JSON.parse(await outputIn(zone));
      expect(there.zone).toBe(zone);
      expect(there.moments).toEqual(JSON.parse(await outputIn(OSLO)).moments);
      expect(there.moments.length).toBeGreaterThan(5);
    },
  );
});
