import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Lane } from '../../src/core/lane.ts';
import { personOfNumber } from '../../src/core/person/reference.ts';
import { createKeepingStore } from '../../src/store/keepingStore.ts';
import type { Commit, LoadedYouth, Store } from '../../src/store/port.ts';
import {
  type AnyStore,
  AT,
  batch,
  change,
  claimed,
  committed,
  merging,
  newOrg,
  newRef,
  youth,
} from './commits.ts';

const MUCH = 8 * 1024 * 1024;

/** Youths that a process keeps in memory: what the database says of them holds. */
export function keptContract(create: () => Promise<AnyStore>): void {
  describe('youths that are kept in memory', () => {
    async function met(mostBytes = MUCH) {
      const plain = await create();
      const store = createKeepingStore(plain, mostBytes);
      const lane = await claimed(store);
      const hmac = randomBytes(32);
      const [number] = await plain.resolve([{ hmac, sealedNumber: () => Buffer.from('sealed') }]);
      if (number === undefined) throw new Error('no reference');
      const ref = personOfNumber(number);
      const find = async () => (await store.find(lane.org, [hmac], [])).youths.get(ref);
      /** As the pipeline does: found, decided, committed. */
      const next = async (to = lane, changes: Partial<Commit> = {}) => {
        const found = await find();
        const written = { ...change(to, ref, (found?.version ?? 0) + 1, AT), ...changes };
        const place = found?.place ?? null;
        const youths = written.youths.map((each) => ({
          ...each,
          place,
          key: found?.key ?? null,
          kept: youth(AT),
        }));
        return { ...written, youths };
      };
      return { plain, store, lane, ref, hmac, find, next };
    }
    /** The very object that was committed. */
    const isKept = (found: LoadedYouth | undefined, written: Commit) =>
      found?.youth === written.youths[0]?.kept;

    test('of the version that is named a youth is not read, and of every other it is', async () => {
      const store = await create();
      const lane = await claimed(store);
      const hmac = randomBytes(32);
      const [number] = await store.resolve([{ hmac, sealedNumber: () => Buffer.from('sealed') }]);
      if (number === undefined) throw new Error('no reference');
      const [ref, other] = [personOfNumber(number), newRef()];
      await committed(store, change(lane, ref, 1, AT));
      await committed(store, change(lane, other, 1));
      const found = async (hmacs: (number | null)[], refs: (number | null)[]) =>
        (await store.find(lane.org, [hmac], [other], { hmacs, refs })).youths;
      const unread = (await found([1], [1])).get(ref);
      expect(unread).toMatchObject({
        version: 1,
        unread: true,
        parked: false,
        last: { lane: lane.id, offset: 0n },
      });
      expect(() => unread?.youth).toThrow('not read');
      expect((await found([2], [1])).get(ref)).toMatchObject({ unread: false, youth: youth(AT) });
      expect((await found([null], [1])).get(ref)).toMatchObject({ unread: false, youth: youth(AT) });
      expect((await found([1], [1])).get(other)?.unread).toBe(true);
      expect((await found([1], [null])).get(other)).toMatchObject({ unread: false, youth: youth() });
    });

    test('what was committed is there at the next record, under its number or its reference', async () => {
      const { store, lane, ref, find, next } = await met();
      const first = await next();
      await committed(store, first);
      expect(isKept(await find(), first)).toBe(true);
      const second = await next();
      await committed(store, second);
      expect(isKept(await find(), second)).toBe(true);
      expect(isKept((await store.find(lane.org, [], [ref])).youths.get(ref), second)).toBe(true);
      expect(await find()).toMatchObject({
        version: 2,
        mergedInto: null,
        last: { lane: lane.id, offset: 1n },
      });
      expect((await store.find(newOrg(), [], [ref])).youths.get(ref)).toMatchObject({ version: 0 });
    });

    test('another writer’s version is read', async () => {
      const { plain, store, lane, ref, find, next } = await met();
      await committed(store, await next());
      const other = await claimed(plain, lane.org, 1);
      await committed(plain, change(other, ref, 2, null));
      expect(await find()).toMatchObject({ version: 2, youth: youth(null), last: { lane: other.id } });
    });

    test('after a conflict, and after an error, it is read', async () => {
      const { plain, store, lane, ref, find, next } = await met();
      const first = await next();
      await committed(store, first);
      const stale = await next();
      const other = await claimed(plain, lane.org, 1);
      await committed(plain, change(other, ref, 2));
      expect(await store.commit(stale)).toBe('moved');
      expect((await find())?.version).toBe(2);
      const third = await next();
      await committed(store, third);
      expect(isKept(await find(), third)).toBe(true);
      const failing: Store = { ...plain, commit: () => Promise.reject(new Error('away')) };
      const away = createKeepingStore(failing, MUCH);
      await expect(away.commit(await next())).rejects.toThrow('away');
      expect(isKept((await away.find(lane.org, [], [ref])).youths.get(ref), third)).toBe(false);
    });

    test('who has lost a lane, and who claims one, keeps nothing', async () => {
      const { plain, store, lane, find, next } = await met();
      const first = await next();
      await committed(store, first);
      await plain.claim(lane);
      expect(await store.commit(await next())).toBe('fenced');
      expect(isKept(await find(), first)).toBe(false);
      const again: Lane = await store.claim(lane);
      const second = await next(again);
      await committed(store, second);
      expect(isKept(await find(), second)).toBe(true);
      await store.claim({ ...lane, partition: 7, topic: `${lane.topic}.other` });
      expect(isKept(await find(), second)).toBe(false);
    });

    test('a youth that waits is kept, and waits; so it does when it is let go on', async () => {
      const { plain, store, lane, ref, find, next } = await met();
      const first = await next();
      await committed(store, first);
      const parked = [
        { offset: 1n, ref, received: AT, reason: 'decision-failed', sealed: Buffer.from('sealed') },
      ];
      await committed(store, batch(lane, 2n, { parked }));
      const waiting = await find();
      expect(waiting?.parked).toBe(true);
      expect(isKept(waiting, first)).toBe(true);
      await plain.unpark(lane.org, ref);
      expect((await find())?.parked).toBe(false);
    });

    test('a youth that was merged is kept no longer, whoever merged it', async () => {
      const { plain, store, lane, ref, find, next } = await met();
      await committed(store, await next());
      const stays = newRef();
      await committed(store, change(lane, stays, 1));
      await committed(store, merging(lane, [{ ref, version: 2, into: stays }], stays, 2));
      expect(await find()).toMatchObject({ version: 2, mergedInto: stays });
      const other = await claimed(plain, lane.org, 1);
      const last = newRef();
      await committed(plain, change(other, last, 1));
      await committed(plain, merging(other, [{ ref: stays, version: 3, into: last }], last, 2));
      expect((await store.find(lane.org, [], [stays])).youths.get(stays)).toMatchObject({ mergedInto: last });
    });

    test('with no room none is kept', async () => {
      const { store, find, next } = await met(500);
      const first = await next();
      await committed(store, first);
      expect(isKept(await find(), first)).toBe(false);
      expect((await find())?.youth).toEqual(youth(AT));
    });
  });
}
