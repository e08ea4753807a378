import { afterAll, expect, test } from 'vitest';
import { countyNumber, type OrgId } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { worklistCounts } from '../../src/desk/worklists/worklistCounts.ts';
import { worklistPage } from '../../src/desk/worklists/worklists.ts';
import { youthWrite } from '../../src/pipeline/writes.ts';
import { createPostgresNav } from '../../src/store/postgres/nav.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { createReaders, type Readers } from '../../src/store/postgres/readers.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createPostgresWork } from '../../src/store/postgres/workProjection.ts';
import { createTestDatabase } from '../harness/sharedParts.ts';
import { left, story } from '../harness/story.ts';
import { batch, claimed, committed, NONE, newRef, record } from '../store/commits.ts';

// What a page asks of the database, however many youths there are. Times are measured by test/bench/console.ts.

const database = await createTestDatabase();
const pool = createPool({ databaseUrl: database.url, size: 5, onIdleError: () => undefined });
const store = createPostgresStore(pool);
await store.migrate();
afterAll(async () => {
  await store.close();
  await database.drop();
});
const ids = organisationIds(pool);
const asked: { text: string; rows: number }[] = [];
const readers = noting(createReaders(pool));
const policy = defaultPolicy(countyNumber('40'));
const parts = {
  queries: createPostgresQueries(pool, ids, readers),
  operations: createPostgresOperations(pool, ids),
  work: createPostgresWork(ids, readers),
  policyOf: () => policy,
  agreementsOf: (org: OrgId) => createPostgresNav(ids, readers, readers).agreements(org),
  now: () => Date.UTC(2026, 9, 20, 10),
};

interface Result {
  rows: unknown[];
}

/** Notes each statement, and how many rows it gave. */
function noting(plain: Readers): Readers {
  return {
    ...plain,
    use: (org, work) =>
      plain.use(org, (session) => {
        const query = async (...args: Parameters<typeof session.query>) => {
          const result = (await session.query(...args)) as unknown as Result | Result[];
          const [first] = args as unknown as [string | { text: string }];
          const rows = [result].flat().reduce((sum, each) => sum + each.rows.length, 0);
          asked.push({ text: typeof first === 'string' ? first : first.text, rows });
          return result;
        };
        return work({ query: query as unknown as typeof session.query });
      }),
  };
}

async function county(youths: number): Promise<OrgId> {
  const lane = await claimed(store);
  for (let youth = 0; youth < youths; youth += 1) {
    const known = story({ born: '2008-06-21' });
    const day = `2026-10-${String(1 + (youth % 15)).padStart(2, '0')}`;
    known.when(`${day}T08:00:00Z`, left('40014', 'FV'), { effective: day });
    const ref = newRef();
    await committed(
      store,
      batch(lane, lane.nextOffset + 1n, {
        applied: [record(ref, 1, lane.nextOffset, null)],
        youths: [youthWrite({ ref, expectedVersion: 0, version: 1, youth: known.youth() })],
        counts: { ...NONE, applied: 1 },
      }),
    );
  }
  return lane.org;
}

async function statementsOf(open: () => Promise<unknown>): Promise<typeof asked> {
  asked.length = 0;
  await open();
  return [...asked];
}

test('a page costs as many statements and rows whatever the size of the county, and none reads all youths', async () => {
  const costs = [];
  for (const size of [80, 320]) {
    const organisation = { id: await county(size), county: policy.county, virtualClock: false };
    const page = (after?: string) =>
      worklistPage(parts, organisation, {
        ...{ name: 'deadlines', protectedYouths: true, order: 'urgency' as const },
        page: { limit: 20, ...(after !== undefined && { after }) },
      });
    const { view } = await page();
    expect(view.total).toBe(size);
    const first = await statementsOf(() => page());
    const next = await statementsOf(() => page(view.next ?? ''));
    const today = await statementsOf(() => worklistCounts(parts, organisation));
    for (const { text } of [...first, ...next, ...today]) expect(text).not.toContain('y.ref > $2');
    costs.push(
      [first, next, today].map((all) => ({
        statements: all.length,
        rows: all.reduce((sum, { rows }) => sum + rows, 0),
      })),
    );
  }
  expect(costs[1]).toEqual(costs[0]);
  for (const { statements, rows } of costs[0] ?? []) {
    expect(statements).toBeLessThanOrEqual(5);
    expect(rows).toBeLessThanOrEqual(25);
  }
});
