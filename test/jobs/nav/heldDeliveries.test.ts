import { expect, test } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { createDeliveries } from '../../../src/jobs/nav/answers.ts';
import { createMemoryStore } from '../../../src/store/memory/store.ts';
import { createVault } from '../../../src/store/vault.ts';
import { agreementOf } from '../../harness/agreement.ts';
import { newOrg } from '../../store/commits.ts';

test('a delivery without an agreement is noted and told of once, is not read, and is used when one holds', async () => {
  const store = createMemoryStore();
  const org = newOrg();
  const asked = { holdDelivery: 0, load: 0 };
  const told: string[] = [];
  const deliveries = createDeliveries({
    nav: {
      ...store,
      async holdDelivery(...given) {
        asked.holdDelivery += 1;
        return store.holdDelivery(...given);
      },
    },
    operations: store,
    async load() {
      asked.load += 1;
      return new Map();
    },
    policyFor: () => defaultPolicy(countyNumber('46')),
    vault: createVault(Buffer.alloc(32, 7)),
    now: () => '2026-11-12T08:00:00.000Z',
    onHeld: (_org, run) => told.push(run),
  });
  const list = { org, run: 'B-2026-11' };
  for (let second = 0; second < 5; second += 1) expect(await deliveries.waits(list)).toBe(true);
  expect(asked).toEqual({ holdDelivery: 1, load: 0 });
  expect(told).toEqual(['B-2026-11']);
  await store.registerAgreement(agreementOf(org));
  expect(await deliveries.waits(list)).toBe(false);
});
