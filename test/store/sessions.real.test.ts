import { afterAll, describe } from 'vitest';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresSessions } from '../../src/store/postgres/sessions.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { sessionsContract } from './sessionsContract.ts';

for (const version of await testedVersions()) {
  describe(`PostgreSQL ${version}`, async () => {
    const database = await createTestDatabase(version);
    const pool = createPool({ databaseUrl: database.url, size: 4, onIdleError: () => undefined });
    const store = createPostgresStore(pool);
    await store.migrate();
    afterAll(async () => {
      await store.close();
      await database.drop();
    });
    sessionsContract(async () => createPostgresSessions(pool));
  });
}
