import { expect, test } from 'vitest';
import { daysAfter } from '../../../src/core/time/calendar.ts';
import { createMonthlyLists } from '../../../src/jobs/nav/monthlyList.ts';
import { createMemoryStore } from '../../../src/store/memory/store.ts';
import { agreementOf } from '../../harness/agreement.ts';
import { newOrg } from '../../store/commits.ts';

test('each month has one list from the county’s day on, under an agreement, and none where no day is set', async () => {
  const store = createMemoryStore();
  const [org, manual, late] = [newOrg(), newOrg(), newOrg()];
  for (const each of [org, manual])
    await store.registerAgreement(agreementOf(each, { from: '2026-01-01', to: '2027-12-31' }));
  await store.registerAgreement(agreementOf(late, { from: '2026-11-20', to: '2027-12-31' }));
  let date = '2026-11-01';
  const parts = {
    ...{ nav: store, operations: store, now: () => `${date}T11:00:00.000Z` },
    policyFor: (asked: string) => ({ navListDay: asked === manual ? null : 5 }),
  };
  let ask = createMonthlyLists(parts);
  const extracted = async (asked: typeof org) =>
    (await store.unfinishedBatches(asked)).map(({ id, extracted: at, requestedBy }) => [
      id,
      at.slice(0, 10),
      requestedBy,
    ]);
  for (; date <= '2026-12-31'; date = daysAfter(date, 1)) {
    for (let turn = 0; turn < 2; turn += 1) await ask([org, manual, late]);
    // As after a restart.
    if (date === '2026-11-15') ask = createMonthlyLists(parts);
  }
  expect(await extracted(org)).toEqual([
    ['B-2026-11', '2026-11-05', 'clock'],
    ['B-2026-12', '2026-12-05', 'clock'],
  ]);
  expect(await extracted(manual)).toEqual([]);
  expect(await extracted(late)).toEqual([
    ['B-2026-11', '2026-11-20', 'clock'],
    ['B-2026-12', '2026-12-05', 'clock'],
  ]);
});
