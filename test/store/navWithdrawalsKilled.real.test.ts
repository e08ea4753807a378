import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { createPostgresNav } from '../../src/store/postgres/nav.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createTestDatabase } from '../harness/sharedParts.ts';
import { newRef } from './commits.ts';
import { countyWith, EXTRACTED, LIST, NOW, withdrawAll } from './navCounty.ts';

const PROCESS = fileURLToPath(new URL('./navWithdrawalProcess.ts', import.meta.url));
/** Some pages of the sweep, and of what is published together. */
const YOUTHS = 2_400;

const database = await createTestDatabase();
const pool = createPool({ databaseUrl: database.url, size: 12, onIdleError: () => undefined });
const store = createPostgresStore(pool);
await store.migrate();
const readers = createReaders(pool);
const nav = createPostgresNav(organisationIds(pool), readers, readers);
afterAll(async () => {
  await store.close();
  await database.drop();
});

test('however often it is killed, each withdrawal is marked once, told of, and again only under its id', async () => {
  const refs = Array.from({ length: YOUTHS }, newRef).sort();
  const { org, shares, written } = await countyWith({ store, nav }, refs);
  for (let judged: number | null = 1; judged !== 0; )
    judged = await nav.extractPage(org, LIST, 500, ({ ref }) => ({
      ...{ matchId: `m-${ref}`, ref, decision: randomUUID(), consentVersion: 'v1' },
    }));
  await nav.finishBatch(org, LIST, {
    at: EXTRACTED,
    hash: Buffer.alloc(32),
    csvHash: Buffer.alloc(32),
    leaveOut: [],
  });
  const gone: PersonRef[] = [];
  const { withdrawn } = written;
  await Promise.all(
    shares.map((share) =>
      withdrawAll(store, share, share.refs.slice(0, -10), { withdrawn, gone: (ref) => gone.push(ref) }),
    ),
  );

  const told: string[] = [];
  /** @param lines after so many of them it is killed */
  const run = (lines: number, ending: string) =>
    new Promise<string | null>((resolve) => {
      const child = spawn(process.execPath, [PROCESS, database.url, org, NOW], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let seen = 0;
      let rest = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        const all = (rest + text).split('\n');
        rest = all.pop() ?? '';
        for (const line of all) {
          if (line.startsWith('told ')) told.push(line.slice(5));
          if (line.startsWith(ending)) seen += 1;
        }
        if (seen >= lines) child.kill('SIGKILL');
      });
      child.once('close', (_code, signal) => resolve(signal));
    });
  for (const [lines, ending] of [
    [1, 'swept'],
    [2, 'swept'],
    [1, 'told'],
    [600, 'told'],
    [501, 'told'],
  ] as const)
    expect(await run(lines, ending)).toBe('SIGKILL');
  expect(await run(Number.POSITIVE_INFINITY, 'told')).toBeNull();

  const expected = gone.map((ref) => `nav-withdrawal/${LIST}/m-${ref}`).sort();
  expect([...new Set(told)].sort()).toEqual(expected);
  // Killed after it was published and before that was noted: it came again.
  expect(told.length).toBeGreaterThan(expected.length);
  const { rows } = await pool.query<{ marked: number; open: number }>(
    `select count(*)::int as marked, count(*) filter (where published is null)::int as open from nav_withdrawal`,
  );
  expect(rows[0]).toEqual({ marked: expected.length, open: 0 });
  const before = told.length;
  expect(await run(Number.POSITIVE_INFINITY, 'told')).toBeNull();
  expect(told).toHaveLength(before);
}, 300_000);
