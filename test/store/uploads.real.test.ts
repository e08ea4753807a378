import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import type { Reach } from '../../src/core/access/permission.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { scopedReaders } from '../../src/store/postgres/scopedReaders.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createPostgresUploads } from '../../src/store/postgres/uploads.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { newOrg } from './commits.ts';
import { hashOf, SCHOOL, uploadContract } from './uploadContract.ts';

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
    const whole = {
      ...store,
      ...createPostgresOperations(pool, ids),
      ...createPostgresQueries(pool, ids),
      ...createPostgresUploads(ids, readers, readers),
    };
    uploadContract(async () => whole);

    test('row-level security lets through what is in reach: a school its own, a sender its own, the county all', async () => {
      const [org, other] = [newOrg(), newOrg()];
      for (const each of [org, other])
        await store.claim({ org: each, topic: `${each}.ot.event.school-dropout`, partition: 0 });
      const received = instantOf(Date.UTC(2026, 10, 22));
      const headingSet = hashOf('set');
      await whole.rememberColumns(org, SCHOOL, { headingSet, columns: { a: null }, at: received });
      const id = randomUUID();
      await whole.openReceipt({
        ...{ id, org, feed: 'school-dropout', rows: 1, idempotencyKey: null, sender: 'person:1' },
        ...{ institution: '40014', bodyHash: Buffer.alloc(32), received },
        source: { fileHash: hashOf('file'), sheetRows: [4] },
      });
      await whole.receiptSent(id);
      const shown = async (reach: Reach, organisation = org) => {
        const scoped = scopedReaders(readers, ids, { organisations: [organisation], reach });
        const uploads = createPostgresUploads(ids, scoped, readers);
        const sent = { feed: 'school-dropout' as const, sender: 'person:1', fileHash: hashOf('file') };
        return [
          (await uploads.rememberedColumns(org, SCHOOL, [headingSet])).length,
          (await uploads.sentFile(org, sent))?.receipt ?? null,
        ];
      };
      expect(await shown({ kind: 'county' })).toEqual([1, id]);
      expect(await shown({ kind: 'institutions', institutions: ['40014'] })).toEqual([1, id]);
      expect(await shown({ kind: 'institutions', institutions: ['40001'] })).toEqual([0, null]);
      expect(await shown({ kind: 'sender', sender: 'person:1' })).toEqual([0, id]);
      expect(await shown({ kind: 'sender', sender: 'person:2' })).toEqual([0, null]);
      expect(await shown({ kind: 'county' }, other)).toEqual([0, null]);
    });
  });
}
