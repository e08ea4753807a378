import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRecordDate, parseRecordInstant } from '../../../adapters/reading/recordTime.ts';
import { parseDate, parseInstant } from '../../../src/core/time/date.ts';

describe('a date as a source writes it', () => {
  test.each([
    ['2026-10-06', '2026-10-06'],
    ['01.02.2003', '2003-02-01'],
    ['10.12.2025', '2025-12-10'],
    ['2026-03-29T12:00:00Z', '2026-03-29'],
    ['2026-03-29T00:00:00.000Z', '2026-03-29'],
    ['2028-02-29', '2028-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['6.11.2026', '2026-11-06'],
    ['06.11.2026', '2026-11-06'],
    ['6.1.2026', '2026-01-06'],
    ['6. 11. 2026', '2026-11-06'],
    ['6. november 2026', '2026-11-06'],
    ['06. NOVEMBER 2026', '2026-11-06'],
    ['6. nov. 2026', '2026-11-06'],
    ['1. mai 2026', '2026-05-01'],
    ['29. februar 2028', '2028-02-29'],
  ])('%s is %s', (text, date) => {
    expect(parseRecordDate(text)).toBe(date);
  });

  test.each([
    ['2003-01-31T23:00:00.000Z', 'midnight in Oslo moved to UTC: the 31st or the 1st'],
    ['2026-06-30T22:00:00Z', 'the same in summer'],
    ['2026-03-29T12:00:00+02:00', 'an offset'],
    ['2026-02-29', 'no such day'],
    ['1900-02-29', 'no such day'],
    ['31.04.2026', 'no such day'],
    ['0206-10-06', 'a year of the keyboard'],
    ['6.10.26', 'half a year'],
    ['6/10/2026', 'the 6th of October or the 10th of June'],
    ['10-06-2026', 'the same'],
    ['6. oktomber 2026', 'no such month'],
    ['31. november 2026', 'no such day'],
    ['6. november', 'no year'],
    ['46332', 'the day number of a spreadsheet'],
    ['20261006', 'a number'],
    ['2026-10-06T25:00:00Z', 'no such hour'],
    ['2026-10-06 ', 'a space'],
    ['', 'nothing'],
  ])('%s is refused: %s', (text) => {
    expect(parseRecordDate(text)).toBeUndefined();
  });

  test('every day of the calendar reads as Temporal reads it, and no other', () => {
    const part = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2199 }), part(13), part(32), (year, month, day) => {
        const expected = parseDate(`${year}-${month}-${day}`);
        expect(parseRecordDate(`${year}-${month}-${day}`)).toBe(expected);
        expect(parseRecordDate(`${day}.${month}.${year}`)).toBe(expected);
        expect(parseRecordDate(`${year}-${month}-${day}T12:00:00Z`)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a moment as a source writes it', () => {
  test.each([
    ['2026-10-07T09:12:00+02:00', '2026-10-07T07:12:00.000Z'],
    ['2026-10-07T07:12:00Z', '2026-10-07T07:12:00.000Z'],
    ['2026-10-07T07:12:00.123456Z', '2026-10-07T07:12:00.123Z'],
    ['2026-10-07T07:12:00.123Z', '2026-10-07T07:12:00.123Z'],
  ])('%s is %s', (text, moment) => {
    expect(parseRecordInstant(text)).toBe(moment);
  });

  test.each([
    '2026-10-07',
    '2026-10-07T09:12:00',
    '2026-10-07T24:00:00.000Z',
    '+012026-10-07T09:12:00Z',
    '2026-02-30T09:12:00Z',
    'i går',
    '',
  ])('%s is refused', (text) => {
    expect(parseRecordInstant(text)).toBeUndefined();
  });

  test('the short way for the canonical form gives what Temporal gives', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_208_988_800_000, max: 7_258_118_399_999 }), (milliseconds) => {
        const text = Temporal.Instant.fromEpochMilliseconds(milliseconds).toString({
          fractionalSecondDigits: 3,
        });
        expect(parseRecordInstant(text)).toBe(parseInstant(text));
      }),
    );
  });
});
