import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AgreementTerm,
  agreementAt,
  endingAgreement,
  isInForce,
} from '../../../src/core/nav/agreement.ts';
import { daysAfter } from '../../../src/core/time/calendar.ts';
import { startOfOsloDay } from '../../../src/core/time/oslo.ts';
import { runs } from '../../harness/propertyRuns.ts';

const term = (from: string, to: string, revokedAt: string | null = null): AgreementTerm => ({
  ...{ from, to },
  revoked: revokedAt === null ? null : { at: revokedAt, by: 'loopback', reason: 'Sagt opp.' },
});
const noon = (date: string) => `${date}T11:00:00.000Z`;

describe('an agreement', () => {
  it('holds from its first day through its last, in Oslo (N08)', () => {
    const agreement = term('2024-01-01', '2026-01-31');
    expect(isInForce(agreement, '2023-12-31T22:59:59.999Z')).toBe(false);
    expect(isInForce(agreement, '2023-12-31T23:00:00.000Z')).toBe(true);
    expect(isInForce(agreement, '2026-01-31T22:59:59.999Z')).toBe(true);
    expect(isInForce(agreement, '2026-01-31T23:00:00.000Z')).toBe(false);
  });

  it('holds until the moment it is revoked', () => {
    const agreement = term('2024-01-01', '2026-12-31', noon('2026-03-01'));
    expect(isInForce(agreement, '2026-03-01T10:59:59.999Z')).toBe(true);
    expect(isInForce(agreement, noon('2026-03-01'))).toBe(false);
  });

  it('is the one that lasts longest where several hold', () => {
    const [short, long, gone] = [
      term('2024-01-01', '2026-06-30'),
      term('2026-01-01', '2029-01-31'),
      term('2026-01-01', '2030-01-31', noon('2026-02-01')),
    ];
    expect(agreementAt([short, gone, long], noon('2026-03-01'))).toBe(long);
    expect(agreementAt([short, gone, long], noon('2025-03-01'))).toBe(short);
    expect(agreementAt([short, gone, long], noon('2023-03-01'))).toBeNull();
    expect(agreementAt([], noon('2026-03-01'))).toBeNull();
  });
});

describe('the warning before an agreement ends', () => {
  const last = '2027-01-31';
  const agreement = term('2024-02-01', last);
  const stepOn = (date: string, others: AgreementTerm[] = []) =>
    endingAgreement([agreement, ...others], noon(date))?.step ?? null;

  it('is due from 60 days before the last day, and again from 14', () => {
    expect(stepOn(daysAfter(last, -61))).toBeNull();
    expect(stepOn(daysAfter(last, -60))).toBe(60);
    expect(stepOn(daysAfter(last, -15))).toBe(60);
    expect(stepOn(daysAfter(last, -14))).toBe(14);
    expect(stepOn(last)).toBe(14);
    expect(stepOn(daysAfter(last, 1))).toBeNull();
  });

  it('is not due when another agreement follows without a gap', () => {
    const near = daysAfter(last, -10);
    expect(stepOn(near, [term('2027-02-01', '2030-01-31')])).toBeNull();
    expect(stepOn(near, [term('2027-02-02', '2030-01-31')])).toBe(14);
    expect(stepOn(near, [term('2027-02-01', '2030-01-31', noon('2026-12-01'))])).toBe(14);
    const brief = endingAgreement([agreement, term('2027-01-01', '2027-03-01')], noon(near));
    expect(brief).toMatchObject({ last: '2027-03-01', step: 60 });
  });

  it('agrees with counting the days one by one', () => {
    const day = fc.integer({ min: 0, max: 200 }).map((days) => daysAfter('2026-09-01', days));
    const any = fc.tuple(day, fc.integer({ min: 0, max: 120 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(any, { maxLength: 5 }), day, (rows, today) => {
        const terms = rows.map(([from, days, revoked]) =>
          term(from, daysAfter(from, days), revoked ? startOfOsloDay(today) : null),
        );
        const covered = (date: string) =>
          terms.some(({ from, to, revoked }) => revoked === null && from <= date && date <= to);
        let left = -1;
        for (let date = today; covered(date); date = daysAfter(date, 1)) left += 1;
        const step = left < 0 || left > 60 ? null : left <= 14 ? 14 : 60;
        expect(endingAgreement(terms, noon(today))?.step ?? null).toBe(step);
      }),
      runs(2_000),
    );
  });
});
