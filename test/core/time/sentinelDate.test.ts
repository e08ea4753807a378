import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as read from '../../../adapters/reading/recordFields.ts';
import type { RecordFields } from '../../../adapters/reading/recordProblems.ts';
import { isSentinelDate } from '../../../src/core/time/sentinelDate.ts';

const DATES = [
  '9999-12-31',
  '31.12.9999',
  '0001-01-01',
  '01.01.0001',
  '1.1.0001',
  '0000-00-00',
  '00.00.0000',
  '1753-01-01',
  '1899-12-30',
  '1900-01-01',
  '01.01.1900',
];
const MOMENTS = [
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59.9999999Z',
  '9999-12-31T00:00:00Z',
  '9999-12-31T00:00:00+01:00',
  '9999-12-30T23:00:00Z',
  '0001-01-01T00:00:00Z',
  '0001-01-01T00:00:00+01:00',
  '0000-12-31T23:00:00Z',
  '1900-01-01T00:00:00+01:00',
  '1899-12-31T23:00:00.000Z',
];

function reading(value: string) {
  const fields: RecordFields = { value: { felt: value }, path: '', problems: [] };
  return { fields, codes: () => fields.problems.map(({ code, text }) => `${code} ${text}`) };
}

describe('a date that means «none»', () => {
  test.each([...DATES, ...MOMENTS])('%s is absent in an optional field', (text) => {
    const { fields, codes } = reading(text);
    expect(read.optionalDate(fields, 'felt')).toBeNull();
    expect(read.optionalInstant(fields, 'felt')).toBeNull();
    expect(codes()).toEqual([]);
  });

  test.each([...DATES, ...MOMENTS])('%s is a problem of its own in a required field', (text) => {
    const asDate = reading(text);
    expect(read.date(asDate.fields, 'felt')).toBe('');
    const says = 'Feltet «felt» har en dato som bare betyr at datoen ikke er kjent.';
    expect(asDate.codes()).toEqual([`INVALID_DATE ${says}`]);
    const asMoment = reading(text);
    expect(read.instant(asMoment.fields, 'felt')).toBe('');
    expect(asMoment.codes()).toEqual([`INVALID_TIME ${says}`]);
  });

  test.each([
    '9999-12-30',
    '9999-12-30T12:00:00Z',
    '9999-12-30T23:00:00+01:00',
    '2099-12-31',
    '0001-01-02',
    '',
  ])('%s is none of them', (text) => expect(isSentinelDate(text)).toBe(false));

  test('no date that a youth can have is one', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-02'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (moment) => {
          const text = moment.toISOString();
          expect(isSentinelDate(text)).toBe(false);
          expect(isSentinelDate(text.slice(0, 10))).toBe(false);
          const { fields } = reading(text.slice(0, 10));
          expect(read.optionalDate(fields, 'felt')).toBe(text.slice(0, 10));
        },
      ),
    );
  });
});
