import { afterAll, describe } from 'vitest';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createPostgresVigo } from '../../src/store/postgres/vigo.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { vigoContract } from './vigoContract.ts';

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
    const readers = createReaders(pool);
    const vigo = createPostgresVigo(organisationIds(pool), readers, readers);
    vigoContract(async () => ({ ...store, ...vigo }));
  });
}
