import { describe, expect, test } from 'vitest';
import { claimed, committed, newOrg, newRef } from './commits.ts';
import {
  type AnyRelay,
  at,
  drained,
  failed,
  PERMITTED,
  planned,
  raisedTimes,
  raising,
  subscribed,
  taken,
} from './relayCommits.ts';

const ALL = { state: null, after: null, limit: 1_000 } as const;

/** What every store promises of a subscription that is paused, disabled and enabled. */
export function enablingContract(create: () => Promise<AnyRelay>): void {
  /** Two youths with two alerts each: of one planned and not sent, of the other committed while paused. */
  async function paused() {
    const relay = await create();
    const lane = await claimed(relay.store);
    const { id } = await subscribed(relay, lane.org);
    const [one, other] = [newRef(), newRef()];
    await raisedTimes(relay, lane, one, 2);
    await planned(relay.queue, lane.org);
    await relay.records.changeSubscription({ org: lane.org, id, seen: 1, state: 'paused', reason: 'OWNER' });
    await committed(relay.store, raising(lane, other, 1));
    await committed(
      relay.store,
      raising(lane, other, 2, { lane: lane.id, offset: 2n }, { id: `${'0'.repeat(15)}1` }),
    );
    await planned(relay.queue, lane.org);
    const enable = (what: 'all' | 'latest' | 'now') => {
      const from = { what, reason: what === 'now' ? 'Leses på nytt' : null, at: at(10) };
      return relay.records.changeSubscription({
        org: lane.org,
        id,
        seen: 2,
        state: 'active',
        reason: null,
        from,
      });
    };
    const states = async () =>
      (await relay.records.deliveries(lane.org, id, ALL)).map(({ state }) => state).sort();
    return { ...relay, org: lane.org, lane, id, one, other, enable, states };
  }

  describe('a subscription that is enabled again', () => {
    test('has lost nothing: its cursor has not moved', async () => {
      const relay = await paused();
      expect(await relay.states()).toEqual(['waiting', 'waiting']);
      await relay.enable('all');
      await planned(relay.queue, relay.org, 10);
      const sent = await drained(relay, relay, 11);
      expect(
        sent.filter(({ delivery }) => delivery.ref === relay.one).map(({ delivery }) => delivery.version),
      ).toEqual([1, 2]);
      expect(
        sent.filter(({ delivery }) => delivery.ref === relay.other).map(({ delivery }) => delivery.version),
      ).toEqual([1, 2]);
    });

    test('sends the last about each matter alone from `latest`, and lists the others', async () => {
      const relay = await paused();
      await relay.enable('latest');
      expect(await taken(relay, relay, { now: 11 })).toEqual([]);
      await planned(relay.queue, relay.org, 10);
      // Two alerts of the one, and of the other the last version of its only one.
      expect(await relay.states()).toEqual(['superseded', 'waiting', 'waiting', 'waiting']);
      const sent = await drained(relay, relay, 11);
      expect(
        sent.filter(({ delivery }) => delivery.ref === relay.other).map(({ delivery }) => delivery.version),
      ).toEqual([2]);
      expect(sent).toHaveLength(3);
    });

    test('sends from `now` what comes after, and lists all that it skips', async () => {
      const relay = await paused();
      await relay.enable('now');
      await committed(relay.store, raising(relay.lane, relay.other, 3, { lane: relay.lane.id, offset: 3n }));
      await planned(relay.queue, relay.org, 10);
      expect(await relay.states()).toEqual([...Array(4).fill('superseded'), 'waiting']);
      expect((await drained(relay, relay, 11)).map(({ delivery }) => delivery.version)).toEqual([3]);
    });

    test('forgets an earlier choice to skip when all is chosen', async () => {
      const relay = await paused();
      await relay.enable('latest');
      const changes = { org: relay.org, id: relay.id };
      await relay.records.changeSubscription({ ...changes, seen: 3, state: 'paused' });
      const from = { what: 'all', reason: null, at: at(12) } as const;
      await relay.records.changeSubscription({ ...changes, seen: 4, state: 'active', from });
      await planned(relay.queue, relay.org, 12);
      expect(await drained(relay, relay, 13)).toHaveLength(4);
    });

    test('sends in an organisation without a record yet', async () => {
      const relay = await create();
      const org = newOrg();
      const { id } = await subscribed(relay, org, { state: 'paused' });
      const from = { what: 'latest', reason: null, at: at(0) } as const;
      await relay.records.changeSubscription({ org, id, seen: 1, state: 'active', from });
      await planned(relay.queue, org);
      await raisedTimes(relay, await claimed(relay.store, org), newRef(), 1);
      await planned(relay.queue, org);
      expect(await drained(relay, { id })).toHaveLength(1);
    });

    test('does not send a second time what is under way', async () => {
      const relay = await create();
      const lane = await claimed(relay.store);
      const { id } = await subscribed(relay, lane.org);
      await raisedTimes(relay, lane, newRef(), 1);
      await raisedTimes(relay, lane, newRef(), 1);
      await planned(relay.queue, lane.org);
      const [underWay, failing] = await taken(relay, { id });
      if (!underWay || !failing) throw new Error('not leased');
      await relay.queue.begin(failing, { at: at(1), ...PERMITTED });
      await failed(relay.queue, failing, { seconds: 1, next: 7_200 });
      await relay.records.changeSubscription({ org: lane.org, id, seen: 1, state: 'paused' });
      const from = { what: 'all', reason: null, at: at(2) } as const;
      await relay.records.changeSubscription({ org: lane.org, id, seen: 2, state: 'active', from });
      expect((await taken(relay, { id }, { now: 3 })).map(({ delivery }) => delivery.id)).toEqual([
        failing.delivery.id,
      ]);
    });
  });

  describe('a receiver that fails', () => {
    async function leased(times = 1) {
      const relay = await create();
      const lane = await claimed(relay.store);
      const { id } = await subscribed(relay, lane.org);
      for (let n = 0; n < times; n += 1) await raisedTimes(relay, lane, newRef(), 1);
      await planned(relay.queue, lane.org);
      const found = await taken(relay, { id });
      const now = async () => relay.records.subscription(lane.org, id);
      return { ...relay, org: lane.org, id, found, now };
    }

    test('is failing from its first failure to its next success', async () => {
      const relay = await leased(3);
      const [one, two, three] = relay.found;
      if (!one || !two || !three) throw new Error('not leased');
      await failed(relay.queue, one, { seconds: 5 });
      await failed(relay.queue, two, { seconds: 9 });
      expect(await relay.now()).toMatchObject({ failingSince: at(5), state: 'active' });
      expect(await relay.queue.noteWarning(relay.id, '50')).toBe(true);
      expect(await relay.queue.noteWarning(relay.id, '50')).toBe(false);
      await relay.queue.end(three, {
        ...{ at: at(10), ms: 1, outcome: 'delivered', httpStatus: 200, disableIfFailingSince: at(-432_000) },
        next: { state: 'delivered' },
      });
      expect(await relay.now()).toMatchObject({ failingSince: null });
      expect(await relay.queue.noteWarning(relay.id, '50')).toBe(true);
    });

    test('is disabled five days after its first failure, and not before', async () => {
      const relay = await leased(3);
      const [one, two, three] = relay.found;
      if (!one || !two || !three) throw new Error('not leased');
      await failed(relay.queue, one, { seconds: 0 });
      await failed(relay.queue, two, { seconds: 431_999 });
      expect(await relay.now()).toMatchObject({ state: 'active', version: 1 });
      await failed(relay.queue, three, { seconds: 432_000 });
      expect(await relay.now()).toMatchObject({ state: 'disabled', reason: 'FAILING', version: 2 });
    });

    test('is disabled by its answer that it is gone; what was called about waits', async () => {
      const relay = await leased();
      const [one] = relay.found;
      if (!one) throw new Error('not leased');
      await failed(relay.queue, one, { next: 'gone' });
      expect(await relay.now()).toMatchObject({ state: 'disabled', reason: 'GONE' });
      expect(await relay.records.deliveries(relay.org, relay.id, ALL)).toMatchObject([{ state: 'waiting' }]);
    });

    test('is announced to the owner’s other receivers once, and to no other owner’s', async () => {
      const relay = await leased();
      const other = await subscribed(relay, relay.org);
      const foreign = await subscribed(relay, relay.org, { subscriber: '0192:987654325' });
      const id = (subscription: string, eventId: string) => `${subscription} ${eventId}`;
      await relay.queue.addNotices(relay.id, at(1), id);
      await relay.queue.addNotices(relay.id, at(2), id);
      const kinds = async (of: string) =>
        (await relay.records.deliveries(relay.org, of, ALL)).map(({ kind }) => kind);
      expect(await kinds(other.id)).toEqual(['notice']);
      expect(await kinds(foreign.id)).toEqual([]);
    });
  });

  describe('the health of a subscription', () => {
    test('counts what waits and how the last day’s attempts ended', async () => {
      const relay = await create();
      const lane = await claimed(relay.store);
      const { id } = await subscribed(relay, lane.org);
      for (let n = 0; n < 3; n += 1) await raisedTimes(relay, lane, newRef(), 1);
      await planned(relay.queue, lane.org);
      const [one, two] = await taken(relay, { id }, { perSubscription: 2 });
      if (!one || !two) throw new Error('not leased');
      await relay.queue.begin(one, { at: at(-4), ...PERMITTED });
      await failed(relay.queue, one, { seconds: -3 });
      await relay.queue.begin(two, { at: at(-2), ...PERMITTED });
      await relay.queue.end(two, {
        ...{ at: at(-1), ms: 1, outcome: 'delivered', httpStatus: 200, disableIfFailingSince: at(-432_000) },
        next: { state: 'delivered' },
      });
      expect(await relay.records.health(lane.org, id)).toEqual({
        ...{ waiting: 2, oldestWaiting: at(-30), delivered24h: 1, failed24h: 1 },
        ...{ lastSuccess: at(-1), lastOutcome: 'delivered' },
      });
      const pulse = (await relay.queue.pulse()).find(({ subscription }) => subscription === id);
      expect(pulse).toMatchObject({ org: lane.org, waiting: 2, oldestWaiting: at(-30), failingSince: null });
    });
  });
}
