import { afterAll, expect, test } from 'vitest';
import { planOnce } from '../../src/relay/planner.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresRelay } from '../../src/store/postgres/relayQueue.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createPostgresSubscriptions } from '../../src/store/postgres/subscriptions.ts';
import type { RelayQueue } from '../../src/store/relayPort.ts';
import { createTestDatabase } from '../harness/sharedParts.ts';
import { claimed, committed, newRef } from './commits.ts';
import { at, planned, raising, subscribed, subscriptionOf } from './relayCommits.ts';

const database = await createTestDatabase();
const pool = createPool({ databaseUrl: database.url, size: 5, onIdleError: () => undefined });
const store = createPostgresStore(pool);
const orgs = organisationIds(pool);
await store.migrate();
const records = createPostgresSubscriptions(pool, orgs);
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** A relay with so many subscriptions that have planned all there is, and how to see whom a round reads. */
async function caughtUp(subscriptions: number) {
  const queue: RelayQueue = createPostgresRelay(pool, orgs);
  const lane = await claimed(store);
  const { org } = lane;
  const relay = { store: { ...store } as never, queue, records, queries: {} as never };
  const all = [];
  for (let n = 0; n < subscriptions; n++) all.push(await subscribed(relay, org));
  await committed(store, raising(lane, newRef(), 1));
  await planned(queue, org);
  const read = async (from = queue) => {
    let ids: string[] | null = null;
    const seeing: Pick<RelayQueue, 'planTurn'> = {
      planTurn: (whose, moment, plan) =>
        from.planTurn(whose, moment, (asked) => {
          ids = asked.subscriptions.map(({ subscription }) => subscription.id).sort();
          return plan(asked);
        }),
    };
    return { turn: await planOnce(seeing, org, at(0)), ids };
  };
  return { queue, lane, org, relay, all: all.map(({ id }) => id).sort(), read };
}

const NOTHING = { turn: 'idle', ids: null };

test('a round in which nothing has changed is one question, without a transaction', async () => {
  const asked: unknown[] = [];
  const counting = new Proxy(pool, {
    get(target, name) {
      const own = Reflect.get(target, name);
      if (typeof own !== 'function') return own;
      return (...args: unknown[]) => {
        asked.push(name === 'query' ? (args[0] as { name?: string }).name : name);
        return own.apply(target, args);
      };
    },
  });
  const { org, read } = await caughtUp(3);
  const queue = createPostgresRelay(counting, organisationIds(pool));
  expect(await read(queue)).toEqual(NOTHING);
  asked.length = 0;
  for (let round = 0; round < 5; round++)
    expect(await queue.planTurn(org, at(0), () => Promise.reject(new Error('nothing to plan')))).toBe('idle');
  expect(asked).toEqual(Array(5).fill('subscriptions-standing'));
});

test('a record wakes all who are behind by it', async () => {
  const { read, lane, all } = await caughtUp(2);
  expect(await read()).toEqual(NOTHING);
  await committed(store, raising(lane, newRef(), 1));
  expect(await read()).toEqual({ turn: 'planned', ids: all });
});

test('a new partition wakes them too, and one of another organisation does not', async () => {
  const { read, org, all } = await caughtUp(1);
  await committed(store, raising(await claimed(store), newRef(), 1));
  expect(await read()).toEqual(NOTHING);
  const other = await claimed(store, org, 7);
  await read();
  await committed(store, raising(other, newRef(), 1));
  expect(await read()).toEqual({ turn: 'planned', ids: all });
});

test('of many who are through only the one that is behind is read', async () => {
  const { read, relay, org } = await caughtUp(3);
  const late = await subscribed(relay, org);
  expect(await read()).toEqual({ turn: 'planned', ids: [late.id] });
});

test('one that is paused, closed or taken up again is seen, also when another comes in its place', async () => {
  const { read, org, queue, relay, all } = await caughtUp(2);
  expect(await read()).toEqual(NOTHING);
  const [first = '', second = ''] = all;
  const change = async (id: string, state: 'active' | 'paused') => {
    const seen = (await records.subscription(org, id))?.version ?? 0;
    await records.changeSubscription({ org, id, seen, state });
  };
  await change(first, 'paused');
  const lane = await store.claim({ org, topic: `${org}.ot.event.school-dropout`, partition: 0 });
  await committed(store, raising(lane, newRef(), 1));
  await planned(queue, org);
  expect(await read()).toEqual(NOTHING);
  await change(first, 'active');
  expect(await read()).toEqual({ turn: 'planned', ids: [first] });
  expect(await read()).toEqual(NOTHING);
  expect(await records.closeSubscription(org, second, at(0))).toBe(true);
  const replacing = await subscribed(relay, org);
  expect(await read()).toEqual({ turn: 'planned', ids: [replacing.id] });
});

test('a turn that failed, and one that another process has, leave nothing behind as done', async () => {
  const { read, lane, org, queue, all } = await caughtUp(1);
  await committed(store, raising(lane, newRef(), 1));
  await expect(
    queue.planTurn(org, at(0), async () => {
      throw new Error('killed');
    }),
  ).rejects.toThrow('killed');
  const other = createPostgresRelay(pool, orgs);
  let during: unknown;
  await other
    .planTurn(org, at(0), async () => {
      during = await queue.planTurn(org, at(0), async () => ({ deliveries: [], cursors: [] }));
      throw new Error('killed');
    })
    .catch(() => undefined);
  expect(during).toBe('taken');
  expect((await read()).ids).toEqual(all);
});

test('who is called about receipts is asked for each round: a verdict is no record', async () => {
  const { read, org, queue } = await caughtUp(2);
  const sender = subscriptionOf(org, { kinds: ['receipt'], subscriber: 'sender' });
  await records.addSubscription(sender, []);
  await planned(queue, org);
  for (let round = 0; round < 2; round++) expect(await read()).toEqual({ turn: 'idle', ids: [sender.id] });
});
