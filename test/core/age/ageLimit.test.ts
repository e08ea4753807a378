import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageLimitOn, inAgeRange, lastDayInRange } from '../../../src/core/age/ageLimit.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { addDays } from '../../../src/core/time/date.ts';

const policy = defaultPolicy(countyNumber('34'));
const P05A = '2002-12-31';
const P05B = '2003-01-01';

describe('the age limit', () => {
  it('is 21 through July 2024 and 24 from August', () => {
    expect(ageLimitOn(policy, '2016-07-01')).toBe(21);
    expect(ageLimitOn(policy, '2024-07-31')).toBe(21);
    expect(ageLimitOn(policy, '2024-08-01')).toBe(24);
  });

  it.each([
    [P05A, '2023-12-31', true],
    [P05A, '2024-01-01', false],
    [P05A, '2024-07-31', false],
    [P05A, '2024-08-01', true],
    [P05A, '2026-12-31', true],
    [P05A, '2027-01-01', false],
    [P05B, '2024-07-31', true],
    [P05B, '2024-08-01', true],
    [P05B, '2027-12-31', true],
    [P05B, '2028-01-01', false],
    // §1.7.2: born 2005, limit 21, calendar year.
    ['2005-05-25', '2029-12-31', true],
    ['1998-09-09', '2020-11-15', false],
  ])('Y05 born %s is on %s in the range: %s', (born, on, within) => {
    expect(inAgeRange(born, on, policy)).toBe(within);
  });

  it('§1.7.2 through the calendar year of the limit: born 2005 by 21 through 2026', () => {
    const old = { ageLimits: [{ from: '0000-01-01', limit: 21 }] };
    expect(lastDayInRange('2005-05-25', '2026-03-01', old)).toBe('2026-12-31');
  });

  it('Y05 the last day is that of the unbroken time in the range', () => {
    expect(lastDayInRange(P05A, '2023-05-01', policy)).toBe('2023-12-31');
    expect(lastDayInRange(P05A, '2024-05-10', policy)).toBeNull();
    expect(lastDayInRange(P05A, '2024-08-01', policy)).toBe('2026-12-31');
    expect(lastDayInRange(P05B, '2023-05-01', policy)).toBe('2027-12-31');
  });

  it('a limit that is raised on New Year’s Day goes on without a gap, and one that is lowered cuts the time short', () => {
    const raised = { ageLimits: [...policy.ageLimits, { from: '2027-01-01', limit: 26 }] };
    expect(lastDayInRange(P05A, '2026-05-01', raised)).toBe('2028-12-31');
    const lowered = { ageLimits: [...policy.ageLimits, { from: '2026-07-01', limit: 21 }] };
    expect(lastDayInRange(P05A, '2026-05-01', lowered)).toBe('2026-06-30');
  });

  it('Y04 a leap day child is in the range through 2032, the year of the 24th birthday', () => {
    expect(lastDayInRange('2008-02-29', '2026-02-28', policy)).toBe('2032-12-31');
  });

  it('a date is in the range exactly until the last day that is given for it', () => {
    const days = fc.integer({ min: 0, max: 14_000 });
    fc.assert(
      fc.property(days, days, (birth, day) => {
        const born = addDays('1995-01-01', birth);
        const on = addDays('2015-01-01', day % 7_000);
        const last = lastDayInRange(born, on, policy);
        expect(last !== null).toBe(inAgeRange(born, on, policy));
        if (last === null) return;
        expect(last >= on).toBe(true);
        expect(inAgeRange(born, last, policy)).toBe(true);
        expect(inAgeRange(born, addDays(last, 1), policy)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is not read from a policy that has none for the date', () => {
    expect(() => ageLimitOn({ ageLimits: [{ from: '2024-08-01', limit: 24 }] }, '2024-07-31')).toThrow();
  });
});
