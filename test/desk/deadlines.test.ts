import { describe, expect, test } from 'vitest';
import { countyNumber } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { deadlinesOf, listDeadline } from '../../src/desk/submission/deadlines.ts';

const POLICY = defaultPolicy(countyNumber('40'));
const COUNTS = { applied: 2, duplicate: 0, rejected: 0, quarantined: 0, parked: 0, waiting: 0 };
const RECEIPT = {
  ...{ feed: 'school-dropout' as const, received: '2026-10-07T22:30:00.000Z', counts: COUNTS, resent: 0 },
};

describe('what is due because of what was sent', () => {
  test('a row that may start it: contact and guidance, from the day it came in Oslo (R42)', () => {
    expect(deadlinesOf(RECEIPT, POLICY, '2026-10-08')).toEqual([
      { kind: 'contact', by: 'R42', date: '2026-10-15', figures: null },
      { kind: 'guidance', by: 'R42', date: '2026-10-29', figures: null },
    ]);
  });

  test('rows to mend: before the next figures are counted, as long as one is not sent again', () => {
    const counts = { ...COUNTS, applied: 0, quarantined: 2 };
    const mend = (today: string, resent = 0) => deadlinesOf({ ...RECEIPT, counts, resent }, POLICY, today);
    expect(mend('2026-10-08')).toEqual([
      { kind: 'mend', by: 'W28', date: '2026-11-08', figures: '2026-11-15' },
    ]);
    expect(mend('2026-11-08')).toMatchObject([{ date: '2026-11-08' }]);
    expect(mend('2026-11-09')).toMatchObject([{ by: 'W04', figures: '2027-02-15' }]);
    expect(mend('2027-06-30')).toMatchObject([{ by: 'W28', figures: '2027-11-15' }]);
    expect(mend('2026-10-08', 2)).toEqual([]);
  });

  test('a list that starts nothing is due to no one', () => {
    expect(deadlinesOf({ ...RECEIPT, feed: 'private-school' }, POLICY, '2026-10-08')).toEqual([]);
    const known = { ...COUNTS, applied: 0, duplicate: 2 };
    expect(deadlinesOf({ ...RECEIPT, counts: known }, POLICY, '2026-10-08')).toEqual([]);
  });
});

describe('when a list is waited for', () => {
  test('is the entry of the year wheel that is running, else the next', () => {
    expect(listDeadline('private-school', POLICY, '2026-09-30')).toMatchObject({
      id: 'W29',
      to: '2026-09-30',
    });
    expect(listDeadline('private-school', POLICY, '2026-10-01')).toMatchObject({
      id: 'W29',
      from: '2027-09-01',
    });
    expect(listDeadline('vigo-intake', POLICY, '2026-09-02')).toMatchObject({
      id: 'W21',
      from: '2026-08-31',
    });
    expect(listDeadline('lower-secondary', POLICY, '2026-10-01')).toMatchObject({
      id: 'W08',
      to: '2027-04-01',
    });
  });

  test('is moved with the county’s own dates', () => {
    const wheel = [
      { id: 'W29' as const, schoolYear: '2026-27' as never, from: '2026-10-01', to: '2026-10-15' },
    ];
    expect(listDeadline('private-school', { ...POLICY, wheel }, '2026-10-10')).toMatchObject({
      to: '2026-10-15',
    });
  });

  test('is never, for what is sent as it happens', () => {
    expect(listDeadline('school-dropout', POLICY, '2026-10-01')).toBeNull();
  });
});
