import { afterAll, describe } from 'vitest';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { storeContract } from './contract.ts';

for (const version of await testedVersions()) {
  describe(`PostgreSQL ${version}`, async () => {
    const database = await createTestDatabase(version);
    const pool = createPool({ databaseUrl: database.url, size: 10, onIdleError: () => undefined });
    const store = createPostgresStore(pool);
    await store.migrate();
    afterAll(async () => {
      await store.close();
      await database.drop();
    });
    storeContract(async () => ({
      ...createPostgresQueries(pool),
      ...createPostgresOperations(pool),
      ...store,
    }));
  });
}
