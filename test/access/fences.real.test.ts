import { afterAll, describe, expect, test } from 'vitest';
import type { ApiParts } from '../../src/api/parts.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { createPostgresAudit } from '../../src/store/postgres/audit.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { scopedReaders } from '../../src/store/postgres/scopedReaders.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { testParts } from '../api/parts.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { CALLERS, type Caller } from './casts.ts';
import { shownTo } from './shown.ts';
import { OTHER, OWN, seedWorld, type Thing } from './world.ts';

for (const version of await testedVersions()) {
  describe(`PostgreSQL ${version}`, async () => {
    const database = await createTestDatabase(version);
    const pool = createPool({ databaseUrl: database.url, size: 4, onIdleError: () => undefined });
    const store = createPostgresStore(pool);
    await store.migrate();
    const auditPool = createPool({ databaseUrl: database.url, size: 1, onIdleError: () => undefined });
    const audit = createPostgresAudit(createReaders(auditPool), organisationIds(pool));
    afterAll(async () => {
      await auditPool.end();
      await store.close();
      await database.drop();
    });
    const ids = organisationIds(pool);
    const organisations = [
      { id: OWN, county: countyNumber('40'), virtualClock: false },
      { id: OTHER, county: countyNumber('39'), virtualClock: false },
    ];
    const readAs: ApiParts['readAs'] = ({ organisations: only, reach }) => {
      const scope = { organisations: only ?? [OWN, OTHER], reach };
      const scoped = scopedReaders(createReaders(pool), ids, scope);
      return {
        queries: createPostgresQueries(pool, ids, scoped),
        operations: createPostgresOperations(pool, ids, scoped),
      };
    };
    const operations = createPostgresOperations(pool, ids);
    const queries = createPostgresQueries(pool, ids);
    const parts = testParts({ organisations, store, queries, operations, readAs });
    const things = await seedWorld({ ...queries, ...operations, ...audit, ...store }, parts.vault);
    const shown = async (principal: Caller['principal'], fence: 'guard' | 'database') =>
      named(things, await shownTo(principal, things, { parts, fence }));

    test.each(CALLERS)(
      'both fences show $name what is theirs, and all of it',
      async ({ principal, sees }) => {
        expect(await shown(principal, 'guard')).toEqual(namesOf(things.filter(sees)));
      },
    );

    test.each(CALLERS)('row-level security alone shows $name nothing out of reach', async (caller) => {
      const found = await shown(caller.principal, 'database');
      const within = namesOf(things.filter(caller.database));
      expect(found.filter((name) => !within.includes(name))).toEqual([]);
      const theirs = namesOf(things.filter(caller.sees));
      expect(theirs.filter((name) => !found.includes(name))).toEqual([]);
    });

    test('without it, everybody is shown everything: the tests above would fail', async () => {
      const unscoped = { ...parts, readAs: () => ({ queries, operations }) };
      const [caller] = CALLERS.slice(-1);
      if (caller === undefined) throw new Error('nobody calls');
      const found = await shownTo(caller.principal, things, { parts: unscoped, fence: 'database' });
      expect(found.size).toBe(things.length);
    });

    test('without settings a reader is shown no row, and never the vault', async () => {
      const client = await pool.connect();
      try {
        await client.query('begin; set local role ot_reader');
        for (const table of ['youth', 'event', 'receipt', 'quarantine', 'parked']) {
          expect((await client.query(`select from ${table}`)).rowCount).toBe(0);
        }
        await expect(client.query('select from identity')).rejects.toThrow('permission denied');
      } finally {
        client.release(true);
      }
    });

    test('every table that holds persons has a policy, or no reader may select from it', async () => {
      const { rows } = await pool.query<{ name: string }>(
        `select c.relname as name from pg_class c
         where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not c.relrowsecurity
           and has_table_privilege('ot_reader', c.oid, 'select') order by 1`,
      );
      // Names, clocks and places in Kafka.
      expect(rows.map(({ name }) => name)).toEqual(['lane', 'organisation']);
    });
  });
}

/** As a difference is read. */
function named(things: readonly Thing[], shown: ReadonlySet<string>): string[] {
  return namesOf(things.filter(({ mark }) => shown.has(mark)));
}

function namesOf(things: readonly Thing[]): string[] {
  return things
    .map(({ kind, org, unit = '', institution = '', sender = '', hidden = false }) =>
      [kind, org, unit, institution, sender, hidden ? 'hidden' : ''].join(' '),
    )
    .sort();
}
