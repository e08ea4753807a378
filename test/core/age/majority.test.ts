import { expect, it } from 'vitest';
import { comingOfAge } from '../../../src/core/age/majority.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';

const { majority } = defaultPolicy(countyNumber('40'));
const dates = (born: string, ages = majority) => Object.values(comingOfAge(born, ages) ?? {});

it('the guardian ends and the youth begins on the 18th birthday', () => {
  expect(dates('2009-03-14')).toEqual(['2027-03-14', '2027-03-14']);
});

it('Y04 born 29 February: the guardian ends on 28 February, the youth begins on 1 March', () => {
  expect(dates('2008-02-29')).toEqual(['2026-02-28', '2026-03-01']);
});

it('an age that gives a birthday in a leap year leaves no day between', () => {
  expect(dates('2008-02-29', [{ from: '0000-01-01', age: 16 }])).toEqual(['2024-02-29', '2024-02-29']);
});

it('a birth date that is unknown gives no day', () => {
  expect(comingOfAge(null, majority)).toBeNull();
});

it('an age that is lowered counts from the day it holds, and not for birthdays before it', () => {
  const lowered = [
    { from: '0000-01-01', age: 18 },
    { from: '2027-01-01', age: 15 },
  ];
  expect(dates('2008-12-31', lowered)).toEqual(['2026-12-31', '2026-12-31']);
  expect(dates('2009-03-14', lowered)).toEqual(['2027-01-01', '2027-01-01']);
  expect(dates('2012-02-29', lowered)).toEqual(['2027-02-28', '2027-03-01']);
});

it('an age that is raised makes no adult a minor again', () => {
  const raised = [
    { from: '0000-01-01', age: 15 },
    { from: '2027-01-01', age: 18 },
  ];
  expect(dates('2011-12-31', raised)).toEqual(['2026-12-31', '2026-12-31']);
  expect(dates('2012-01-01', raised)).toEqual(['2030-01-01', '2030-01-01']);
});

it('a policy without an age is a broken one', () => {
  expect(() => comingOfAge('2009-03-14', [])).toThrow('majority');
});
