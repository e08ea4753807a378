import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import type { Reach } from '../../src/core/access/permission.ts';
import { personRef } from '../../src/core/person/reference.ts';
import { createPostgresBulk, createPostgresBulkReading } from '../../src/store/postgres/bulk.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { scopedReaders } from '../../src/store/postgres/scopedReaders.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { bulkContract, jobOf } from './bulkContract.ts';
import { newOrg } from './commits.ts';
import { itemJobContract, itemJobOf } from './itemJobContract.ts';

for (const version of await testedVersions()) {
  describe(`PostgreSQL ${version}`, async () => {
    const database = await createTestDatabase(version);
    const pool = createPool({ databaseUrl: database.url, size: 5, onIdleError: () => undefined });
    const store = createPostgresStore(pool);
    await store.migrate();
    afterAll(async () => {
      await store.close();
      await database.drop();
    });
    const ids = organisationIds(pool);
    const readers = createReaders(pool);
    const whole = { ...store, ...createPostgresBulk(ids, readers, readers) };
    bulkContract(async () => whole);
    itemJobContract(async () => whole);

    test('row-level security lets the county alone through, and no other organisation', async () => {
      const [org, other] = [newOrg(), newOrg()];
      for (const each of [org, other])
        await store.claim({ org: each, topic: `${each}.ot.event.ot-adviser`, partition: 0 });
      const job = jobOf(org);
      const ref = personRef('00000000-0000-4000-8000-000000000001');
      await whole.addBulk(job, [{ number: 1, ref, version: 1, schoolYear: null, code: null, left: null }]);
      const shown = async (reach: Reach, organisation = org) => {
        const scoped = scopedReaders(readers, ids, { organisations: [organisation], reach });
        const reading = createPostgresBulkReading(ids, scoped);
        const asked = { states: ['waiting'] as const, after: 0, limit: 5 };
        return [
          (await reading.bulk(org, job.id))?.id ?? null,
          (await reading.bulkMembers(org, job.id, asked)).length,
        ];
      };
      const items = itemJobOf(org);
      await whole.addItemJob(items, [randomUUID()]);
      const shownItems = async (reach: Reach, organisation = org) => {
        const scoped = scopedReaders(readers, ids, { organisations: [organisation], reach });
        const reading = createPostgresBulkReading(ids, scoped);
        const asked = { states: ['waiting'] as const, after: 0, limit: 5 };
        return [
          (await reading.itemJob(org, items.id))?.id ?? null,
          (await reading.jobItems(org, items.id, asked)).length,
        ];
      };
      expect(await shownItems({ kind: 'county' })).toEqual([items.id, 1]);
      expect(await shownItems({ kind: 'county' }, other)).toEqual([null, 0]);
      expect(await shownItems({ kind: 'sender', sender: job.sender })).toEqual([null, 0]);
      expect(await shown({ kind: 'county' })).toEqual([job.id, 1]);
      expect(await shown({ kind: 'county' }, other)).toEqual([null, 0]);
      expect(await shown({ kind: 'units', units: ['40200'] })).toEqual([null, 0]);
      expect(await shown({ kind: 'sender', sender: job.sender })).toEqual([null, 0]);
    });
  });
}
