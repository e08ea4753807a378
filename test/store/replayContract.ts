import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Replay } from '../../src/store/relayPort.ts';
import { claimed, newRef } from './commits.ts';
import {
  type AnyRelay,
  at,
  drained,
  failed,
  PERMITTED,
  planned,
  raisedTimes,
  subscribed,
  taken,
} from './relayCommits.ts';

const ALL = { state: null, after: null, limit: 1_000 } as const;

/** What every store promises of calls that are made again. */
export function replayContract(create: () => Promise<AnyRelay>): void {
  async function sent(times: number, youths: number) {
    const relay = await create();
    const lane = await claimed(relay.store);
    const subscription = await subscribed(relay, lane.org);
    for (let n = 0; n < youths; n += 1) await raisedTimes(relay, lane, newRef(), times);
    await planned(relay.queue, lane.org, -10);
    const first = await drained(relay, subscription, -2);
    const again = async (changes: Partial<Replay> = {}): Promise<Replay> => {
      const filter = { from: at(-60), to: at(0) };
      const { count } = await relay.records.replayable(lane.org, subscription.id, changes.filter ?? filter);
      const replay: Replay = {
        ...{ id: randomUUID(), org: lane.org, subscription: subscription.id, filter, state: 'paused' },
        ...{ testUrl: null, reason: 'Mistet hos oss', by: 'test', created: at(0), total: count },
        ...{ sent: 0, failed: 0, withheld: 0 },
        ...changes,
      };
      await relay.records.addReplay(replay);
      return replay;
    };
    const state = async ({ id }: Replay) => relay.records.replay(lane.org, id);
    const fill = async (limit = 100) => {
      while ((await relay.queue.fillReplays(at(1), limit)) > 0);
    };
    return { ...relay, org: lane.org, lane, subscription, first, again, state, fill };
  }

  describe('a replay', () => {
    test('is counted first, begins paused, and calls again under the first ids in each youth’s order', async () => {
      const relay = await sent(3, 4);
      const replay = await relay.again();
      expect(replay.total).toBe(12);
      await relay.fill();
      expect(await taken(relay, relay.subscription, { now: 5 })).toEqual([]);
      expect(await relay.records.changeReplay(relay.org, replay.id, 'running')).toBe(true);
      await relay.fill(5);
      const second = await drained(relay, relay.subscription, 5);
      expect(second.map(({ delivery }) => delivery.webhookId).sort()).toEqual(
        relay.first.map(({ delivery }) => delivery.webhookId).sort(),
      );
      for (const versions of Map.groupBy(second, ({ delivery }) => delivery.ref).values())
        expect(versions.map(({ delivery }) => delivery.version)).toEqual([1, 2, 3]);
      await relay.fill();
      expect(await relay.state(replay)).toMatchObject({ state: 'done', sent: 12, failed: 0, withheld: 0 });
      expect(await relay.records.changeReplay(relay.org, replay.id, 'running')).toBe(false);
    });

    test('is of the deliveries that are named by id, or by how they failed', async () => {
      const relay = await sent(2, 1);
      await raisedTimes(relay, relay.lane, newRef(), 1);
      await planned(relay.queue, relay.org);
      const [one] = await taken(relay, relay.subscription);
      if (!one) throw new Error('not leased');
      await relay.queue.begin(one, { at: at(1), ...PERMITTED });
      await failed(relay.queue, one, { next: 'exhausted' });
      const named = async (filter: Replay['filter']) =>
        (await relay.records.replayable(relay.org, relay.subscription.id, filter)).sample.map(({ id }) => id);
      const [first] = relay.first;
      expect(await named({ ids: [String(first?.delivery.webhookId), 'msg_unknown'] })).toEqual([
        first?.delivery.id,
      ]);
      expect(await named({ failure: 'exhausted' })).toEqual([one.delivery.id]);
      expect(await named({ failure: 'refused' })).toEqual([one.delivery.id]);
      expect(await named({ failure: 'timeout' })).toEqual([]);
    });

    test('is judged again, lists all that failed, and leaves the health of the subscription as it is', async () => {
      const relay = await sent(1, 3);
      const before = await relay.records.health(relay.org, relay.subscription.id);
      const replay = await relay.again({ state: 'running' });
      await relay.fill();
      const [one, two, three] = await taken(relay, relay.subscription, { now: 5 });
      if (!one || !two || !three) throw new Error('not leased');
      const judged = await relay.queue.begin(one, { at: at(5), ...PERMITTED, judge: async () => 'GRANT' });
      expect(judged).toBe('GRANT');
      for (const each of [two, three]) await relay.queue.begin(each, { at: at(5), ...PERMITTED });
      await failed(relay.queue, two, { seconds: 5, next: 'exhausted' });
      // Gone: not tried again without a pause, and no reason to disable the subscription.
      await failed(relay.queue, three, { seconds: 5, next: 'gone' });
      expect(await taken(relay, relay.subscription, { now: 60 })).toEqual([]);
      expect(await relay.state(replay)).toMatchObject({ sent: 0, failed: 2, withheld: 1 });
      const pages = [];
      for (let after: string | null = null; ; ) {
        const page = await relay.records.replayFailures(relay.org, replay.id, { after, limit: 2 });
        if (page.length === 0) break;
        pages.push(page.length);
        after = page.at(-1)?.id ?? null;
      }
      expect(pages).toEqual([2, 1]);
      expect(await relay.records.health(relay.org, relay.subscription.id)).toEqual(before);
      expect(await relay.records.subscription(relay.org, relay.subscription.id)).toMatchObject({
        ...{ state: 'active', failingSince: null },
      });
    });

    test('stops: nothing more is sent, and what was left has ended', async () => {
      const relay = await sent(2, 2);
      const replay = await relay.again({ state: 'running' });
      await relay.fill();
      await relay.records.changeReplay(relay.org, replay.id, 'stopped');
      expect(await taken(relay, relay.subscription, { now: 60 })).toEqual([]);
      const of = (await relay.records.deliveries(relay.org, relay.subscription.id, ALL)).filter(
        (each) => each.replay === replay.id,
      );
      expect(of).toHaveLength(4);
      expect(of.every(({ ended, state }) => ended !== null && state === 'superseded')).toBe(true);
    });

    test('ends with its subscription', async () => {
      const relay = await sent(1, 2);
      const replay = await relay.again({ state: 'running' });
      await relay.records.closeSubscription(relay.org, relay.subscription.id, at(3));
      await relay.fill();
      expect(await relay.state(replay)).toMatchObject({ state: 'stopped' });
      const of = await relay.records.deliveries(relay.org, relay.subscription.id, ALL);
      expect(of.filter((each) => each.replay === replay.id)).toEqual([]);
    });

    test('reaches a disabled receiver at a test address alone', async () => {
      const relay = await sent(1, 1);
      const { org, subscription } = relay;
      await relay.records.changeSubscription({
        org,
        id: subscription.id,
        seen: 1,
        state: 'disabled',
        reason: 'GONE',
      });
      await relay.again({ state: 'running' });
      await relay.fill();
      expect(await taken(relay, subscription, { now: 5 })).toEqual([]);
      await relay.again({ state: 'running', testUrl: 'https://prove.example.no/ot' });
      await relay.fill();
      const found = await taken(relay, subscription, { now: 5 });
      expect(found.map(({ testUrl }) => testUrl)).toEqual(['https://prove.example.no/ot']);
    });
  });
}
