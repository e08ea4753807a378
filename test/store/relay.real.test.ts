import { afterAll, describe } from 'vitest';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { createPostgresRelay } from '../../src/store/postgres/relayQueue.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createPostgresSubscriptions } from '../../src/store/postgres/subscriptions.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { relayContract } from './relayContract.ts';

for (const version of await testedVersions()) {
  describe(`PostgreSQL ${version}`, async () => {
    const database = await createTestDatabase(version);
    const pool = createPool({ databaseUrl: database.url, size: 10, onIdleError: () => undefined });
    const store = createPostgresStore(pool);
    const orgs = organisationIds(pool);
    await store.migrate();
    afterAll(async () => {
      await store.close();
      await database.drop();
    });
    relayContract(async () => ({
      store: { ...createPostgresOperations(pool), ...store },
      queries: createPostgresQueries(pool, orgs),
      queue: createPostgresRelay(pool, orgs),
      records: createPostgresSubscriptions(pool, orgs),
    }));
  });
}
