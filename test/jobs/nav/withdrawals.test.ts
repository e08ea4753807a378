import { expect, test } from 'vitest';
import { countyNumber, orgId } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { reportWithdrawals, type WithdrawalParts } from '../../../src/jobs/nav/withdrawals.ts';

const ORG = orgId('vestlandfylke-no');

/** Rows that wait to be published, and what is counted of them. */
function waiting(count: number, publish: () => Promise<void>) {
  let left = Array.from({ length: count }, (_, at) => ({
    ...{ batch: 'B-2026-11', matchId: `m-${at}`, at: '2026-11-10T08:00:00.000Z' },
  }));
  const counted: [number, string][] = [];
  const parts: WithdrawalParts = {
    nav: {
      sweepWritten: async () => false,
      sweepDue: async () => 0,
      unsweptBatches: async () => [],
      sweepRows: async () => null,
      noteSwept: async () => undefined,
      async publishWithdrawals(_org, limit, publishing) {
        const next = left.slice(0, limit);
        if (next.length > 0) await publishing(next);
        left = left.slice(next.length);
        return next.length;
      },
    },
    operations: { virtualNow: async () => null },
    now: () => '2026-11-10T08:00:00.000Z',
    publisher: { publish },
    policyFor: () => defaultPolicy(countyNumber('46')),
    virtualClock: () => false,
    meters: { navWithdrawn: (many, { org }) => counted.push([many, org]) },
  };
  return { parts, counted };
}

test('withdrawals are counted as they are published, page by page', async () => {
  const { parts, counted } = waiting(501, async () => undefined);
  expect(await reportWithdrawals(parts, ORG)).toBe(501);
  expect(counted).toEqual([
    [500, ORG],
    [1, ORG],
  ]);
  expect(await reportWithdrawals(parts, ORG)).toBe(0);
  expect(counted).toHaveLength(2);
});

test('what Kafka has not acknowledged is not counted, and is published and counted the next time', async () => {
  let away = true;
  const { parts, counted } = waiting(3, async () => {
    if (away) throw new Error('Kafka is away');
  });
  await expect(reportWithdrawals(parts, ORG)).rejects.toThrow('Kafka is away');
  expect(counted).toEqual([]);
  away = false;
  expect(await reportWithdrawals(parts, ORG)).toBe(3);
  expect(counted).toEqual([[3, ORG]]);
});
