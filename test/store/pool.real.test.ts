import { expect, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createTestDatabase } from '../harness/sharedParts.ts';
import { newRef } from './commits.ts';

test('case E2: a database that goes down in the middle of a recovery fails that, and does not end the process', async () => {
  const database = await createTestDatabase();
  const pool = createPool({ databaseUrl: database.url, size: 4, onIdleError: () => undefined });
  const store = createPostgresStore(pool);
  await store.migrate();
  await store.claim({ org: orgId('o'), topic: 't', partition: 0 });
  const recovering = store.withCurrent(orgId('o'), [newRef()], async () => {
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and state = 'idle in transaction'`,
    );
    // Kafka takes its time: the connection ends while nothing is asked on it.
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
  await expect(recovering).rejects.toThrow();
  await store.withCurrent(orgId('o'), [newRef()], async () => undefined);
  await store.close();
  await database.drop();
});
