import { afterAll, describe } from 'vitest';
import { createPostgresAudit } from '../../src/store/postgres/audit.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { storeContract } from './contract.ts';

for (const version of await testedVersions()) {
  describe(`PostgreSQL ${version}`, async () => {
    const database = await createTestDatabase(version);
    const pool = createPool({ databaseUrl: database.url, size: 10, onIdleError: () => undefined });
    const store = createPostgresStore(pool);
    const auditPool = createPool({ databaseUrl: database.url, size: 2, onIdleError: () => undefined });
    const audit = createPostgresAudit(createReaders(auditPool), organisationIds(pool));
    await store.migrate();
    afterAll(async () => {
      await auditPool.end();
      await store.close();
      await database.drop();
    });
    storeContract(async () => ({
      ...createPostgresQueries(pool),
      ...createPostgresOperations(pool),
      ...audit,
      ...store,
    }));
  });
}
