import { afterAll } from 'vitest';
import { createPostgresFintProjection } from '../../src/store/postgres/fintProjection.ts';
import { createPostgresFintReading } from '../../src/store/postgres/fintReading.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createTestDatabase } from '../harness/sharedParts.ts';
import { fintContract } from './fintContract.ts';

const database = await createTestDatabase();
const pool = createPool({ databaseUrl: database.url, size: 5, onIdleError: () => undefined });
const store = createPostgresStore(pool);
await store.migrate();
afterAll(async () => {
  await store.close();
  await database.drop();
});
const [ids, readers] = [organisationIds(pool), createReaders(pool)];
fintContract(async () => ({
  ...store,
  ...createPostgresFintReading(ids, readers),
  ...createPostgresFintProjection(ids, readers),
}));
