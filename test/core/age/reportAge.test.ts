import { expect, it } from 'vitest';
import { isUnderLimitForKostra, kostraAge } from '../../../src/core/age/reportAge.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';

const policy = defaultPolicy(countyNumber('46'));
const OLD = { ageLimits: [{ from: '0000-01-01', limit: 21 }] };

it('§1.7.2 KOSTRA counts born 2005 with limit 21 through 2025, the year before the 21st birthday', () => {
  expect(kostraAge('2005-12-31', 2025)).toBe(20);
  expect(isUnderLimitForKostra('2005-01-01', 2025, OLD)).toBe(true);
  expect(isUnderLimitForKostra('2005-12-31', 2026, OLD)).toBe(false);
});

it('KOSTRA reads the limit that is in force at the end of the accounting year', () => {
  expect(isUnderLimitForKostra('2002-12-31', 2023, policy)).toBe(false);
  expect(isUnderLimitForKostra('2002-12-31', 2024, policy)).toBe(true);
});
