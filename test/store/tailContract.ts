import { describe, expect, test } from 'vitest';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { appliedRecord, youthAppended } from '../../src/pipeline/writes.ts';
import { type AnyStore, AT, batch, change, claimed, committed, newOrg, newRef, youth } from './commits.ts';

/** Youths of which a whole state is stored and the events of later records behind it. */
export function tailContract(create: () => Promise<AnyStore>): void {
  describe('the tail of a youth', () => {
    test('appends records to what is stored of a youth, one or several at a time, until it is written whole', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [ref, other] = [newRef(), newRef()];
      const dueAt = (day: number) => `2026-10-0${day}T22:00:00.000Z`;
      let version = 1;
      const records = (of: PersonRef, days: readonly number[]) =>
        days.map((day, index) =>
          appliedRecord({
            offset: lane.nextOffset + BigInt(index),
            ...{ ref: of, version: version + index + 1, previous: null, recorded: AT },
            events: [{ type: 'DueMoved', due: dueAt(day) }],
          }),
        );
      const append = async (days: readonly number[]) => {
        const to = version + days.length;
        const write = youthAppended(
          {
            ref,
            expectedVersion: version,
            version: to,
            youth: youth(dueAt(days.at(-1) ?? 0)),
          },
          0,
        );
        const applied = records(ref, days);
        await committed(
          store,
          batch(lane, lane.nextOffset + BigInt(days.length), { applied, youths: [write] }),
        );
        version = to;
      };
      const stored = async () => (await store.load(lane.org, [ref, other])).get(ref);
      await committed(store, change(lane, ref, 1, dueAt(1)));
      await committed(store, change(lane, other, 1));
      expect(await stored()).toMatchObject({ version: 1, tail: 0 });
      await append([2]);
      const one = (await stored())?.tail ?? 0;
      expect(one).toBe(records(ref, [2])[0]?.body.length);
      await append([3, 5, 4]);
      expect(await stored()).toMatchObject({ version: 5, tail: 4 * one + 3, youth: youth(dueAt(4)) });
      expect((await store.load(lane.org, [other])).get(other)).toMatchObject({ version: 1, youth: youth() });
      expect(await store.due(lane.org, dueAt(4), 5)).toEqual([{ ref, due: dueAt(4) }]);
      expect((await store.youth(lane.org, ref))?.youth).toEqual(youth(dueAt(4)));
      expect(
        (await Array.fromAsync(store.youths(lane.org))).find((each) => each.ref === ref)?.youth.due,
      ).toBe(dueAt(4));
      await store.withCurrent(lane.org, [ref], async ([current]) => {
        expect(current?.youth).toEqual(youth(dueAt(4)));
      });
      await committed(store, change(lane, ref, 6, dueAt(6)));
      expect(await stored()).toMatchObject({ version: 6, tail: 0, youth: youth(dueAt(6)) });
    });

    test('appends nothing to a youth that another lane has written meanwhile, nor to one that is not stored', async () => {
      const store = await create();
      const org = newOrg();
      const [a, b] = [await claimed(store, org, 0), await claimed(store, org, 1)];
      const [ref, unknown] = [newRef(), newRef()];
      const appending = (of: PersonRef, version: number) => ({
        ...change(b, of, version),
        youths: [youthAppended({ ref: of, expectedVersion: version - 1, version, youth: youth() }, 0)],
      });
      await committed(store, change(a, ref, 1));
      await committed(store, change(a, ref, 2));
      expect(await store.commit(appending(ref, 2))).toBe('moved');
      expect((await store.load(org, [ref])).get(ref)).toMatchObject({ version: 2, tail: 0 });
      await expect(store.commit(appending(unknown, 1))).rejects.toThrow();
      await expect(store.commit({ ...appending(ref, 3), applied: [] })).rejects.toThrow();
      expect((await store.load(org, [ref, unknown])).get(unknown)?.version).toBe(0);
      await committed(store, appending(ref, 3));
      expect((await store.load(org, [ref])).get(ref)).toMatchObject({ version: 3 });
    });
  });
}
