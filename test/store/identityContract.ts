import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type PersonRef, personOfNumber } from '../../src/core/person/reference.ts';
import { type AnyStore, AT, change, claimed, committed, merging } from './commits.ts';

/** What every store promises of the way from a reference to a person. */
export function identityContract(create: () => Promise<AnyStore>): void {
  const met = async (store: AnyStore, number: string) => {
    const hmac = createHash('sha256').update(randomUUID()).digest();
    const [ref] = await store.resolve([{ hmac, sealedNumber: () => Buffer.from(number) }]);
    if (ref === undefined) throw new Error('no reference');
    return personOfNumber(ref);
  };
  const name = (ref: PersonRef, tag: string, reported = AT) => ({
    ref,
    tag,
    sealed: Buffer.from(`name-${tag}`),
    reported,
  });

  describe('the store’s identities', () => {
    test('keeps a name once, with the commit it came with, and not with one that was refused', async () => {
      const store = await create();
      const lane = await claimed(store);
      const ref = await met(store, 'first');
      const zombie = { ...lane, epoch: lane.epoch - 1 };
      expect(await store.commit({ ...change(zombie, ref, 1), names: [name(ref, 'a')] })).toBe('fenced');
      expect((await store.identities(lane.org, [ref])).get(ref)?.names).toEqual([]);
      await committed(store, { ...change(lane, ref, 1), names: [name(ref, 'a')] });
      const again = [name(ref, 'a', '2026-10-08T00:00:00.000Z'), name(ref, 'b', '2026-10-09T00:00:00.000Z')];
      await committed(store, { ...change(lane, ref, 2), names: again });
      expect((await store.identities(lane.org, [ref])).get(ref)).toEqual({
        numbers: [Buffer.from('first')],
        names: [name(ref, 'a'), again[1]].map((each) => {
          const { ref: _ref, ...kept } = each ?? name(ref, '');
          return kept;
        }),
      });
      const other = await claimed(store);
      expect((await store.identities(other.org, [ref])).get(ref)?.names).toEqual([]);
      await store.forgetNames(lane.org);
      expect((await store.identities(lane.org, [ref])).get(ref)?.names).toEqual([]);
    });

    test('finds numbers and names also under a reference that was merged away', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [stays, goes] = [await met(store, 'first'), await met(store, 'second')];
      await committed(store, { ...change(lane, stays, 1), names: [name(stays, 'a')] });
      await committed(store, {
        ...change(lane, goes, 1),
        names: [name(goes, 'b', '2026-10-08T00:00:00.000Z')],
      });
      await committed(store, merging(lane, [{ ref: goes, version: 2, into: stays }], stays, 2));
      const found = (await store.identities(lane.org, [stays])).get(stays);
      expect(found?.numbers).toEqual([Buffer.from('first'), Buffer.from('second')]);
      expect(found?.names.map(({ tag }) => tag)).toEqual(['a', 'b']);
    });
  });
}
