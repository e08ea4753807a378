import { expect, it } from 'vitest';
import { guardianEndsOn, ofAgeOn } from '../../../src/core/age/majority.ts';

it('the guardian ends and the youth begins on the 18th birthday', () => {
  expect([guardianEndsOn('2009-03-14'), ofAgeOn('2009-03-14')]).toEqual(['2027-03-14', '2027-03-14']);
});

it('Y04 born 29 February: the guardian ends on 28 February, the youth begins on 1 March', () => {
  expect([guardianEndsOn('2008-02-29'), ofAgeOn('2008-02-29')]).toEqual(['2026-02-28', '2026-03-01']);
});
