import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { batch, CONCLUDED, claimed, committed, listRow, merging, newOrg, newRef } from './commits.ts';
import { enablingContract } from './enablingContract.ts';
import {
  type AnyRelay,
  at,
  delivered,
  drained,
  failed,
  PERMITTED,
  planned,
  raisedTimes,
  raising,
  subscribed,
  subscriptionOf,
  taken,
} from './relayCommits.ts';
import { replayContract } from './replayContract.ts';
import { subscriptionContract } from './subscriptionContract.ts';

// What every store promises the relay. Each test uses an organisation of its own, so that one database serves them all.

const ALL = { state: null, after: null, limit: 1_000 } as const;

export function relayContract(create: () => Promise<AnyRelay>): void {
  subscriptionContract(create);
  enablingContract(create);
  replayContract(create);

  describe('the planning of deliveries', () => {
    test('says so when no subscription is active, and when nothing is new', async () => {
      const { store, queue, records } = await create();
      const lane = await claimed(store);
      expect(await queue.planTurn(lane.org, at(0), async () => ({ deliveries: [], cursors: [] }))).toBe(
        'none',
      );
      await records.addSubscription(subscriptionOf(lane.org, { state: 'paused' }), []);
      expect(await queue.planTurn(lane.org, at(0), async () => ({ deliveries: [], cursors: [] }))).toBe(
        'none',
      );
      await records.addSubscription(subscriptionOf(lane.org), []);
      expect(await queue.planTurn(lane.org, at(0), async () => ({ deliveries: [], cursors: [] }))).toBe(
        'idle',
      );
    });

    test('plans nothing of a turn that fails, and the same in the next', async () => {
      const relay = await create();
      const lane = await claimed(relay.store);
      const subscription = await subscribed(relay, lane.org);
      await raisedTimes(relay, lane, newRef(), 3);
      const seen: unknown[] = [];
      const fails = relay.queue.planTurn(lane.org, at(0), async ({ subscriptions }) => {
        seen.push(subscriptions.map(({ cursors }) => [...cursors]));
        throw new Error('killed');
      });
      await expect(fails).rejects.toThrow('killed');
      expect(await relay.records.deliveries(lane.org, subscription.id, ALL)).toEqual([]);
      await planned(relay.queue, lane.org);
      expect(await relay.records.deliveries(lane.org, subscription.id, ALL)).toHaveLength(3);
      expect(seen).toEqual([[[[lane.id, 0n]]]]);
    });

    test('gives both halves of a record that merged two youths with one page, however small', async () => {
      const { store, queue, records } = await create();
      const lane = await claimed(store);
      await records.addSubscription(subscriptionOf(lane.org), []);
      const [gone, stays] = [newRef(), newRef()];
      await committed(store, raising(lane, gone, 1));
      await committed(store, merging(lane, [{ ref: gone, version: 2, into: stays }], stays, 1));
      const pages: number[] = [];
      await queue.planTurn(lane.org, at(0), async (turn) => {
        for (let limit = 1; limit <= 3; limit += 1)
          pages.push((await turn.records(lane.id, 1n, lane.nextOffset, limit)).length);
        return { deliveries: [], cursors: [] };
      });
      expect(pages).toEqual([2, 2, 2]);
    });

    test('gives the place of a youth’s record before, of this organisation alone', async () => {
      const { store, queue, records } = await create();
      const [lane, elsewhere] = [await claimed(store), await claimed(store)];
      await records.addSubscription(subscriptionOf(lane.org), []);
      const ref = newRef();
      await committed(store, raising(elsewhere, ref, 1));
      await committed(store, raising(lane, ref, 1));
      await committed(store, raising(lane, ref, 2, { lane: lane.id, offset: 0n }));
      const previous: unknown[] = [];
      await queue.planTurn(lane.org, at(0), async (turn) => {
        for (const record of await turn.records(lane.id, 0n, 9n, 9)) previous.push(record.previous);
        return { deliveries: [], cursors: [] };
      });
      expect(previous).toEqual([null, { lane: lane.id, offset: 0n }]);
    });

    test('lets one process plan an organisation at a time', async () => {
      const { store, queue, records } = await create();
      const lane = await claimed(store);
      await records.addSubscription(subscriptionOf(lane.org), []);
      await committed(store, raising(lane, newRef(), 1));
      const nothing = { deliveries: [], cursors: [] };
      const inner: string[] = [];
      await queue.planTurn(lane.org, at(0), async () => {
        inner.push(await queue.planTurn(lane.org, at(0), async () => nothing));
        return nothing;
      });
      expect(inner).toEqual(['taken']);
    });

    test('begins `now` behind what is committed, and a lane that comes later at its start', async () => {
      const relay = await create();
      const lane = await claimed(relay.store);
      await raisedTimes(relay, lane, newRef(), 2);
      const subscription = await subscribed(relay, lane.org, { begins: 'now' });
      const later = await claimed(relay.store, lane.org, 1);
      await raisedTimes(relay, later, newRef(), 3);
      await planned(relay.queue, lane.org);
      expect(await relay.records.deliveries(lane.org, subscription.id, ALL)).toHaveLength(3);
    });

    test('calls a sender about each of its final receipts once', async () => {
      const relay = await create();
      const org = newOrg();
      const subscription = await subscribed(relay, org, { kinds: ['receipt'], subscriber: 'sender' });
      const open = async (sender: string, rows: number) => {
        const id = randomUUID();
        const entry = {
          id,
          org,
          feed: 'school-dropout' as const,
          rows,
          received: at(-20),
          idempotencyKey: null,
        };
        await relay.store.openReceipt({ ...entry, bodyHash: Buffer.alloc(32), sender, institution: null });
        await relay.store.receiptSent(id);
        return id;
      };
      const final = await open('sender', 0);
      await open('sender', 2);
      await open('another', 0);
      await planned(relay.queue, org);
      await planned(relay.queue, org);
      const found = await relay.records.deliveries(org, subscription.id, ALL);
      expect(found.map(({ eventId, subject, ref }) => [eventId, subject, ref])).toEqual([
        [`receipt/${final}`, final, null],
      ]);
    });
  });

  test('receipts that are not final take no room of those that are', async () => {
    const relay = await create();
    const lane = await claimed(relay.store);
    const { org } = lane;
    const subscription = await subscribed(relay, org, { kinds: ['receipt'], subscriber: 'sender' });
    const open = async (second: number) => {
      const id = randomUUID();
      await relay.store.openReceipt({
        ...{ id, org, feed: 'apprenticeship', rows: 0, idempotencyKey: null, received: at(second) },
        ...{ bodyHash: Buffer.alloc(32), sender: 'sender', institution: null },
      });
      await relay.store.receiptSent(id);
      return id;
    };
    // Each with a complete list that waits for its verdict, more of them than are asked for.
    for (const run of ['a', 'b', 'c']) {
      const envelope = { list: 'laktiv', run, type: 'FULL', total: 1 } as const;
      const row = listRow(envelope, 'one', newRef(), { receipt: await open(-30), number: 1 });
      await committed(
        relay.store,
        batch(lane, lane.nextOffset + 1n, { listRows: [{ ...row, offset: lane.nextOffset }] }),
      );
    }
    const final = [await open(-20), await open(-10)];
    const found = async (limit: number) => {
      const ids: string[] = [];
      await relay.queue.planTurn(org, at(0), async (turn) => {
        ids.push(...(await turn.finalReceipts(subscription, limit)).map(({ id }) => id));
        return { deliveries: [], cursors: [] };
      });
      return ids;
    };
    expect(await found(2)).toEqual(final);
    expect(await found(1)).toEqual(final.slice(0, 1));
    await relay.store.concludeList(org, 'laktiv', 'b', CONCLUDED);
    expect(await found(10)).toHaveLength(3);
  });

  describe('the queue of deliveries', () => {
    async function queued(times: number, youths = 1) {
      const relay = await create();
      const lane = await claimed(relay.store);
      const subscription = await subscribed(relay, lane.org);
      const refs = Array.from({ length: youths }, newRef);
      for (const ref of refs) await raisedTimes(relay, lane, ref, times);
      await planned(relay.queue, lane.org);
      return { ...relay, org: lane.org, subscription, refs, lane };
    }

    test('sends each youth’s in the order of its versions, the next when the one before has ended', async () => {
      const relay = await queued(4, 2);
      const first = await taken(relay, relay.subscription);
      expect(first.map(({ delivery }) => delivery.version)).toEqual([1, 1]);
      expect(await taken(relay, relay.subscription)).toEqual([]);
      for (const each of first) await delivered(relay.queue, each);
      const rest = await drained(relay, relay.subscription);
      for (const ref of relay.refs)
        expect(
          rest.filter(({ delivery }) => delivery.ref === ref).map(({ delivery }) => delivery.version),
        ).toEqual([2, 3, 4]);
    });

    test('puts what is planned later behind what waits, and first where all has ended', async () => {
      const relay = await queued(1);
      const [first] = await taken(relay, relay.subscription);
      if (!first) throw new Error('nothing is due');
      const [ref] = relay.refs;
      if (!ref) throw new Error('no youth');
      await committed(relay.store, raising(relay.lane, ref, 2, { lane: relay.lane.id, offset: 0n }));
      await planned(relay.queue, relay.org);
      expect(await taken(relay, relay.subscription)).toEqual([]);
      await delivered(relay.queue, first);
      expect((await drained(relay, relay.subscription)).map(({ delivery }) => delivery.version)).toEqual([2]);
      await committed(relay.store, raising(relay.lane, ref, 3, { lane: relay.lane.id, offset: 1n }));
      await planned(relay.queue, relay.org);
      expect((await drained(relay, relay.subscription)).map(({ delivery }) => delivery.version)).toEqual([3]);
    });

    test('notes of an alert when a receiver first took a call about it', async () => {
      const relay = await queued(2);
      const [first] = await taken(relay, relay.subscription);
      if (!first) throw new Error('nothing is due');
      expect(await relay.queries.alertProgress(relay.org, relay.refs)).toEqual([]);
      await delivered(relay.queue, first, 3);
      const [second] = await taken(relay, relay.subscription, { now: 4 });
      if (!second) throw new Error('nothing is due');
      await delivered(relay.queue, second, 9);
      const { ref, subject: cause } = first.delivery;
      const told = [first, second].map(({ delivery }) => delivery.subject);
      const known = await relay.queries.alertProgress(relay.org, relay.refs);
      expect(known).toHaveLength(new Set(told).size);
      expect(known).toContainEqual({ ref, cause, delivered: at(3), opened: null, handled: null });
    });

    test('leases at most so many of a subscription, those in flight included', async () => {
      const relay = await queued(1, 5);
      const asked = { perSubscription: 3 };
      const first = await taken(relay, relay.subscription, asked);
      expect(first).toHaveLength(3);
      expect(await taken(relay, relay.subscription, asked)).toEqual([]);
      const [one] = first;
      if (one) await delivered(relay.queue, one);
      expect(await taken(relay, relay.subscription, asked)).toHaveLength(1);
    });

    test('looks past receivers whose places are all taken', async () => {
      const relay = await create();
      const lane = await claimed(relay.store);
      const hanging = await subscribed(relay, lane.org);
      for (let n = 0; n < 3; n += 1) await raisedTimes(relay, lane, newRef(), 1);
      await planned(relay.queue, lane.org, -500_000);
      const asked = { now: -499_999, perSubscription: 1, most: 1 };
      expect(await taken(relay, hanging, asked)).toHaveLength(1);
      const other = await subscribed(relay, lane.org);
      await planned(relay.queue, lane.org, -499_999);
      expect(await taken(relay, other, { ...asked, now: -499_998 })).toHaveLength(1);
    });

    test('refuses what a relay writes that has lost its lease', async () => {
      const relay = await queued(2);
      const [zombie] = await taken(relay, relay.subscription);
      const [holder] = await taken(relay, relay.subscription, { now: 31 });
      if (!zombie || !holder) throw new Error('not leased twice');
      expect(holder.delivery.id).toBe(zombie.delivery.id);
      expect(await relay.queue.begin(zombie, { at: at(31), ...PERMITTED })).toBe('lost');
      expect(await delivered(relay.queue, zombie)).toBe(false);
      expect(await relay.queue.release(zombie, at(31))).toBe(false);
      expect(await relay.queue.begin(holder, { at: at(31), ...PERMITTED })).toBe('begun');
      expect(await delivered(relay.queue, holder, 31)).toBe(true);
      const found = await relay.records.delivery(relay.org, relay.subscription.id, holder.delivery.id);
      expect(found).toMatchObject({ state: 'delivered', attempts: 1, log: [{ number: 1, httpStatus: 204 }] });
    });

    test('ends what may not be heard without a request, and lets the youth’s next go', async () => {
      const relay = await queued(2);
      const [first] = await taken(relay, relay.subscription);
      if (!first) throw new Error('nothing is due');
      let requests = 0;
      const begun = await relay.queue.begin(first, {
        at: at(1),
        judge: async () => 'CONSENT',
        handOver: async () => {
          requests += 1;
        },
      });
      expect([begun, requests]).toEqual(['CONSENT', 0]);
      const found = await relay.records.delivery(relay.org, relay.subscription.id, first.delivery.id);
      expect(found).toMatchObject({ state: 'withheld', withheldFor: 'CONSENT', attempts: 0, log: [] });
      expect((await drained(relay, relay.subscription)).map(({ delivery }) => delivery.version)).toEqual([2]);
    });

    test('judges by the subscription and the youth as they are now', async () => {
      const relay = await queued(1);
      const [ref] = relay.refs;
      const [first] = await taken(relay, relay.subscription);
      if (!first || !ref) throw new Error('nothing is due');
      const into = newRef();
      await committed(relay.store, merging(relay.lane, [{ ref, version: 2, into }], into, 1));
      await relay.records.changeSubscription({
        org: relay.org,
        id: relay.subscription.id,
        seen: 1,
        name: 'Ny',
      });
      const known: unknown[] = [];
      await relay.queue.begin(first, {
        at: at(1),
        judge: async ({ subscription, youth }) => {
          known.push(subscription?.name, youth?.ref);
          return null;
        },
        handOver: async () => undefined,
      });
      expect(known).toEqual(['Ny', into]);
    });

    test('keeps what fails until its time, and says when', async () => {
      const relay = await queued(1);
      const [first] = await taken(relay, relay.subscription);
      if (!first) throw new Error('nothing is due');
      await relay.queue.begin(first, { at: at(1), ...PERMITTED });
      await failed(relay.queue, first, { next: 300 });
      expect(await taken(relay, relay.subscription, { now: 299 })).toEqual([]);
      expect(await taken(relay, relay.subscription, { now: 300 })).toHaveLength(1);
      const found = await relay.records.delivery(relay.org, relay.subscription.id, first.delivery.id);
      expect(found).toMatchObject({ state: 'waiting', attempts: 1, lastOutcome: 'refused' });
    });

    test('charges no attempt for a fault of our own network', async () => {
      const relay = await queued(1);
      const [first] = await taken(relay, relay.subscription);
      if (!first) throw new Error('nothing is due');
      await relay.queue.begin(first, { at: at(1), ...PERMITTED });
      await relay.queue.end(first, {
        ...{ at: at(1), ms: 1, outcome: 'egress', httpStatus: null, disableIfFailingSince: at(0) },
        next: { state: 'waiting', nextAt: at(31) },
      });
      expect(await relay.records.deliveries(relay.org, relay.subscription.id, ALL)).toMatchObject([
        { attempts: 0 },
      ]);
      expect(await relay.records.subscription(relay.org, relay.subscription.id)).toMatchObject({
        failingSince: null,
      });
    });

    test('sends nothing of a subscription that is paused or closed', async () => {
      const relay = await queued(1, 2);
      const { org, subscription } = relay;
      const [leased] = await taken(relay, subscription, { perSubscription: 1 });
      await relay.records.changeSubscription({
        org,
        id: subscription.id,
        seen: 1,
        state: 'paused',
        reason: 'OWNER',
      });
      if (leased) expect(await relay.queue.begin(leased, { at: at(1), ...PERMITTED })).toBe('lost');
      expect(await taken(relay, subscription, { now: 60 })).toEqual([]);
      await relay.records.changeSubscription({
        org,
        id: subscription.id,
        seen: 2,
        state: 'active',
        reason: null,
      });
      expect(await taken(relay, subscription, { now: 60 })).toHaveLength(2);
      await relay.records.closeSubscription(org, subscription.id, at(61));
      expect(await taken(relay, subscription, { now: 120 })).toEqual([]);
    });

    test('ends what waits when its subscription is closed, so that it is forgotten with the rest', async () => {
      const relay = await queued(2, 2);
      await relay.records.closeSubscription(relay.org, relay.subscription.id, at(-8_000_000));
      const left = await relay.records.deliveries(relay.org, relay.subscription.id, {
        ...ALL,
        state: 'withheld',
      });
      expect(left.map(({ withheldFor }) => withheldFor)).toEqual(Array(4).fill('CLOSED'));
      expect(await relay.queue.forget(at(-7_999_999), 10_000)).toBeGreaterThanOrEqual(4);
      expect(await relay.records.deliveries(relay.org, relay.subscription.id, ALL)).toEqual([]);
    });

    test('forgets what ended before, and never what waits; no id is given twice', async () => {
      const relay = await queued(2);
      const [first] = await taken(relay, relay.subscription);
      if (!first) throw new Error('nothing is due');
      await delivered(relay.queue, first, -7_900_000);
      await relay.queue.forget(at(-7_890_000), 10_000);
      const [left, ...others] = await relay.records.deliveries(relay.org, relay.subscription.id, ALL);
      expect([left?.version, others]).toEqual([2, []]);
      await raisedTimes(relay, relay.lane, newRef(), 1);
      await planned(relay.queue, relay.org);
      const ids = (await relay.records.deliveries(relay.org, relay.subscription.id, ALL)).map(({ id }) => id);
      expect(new Set(ids).size).toBe(2);
    });

    test('does not look at what waits for an agreement until it is resumed, and then only once', async () => {
      const relay = await queued(1);
      const [one] = await taken(relay, relay.subscription);
      if (!one) throw new Error('nothing is due');
      expect(await relay.queue.awaitAgreement({ ...one, lease: one.lease - 1 })).toBe(false);
      const judged = { at: at(1), ...PERMITTED, judge: async () => 'AGREEMENT' as const };
      expect(await relay.queue.begin(one, judged)).toBe('AGREEMENT');
      expect(await relay.queue.awaitAgreement(one)).toBe(true);
      expect(await taken(relay, relay.subscription, { now: 9_000_000 })).toEqual([]);
      expect(await relay.queue.awaitingAgreement()).toContain(relay.org);
      const [waiting] = await relay.records.deliveries(relay.org, relay.subscription.id, ALL);
      expect(waiting).toMatchObject({ state: 'waiting', attempts: 0, nextAt: null });
      expect(await relay.queue.resume(newOrg(), at(60))).toBe(0);
      expect(await relay.queue.resume(relay.org, at(60))).toBe(1);
      expect(await relay.queue.resume(relay.org, at(61))).toBe(0);
      expect(await relay.queue.awaitingAgreement()).not.toContain(relay.org);
      const [again] = await taken(relay, relay.subscription, { now: 60 });
      expect(again?.delivery.id).toBe(one.delivery.id);
    });

    test('knows when the next is due, without receivers whose places are all taken', async () => {
      const relay = await create();
      const lane = await claimed(relay.store);
      const subscription = await subscribed(relay, lane.org);
      for (let n = 0; n < 3; n += 1) await raisedTimes(relay, lane, newRef(), 1);
      await planned(relay.queue, lane.org, -9_500_000);
      const asked = { now: at(-9_499_990), perSubscription: 2 };
      expect(await relay.queue.nextDue(asked)).toBe(at(-9_500_000));
      const [one, other] = await taken(relay, subscription, { now: -9_499_990, perSubscription: 2 });
      if (!one || !other) throw new Error('nothing is due');
      expect(await relay.queue.nextDue(asked)).not.toBe(at(-9_500_000));
      // A lease that has run out takes no place, and one that is given back none either.
      const later = { now: at(-9_499_960), perSubscription: 2 };
      expect(await relay.queue.nextDue(later)).toBe(at(-9_500_000));
      expect(await relay.queue.release(one, at(-9_499_989))).toBe(true);
      expect(await relay.queue.nextDue(asked)).toBe(at(-9_500_000));
      await delivered(relay.queue, other, -9_499_980);
      await drained(relay, subscription, -9_000_000);
    });

    test('knows when the next is due, without those that are not sent', async () => {
      const relay = await create();
      const lane = await claimed(relay.store);
      await raisedTimes(relay, lane, newRef(), 1);
      const subscription = await subscribed(relay, lane.org);
      await planned(relay.queue, lane.org, -9_000_000);
      const asked = { now: at(-9_000_000), perSubscription: 8 };
      expect(await relay.queue.nextDue(asked)).toBe(at(-9_000_000));
      await relay.records.changeSubscription({
        org: lane.org,
        id: subscription.id,
        seen: 1,
        state: 'paused',
      });
      expect(await relay.queue.nextDue(asked)).not.toBe(at(-9_000_000));
    });
  });
}
