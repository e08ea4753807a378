import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import type { LaneKey } from '../../src/core/lane.ts';
import { orgId } from '../../src/core/organisation.ts';
import { createOwnership, type Ownership } from '../../src/store/postgres/ownership.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createTestDatabase } from '../harness/sharedParts.ts';

const database = await createTestDatabase();
const store = createPostgresStore(
  createPool({ databaseUrl: database.url, size: 1, onIdleError: () => undefined }),
);
await store.migrate();
await store.close();
const running: Ownership[] = [];
afterAll(async () => {
  for (const ownership of running) await ownership.stop();
  await database.drop();
});

const LANES: LaneKey[] = [0, 1, 2, 3].map((partition) => ({ org: orgId('o'), topic: 't', partition }));

/** @param everyMs how often it looks; as the product does by default */
function worker(everyMs?: number): { held: Set<number>; ownership: Ownership } {
  const held = new Set<number>();
  const ownership = createOwnership({
    databaseUrl: database.url,
    lanes: LANES,
    gained: async (lanes) => {
      for (const { partition } of lanes) held.add(partition);
    },
    lost: async ({ partition }) => void held.delete(partition),
    onTrouble: () => undefined,
    ...(everyMs !== undefined && { everyMs }),
  });
  running.push(ownership);
  return { held, ownership };
}

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; !done(); tries += 1) {
    if (tries > 1_500) throw new Error('it did not come about');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('one worker has every lane, two share them, and who is left takes over immediately', async () => {
  const one = worker();
  await one.ownership.start();
  expect(one.held.size).toBe(4);
  const two = worker();
  await two.ownership.start();
  await until(() => one.held.size === 2 && two.held.size === 2);
  expect(new Set([...one.held, ...two.held]).size).toBe(4);

  // The first worker's session ends, as a kill -9 ends it: the second has all lanes, and the first knows.
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    "select pid from pg_stat_activity where application_name = 'ot-bridge-ownership' order by backend_start limit 1",
  );
  await client.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await client.end();
  await until(() => one.held.size + two.held.size === 4 && one.held.size === 2);
  expect(new Set([...one.held, ...two.held]).size).toBe(4);

  await one.ownership.stop();
  await until(() => two.held.size === 4);
  await two.ownership.stop();
});

test('lanes are dealt again when a worker joins or leaves, not only when it is looked for', async () => {
  const never = 1_000_000;
  const [one, two, three] = [worker(never), worker(never), worker(never)];
  await one.ownership.start();
  await two.ownership.start();
  await until(() => one.held.size === 2 && two.held.size === 2);
  await three.ownership.start();
  await until(() => three.held.size === 1 && one.held.size + two.held.size === 3);
  await two.ownership.stop();
  await until(() => one.held.size === 2 && three.held.size === 2);
  await one.ownership.stop();
  await until(() => three.held.size === 4);
  await three.ownership.stop();
});

test('a lane that is given up is gained again', async () => {
  const one = worker();
  await one.ownership.start();
  const [lane] = LANES;
  if (!lane) throw new Error('there is a lane');
  one.held.delete(0);
  one.ownership.giveUp(lane);
  await until(() => one.held.has(0));
  await one.ownership.stop();
});
