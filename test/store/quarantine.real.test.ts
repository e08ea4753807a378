import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import type { Reach } from '../../src/core/access/permission.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { scopedReaders } from '../../src/store/postgres/scopedReaders.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { AT, batch, claimed, committed, newOrg } from './commits.ts';

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
    const whole = { ...store, ...createPostgresOperations(pool, ids), ...createPostgresQueries(pool, ids) };

    /** A row in quarantine of each school and sender, and one that no one sent by a receipt. */
    async function seed() {
      const lane = await claimed(whole as never, newOrg());
      const kept: { id: string; receipt: string | null; institution: string; sender: string }[] = [];
      for (const institution of ['40014', '40015'])
        for (const sender of ['machine', 'person']) {
          const receipt = randomUUID();
          await whole.openReceipt({
            ...{ id: receipt, org: lane.org, feed: 'school-dropout', rows: 1, idempotencyKey: null },
            ...{ received: AT, sender, institution, bodyHash: Buffer.alloc(32) },
          });
          kept.push({ id: randomUUID(), receipt, institution, sender });
        }
      kept.push({ id: randomUUID(), receipt: null, institution: '', sender: '' });
      const first = lane.nextOffset;
      const quarantined = kept.map(({ id, receipt }, at) => ({
        ...{ id, receipt, row: 1, offset: first + BigInt(at), received: AT, sealed: Buffer.from([at]) },
        problems: [],
      }));
      await committed(whole as never, batch(lane, first + 5n, { quarantined }));
      return { org: lane.org, kept };
    }

    test('row-level security: a school finds the rows of its own receipts, a sender its own, and no other county any', async () => {
      const [own, other] = [await seed(), await seed()];
      const found = async (reach: Reach) => {
        const scoped = scopedReaders(readers, ids, { organisations: [own.org], reach });
        const { rows } = await scoped.use(own.org, (session) => session.query('select id from quarantine'));
        return rows.map(({ id }) => id).sort();
      };
      const idsOf = (some: typeof own.kept) => some.map(({ id }) => id).sort();
      expect(await found({ kind: 'county' })).toEqual(idsOf(own.kept));
      expect(await found({ kind: 'institutions', institutions: ['40014'] })).toEqual(
        idsOf(own.kept.filter(({ institution }) => institution === '40014')),
      );
      expect(await found({ kind: 'sender', sender: 'person' })).toEqual(
        idsOf(own.kept.filter(({ sender }) => sender === 'person')),
      );
      expect(await found({ kind: 'institutions', institutions: ['40020'] })).toEqual([]);
      expect(await found({ kind: 'units', units: ['40200'] })).toEqual([]);
      expect(other.kept).toHaveLength(5);
    });

    test('an item that a process had taken when it ended can be taken again after a minute', async () => {
      const { org, kept } = await seed();
      const [{ id } = { id: '' }] = kept;
      expect(await whole.claimQuarantine(org, id)).toBe(true);
      await pool.query("update quarantine set claimed = now() - interval '59 seconds' where id = $1", [id]);
      expect(await whole.claimQuarantine(org, id)).toBe(false);
      await pool.query("update quarantine set claimed = now() - interval '61 seconds' where id = $1", [id]);
      expect(await whole.claimQuarantine(org, id)).toBe(true);
    });
  });
}
