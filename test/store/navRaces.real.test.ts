import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { mayAsk } from '../../src/core/nav/mayAsk.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { makeLists } from '../../src/jobs/nav/extract.ts';
import { judgeStored } from '../../src/jobs/nav/judge.ts';
import { createPostgresNav } from '../../src/store/postgres/nav.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createVault } from '../../src/store/vault.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { NAV } from '../harness/agreement.ts';
import { createTestDatabase } from '../harness/sharedParts.ts';
import { newRef } from './commits.ts';
import { countyWith, LIST, NOW, POLICY, WORKERS, withdrawAll } from './navCounty.ts';

/** Withdrawals that are raced; 10,000 in the long tier. */
const RACES = Number(process.env.CONSENT_RACES ?? 1_000);
/** Youths of one county's list; 20,000 in the long tier. */
const YOUTHS = Number(process.env.NAV_YOUTHS ?? 2_000);
const PROCESS = fileURLToPath(new URL('./navListProcess.ts', import.meta.url));

describe('lists to NAV on PostgreSQL', async () => {
  const database = await createTestDatabase();
  const pool = createPool({ databaseUrl: database.url, size: 20, onIdleError: () => undefined });
  const store = createPostgresStore(pool);
  const orgs = organisationIds(pool);
  await store.migrate();
  const readers = createReaders(pool);
  const nav = createPostgresNav(orgs, readers, readers);
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  const county = async (size: number) => {
    const refs = Array.from({ length: size }, newRef).sort();
    return countyWith({ store, nav }, refs);
  };

  test('no row is added or given to NAV once the withdrawal of its consent is committed, and no disclosure lacks its basis', async () => {
    const { org, recipient, refs, shares, written, question } = await county(RACES);
    const gone = new Set<PersonRef>();
    const late: string[] = [];
    const withdraw = (share: (typeof shares)[number], upTo: number, from: number) =>
      withdrawAll(store, share, share.refs.slice(from, upTo), {
        withdrawn: written.withdrawn,
        gone(ref) {
          gone.add(ref);
          return setImmediate();
        },
      });
    const judge = (loaded: Parameters<typeof judgeStored>[0], where: string) => {
      const before = loaded !== undefined && gone.has(loaded.ref);
      const judgement = judgeStored(loaded, question, mayAsk);
      if (before && judgement.may) late.push(where);
      return judgement;
    };
    const half = Math.floor(RACES / WORKERS / 2);
    const extract = async () => {
      for (let judged: number | null = 1; judged !== 0; )
        judged = await nav.extractPage(org, LIST, 20, (loaded) => {
          const judgement = judge(loaded, 'extract');
          const { ref } = loaded;
          return judgement.may
            ? { matchId: ref, ref, decision: randomUUID(), consentVersion: judgement.consentVersion }
            : null;
        });
    };
    await Promise.all([extract(), ...shares.map((share) => withdraw(share, half, 0))]);
    await nav.finishBatch(org, LIST, {
      at: NOW,
      hash: Buffer.alloc(32),
      csvHash: Buffer.alloc(32),
      leaveOut: [],
    });
    const inList = (await nav.navBatches(org))[0]?.finished?.rows ?? 0;
    expect(inList).toBeGreaterThanOrEqual(RACES - half * WORKERS);
    const fetch = async () => {
      for (let after = ''; ; ) {
        const page = { after, limit: 20, at: NOW, recipient, judge: (youth: never) => judge(youth, 'fetch') };
        const rows = await nav.judgePage(org, LIST, page as Parameters<typeof nav.judgePage>[2]);
        const last = rows.at(-1);
        if (last === undefined) return;
        after = last.matchId;
      }
    };
    await Promise.all([fetch(), ...shares.map((share) => withdraw(share, Number.POSITIVE_INFINITY, half))]);
    expect(late).toEqual([]);
    expect(gone.size).toBe(refs.length);
    // All are withdrawn by now: not one is given again, and each that was has its decision.
    await fetch();
    const [batchNow] = await nav.navBatches(org);
    expect(batchNow?.withdrawn).toBe(inList);
    const { rows } = await pool.query<{ orphans: number; fetched: number }>(
      `select count(*) filter (where r.decision is null or d.recipient <> $1 or d.legal_basis <> 'SAMTYKKE'
           or d.consent_version = '')::int as orphans, count(*) filter (where d.how = 'fetch')::int as fetched
       from nav_disclosure d left join nav_batch_row r on r.decision = d.decision`,
      [recipient],
    );
    expect(rows[0]).toMatchObject({ orphans: 0, fetched: batchNow?.fetched });
    expect(late).toEqual([]);
  }, 600_000);

  test('a county’s list is made in time and in little memory, and is the same when it is broken off and made again', async () => {
    const vault = createVault(Buffer.alloc(32, 7));
    const { org } = await county(YOUTHS);
    // Numbers as the vault keeps them; made up, one each.
    await pool.query(
      `insert into identity (hmac, ref, sealed_number)
       select decode(md5(ref::text) || md5(ref::text || 'x'), 'hex'), ref, $1 from youth
       where org_id = (select id from organisation where name = $2)`,
      [vault.seal(Buffer.from('14830989960')), org],
    );
    const sent = { count: 0 };
    const parts = {
      ...{ nav, operations: createPostgresOperations(pool, orgs), vault, environment: 'test' as const },
      ...{ policyFor: () => POLICY, now: () => NOW, newId: randomUUID, alarm: () => undefined },
      log: createLogger({ level: 'silent' }),
      publisher: {
        publish: async (records: readonly unknown[]) => {
          sent.count += records.length;
        },
        close: async () => undefined,
      },
    };
    global.gc?.();
    const [began, rss] = [performance.now(), process.memoryUsage().rss];
    // Broken off when all are judged: what was committed stays, and no one sees it.
    const broken = { ...nav, batchRows: () => Promise.reject(new Error('broken off')) };
    await expect(makeLists({ ...parts, nav: broken }, org)).rejects.toThrow('broken off');
    expect((await nav.navBatches(org))[0]?.finished).toBeNull();
    expect(await makeLists(parts, org)).toBe(1);
    const seconds = (performance.now() - began) / 1_000;
    const grown = (process.memoryUsage().rss - rss) / 1_048_576;
    console.log(`${YOUTHS} youths: ${seconds.toFixed(1)} s, ${grown.toFixed(0)} MB`);
    const [made] = await nav.navBatches(org);
    expect(made?.finished?.rows).toBe(YOUTHS);
    expect(sent.count).toBe(YOUTHS);
    expect(seconds).toBeLessThan(60);
    expect(grown).toBeLessThan(200);
    // The same youths, asked about again from the start: byte by byte the same list.
    await pool.query('delete from nav_disclosure; delete from nav_withdrawal; delete from nav_batch_row');
    await pool.query(
      `update nav_batch set finished = null, content_hash = null, scanned_upto = '00000000-0000-0000-0000-000000000000'`,
    );
    await makeLists(parts, org);
    expect((await nav.navBatches(org))[0]?.finished?.hash.toString('hex')).toBe(
      made?.finished?.hash.toString('hex'),
    );
  }, 600_000);

  test('a list whose process is killed again and again has each youth once, and is seen only when it is whole', async () => {
    const size = 4_000;
    const vault = createVault(Buffer.alloc(32, 7));
    const { org } = await county(size);
    await pool.query(
      `insert into identity (hmac, ref, sealed_number)
       select decode(md5(ref::text || 'k') || md5(ref::text || 'l'), 'hex'), ref, $1 from youth
       where org_id = (select id from organisation where name = $2)`,
      [vault.seal(Buffer.from('14830989960')), org],
    );
    const run = (killAfter: number) =>
      new Promise<string | null>((resolve) => {
        const child = spawn(process.execPath, [PROCESS, database.url, org, NOW], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let pages = 0;
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          pages += text.split('page ').length - 1;
          if (pages >= killAfter) child.kill('SIGKILL');
        });
        child.once('close', (_code, signal) => resolve(signal));
      });
    for (const pages of [1, 3, 2]) {
      expect(await run(pages)).toBe('SIGKILL');
      expect((await nav.navBatches(org))[0]?.finished).toBeNull();
      const page = {
        after: '',
        limit: 10,
        at: NOW,
        recipient: NAV,
        judge: () => ({ may: false, later: true }) as const,
      };
      expect(await nav.judgePage(org, LIST, page)).toEqual([]);
    }
    const half = (await nav.batchRows(org, LIST, '', size)).length;
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(size);
    expect(await run(Number.POSITIVE_INFINITY)).toBeNull();
    expect((await nav.navBatches(org))[0]?.finished?.rows).toBe(size);
    const rows = await nav.batchRows(org, LIST, '', size + 1);
    expect(new Set(rows.map(({ ref }) => ref)).size).toBe(size);
    expect(rows).toHaveLength(size);
  }, 300_000);
});
