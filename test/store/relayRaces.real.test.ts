import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { countyNumber } from '../../src/core/organisation.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { mayHear } from '../../src/core/subscription/mayHear.ts';
import type { Youth } from '../../src/core/youth/youth.ts';
import { youthWrite } from '../../src/pipeline/writes.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createPostgresRelay } from '../../src/store/postgres/relayQueue.ts';
import { scopedReaders } from '../../src/store/postgres/scopedReaders.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createPostgresSubscriptions } from '../../src/store/postgres/subscriptions.ts';
import type { PlannedDelivery } from '../../src/store/relayPort.ts';
import { webhookIdOf } from '../../src/store/webhookId.ts';
import { createTestDatabase } from '../harness/sharedParts.ts';
import { consent, navAnswer, story } from '../harness/story.ts';
import { batch, claimed, committed, newOrg, newRef, record } from './commits.ts';
import {
  at,
  delivered,
  drained,
  PERMITTED,
  type Place,
  planned,
  raising,
  subscribed,
  taken,
} from './relayCommits.ts';

/** Withdrawals that are raced; 10,000 in the long tier. */
const RACES = Number(process.env.CONSENT_RACES ?? 1_000);
const WORKERS = 8;
const REPLAYED = 25_000;

function deliveryOf(subscription: string, ref: PersonRef, version: number, changes = {}): PlannedDelivery {
  const eventId = `t/0/${ref}/${version}`;
  const call = {
    ...{
      eventId,
      kind: 'alert' as const,
      ref,
      subject: '00000000000000a1',
      version,
      n: 1,
      recorded: at(-30),
    },
    ...{ owners: [], hidden: false, takesBack: false, disclosesNav: false },
    ...changes,
  };
  return { subscription, webhookId: webhookIdOf(subscription, eventId), call, superseded: false };
}

describe('the relay on PostgreSQL', async () => {
  const database = await createTestDatabase();
  const pool = createPool({ databaseUrl: database.url, size: 30, onIdleError: () => undefined });
  const store = createPostgresStore(pool);
  const orgs = organisationIds(pool);
  await store.migrate();
  const queue = createPostgresRelay(pool, orgs);
  const records = createPostgresSubscriptions(pool, orgs);
  const queries = createPostgresQueries(pool, orgs);
  const unused = { openReceipt: failing, receiptSent: failing, concludeList: failing };
  const relay = { store: { ...store, ...unused }, queue, records, queries };
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  /** A subscription with a record to plan: without one no turn is taken. */
  async function behind() {
    const lane = await claimed(store);
    const { id } = await subscribed(relay, lane.org);
    await committed(store, batch(lane, lane.nextOffset + 1n));
    return { id, lane };
  }

  test('moves no cursor past a delivery that could not be added', async () => {
    const { lane, id } = await behind();
    const turn = queue.planTurn(lane.org, at(0), async () => ({
      deliveries: [deliveryOf(randomUUID(), newRef(), 1)],
      cursors: [{ subscription: id, lane: lane.id, upto: 7n }],
    }));
    await expect(turn).rejects.toThrow('foreign key');
    const cursors = await queue.look(lane.org, id, async ({ subscriptions }) => subscriptions[0]?.cursors);
    expect(cursors).toEqual(new Map([[lane.id, 0n]]));
  });

  test('begins no attempt after the withdrawal of a consent has been committed', async () => {
    const p02 = story({ born: '2006-11-02', county: '46' });
    p02.when('2026-10-01T08:00:00Z', { kind: 'NotApplied', schoolYear: '2026-27' });
    for (const side of ['A', 'B'] as const)
      p02.when('2026-10-02T08:00:00Z', consent(side, 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
    p02.when('2026-11-10T08:00:00Z', navAnswer('2026-11', 'JA', '4601'), { source: 'nav', id: '2026-11:1' });
    const subject = p02.alert('KJENT_HOS_NAV').id;
    const permitted = p02.youth();
    p02.when('2026-11-11T08:00:00Z', consent('A', 'UNGDOM', 'TRUKKET', '2026-11-11T08:00:00.000Z'));
    const withdrawn = p02.youth();

    const org = newOrg();
    const { id } = await subscribed(relay, org);
    const begun: string[] = [];
    const late: string[] = [];
    const write = (ref: PersonRef, version: number, youth: Youth) =>
      youthWrite({ ref, expectedVersion: version - 1, version, youth });
    const lanes = await Promise.all(Array.from({ length: WORKERS }, (_, n) => claimed(store, org, n)));
    const youths = lanes.map((lane) => ({ lane, refs: Array.from({ length: RACES / WORKERS }, newRef) }));
    for (const { lane, refs } of youths) {
      const applied = refs.map((ref, n) => record(ref, 1, BigInt(n), null));
      const written = refs.map((ref) => write(ref, 1, permitted));
      await committed(store, batch(lane, BigInt(refs.length), { applied, youths: written }));
    }
    const deliveries = youths.flatMap(({ refs }) =>
      refs.map((ref) => deliveryOf(id, ref, 1, { subject, disclosesNav: true })),
    );
    await queue.planTurn(org, at(0), async () => ({ deliveries, cursors: [] }));
    const leased = await queue.take({
      now: at(0),
      leasedUntil: at(600),
      most: RACES,
      perSubscription: RACES,
    });
    expect(leased).toHaveLength(RACES);
    const leaseOf = new Map(leased.map((each) => [each.delivery.ref, each]));

    await Promise.all(
      youths.map(async ({ lane, refs }, worker) => {
        for (const [n, ref] of refs.entries()) {
          const one = leaseOf.get(ref);
          if (one === undefined) throw new Error('not leased');
          const withdrawal = batch(lane, lane.nextOffset + 1n, {
            applied: [record(ref, 2, lane.nextOffset, { lane: lane.id, offset: BigInt(n) })],
            youths: [write(ref, 2, withdrawn)],
          });
          const attempt = queue.begin(one, {
            at: at(1),
            judge: async ({ subscription, youth }) =>
              subscription === undefined
                ? 'CLOSED'
                : mayHear(subscription, one.delivery, {
                    ...{
                      grants: null,
                      youth: youth?.youth,
                      now: '2026-11-12T08:00:00.000Z',
                      today: '2026-11-12',
                      agreed: true,
                    },
                    policy: defaultPolicy(countyNumber('46')),
                  }),
            async handOver() {
              begun.push(ref);
              await setImmediate();
              const { rows } = await pool.query<{ version: number }>(
                'select version from youth where ref = $1',
                [ref],
              );
              if (rows[0]?.version !== 1) late.push(ref);
            },
          });
          // Now the one is early and now the other.
          for (let turn = (n + worker) % 12; turn > 0; turn -= 1) await setImmediate();
          await Promise.all([attempt, committed(store, withdrawal)]);
        }
      }),
    );
    expect(late).toEqual([]);
    // Both came first, each many times: otherwise there was no race.
    expect(begun.length).toBeGreaterThan(RACES / 50);
    expect(RACES - begun.length).toBeGreaterThan(RACES / 50);
  }, 600_000);

  test('loses, doubles, overtakes and locks up nothing while relays, planners, owners and replays work together', async () => {
    const lane = await claimed(store);
    const { org } = lane;
    const { id } = await subscribed(relay, org);
    const youths = Array.from({ length: 4 }, () => ({ ref: newRef(), version: 0, last: null as Place }));
    const sent = new Map<string, number[]>();
    const underWay = new Set<string>();
    const faults: string[] = [];
    let writing = true;

    async function write() {
      for (let n = 0; n < 240; n += 1) {
        const youth = youths[n % youths.length];
        if (youth === undefined) continue;
        youth.version += 1;
        const offset = lane.nextOffset;
        await committed(store, raising(lane, youth.ref, youth.version, youth.last));
        youth.last = { lane: lane.id, offset };
      }
      writing = false;
    }
    async function work() {
      for (let idle = 0; writing || idle < 30; idle += 1) {
        const leased = await queue.take({ now: at(60), leasedUntil: at(600), most: 4, perSubscription: 4 });
        if (leased.length > 0) idle = 0;
        else await setImmediate();
        for (const one of leased) {
          const matter = `${one.delivery.ref} ${one.delivery.replay}`;
          const begun = await queue.begin(one, { at: at(60), ...PERMITTED });
          if (begun !== 'begun') {
            await queue.release(one, at(0));
            continue;
          }
          if (underWay.has(matter)) faults.push('two under way');
          underWay.add(matter);
          const versions = sent.get(matter) ?? [];
          versions.push(one.delivery.version);
          sent.set(matter, versions);
          await setImmediate();
          underWay.delete(matter);
          if (!(await delivered(queue, one, 60))) faults.push('lease lost');
        }
      }
    }
    async function plan() {
      while (writing) await planned(queue, org);
    }
    async function own() {
      for (let n = 0; writing; n += 1) {
        const now = await records.subscription(org, id);
        const change = { org, id, seen: now?.version ?? 0 };
        const from = { what: 'all', reason: null, at: at(1) } as const;
        await records.changeSubscription(
          n % 2 === 0 ? { ...change, state: 'paused' } : { ...change, state: 'active', from },
        );
        const filter = { from: at(-60), to: at(0) };
        if (n % 10 === 0) {
          await records.addReplay({
            ...{
              id: randomUUID(),
              org,
              subscription: id,
              filter,
              state: 'running',
              testUrl: null,
              reason: 'prøve',
            },
            ...{ by: 'test', created: at(0), total: 0, sent: 0, failed: 0, withheld: 0 },
          });
        }
        await queue.fillReplays(at(2), 7);
      }
      const now = await records.subscription(org, id);
      await records.changeSubscription({ org, id, seen: now?.version ?? 0, state: 'active' });
    }
    await Promise.all([write(), work(), work(), work(), plan(), plan(), own()]);
    await planned(queue, org);
    for (const { delivery } of await drained(relay, { id }, 61)) {
      const matter = `${delivery.ref} ${delivery.replay}`;
      sent.set(matter, [...(sent.get(matter) ?? []), delivery.version]);
    }
    await records.closeSubscription(org, id, at(62));
    expect(faults).toEqual([]);
    for (const { ref, version } of youths)
      expect(sent.get(`${ref} null`)).toEqual(Array.from({ length: version }, (_, n) => n + 1));
    for (const versions of sent.values())
      expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  }, 120_000);

  test('lets a delivery that is added while the one before it ends be due', async () => {
    const {
      id,
      lane: { org },
    } = await behind();
    const ref = newRef();
    await queue.planTurn(org, at(0), async () => ({ deliveries: [deliveryOf(id, ref, 1)], cursors: [] }));
    const [first] = await taken(relay, { id });
    if (first === undefined) throw new Error('nothing is due');
    const second = deliveryOf(id, ref, 2);
    // Holds the planner up once it has seen that the first one waits.
    const other = await pool.connect();
    await other.query('begin');
    await other.query(
      `insert into delivery (subscription, event_id, webhook_id, kind, version, n, recorded, takes_back, discloses_nav, state)
       values ($1, $2, 'w', 'alert', 2, 1, now(), false, false, 'superseded')`,
      [id, second.call.eventId],
    );
    const waiting = async () => {
      const { rows } = await pool.query<{ n: string }>(
        `select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return Number(rows[0]?.n);
    };
    const planning = queue.planTurn(org, at(1), async () => ({ deliveries: [second], cursors: [] }));
    while ((await waiting()) < 1) await setImmediate();
    let over = false;
    const ending = delivered(queue, first).finally(() => {
      over = true;
    });
    while (!over && (await waiting()) < 2) await setImmediate();
    await other.query('rollback');
    other.release();
    await Promise.all([planning, ending]);
    expect((await taken(relay, { id }, { now: 2 })).map(({ delivery }) => delivery.version)).toEqual([2]);
  });

  test('replays 25,000 deliveries without a cap, under their first ids, and stops in the middle', async () => {
    const {
      id,
      lane: { org },
    } = await behind();
    const refs = Array.from({ length: REPLAYED / 10 }, newRef);
    const deliveries = Array.from({ length: 10 }, (_, n) =>
      refs.map((ref) => deliveryOf(id, ref, n + 1)),
    ).flat();
    await queue.planTurn(org, at(0), async () => ({ deliveries, cursors: [] }));
    await pool.query(
      `update delivery set state = 'delivered', ended = now(), next_at = null where subscription = $1`,
      [id],
    );
    const filter = { from: at(-60), to: at(0) };
    const { count, sample } = await records.replayable(org, id, filter);
    expect([count, sample.length]).toEqual([REPLAYED, 10]);
    const replay = randomUUID();
    await records.addReplay({
      ...{ id: replay, org, subscription: id, filter, state: 'running', testUrl: null, reason: 'prøve' },
      ...{ by: 'test', created: at(0), total: count, sent: 0, failed: 0, withheld: 0 },
    });
    let filled = 0;
    for (;;) {
      const taken = await queue.fillReplays(at(1), 2_000);
      if (taken === 0) break;
      filled += taken;
    }
    expect(filled).toBe(REPLAYED);
    const { rows } = await pool.query<{ same: string }>(
      `select count(distinct d.webhook_id) as same from delivery d join delivery f on f.subscription = d.subscription
         and f.event_id = d.event_id and f.webhook_id = d.webhook_id and f.replay is null where d.replay = $1`,
      [replay],
    );
    expect(Number(rows[0]?.same)).toBe(REPLAYED);
    const versions = new Map<string, number[]>();
    for (let sent = 0; sent < 600; ) {
      const leased = await queue.take({ now: at(2), leasedUntil: at(32), most: 60, perSubscription: 60 });
      await Promise.all(leased.map((each) => delivered(queue, each, 2)));
      for (const { delivery } of leased)
        versions.set(`${delivery.ref}`, [...(versions.get(`${delivery.ref}`) ?? []), delivery.version]);
      sent += leased.length;
    }
    for (const own of versions.values()) expect(own).toEqual(own.map((_, n) => n + 1));
    await records.changeReplay(org, replay, 'stopped');
    expect(await records.replay(org, replay)).toMatchObject({ state: 'stopped', sent: 600, total: REPLAYED });
    expect(await queue.take({ now: at(3), leasedUntil: at(33), most: 60, perSubscription: 60 })).toEqual([]);
  }, 120_000);

  test('lets a reader see what is in its reach, and keys to none', async () => {
    const lane = await claimed(store);
    const { id } = await subscribed(relay, lane.org, { subscriber: 'own' });
    await committed(store, raising(lane, newRef(), 1));
    await planned(queue, lane.org);
    const seen = async (
      organisation: typeof lane.org,
      reach: Parameters<typeof scopedReaders>[2]['reach'],
    ) => {
      const readers = scopedReaders(createReaders(pool), orgs, { organisations: [organisation], reach });
      return readers.use(null, async (session) => {
        const counts: number[] = [];
        for (const table of ['subscription where id', 'delivery where subscription']) {
          const { rows } = await session.query<{ n: string }>(`select count(*) as n from ${table} = $1`, [
            id,
          ]);
          counts.push(Number(rows[0]?.n));
        }
        return counts;
      });
    };
    expect(await seen(lane.org, { kind: 'county' })).toEqual([1, 1]);
    expect(await seen(lane.org, { kind: 'sender', sender: 'own' })).toEqual([1, 1]);
    expect(await seen(lane.org, { kind: 'sender', sender: 'another' })).toEqual([0, 0]);
    expect(await seen(lane.org, { kind: 'units', units: ['own'] })).toEqual([0, 0]);
    expect(await seen(newOrg(), { kind: 'county' })).toEqual([0, 0]);
    const readers = scopedReaders(createReaders(pool), orgs, {
      organisations: [lane.org],
      reach: { kind: 'county' },
    });
    for (const table of ['subscription_key', 'subscription_lane'])
      await expect(readers.use(null, (session) => session.query(`select from ${table}`))).rejects.toThrow(
        'permission denied',
      );
  });
});

async function failing(): Promise<never> {
  throw new Error('not of this test');
}
