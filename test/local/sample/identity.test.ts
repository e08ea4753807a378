import { idnr } from '@navikt/fnrvalidator';
import { describe, expect, test } from 'vitest';
import { kostraAge } from '../../../src/core/age/reportAge.ts';
import { tenorNumber } from '../../../src/local/sample/identity.ts';
import { sampleYear } from '../../../src/local/sample/population.ts';

const year = sampleYear();

describe('identities of the sample', () => {
  const numbers = new Set(year.records.flatMap(({ fodselsnummer }) => fodselsnummer ?? []));
  const fictive = [...numbers].filter((number) => Number(number.slice(0, 2)) > 40);

  test('sixteen have a number an intake office has made, which can be no person’s', () => {
    expect(fictive.length).toBe(16);
    for (const number of fictive) {
      expect(number).toMatch(/^[4-7]\d(0[1-9]|1[0-2])\d{2}99[12]38$/);
      expect(idnr(number).status).toBe('invalid');
    }
  });

  test('every other number is a Tenor number with valid check digits, as an outside validator judges', () => {
    expect(numbers.size).toBeGreaterThan(2_800);
    for (const number of numbers) {
      if (fictive.includes(number)) continue;
      expect(number).toMatch(/^\d{2}(8[1-9]|9[0-2])\d{7}$/);
      expect(idnr(number)).toEqual({ status: 'valid', type: 'tnr' });
    }
  });

  test('no two youths share a number', () => {
    expect(new Set(year.identities.map(({ fodselsnummer }) => fodselsnummer)).size).toBe(
      year.identities.length,
    );
  });

  test('all are in the age the service is for', () => {
    for (const { fodselsdato } of year.identities) {
      expect(kostraAge(fodselsdato, 2020)).toBeGreaterThanOrEqual(16);
      expect(kostraAge(fodselsdato, 2021)).toBeLessThanOrEqual(21);
    }
  });

  test('the birth date of a record is that of its number', () => {
    for (const { fodselsnummer, fodselsdato } of year.identities) {
      const individual = Number(fodselsnummer.slice(6, 9));
      expect(tenorNumber(fodselsdato, individual)).toBe(fodselsnummer);
    }
  });

  test('an individual number without check digits is refused', () => {
    const all = Array.from({ length: 500 }, (_, at) => tenorNumber('2003-05-17', 500 + at));
    expect(all.filter((number) => number === undefined).length).toBeGreaterThan(0);
  });
});
