import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Checkpoint } from '../../src/core/audit/chain.ts';
import { genesis } from '../../src/core/audit/chain.ts';
import { INSTALLATION, safeEntry } from '../../src/core/audit/entry.ts';
import type { ChainBreak } from '../../src/core/audit/verification.ts';
import type { OrgId } from '../../src/core/organisation.ts';
import { chainHash } from '../../src/store/auditSeal.ts';
import { AUDIT_ROLE, createPostgresAudit } from '../../src/store/postgres/audit.ts';
import { inSnapshot, storedChains, verifyStored } from '../../src/store/postgres/auditChain.ts';
import { signDueHeads } from '../../src/store/postgres/auditCheckpoint.ts';
import { MissingRole, migrate } from '../../src/store/postgres/migrate.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { auditLine } from '../core/audit/line.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { auditEntry } from './auditContract.ts';
import { newOrg, newRef } from './commits.ts';

const NOW = '2026-11-29T01:00:00.000Z';

async function opened(version: Awaited<ReturnType<typeof testedVersions>>[number]) {
  const database = await createTestDatabase(version);
  const open = (url: string, size: number) =>
    createPool({ databaseUrl: url, size, onIdleError: () => undefined });
  const [pool, writing] = [open(database.url, 4), open(database.url, 2)];
  await migrate(pool);
  const audit = createPostgresAudit(createReaders(writing), organisationIds(pool));
  return {
    url: database.url,
    pool,
    writing,
    audit,
    async close() {
      await Promise.all([pool.end(), writing.end()]);
      await database.drop();
    },
  };
}

for (const version of testedVersions()) {
  describe(`the audit trail on PostgreSQL ${version}`, async () => {
    const at = await opened(version);
    afterAll(() => at.close());

    const chainOf = async (org: OrgId, from: Checkpoint | null = null, checkpoints: Checkpoint[] = []) =>
      inSnapshot(at.pool, async (client) => {
        const found = (await storedChains(client)).find(({ chain }) => chain === org);
        if (found === undefined) throw new Error('no chain');
        return verifyStored(client, found, from, checkpoints);
      });
    /** A chain of 40 rows, signed at row 30. */
    const written = async () => {
      const org = newOrg();
      const entries = Array.from({ length: 40 }, (_, n) => ({
        chain: org,
        entry: auditEntry({
          who: `user-${n}`,
          subjects: [newRef(), newRef()],
          purpose: n % 2 ? 'BREV' : null,
        }),
      }));
      await at.audit.append(entries.slice(0, 30));
      const { last } = await chainOf(org);
      await at.audit.append(entries.slice(30));
      return { org, entries, signed: { chain: org, ...last, at: NOW } };
    };
    /** As a superuser who knows how, past the triggers. */
    const tamper = async (org: OrgId, sql: string) => {
      const client = await at.pool.connect();
      try {
        await client.query(`set session_replication_role = replica`);
        const { rows } = await client.query('select id from organisation where name = $1', [org]);
        await client.query(sql.replaceAll('$org', String(rows[0].id)));
      } finally {
        client.release(true);
      }
    };

    test('the database takes the hash of the very line that is described, and of any letter', async () => {
      const org = newOrg();
      const entries = [
        auditEntry({
          subjects: [newRef(), newRef()],
          who: 'Ødegård «æøå» čáŋ 𝄞',
          item: 'it\'s \\ "quoted" | %',
        }),
        auditEntry({
          kind: 'machine',
          supplier: '889640782',
          client: 'c',
          token: 't',
          trace: null,
          times: 7,
        }),
      ];
      await at.audit.append(entries.map((entry) => ({ chain: org, entry })));
      let hash = genesis(chainHash, org);
      for (const [n, entry] of entries.entries()) hash = chainHash(hash, auditLine(n + 1, safeEntry(entry)));
      expect(await chainOf(org)).toMatchObject({ broken: null, rows: 2, last: { seq: 2, hash } });
    });

    test('concurrent callers of two instances leave chains without a gap', async () => {
      const second = createPostgresAudit(createReaders(at.writing), organisationIds(at.pool));
      const [one, other] = [newOrg(), newOrg()];
      const both = [one, other, INSTALLATION] as const;
      await Promise.all(
        Array.from({ length: 120 }, (_, n) =>
          (n % 2 ? at.audit : second).append(
            both.map((_chain, index) => ({ chain: both[(n + index) % 3] ?? one, entry: auditEntry() })),
          ),
        ),
      );
      for (const org of [one, other]) expect(await chainOf(org)).toMatchObject({ broken: null, rows: 120 });
    });

    test('the role that writes may add and nothing else, and the owner neither changes nor removes a row', async () => {
      const { org } = await written();
      const client = new Client({ connectionString: at.url });
      await client.connect();
      onTestFinished(() => client.end());
      const refusedFor = async (sql: string) =>
        client.query(sql).then(
          () => 'done',
          (error) => error.code,
        );
      for (const table of ['audit', 'audit_head'])
        for (const sql of [`delete from ${table}`, `truncate ${table}`])
          expect(await refusedFor(sql)).toBe('OT011');
      expect(await refusedFor(`update audit set who = 'x'`)).toBe('OT011');
      await client.query(`set role ${AUDIT_ROLE}`);
      for (const sql of [
        'select * from audit',
        `update audit set who = 'x'`,
        'delete from audit',
        'truncate audit',
        `update audit_head set seq = 0`,
        'select * from identity',
        'select * from youth',
        'drop table audit',
        'alter table audit disable trigger all',
      ])
        expect([sql, await refusedFor(sql)]).toEqual([sql, '42501']);
      // A table of the caller's own does not pass for the real one.
      expect(await refusedFor('create temp table audit (like pg_class)')).toMatch(/done|42501/);
      await client.query(`select audit_append('[]')`);
      expect(await chainOf(org)).toMatchObject({ broken: null, rows: 40 });
    });

    const row = (seq: number) => `org_id = $org and seq = ${seq}`;
    const TAMPERINGS: [string, string, ChainBreak][] = [
      [
        'a changed field',
        `update audit set outcome = 'NO_GRANT' where ${row(7)}`,
        { seq: 7, kind: 'CHANGED' },
      ],
      [
        'a time of a millisecond later',
        `update audit set at = at + interval '1 ms' where ${row(7)}`,
        { seq: 7, kind: 'CHANGED' },
      ],
      [
        'a reference taken out',
        `update audit set subjects = subjects[2:] where ${row(7)}`,
        { seq: 7, kind: 'CHANGED' },
      ],
      ['a row deleted', `delete from audit where ${row(7)}`, { seq: 7, kind: 'MISSING' }],
      ['the first row deleted', `delete from audit where ${row(1)}`, { seq: 1, kind: 'MISSING' }],
      [
        'two rows exchanged',
        `update audit set seq = case seq when 7 then 1009 else 1007 end where org_id = $org and seq in (7, 9);
        update audit set seq = seq - 1000 where org_id = $org and seq > 1000`,
        { seq: 7, kind: 'CHANGED' },
      ],
      [
        'a row put in',
        `update audit set seq = seq + 1000 where org_id = $org and seq >= 7;
        update audit set seq = seq - 999 where org_id = $org and seq > 1000;
        insert into audit select org_id, 7, at, kind, who, who_key, capacity, supplier, client, token, access, operation, purpose,
          item, outcome, times, subjects, trace, hash from audit where ${row(6)}`,
        { seq: 7, kind: 'CHANGED' },
      ],
      [
        'a row before the first',
        `insert into audit select org_id, 0, at, kind, who, who_key, capacity, supplier, client, token,
        access, operation, purpose, item, outcome, times, subjects, trace, hash from audit where ${row(6)}`,
        { seq: 0, kind: 'EXTRA' },
      ],
      ['the end cut off', `delete from audit where org_id = $org and seq > 35`, { seq: 36, kind: 'CUT' }],
      [
        'the end cut off before the checkpoint, with the head',
        `delete from audit where org_id = $org and seq > 25;
        update audit_head set seq = 25, hash = (select hash from audit where ${row(25)}) where org_id = $org`,
        { seq: 26, kind: 'CUT' },
      ],
      [
        'all of it, head and all',
        `delete from audit where org_id = $org; update audit_head set seq = 0,
        hash = sha256(convert_to('ot-bridge audit 1 ' || (select name from organisation where id = $org), 'UTF8')) where org_id = $org`,
        { seq: 1, kind: 'CUT' },
      ],
      [
        'a head of its own',
        `update audit_head set hash = sha256('x') where org_id = $org`,
        { seq: 40, kind: 'OTHER_HEAD' },
      ],
      [
        'history written again by the function itself',
        `create temp table kept as select * from audit where org_id = $org;
        delete from audit where org_id = $org; delete from audit_head where org_id = $org;
        update kept set who = 'nobody' where seq = 7;
        select audit_append((select jsonb_agg(to_jsonb(k) order by seq) from kept k))`,
        { seq: 30, kind: 'REWRITTEN' },
      ],
    ];

    test.each(TAMPERINGS)('%s is found', async (_what, sql, found) => {
      const { org, signed } = await written();
      expect((await chainOf(org, null, [signed])).broken).toBeNull();
      await tamper(org, sql);
      expect((await chainOf(org, null, [signed])).broken).toEqual(found);
    });

    test('from a checkpoint on, only what came after it is read', async () => {
      const { org, signed } = await written();
      expect(await chainOf(org, signed, [signed])).toMatchObject({
        broken: null,
        rows: 10,
        witnessed: signed,
      });
      await tamper(org, `update audit set who = 'x' where ${row(35)}`);
      expect((await chainOf(org, signed, [signed])).broken).toEqual({ seq: 35, kind: 'CHANGED' });
    });

    test('the ends are signed by one of several instances, once an hour, and never over a break', async () => {
      const { org } = await written();
      const signed: Checkpoint[] = [];
      const broken: unknown[] = [];
      const turn = (now: string) => ({
        before: new Date(Date.parse(now) - 3_600_000).toISOString(),
        now,
        known: () => signed.filter(({ chain }) => chain === org),
        sign: (checkpoint: Checkpoint) => {
          if (checkpoint.chain === org) signed.push(checkpoint);
        },
        broken: (chain: string, found: ChainBreak) => chain === org && broken.push(found),
      });
      await Promise.all([signDueHeads(at.pool, turn(NOW)), signDueHeads(at.pool, turn(NOW))]);
      expect(signed).toMatchObject([{ chain: org, seq: 40, at: NOW }]);
      await signDueHeads(at.pool, turn('2026-11-29T01:30:00.000Z'));
      expect(signed).toHaveLength(1);
      await at.audit.append([{ chain: org, entry: auditEntry() }]);
      await signDueHeads(at.pool, turn('2026-11-29T02:00:00.000Z'));
      expect(signed).toMatchObject([{ seq: 40 }, { seq: 41 }]);
      await at.audit.append([{ chain: org, entry: auditEntry() }]);
      await tamper(org, `update audit set who = 'x' where ${row(42)}`);
      await signDueHeads(at.pool, turn('2026-11-29T03:00:00.000Z'));
      expect([signed.length, broken]).toEqual([2, [{ seq: 42, kind: 'CHANGED' }]]);
    });

    test('a checkpoint that cannot be written is tried again at the next look', async () => {
      const { org } = await written();
      const failing = {
        before: '2026-12-01T00:00:00.000Z',
        now: '2026-12-01T01:00:00.000Z',
        known: () => [],
        sign: (): void => {
          throw new Error('disk full');
        },
        broken: () => undefined,
      };
      await expect(signDueHeads(at.pool, failing)).rejects.toThrow('disk full');
      const signed: unknown[] = [];
      await signDueHeads(at.pool, { ...failing, sign: ({ chain }) => void signed.push(chain) });
      expect(signed).toContain(org);
    });
  });
}

test('lookups of identities from before the trail move into it', async () => {
  const database = await createTestDatabase();
  const pool = createPool({ databaseUrl: database.url, size: 2, onIdleError: () => undefined });
  onTestFinished(async () => {
    await pool.end();
    await database.drop();
  });
  const folder = new URL('../../schemas/sql/', import.meta.url);
  await pool.query(
    'create table schema_version (version int primary key, name text not null, applied timestamptz not null default now())',
  );
  for (const [n, name] of ['0001_river', '0002_lane_log', '0003_identity'].entries()) {
    await pool.query(await readFile(new URL(`${name}.sql`, folder), 'utf8'));
    await pool.query('insert into schema_version (version, name) values ($1, $2)', [n + 1, `${name}.sql`]);
  }
  const [org, ref] = [newOrg(), newRef()];
  const ids = organisationIds(pool);
  const values = [await ids.idOf(org), ref];
  for (const [at, outcome, list] of [
    ['2026-11-02T08:00:00.123Z', 'AVVIST', null],
    ['2026-11-01T08:00:00.000Z', 'GITT', 'W24 2026-27'],
  ])
    await pool.query(
      `insert into identity_lookup (id, org_id, ref, who, purpose, list, looked_up, outcome)
       values (gen_random_uuid(), $1, $2, 'loopback', 'BREV', $3, $4, $5)`,
      [...values, list, at, outcome],
    );
  await migrate(pool);
  const operations = createPostgresOperations(pool, ids);
  expect(
    await operations.seenBy(org, ref, { access: 'youth:identify', before: null, limit: 10 }),
  ).toMatchObject([
    { seq: 2, at: '2026-11-02T08:00:00.123Z', outcome: 'IDENTITY_PROTECTED', item: null },
    { seq: 1, at: '2026-11-01T08:00:00.000Z', outcome: 'OK', item: 'W24 2026-27', purpose: 'BREV' },
  ]);
  const verdict = await inSnapshot(pool, async (client) => {
    const [chain] = await storedChains(client);
    if (chain === undefined) throw new Error('no chain');
    return verifyStored(client, chain, null, []);
  });
  expect(verdict).toMatchObject({ broken: null, rows: 2 });
});

test('a login that may not make the role is given the SQL for who may', async () => {
  const database = await createTestDatabase();
  const login = `login_${newRef().slice(0, 8)}`;
  const admin = new Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(`create role ${login} login password 'x'; grant all on schema public to ${login}`);
  const url = new URL(database.url);
  url.username = login;
  url.password = 'x';
  const pool = createPool({ databaseUrl: url.href, size: 1, onIdleError: () => undefined });
  onTestFinished(async () => {
    await pool.end();
    await admin.query(`drop owned by ${login}; drop role ${login}`);
    await admin.end();
    await database.drop();
  });
  // Run by who administers the server, what is said is the whole cure, once for each role.
  const given: string[] = [];
  for (;;) {
    const refused = await migrate(pool).catch((error: unknown) => error);
    if (refused === undefined) break;
    expect(refused).toBeInstanceOf(MissingRole);
    const { message } = refused as MissingRole;
    given.push(message.slice(message.lastIndexOf(': ') + 2));
    expect(given.length).toBeLessThan(3);
    await admin.query(given.at(-1) ?? '');
  }
  expect(given.at(-1)).toContain(`grant ${AUDIT_ROLE} to ${login};`);
  const { rows } = await pool.query(`select count(*) from schema_version`);
  expect(Number(rows[0].count)).toBeGreaterThan(5);
});
