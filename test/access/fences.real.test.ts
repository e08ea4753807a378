import { afterAll, describe, expect, test } from 'vitest';
import type { ApiParts } from '../../src/api/parts.ts';
import type { Permission } from '../../src/core/access/permission.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { createPostgresAudit } from '../../src/store/postgres/audit.ts';
import { createPostgresFintProjection } from '../../src/store/postgres/fintProjection.ts';
import { createPostgresFintReading } from '../../src/store/postgres/fintReading.ts';
import { createPostgresNav } from '../../src/store/postgres/nav.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { scopedReaders } from '../../src/store/postgres/scopedReaders.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createPostgresVigo } from '../../src/store/postgres/vigo.ts';
import { createPostgresWork } from '../../src/store/postgres/workProjection.ts';
import { testParts } from '../api/parts.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { CALLERS, type Caller } from './casts.ts';
import { shownTo } from './shown.ts';
import { OTHER, OWN, seedNav, seedVigo, seedWorld, type Thing } from './world.ts';

const [NEWEST] = testedVersions();

for (const version of testedVersions()) {
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
    const readAs: ApiParts['readAs'] = (permission) => {
      const scoped = lent(permission);
      return {
        queries: createPostgresQueries(pool, ids, scoped),
        operations: createPostgresOperations(pool, ids, scoped),
      };
    };
    const operations = createPostgresOperations(pool, ids);
    const queries = createPostgresQueries(pool, ids);
    const readers = createReaders(pool);
    const lent = ({ organisations: only, reach }: Permission) =>
      scopedReaders(readers, ids, { organisations: only ?? [OWN, OTHER], reach });
    const fint: ApiParts['fint'] = {
      projection: createPostgresFintProjection(ids, readers),
      readAs: (permission) => createPostgresFintReading(ids, lent(permission)),
    };
    const vigoAs: ApiParts['vigoAs'] = (permission) => createPostgresVigo(ids, lent(permission), readers);
    const navAs: ApiParts['navAs'] = (permission) => createPostgresNav(ids, lent(permission), readers);
    const work = createPostgresWork(ids, readers);
    const reading = { readAs, fint, vigoAs, navAs, work };
    const parts = testParts({ organisations, store, queries, operations, ...reading });
    const seeded = await seedWorld({ ...queries, ...operations, ...audit, ...store }, parts.vault);
    const things = [
      ...seeded,
      ...(await seedVigo(createPostgresVigo(ids, readers, readers), seeded)),
      ...(await seedNav(createPostgresNav(ids, readers, readers), seeded)),
    ];
    const shown = async (principal: Caller['principal'], fence: 'guard' | 'database') =>
      named(things, await shownTo(principal, things, { parts, fence }));

    // The guard asks the same questions of every version: one is enough.
    if (version === NEWEST)
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
      const unscoped: ApiParts = {
        ...parts,
        readAs: () => ({ queries, operations }),
        fint: { ...fint, readAs: () => createPostgresFintReading(ids, readers) },
        vigoAs: () => createPostgresVigo(ids, readers, readers),
        navAs: () => createPostgresNav(ids, readers, readers),
      };
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

    test('a youth that was merged is in reach of the units of the one it is now, and of no other', async () => {
      const units = new Map(
        things.flatMap(({ kind, org, unit = '', hidden = false, mark }) =>
          kind === 'youth' && org === OWN && !hidden ? [[unit, mark]] : [],
        ),
      );
      const [[unit = '', ref], [otherUnit = '', survivor]] = [...units] as [string, string][] as [
        [string, string],
        [string, string],
      ];
      const orgId = await ids.idOf(OWN);
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query('update youth set merged_into = $1 where ref = $2', [survivor, ref]);
        await client.query('insert into merged_youth (org_id, ref, survivor) values ($1, $2, $3)', [
          orgId,
          ref,
          survivor,
        ]);
        await client.query(
          `select set_config('ot.orgs', $1, true), set_config('ot.reach', 'units', true), set_config('role', 'ot_reader', true)`,
          [String(orgId)],
        );
        const shownTo = async (values: string) => {
          await client.query(`select set_config('ot.values', $1, true)`, [values]);
          const { rows } = await client.query(
            `select (select count(*)::int from youth where ref = $1) as youths,
               (select count(*)::int from event where ref = $1) as events,
               (select count(*)::int from merged_youth where ref = $1) as merges,
               (select count(*)::int from numbers_of($1)) as numbers`,
            [ref],
          );
          return rows[0];
        };
        expect(await shownTo(otherUnit)).toEqual({ youths: 1, events: 1, merges: 1, numbers: 1 });
        expect(await shownTo(unit)).toEqual({ youths: 0, events: 0, merges: 0, numbers: 0 });
        expect(await shownTo('49999')).toEqual({ youths: 0, events: 0, merges: 0, numbers: 0 });
      } finally {
        client.release(true);
      }
    });

    test('the roles of requests read what readers are shown, add to the audit trail, and may do nothing else', async () => {
      const { rows } = await pool.query<{ may: string }>(
        `select r.name || ' ' || p.name || ' ' || c.relname as may
         from (values ('ot_reader'), ('ot_audit')) r (name),
           (values ('select'), ('insert'), ('update'), ('delete'), ('truncate'), ('references'), ('trigger')) p (name),
           pg_class c
         where c.relkind in ('r', 'v', 'm', 'p') and c.relnamespace = 'public'::regnamespace
           and has_table_privilege(r.name, c.oid, p.name)
         union all
         select r.name || ' use ' || c.relname from (values ('ot_reader'), ('ot_audit')) r (name), pg_class c
         where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace
           and has_sequence_privilege(r.name, c.oid, 'usage, select, update')
         order by 1`,
      );
      const read = [
        ...[
          'access_grant',
          'access_proposal',
          'agreement',
          'agreement_proposal',
          'alert_progress',
          'built_sheet',
          'bulk_job',
          'bulk_member',
          'column_memory',
          'delivery',
          'delivery_attempt',
          'event',
          'fint_youth',
          'lane',
          'list_act',
          'list_row',
          'list_run',
          'log_control',
          'merged_youth',
          'nav_batch',
          'nav_batch_row',
          'nav_delivery',
          'nav_disclosure',
          'nav_incident',
        ],
        ...['organisation', 'parked', 'person_name', 'quarantine', 'receipt', 'receipt_list', 'receipt_row'],
        'receipt_source',
        ...[
          'replay',
          'report_snapshot',
          'role_assignment',
          'subscription',
          'vigo_file',
          'vigo_receipt',
          'vigo_row',
        ],
        ...['work_count', 'work_projection', 'work_row', 'youth'],
      ];
      expect(rows.map(({ may }) => may)).toEqual(read.map((table) => `ot_reader select ${table}`));
    });

    test('a function with its owner’s rights names what it means, and is for named roles alone', async () => {
      const { rows } = await pool.query<{ name: string; path: string[] | null; callers: string[] }>(
        `select p.proname as name, p.proconfig as path, array(
           select r.name from (values ('public'), ('ot_reader'), ('ot_audit')) r (name)
           where case r.name when 'public' then exists (
             select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0
           ) else has_function_privilege(r.name, p.oid, 'execute') end
         ) as callers
         from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace order by 1`,
      );
      const path = ['search_path=public, pg_temp'];
      expect(rows).toEqual([
        { name: 'audit_append', path, callers: ['ot_audit'] },
        { name: 'first_logged', path, callers: ['ot_reader'] },
        { name: 'log_lines', path, callers: ['ot_reader'] },
        { name: 'log_uses', path, callers: ['ot_reader'] },
        { name: 'numbers_of', path, callers: ['ot_reader'] },
        { name: 'ref_of_number', path, callers: ['ot_reader'] },
        { name: 'seen_by', path, callers: ['ot_reader'] },
        { name: 'youth_in_reach', path, callers: ['ot_reader'] },
      ]);
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
