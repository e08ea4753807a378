import { describe, expect, test } from 'vitest';
import type { FintStanding } from '../../src/core/fint/standing.ts';
import type { OrgId } from '../../src/core/organisation.ts';
import type { FintProjection, FintReading, FintTurn } from '../../src/store/fintPort.ts';
import type { LoadedYouth, Store } from '../../src/store/port.ts';
import { change, claimed, committed, merging, newRef } from './commits.ts';

type AnyFint = Store & FintReading & FintProjection;

const STANDING: FintStanding = { status: 'OTUK', unit: '40200' };
const NOW = Date.UTC(2026, 9, 7, 7);

/** What every implementation of FINT's view promises. */
export function fintContract(create: () => Promise<AnyFint>): void {
  const follow = async (
    store: AnyFint,
    org: OrgId,
    standingOf: (youth: LoadedYouth) => FintStanding | null = () => STANDING,
    { now = NOW, schoolYear = '2026-27' } = {},
  ) => {
    for (let left = 20; left > 0; left--)
      if (!(await store.projectFint(org, { schoolYear, now, limit: 2, standingOf }))) return;
    throw new Error('never done');
  };
  const turnOf = async (store: AnyFint, org: OrgId, holder = 'a'): Promise<FintTurn> => {
    const turn = await store.claimFint(org, holder, 60_000);
    if (turn === undefined) throw new Error('another has it');
    return turn;
  };

  describe('the view of FINT', () => {
    test('has all youths there were, and follows each later event', async () => {
      const store = await create();
      const lane = await claimed(store);
      const refs = [newRef(), newRef(), newRef(), newRef(), newRef()].sort();
      for (const ref of refs) await committed(store, change(lane, ref, 1));
      await follow(store, lane.org);
      expect((await store.fintPage(lane.org, { since: 0, offset: 0, size: null })).entries).toEqual(
        refs.map((ref) => ({ ref, standing: STANDING, modified: NOW })),
      );
      const [first = newRef()] = refs;
      await committed(store, change(lane, first, 2, null, { lane: lane.id, offset: 0n }));
      const later = await store.claim({ ...lane, partition: 3 });
      const sixth = newRef();
      await committed(store, change(later, sixth, 1));
      await follow(store, lane.org, ({ ref }) => (ref === first ? null : { ...STANDING, status: 'OTOV' }), {
        now: NOW + 5,
      });
      expect(await store.fintSummary(lane.org)).toEqual({ total: 5, lastModified: NOW + 5 });
      expect(await store.fintEntry(lane.org, first)).toBeUndefined();
      expect(await store.fintEntry(lane.org, sixth)).toMatchObject({ modified: NOW + 5 });
      expect(await store.fintUnits(lane.org)).toEqual(['40200']);
    });

    test('pages by reference, and of the changed since a moment', async () => {
      const store = await create();
      const lane = await claimed(store);
      const refs = [newRef(), newRef(), newRef()].sort();
      for (const ref of refs) await committed(store, change(lane, ref, 1));
      await follow(store, lane.org);
      const page = await store.fintPage(lane.org, { since: NOW, offset: 1, size: 1 });
      expect([page.total, page.entries.map(({ ref }) => ref)]).toEqual([3, [refs[1]]]);
      expect(await store.fintPage(lane.org, { since: NOW + 1, offset: 0, size: null })).toEqual({
        entries: [],
        total: 0,
      });
    });

    test('moves on only when something is another; its moment rises even when the clock goes back', async () => {
      const store = await create();
      const lane = await claimed(store);
      const ref = newRef();
      await committed(store, change(lane, ref, 1));
      await follow(store, lane.org);
      await committed(store, change(lane, ref, 2, null, { lane: lane.id, offset: 0n }));
      await follow(store, lane.org, () => STANDING, { now: NOW + 9 });
      expect(await store.fintEntry(lane.org, ref)).toMatchObject({ modified: NOW });
      await committed(store, change(lane, ref, 3, null, { lane: lane.id, offset: 1n }));
      await follow(store, lane.org, () => ({ ...STANDING, unit: '40201' }), { now: NOW - 1_000 });
      expect(await store.fintEntry(lane.org, ref)).toMatchObject({ modified: NOW + 1 });
    });

    test('looks at all youths again in a new school year', async () => {
      const store = await create();
      const lane = await claimed(store);
      await committed(store, change(lane, newRef(), 1));
      await follow(store, lane.org);
      await follow(store, lane.org, () => null, { schoolYear: '2027-28' });
      expect((await store.fintSummary(lane.org)).total).toBe(0);
    });

    test('hears of both halves of a merge', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [gone, stays] = [newRef(), newRef()];
      await follow(store, lane.org);
      await committed(store, change(lane, gone, 1));
      await committed(store, merging(lane, [{ ref: gone, version: 2, into: stays }], stays, 1));
      await follow(store, lane.org, ({ mergedInto }) => (mergedInto === null ? STANDING : null));
      expect((await store.fintPage(lane.org, { since: 0, offset: 0, size: null })).entries).toMatchObject([
        { ref: stays },
      ]);
    });
  });

  describe('the turn to send FINT', () => {
    test('is one holder’s until its lease ends; each claim has a higher epoch and fence', async () => {
      const store = await create();
      const { org } = await claimed(store);
      const first = await store.claimFint(org, 'a', 1);
      if (first === undefined) throw new Error('free');
      await new Promise((resolve) => setTimeout(resolve, 20));
      const second = await turnOf(store, org, 'b');
      expect(second.epoch).toBeGreaterThan(first.epoch);
      expect(second.fence).toBeGreaterThan(first.fence);
      expect(second.producerId).toBe(first.producerId);
      expect(await store.claimFint(org, 'c', 60_000)).toBeUndefined();
      expect(await store.renewFint(first, 60_000)).toBe(false);
      expect(await store.sentFint(first, [])).toBe(false);
      expect(await store.raiseFintFence(first, 1)).toBeNull();
      expect(await store.raiseFintFence(second, 3)).toBe(second.fence + 3);
      expect(await store.sentFullFint(first, [])).toBe('lost');
      expect(await store.beginFullFint(first, { id: 'x', now: NOW, dueBefore: NOW })).toBeUndefined();
    });

    test('leaves unsent what changed while it was sent', async () => {
      const store = await create();
      const lane = await claimed(store);
      const ref = newRef();
      await committed(store, change(lane, ref, 1));
      await follow(store, lane.org);
      const turn = await turnOf(store, lane.org);
      const sent = await store.unsentFint(turn, 10);
      await committed(store, change(lane, ref, 2, null, { lane: lane.id, offset: 0n }));
      await follow(store, lane.org, () => null, { now: NOW + 1 });
      expect(await store.sentFint(turn, sent)).toBe(true);
      expect(await store.unsentFint(turn, 10)).toEqual([{ ref, standing: null, modified: NOW + 1 }]);
    });
  });

  describe('a full sync of FINT', () => {
    test('holds every entry as changed when it began, and is complete when each was sent', async () => {
      const store = await create();
      const lane = await claimed(store);
      for (let n = 0; n < 3; n++) await committed(store, change(lane, newRef(), 1));
      await follow(store, lane.org);
      const turn = await turnOf(store, lane.org);
      expect(await store.beginFullFint(turn, { id: 'f1', now: NOW + 60, dueBefore: null })).toBeUndefined();
      expect(await store.beginFullFint(turn, { id: 'f1', now: NOW + 60, dueBefore: NOW })).toEqual({
        id: 'f1',
        total: 3,
      });
      expect(await store.unsentFint(turn, 10)).toEqual([]);
      const page = await store.unsentFullFint(turn, 2);
      expect(page.map(({ modified }) => modified)).toEqual([NOW + 60, NOW + 60]);
      expect(await store.sentFullFint(turn, page)).toBe('goes-on');
      expect(await store.sentFullFint(turn, await store.unsentFullFint(turn, 2))).toBe('complete');
      expect(await store.unsentFint(turn, 10)).toEqual([]);
      expect(await store.beginFullFint(turn, { id: 'f2', now: NOW + 70, dueBefore: NOW })).toBeUndefined();
      await store.wantFullFint(lane.org);
      expect(await store.beginFullFint(turn, { id: 'f2', now: NOW + 70, dueBefore: null })).toMatchObject({
        total: 3,
      });
    });

    test('breaks off and begins again when one of it has left, and when its holder is another', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [leaves, stays] = [newRef(), newRef()];
      for (const ref of [leaves, stays]) await committed(store, change(lane, ref, 1));
      await follow(store, lane.org);
      const turn = await turnOf(store, lane.org);
      await store.beginFullFint(turn, { id: 'f1', now: NOW + 60, dueBefore: NOW });
      await committed(store, change(lane, leaves, 2, null, { lane: lane.id, offset: 0n }));
      await follow(store, lane.org, ({ ref }) => (ref === leaves ? null : STANDING));
      expect(await store.unsentFint(turn, 10)).toMatchObject([{ ref: leaves, standing: null }]);
      const page = await store.unsentFullFint(turn, 10);
      expect(page).toMatchObject([{ ref: stays }]);
      expect(await store.sentFullFint(turn, page)).toBe('broken');
      expect(await store.beginFullFint(turn, { id: 'f2', now: NOW + 61, dueBefore: null })).toEqual({
        id: 'f2',
        total: 1,
      });
      const next = await turnOf(store, lane.org);
      expect(await store.beginFullFint(next, { id: 'f3', now: NOW + 62, dueBefore: null })).toEqual({
        id: 'f3',
        total: 1,
      });
    });
  });
}
