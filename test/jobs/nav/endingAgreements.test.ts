import { expect, test } from 'vitest';
import { daysAfter } from '../../../src/core/time/calendar.ts';
import { warnOfEndingAgreements } from '../../../src/jobs/nav/endingAgreements.ts';
import { createMemoryStore } from '../../../src/store/memory/store.ts';
import { agreementOf } from '../../harness/agreement.ts';
import { newOrg } from '../../store/commits.ts';

const LAST = '2027-01-31';

test('a county is warned 60 and 14 days before its agreement ends, once each, and no other county', async () => {
  const store = createMemoryStore();
  const [org, other] = [newOrg(), newOrg()];
  const agreement = agreementOf(org, { to: LAST });
  await store.registerAgreement(agreement);
  await store.registerAgreement(agreementOf(other));
  const raised: unknown[] = [];
  for (let date = daysAfter(LAST, -62); date <= daysAfter(LAST, 2); date = daysAfter(date, 1)) {
    const now = () => `${date}T11:00:00.000Z`;
    const alarm = (code: string, alarmed: object) => void raised.push({ date, code, ...alarmed });
    for (let turn = 0; turn < 2; turn += 1)
      await warnOfEndingAgreements({ nav: store, operations: store, now, alarm }, [org, other]);
  }
  const common = { code: 'AGREEMENT_ENDS', org, detail: agreement.id, since: LAST };
  expect(raised).toEqual([
    { ...common, date: daysAfter(LAST, -60), count: 60 },
    { ...common, date: daysAfter(LAST, -14), count: 14 },
  ]);
});
