import { afterAll, describe, expect, test } from 'vitest';
import { createPostgresAccess } from '../../src/store/postgres/access.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { accessFaults } from './given.ts';

for (const version of await testedVersions()) {
  describe(`PostgreSQL ${version}`, async () => {
    const database = await createTestDatabase(version);
    const pool = createPool({ databaseUrl: database.url, size: 4, onIdleError: () => undefined });
    const store = createPostgresStore(pool);
    await store.migrate();
    const ids = organisationIds(pool);
    afterAll(async () => {
      await store.close();
      await database.drop();
    });

    test('accesses are those in force, of whom they are, and only ever revoked', async () => {
      expect(await accessFaults(createPostgresAccess(pool, ids))).toEqual([]);
    });

    test.each([
      ['an access that has ended counts', 'a.valid_to > $2'],
      ['an access that has not begun counts', 'a.valid_from <= $2'],
      ['a revoked access counts', 'a.revoked_at is null'],
      ['every number has the grants', 'a.orgnr = $1'],
      ['every person has the roles', 'a.person_key = $1'],
      ['another county revokes', 'org_id = $1 and id = $2'],
    ])('planted in the statement, %s, and it is found', async (_name, condition) => {
      const holds = (text: string) => text.replaceAll(condition, `(${condition} or true)`);
      const planted = { query: (text: string, values: unknown[]) => pool.query(holds(text), values) };
      const found = await accessFaults(createPostgresAccess(planted as never, ids)).catch((error) => [
        // The table itself refuses to revoke what has been revoked.
        String(error.message),
      ]);
      expect(found.join()).toMatch(/^(?!.*(syntax|parameter)).+/);
    });

    test('a given access cannot be changed or deleted, not even by the owner of the table', async () => {
      await accessFaults(createPostgresAccess(pool, ids));
      for (const statement of [
        "update access_grant set scope = 'ot/registrations.read'",
        'delete from access_grant',
        "update role_assignment set role = 'leder', revoked_at = now(), revoked_by = 'x', revoked_reason = 'y'",
        'update access_grant set revoked_at = null where revoked_at is not null',
      ]) {
        await expect(pool.query(statement)).rejects.toThrow('an access is only ever revoked');
      }
    });
  });
}
