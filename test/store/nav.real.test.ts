import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { createPostgresNav } from '../../src/store/postgres/nav.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createPostgresRelay } from '../../src/store/postgres/relayQueue.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createPostgresSubscriptions } from '../../src/store/postgres/subscriptions.ts';
import { agreementOf } from '../harness/agreement.ts';
import { createTestDatabase } from '../harness/sharedParts.ts';
import { change, claimed, committed, newRef } from './commits.ts';
import { navContract } from './navContract.ts';
import { navWithdrawalContract } from './navWithdrawalContract.ts';

const database = await createTestDatabase();
const pool = createPool({ databaseUrl: database.url, size: 5, onIdleError: () => undefined });
const plain = createPostgresStore(pool);
await plain.migrate();
afterAll(async () => {
  await plain.close();
  await database.drop();
});
const [ids, readers] = [organisationIds(pool), createReaders(pool)];
const whole = { ...plain, ...createPostgresNav(ids, readers, readers) };
navContract(async () => whole);
navWithdrawalContract(async () => ({
  store: whole,
  queue: createPostgresRelay(pool, ids),
  records: createPostgresSubscriptions(pool, ids),
}));

test('a page that fails in the middle adds nothing, and is judged again whole', async () => {
  const store = { ...plain, ...createPostgresNav(ids, readers, readers) };
  const lane = await claimed(store);
  const refs = Array.from({ length: 3 }, newRef).sort();
  for (const ref of refs) await committed(store, change(lane, ref, 1));
  const agreement = agreementOf(lane.org);
  await store.registerAgreement(agreement);
  const id = 'B-2026-11';
  const extracted = '2026-11-02T08:00:00.000Z';
  const { party: recipient } = agreement;
  await store.openBatch({
    org: lane.org,
    id,
    agreement: agreement.id,
    recipient,
    extracted,
    requestedBy: 'a',
  });
  const asked = (ref: PersonRef) => ({ matchId: ref, ref, consentVersion: 'v1', decision: randomUUID() });
  const dies = store.extractPage(lane.org, id, 10, ({ ref }) => {
    if (ref === refs[2]) throw new Error('killed');
    return asked(ref);
  });
  await expect(dies).rejects.toThrow('killed');
  expect(await store.batchRows(lane.org, id, '', 10)).toEqual([]);
  expect(await store.extractPage(lane.org, id, 10, ({ ref }) => asked(ref))).toBe(3);
  expect(await store.batchRows(lane.org, id, '', 10)).toHaveLength(3);
});
