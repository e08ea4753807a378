import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createTestDatabase, type TestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { batch, CONCLUDED, claimed, committed, listRow, newRef } from './commits.ts';

// What a list of VIGO's costs grows with its rows and not with their square, also on a table that PostgreSQL knows nothing
// of: rows read are counted, no time is taken.

const ROWS = 3_000;
const BATCH = 500;

describe.each(testedVersions())('a list on PostgreSQL %s without statistics', (version) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase(version);
  });
  afterAll(() => database.drop());

  test('is noted, judged and noted again in a few passes over its rows', async () => {
    const pool = createPool({ databaseUrl: database.url, size: 2, onIdleError: () => undefined });
    const store = createPostgresStore(pool);
    await store.migrate();
    const operations = createPostgresOperations(pool, organisationIds(pool));
    await pool.query('alter table list_row set (autovacuum_enabled = off)');
    const lane = await claimed(store);
    const envelope = { list: 'laktiv', run: 'r', type: 'FULL', total: ROWS } as const;
    const rows = Array.from({ length: ROWS }, (_, at) =>
      listRow(envelope, `key-${at}`, newRef(), { offset: BigInt(at), number: at + 1 }),
    );
    const send = async () => {
      for (let from = 0; from < ROWS; from += BATCH)
        await committed(
          store,
          batch(lane, lane.nextOffset + BigInt(BATCH), { listRows: rows.slice(from, from + BATCH) }),
        );
    };
    await send();
    const [list] = await operations.completeLists();
    const refs = list?.refs ?? [];
    expect(refs).toHaveLength(ROWS);
    await operations.concludeList(lane.org, 'laktiv', 'r', { ...CONCLUDED, refs: refs.slice(1) });
    const [late] = await operations.lateLists(lane.org);
    expect(late?.refs).toEqual(refs.slice(0, 1));
    await operations.markLateReported(lane.org, 'laktiv', 'r', refs);
    expect(await operations.lateLists(lane.org)).toEqual([]);
    await send();
    expect(await operations.surplusLists(lane.org)).toEqual([]);
    // What its connections have read is counted when they end.
    await store.close();

    expect(await rowsRead(database.url)).toBeLessThan(60 * ROWS);
  });
});

/** Of the table of rows, by itself and through its indexes. */
async function rowsRead(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ tables: string; indexes: string }>(
      `select (select seq_tup_read from pg_stat_user_tables where relname = 'list_row') as tables,
         (select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'list_row') as indexes`,
    );
    return Number(rows[0]?.tables) + Number(rows[0]?.indexes);
  } finally {
    await client.end();
  }
}
