import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Lane } from '../../src/core/lane.ts';
import { orgId } from '../../src/core/organisation.ts';
import { planOnce } from '../../src/relay/planner.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresRelay } from '../../src/store/postgres/relayQueue.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createPostgresSubscriptions } from '../../src/store/postgres/subscriptions.ts';
import { startRealParts } from '../harness/realParts.ts';
import { committed, newRef } from '../store/commits.ts';
import { raising, subscriptionOf } from '../store/relayCommits.ts';
import { percentile } from './measure.ts';

// What a round of planning costs one county by its subscriptions: with nothing new, as the first round of a process (which
// has to look), and after one record that is about none of them. `node test/bench/planning.ts`. Trust the ratios.

const SIZES = [200, 10_000];
const LANES = 40;
const ROUNDS = 100;
const CHANGES = 10;

const parts = await startRealParts({ kafka: false });
const pool = createPool({ databaseUrl: parts.databaseUrl, size: 4, onIdleError: () => undefined });
try {
  await migrate(pool);
  const store = createPostgresStore(pool);
  const ids = organisationIds(pool);
  const records = createPostgresSubscriptions(pool, ids);
  const results: Record<number, Record<string, number>> = {};
  for (const size of SIZES) {
    const org = orgId(`fylke-${size}`);
    const lanes: Lane[] = [];
    for (let partition = 0; partition < LANES; partition += 1)
      lanes.push(await store.claim({ org, topic: `${org}.ot.event.school-dropout`, partition }));
    for (let n = 0; n < size; n += 1)
      await records.addSubscription(
        subscriptionOf(org, { id: randomUUID(), owners: ['49999'], kinds: ['alert'] }),
        [],
      );
    await pool.query(
      `insert into subscription_lane (subscription, lane_id, planned_upto)
       select s.id, l.id, l.next_offset from subscription s join lane l on l.org_id = s.org_id where s.org_id = $1
       on conflict (subscription, lane_id) do update set planned_upto = excluded.planned_upto`,
      [await ids.idOf(org)],
    );
    await pool.query('analyze subscription, subscription_lane, lane');
    const now = () => new Date().toISOString();
    const round = async (queue = createPostgresRelay(pool, ids)) => {
      const began = performance.now();
      const turn = await planOnce(queue, org, now());
      return { turn, ms: performance.now() - began };
    };
    const queue = createPostgresRelay(pool, ids);
    await round(queue);
    const idle = await times(ROUNDS, () => round(queue), 'idle');
    const first = await times(CHANGES, () => round(), 'idle');
    const changed = await times(
      CHANGES,
      async () => {
        const [lane] = lanes;
        if (lane === undefined) throw new Error('no lane');
        await committed(store, raising(lane, newRef(), 1));
        const behind = await round(queue);
        await round(queue);
        return behind;
      },
      'planned',
    );
    results[size] = { idle, first, changed };
    console.log(
      `${size} subscriptions, ${LANES} lanes: idle ${idle.toFixed(2)} ms, first look ${first.toFixed(1)} ms, one record ${changed.toFixed(0)} ms (medians)`,
    );
  }
  const [few = 0, many = 0] = SIZES;
  for (const what of ['idle', 'first', 'changed'])
    console.log(
      `${what}: ${many} against ${few}: ${((results[many]?.[what] ?? 0) / (results[few]?.[what] ?? 1)).toFixed(1)}`,
    );
} finally {
  await pool.end();
  await parts.stop();
}

/** Median milliseconds. */
async function times(
  count: number,
  round: () => Promise<{ turn: string; ms: number }>,
  expected: string,
): Promise<number> {
  const all: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const { turn, ms } = await round();
    if (turn !== expected) throw new Error(`${turn}, not ${expected}`);
    all.push(ms);
  }
  return percentile(
    all.toSorted((a, b) => a - b),
    0.5,
  );
}
