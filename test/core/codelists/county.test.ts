import { describe, expect, it } from 'vitest';
import { countyName, countyOn, partialSuccessors, successors } from '../../../src/core/codelists/county.ts';
import { COUNTIES } from '../../../src/core/codelists/data/counties.ts';

const numbersOn = (date: string) =>
  COUNTIES.filter((county) => countyOn(county.number, date))
    .map((county) => county.number)
    .join(' ');

describe('county numbers', () => {
  it.each([
    ['2017-12-31', '01 02 03 04 05 06 07 08 09 10 11 12 14 15 16 17 18 19 20'],
    ['2018-01-01', '01 02 03 04 05 06 07 08 09 10 11 12 14 15 18 19 20 50'],
    ['2019-12-31', '01 02 03 04 05 06 07 08 09 10 11 12 14 15 18 19 20 50'],
    ['2020-01-01', '03 11 15 18 30 34 38 42 46 50 54'],
    ['2023-12-31', '03 11 15 18 30 34 38 42 46 50 54'],
    ['2024-01-01', '03 11 15 18 31 32 33 34 39 40 42 46 50 55 56'],
  ])('on %s these are valid: %s', (date, numbers) => {
    expect(numbersOn(date)).toBe(numbers);
  });

  it('what has never been a county is not one on any date', () => {
    for (const number of ['', '00', '13', '21', '99', '3', '003']) {
      expect(countyOn(number, '2026-10-06')).toBe(false);
      expect(successors(number, '2026-10-06')).toEqual([]);
      expect(countyName(number)).toBeUndefined();
    }
  });

  it.each([
    ['03', '2026-10-06', '03', ''],
    ['17', '2017-12-31', '17', ''],
    ['17', '2018-01-01', '50', ''],
    ['38', '2023-12-31', '38', ''],
    ['38', '2024-01-01', '39 40', ''],
    ['08', '2021-01-01', '38', ''],
    ['08', '2024-01-01', '39 40', ''],
    ['07', '2021-01-01', '38', '30'],
    ['05', '2024-01-01', '34', '31 32 33'],
    ['14', '2021-01-01', '46', '15'],
    ['15', '2018-12-31', '15', ''],
    ['15', '2019-01-01', '15', '50'],
    ['15', '2021-01-01', '15', '50'],
    ['18', '2024-01-01', '18', '55 56'],
    ['01', '2024-01-01', '31 32 33', ''],
    ['39', '2023-12-31', '', ''],
  ])('%s by %s is wholly %s, in part %s', (number, date, whole, part) => {
    expect(successors(number, date).join(' ')).toBe(whole);
    expect(partialSuccessors(number, date).join(' ')).toBe(part);
  });

  it('a successor is valid on the date, and every number has a name', () => {
    for (const { number } of COUNTIES) {
      expect(countyName(number)).toMatch(/^\p{Lu}/u);
      for (const date of ['2017-06-01', '2018-06-01', '2020-06-01', '2024-06-01']) {
        for (const next of [...successors(number, date), ...partialSuccessors(number, date)]) {
          expect(countyOn(next, date)).toBe(true);
        }
      }
    }
    expect(countyName('38')).toBe('Vestfold og Telemark');
    expect(countyName('40')).toBe('Telemark');
  });
});
