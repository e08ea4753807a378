import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { SigningKey } from '../../src/store/relayPort.ts';
import { claimed, newOrg, newRef } from './commits.ts';
import { type AnyRelay, at, planned, raisedTimes, subscribed, subscriptionOf } from './relayCommits.ts';

function keyOf(changes: Partial<SigningKey> = {}): SigningKey {
  return {
    ...{ kid: randomUUID().slice(0, 16), scheme: 'v1a', sealed: Buffer.from('sealed') },
    ...{ publicKey: Buffer.alloc(32, 7), from: at(0), to: null },
    ...changes,
  };
}

/** What every store promises of subscriptions, their keys and their deliveries as they are listed. */
export function subscriptionContract(create: () => Promise<AnyRelay>): void {
  describe('subscriptions', () => {
    test('are kept as they are given, of one organisation', async () => {
      const { records } = await create();
      const org = newOrg();
      const wantedUrl = { url: 'https://ny.example.no', by: 'a', key: 'b', at: at(0) };
      const given = subscriptionOf(org, {
        owners: ['40001'],
        beginsAt: at(-9),
        wantedUrl,
        failingSince: at(-5),
      });
      await records.addSubscription(given, []);
      expect(await records.subscription(org, given.id)).toEqual(given);
      expect(await records.subscriptions(org)).toEqual([given]);
      expect(await records.subscription(newOrg(), given.id)).toBeUndefined();
    });

    test('change by the version that was seen, field by field', async () => {
      const { records } = await create();
      const org = newOrg();
      const given = subscriptionOf(org, { owners: ['40001'], failingSince: at(-5) });
      await records.addSubscription(given, []);
      const change = { org, id: given.id };
      expect(await records.changeSubscription({ ...change, seen: 1, name: 'Ny', owners: null })).toBe(true);
      expect(await records.changeSubscription({ ...change, seen: 1, name: 'Gammel' })).toBe(false);
      expect(await records.changeSubscription({ ...change, org: newOrg(), seen: 2, name: 'X' })).toBe(false);
      const changed = { ...given, name: 'Ny', owners: null, version: 2 };
      expect(await records.subscription(org, given.id)).toEqual(changed);
      await records.changeSubscription({
        ...change,
        seen: 2,
        state: 'active',
        reason: null,
        kinds: ['alert'],
      });
      expect(await records.subscription(org, given.id)).toEqual({
        ...{ ...changed, version: 3, kinds: ['alert'], failingSince: null },
      });
    });

    test('are gone when they are closed, but for what was delivered', async () => {
      const relay = await create();
      const lane = await claimed(relay.store);
      const { id } = await subscribed(relay, lane.org);
      await raisedTimes(relay, lane, newRef(), 2);
      await planned(relay.queue, lane.org);
      expect(await relay.records.closeSubscription(newOrg(), id, at(0))).toBe(false);
      expect(await relay.records.closeSubscription(lane.org, id, at(0))).toBe(true);
      expect(await relay.records.closeSubscription(lane.org, id, at(1))).toBe(false);
      expect(await relay.records.subscription(lane.org, id)).toBeUndefined();
      expect(await relay.records.subscriptions(lane.org)).toEqual([]);
      expect(await relay.queue.planTurn(lane.org, at(2), async () => ({ deliveries: [], cursors: [] }))).toBe(
        'none',
      );
      const page = { state: null, after: null, limit: 9 };
      expect(await relay.records.deliveries(lane.org, id, page)).toHaveLength(2);
    });

    test('sign with keys that overlap when they are rotated, ten at most', async () => {
      const { records } = await create();
      const given = subscriptionOf(newOrg());
      const [v1, v1a] = [keyOf({ scheme: 'v1', publicKey: null }), keyOf()];
      await records.addSubscription(given, [v1, v1a]);
      const kids = async (seconds: number) =>
        (await records.signingKeys(given.id, at(seconds))).map(({ kid }) => kid).sort();
      expect(await kids(0)).toEqual([v1.kid, v1a.kid].sort());
      const next = keyOf({ from: at(10) });
      expect(await records.rotateKeys(given.id, [next], at(86_410))).toBe(true);
      expect(await kids(9)).toEqual([v1.kid, v1a.kid].sort());
      expect(await kids(11)).toEqual([v1.kid, v1a.kid, next.kid].sort());
      expect(await kids(86_410)).toEqual([next.kid]);
      const shown = async (seconds: number) =>
        (await records.publicKeys(at(seconds))).filter(({ kid }) =>
          [v1.kid, v1a.kid, next.kid].includes(kid),
        );
      // The receiver of a late attempt still looks the key up.
      expect((await shown(86_410 + 86_399)).map(({ kid }) => kid).sort()).toEqual([v1a.kid, next.kid].sort());
      expect((await shown(86_410 + 86_400)).map(({ kid }) => kid)).toEqual([next.kid]);
      const many = Array.from({ length: 7 }, () => keyOf({ from: at(11) }));
      expect(await records.rotateKeys(given.id, many, at(86_411))).toBe(true);
      expect(await records.rotateKeys(given.id, [keyOf({ from: at(12) })], at(86_412))).toBe(false);
    });
  });

  describe('the deliveries of a subscription', () => {
    test('are listed newest first in pages, by state, to its organisation alone', async () => {
      const relay = await create();
      const lane = await claimed(relay.store);
      const { id } = await subscribed(relay, lane.org);
      const ref = newRef();
      await raisedTimes(relay, lane, ref, 5);
      await planned(relay.queue, lane.org);
      const page = await relay.records.deliveries(lane.org, id, { state: null, after: null, limit: 2 });
      expect(page.map(({ version }) => version)).toEqual([5, 4]);
      const after = page.at(-1)?.id ?? null;
      const rest = await relay.records.deliveries(lane.org, id, { state: 'waiting', after, limit: 9 });
      expect(rest.map(({ version }) => version)).toEqual([3, 2, 1]);
      expect(rest.at(-1)).toMatchObject({
        ...{
          subscription: id,
          ref,
          kind: 'alert',
          subject: `${'0'.repeat(15)}1`,
          n: 1,
          attempts: 0,
          replay: null,
        },
        eventId: `${lane.topic}/0/0/1`,
        recorded: at(-30),
      });
      expect(rest.map(({ nextAt }) => nextAt)).toEqual([null, null, at(0)]);
      expect(await relay.records.deliveries(newOrg(), id, { state: null, after: null, limit: 9 })).toEqual(
        [],
      );
      expect(await relay.records.delivery(newOrg(), id, page[0]?.id ?? '')).toBeUndefined();
    });
  });
}
