import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countyOn, partialSuccessors, successors } from '../../../src/core/codelists/county.ts';
import { MUNICIPALITIES } from '../../../src/core/codelists/data/municipalities.ts';
import {
  countyOf,
  isMunicipality,
  municipalityName,
  municipalityOn,
} from '../../../src/core/codelists/municipality.ts';

const NUMBERS = MUNICIPALITIES.map(({ number }) => number);
const on = (date: string) => NUMBERS.filter((number) => isMunicipality(number, date));
const inCounty = (county: string, date: string) =>
  on(date).filter((number) => number.startsWith(county)).length;

describe('municipality numbers', () => {
  it.each([
    ['2016-12-31', 428],
    ['2017-01-01', 426],
    ['2018-01-01', 422],
    ['2019-01-01', 422],
    ['2020-01-01', 356],
    ['2023-12-31', 356],
    ['2024-01-01', 357],
    ['2026-11-22', 357],
  ])('on %s there are %i', (date, count) => {
    expect(on(date)).toHaveLength(count);
  });

  it('O07 the municipalities of the three split counties are all placed', () => {
    const split = { '30': ['31', '32', '33'], '38': ['39', '40'], '54': ['55', '56'] };
    for (const [old, parts] of Object.entries(split)) {
      const before = on('2023-12-31').filter((number) => number.startsWith(old));
      const after = before.map((number) => municipalityOn(number, '2023-12-31', '2024-01-01'));
      expect(new Set(after).size).toBe(before.length);
      for (const number of after) expect(parts).toContain(number?.slice(0, 2));
    }
    expect(
      ['31', '32', '33', '39', '40', '55', '56'].map((county) => inCounty(county, '2024-01-01')),
    ).toEqual([12, 21, 18, 6, 17, 21, 18]);
  });

  it.each([
    // Merged.
    ['0702', '2017-06-01', '2018-01-01', '0715'],
    ['0714', '2017-06-01', '2024-06-01', '3903'],
    ['0711', '2019-06-01', '2024-06-01', '3301'],
    ['0719', '2016-06-01', '2024-06-01', '3907'],
    ['1718', '2017-06-01', '2019-06-01', '5054'],
    ['1601', '2017-06-01', '2026-06-01', '5001'],
    ['0121', '2019-06-01', '2026-06-01', '3226'],
    // To another county with all its people.
    ['0532', '2019-06-01', '2024-06-01', '3236'],
    ['0533', '2019-06-01', '2024-06-01', '3234'],
    ['1567', '2018-12-31', '2019-01-01', '5061'],
    ['1571', '2019-06-01', '2020-01-01', '5055'],
    ['1444', '2019-06-01', '2020-01-01', '1577'],
    ['1852', '2019-06-01', '2024-01-01', '5512'],
    // Renumbered only.
    ['3801', '2023-12-31', '2024-01-01', '3901'],
    ['3807', '2021-01-01', '2024-01-01', '4003'],
    ['5404', '2021-01-01', '2024-01-01', '5634'],
    ['2002', '2017-01-01', '2024-01-01', '5634'],
    ['0301', '2016-01-01', '2026-01-01', '0301'],
    // Split.
    ['1507', '2023-06-01', '2024-01-01', null],
    ['5012', '2019-06-01', '2020-01-01', null],
    ['1850', '2019-06-01', '2020-01-01', null],
    ['1439', '2019-06-01', '2020-01-01', null],
    ['1418', '2019-06-01', '2024-06-01', null],
    ['1129', '2019-06-01', '2020-01-01', null],
    ['1724', '2017-06-01', '2018-01-01', '5039'],
    ['1724', '2017-06-01', '2020-01-01', null],
    // Split along an older border: what it was before decides which part.
    ['1534', '2019-06-01', '2021-01-01', '1507'],
    ['1534', '2019-06-01', '2024-01-01', '1580'],
    ['1504', '2019-06-01', '2024-01-01', '1508'],
    ['1546', '2019-06-01', '2024-01-01', null],
    // Backward in time.
    ['3901', '2024-02-01', '2023-06-01', '3801'],
    ['3901', '2024-02-01', '2019-06-01', '0701'],
    ['3301', '2024-02-01', '2019-06-01', null],
    ['1580', '2024-02-01', '2023-06-01', '1507'],
    ['1580', '2024-02-01', '2019-06-01', '1534'],
    ['1508', '2024-02-01', '2019-06-01', null],
    ['5061', '2024-02-01', '2018-06-01', '1567'],
    // A number that was kept when others came to it.
    ['1103', '2019-06-01', '2024-06-01', '1103'],
    ['1103', '2024-06-01', '2019-06-01', null],
    ['1103', '2019-06-01', '2018-06-01', '1103'],
    // Stated on a day when it was not in use: the nearest day counts.
    ['3801', '2024-06-01', '2024-06-01', '3901'],
    ['3901', '2023-06-01', '2023-06-01', '3801'],
    ['3901', '2023-06-01', '2024-06-01', '3901'],
    ['5001', '2017-06-01', '2017-06-01', '1601'],
    // Never a municipality.
    ['9999', '2024-01-01', '2024-01-01', null],
    ['301', '2024-01-01', '2024-01-01', null],
    ['', '2024-01-01', '2024-01-01', null],
  ])('%s of %s is on %s: %s', (number, from, to, expected) => {
    expect(municipalityOn(number, from, to)).toBe(expected);
  });

  it.each([
    ['4003', '2024-06-01', '40'],
    ['3807', '2024-06-01', '40'],
    ['4003', '2021-06-01', '38'],
    ['0806', '2026-06-01', '40'],
    ['1507', '2024-06-01', '15'],
    ['5012', '2024-06-01', '50'],
    ['1850', '2024-06-01', '18'],
    ['0711', '2019-06-01', '07'],
    ['0711', '2021-06-01', '30'],
    ['0711', '2024-06-01', '33'],
    ['1567', '2018-12-31', '15'],
    ['1567', '2019-01-01', '50'],
    ['9999', '2024-06-01', null],
  ])('%s on %s lies in county %s', (number, date, county) => {
    expect(countyOf(number, date)).toBe(county);
  });

  it('a municipality of several counties before has no certain county then', () => {
    expect(countyOf('3301', '2019-06-01', '2024-06-01')).toBeNull();
    expect(countyOf('5055', '2019-06-01', '2024-06-01')).toBeNull();
    expect(countyOf('5001', '2017-06-01', '2024-06-01')).toBe('16');
  });

  it('a name is known for every number that has been one', () => {
    expect(municipalityName('3807')).toBe('Skien');
    expect(municipalityName('1507')).toBe('Ålesund');
    expect(municipalityName('0000')).toBeUndefined();
    for (const { name } of MUNICIPALITIES) expect(name).toMatch(/^\p{Lu}/u);
  });
});

const number = fc.constantFrom(...NUMBERS);
const date = fc
  .tuple(fc.integer({ min: 2016, max: 2026 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}-01`);

describe('a place through time', () => {
  it('is on no date anything but a municipality of that date', () => {
    fc.assert(
      fc.property(number, date, date, (place, from, to) => {
        const there = municipalityOn(place, from, to);
        if (there !== null) expect(isMunicipality(there, to)).toBe(true);
        const county = countyOf(place, to, from);
        if (county !== null) expect(countyOn(county, to)).toBe(true);
        if (there !== null) expect(county).toBe(there.slice(0, 2));
      }),
    );
  });

  it('is the same whether it is followed in one step or in two', () => {
    fc.assert(
      fc.property(number, fc.tuple(date, date, date), (place, dates) => {
        const [from = '', by = '', to = ''] = dates.toSorted();
        const half = municipalityOn(place, from, by);
        const stepped = half === null ? null : municipalityOn(half, by, to);
        if (stepped !== null) expect(municipalityOn(place, from, to)).toBe(stepped);
      }),
    );
  });

  it('its county is one the old county has gone to', () => {
    fc.assert(
      fc.property(number, fc.tuple(date, date), (place, dates) => {
        const [from = '', to = ''] = dates.toSorted();
        if (!isMunicipality(place, from)) return;
        const county = countyOf(place, to, from);
        const old = place.slice(0, 2);
        if (county !== null)
          expect([...successors(old, to), ...partialSuccessors(old, to)]).toContain(county);
      }),
    );
  });

  it('forward to a day when it is still in use it keeps its number', () => {
    fc.assert(
      fc.property(number, date, date, (place, one, other) => {
        const [from = '', to = ''] = [one, other].toSorted();
        if (isMunicipality(place, from) && isMunicipality(place, to)) {
          expect(municipalityOn(place, from, to)).toBe(place);
        }
      }),
    );
  });
});
