import { afterAll, expect, test } from 'vitest';
import { countyNumber } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { UNKNOWN_YOUTH } from '../../src/core/youth/youth.ts';
import { followWork, workRules } from '../../src/jobs/worklists/followWork.ts';
import { youthWrite } from '../../src/pipeline/writes.ts';
import { createPostgresOperations } from '../../src/store/postgres/operations.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { scopedReaders } from '../../src/store/postgres/scopedReaders.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createPostgresWork } from '../../src/store/postgres/workProjection.ts';
import { ALL_WORK } from '../../src/store/workPort.ts';
import { createTestDatabase } from '../harness/sharedParts.ts';
import { left, status, story } from '../harness/story.ts';
import { batch, claimed, committed, NONE, newRef, record } from './commits.ts';
import { workContract } from './workContract.ts';

const database = await createTestDatabase();
const pool = createPool({ databaseUrl: database.url, size: 8, onIdleError: () => undefined });
const plain = createPostgresStore(pool);
await plain.migrate();
afterAll(async () => {
  await plain.close();
  await database.drop();
});
const [ids, readers] = [organisationIds(pool), createReaders(pool)];
const store = {
  ...plain,
  ...createPostgresQueries(pool),
  ...createPostgresWork(ids, readers),
  ...acts(),
};
workContract(async () => store);

function acts() {
  const { noteProgress, unpark, unparked } = createPostgresOperations(pool, ids);
  return { noteProgress, unpark, unparked };
}

const POLICY = defaultPolicy(countyNumber('40'));
const TODAY = '2026-10-20';
const BASIS = { policy: POLICY, agreements: [], now: `${TODAY}T10:00:00.000Z` };
const asked = { rules: workRules(BASIS), today: TODAY, within: ALL_WORK };
const page = {
  ...asked,
  ...{ list: 'deadlines' as const, order: 'urgency' as const, owner: null, after: null, limit: 50 },
  ...{ hidden: false, without: [] },
};
const done = async (org: Parameters<typeof followWork>[1]) => {
  while ((await followWork(store, org, BASIS)) !== 'done');
};

test('the database itself lets no row of another unit or organisation through', async () => {
  const [lane, other] = [await claimed(store), await claimed(store)];
  const youthOf = (unit: string) => {
    const youth = story({ born: '2008-06-21' });
    youth.when('2026-10-06T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-06' });
    youth.when('2026-10-07T08:00:00Z', status('2026-27', 'OTOV', { unit }));
    return youth.youth();
  };
  for (const [to, unit] of [
    [lane, '40201'],
    [lane, '40202'],
    [other, '40201'],
  ] as const) {
    const ref = newRef();
    await committed(
      store,
      batch(to, to.nextOffset + 1n, {
        applied: [record(ref, 1, to.nextOffset, null)],
        youths: [youthWrite({ ref, expectedVersion: 0, version: 1, youth: youthOf(unit) })],
        counts: { ...NONE, applied: 1 },
      }),
    );
  }
  await done(lane.org);
  await done(other.org);
  const readAs = (reach: Parameters<typeof scopedReaders>[2]['reach']) =>
    createPostgresQueries(pool, ids, scopedReaders(readers, ids, { organisations: [lane.org], reach }));
  const county = readAs({ kind: 'county' });
  const list = { ...page, list: 'coming-year' as const };
  expect((await county.workPage(lane.org, list))?.owners).toEqual(['40201', '40202']);
  const unit = readAs({ kind: 'units', units: ['40201'] });
  expect(await unit.workPage(lane.org, list)).toMatchObject({ total: 1, owners: ['40201'] });
  const counts = await unit.workCounts(lane.org, { ...asked, soon: TODAY });
  expect(counts?.lists.find(({ list: id }) => id === 'coming-year')?.rows).toBe(1);
  for (const reach of [
    { kind: 'institutions', institutions: ['40014'] },
    { kind: 'sender', sender: 'x' },
  ] as const)
    expect((await readAs(reach).workPage(lane.org, list))?.total ?? 0).toBe(0);
  // Another's rows are not there, nor whether they are all kept.
  expect(await county.workPage(other.org, list)).toBeNull();
});

test('a youth that cannot be read is counted, and rows that are the same are not written again', async () => {
  const lane = await claimed(store);
  const [ref, broken] = [newRef(), newRef()];
  const youth = story({ born: '2008-06-21' });
  youth.when('2026-10-06T08:00:00Z', left('40014', 'FV'), { effective: '2026-10-06' });
  const put = async (version: number) => {
    const offset = lane.nextOffset;
    const write = (to: typeof ref, what: typeof UNKNOWN_YOUTH) =>
      youthWrite({ ref: to, expectedVersion: version - 1, version, youth: what });
    await committed(
      store,
      batch(lane, offset + 1n, {
        applied: [
          record(ref, version, offset, version === 1 ? null : { lane: lane.id, offset: offset - 1n }),
        ],
        youths: [write(ref, youth.youth()), { ...write(broken, UNKNOWN_YOUTH), state: '["another form"]' }],
        counts: { ...NONE, applied: 1 },
      }),
    );
  };
  await put(1);
  await done(lane.org);
  expect(await store.workPage(lane.org, page)).toMatchObject({ total: 1, unreadable: 1 });
  const places = async () =>
    (
      await pool.query<{ at: string }>('select ctid::text as at from work_row where ref = $1 order by 1', [
        ref,
      ])
    ).rows;
  const before = await places();
  expect(before.length).toBeGreaterThan(0);
  await put(2);
  await done(lane.org);
  expect(await places()).toEqual(before);
  const { rows } = await pool.query(
    `select 1 from (select list, owner, units, hidden, rank, deadline, since, from_day, until_day, count(*)::int as rows
       from work_row where org_id = $1 group by 1, 2, 3, 4, 5, 6, 7, 8, 9) r
     full join (select * from work_count where org_id = $1 and rows <> 0) c
       using (list, owner, units, hidden, rank, deadline, since, from_day, until_day, rows)
     where r.list is null or c.org_id is null`,
    [await ids.idOf(lane.org)],
  );
  expect(rows).toEqual([]);
});
