import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { type PersonRef, personOfNumber } from '../../src/core/person/reference.ts';
import { type AnyStore, batch, claimed, newRef } from './commits.ts';

/** What every store promises of the references it gives. */
export function vaultContract(create: () => Promise<AnyStore>): void {
  describe('the store’s references', () => {
    test('gives a person one reference, also when many ask at the same time', async () => {
      const store = await create();
      const hmac = createHash('sha256').update(randomUUID()).digest();
      const person = { hmac, sealedNumber: () => Buffer.from('sealed') };
      const answers = await Promise.all([
        store.resolve([person, person]),
        store.resolve([person]),
        store.resolve([person]),
      ]);
      expect(new Set(answers.flat()).size).toBe(1);
      const org = orgId(`org-${randomUUID()}`);
      const { known, youths } = await store.find(org, [hmac, Buffer.alloc(32, 1)], []);
      expect(known).toEqual([answers[0]?.[0], undefined]);
      expect([...youths.values()].map(({ ref, version }) => [ref, version])).toEqual([[answers[0]?.[0], 0]]);
      expect(await store.refOf(hmac)).toBe(answers[0]?.[0]);
    });

    test('knows whom a source has reported under an id of its own, each organisation its own, the newest one', async () => {
      const store = await create();
      const [one, other] = [await claimed(store), await claimed(store)];
      const [first, second] = [newRef(), newRef()];
      const keys = [
        { key: 'deltaker:a', ref: first },
        { key: 'deltaker:b', ref: first },
        { key: 'deltaker:b', ref: second },
      ];
      expect(await store.commit(batch(one, 1n, { sourceKeys: keys }))).toBe('committed');
      expect(await store.keyed(one.org, ['deltaker:a', 'deltaker:b', 'deltaker:c'])).toEqual(
        new Map([
          ['deltaker:a', first],
          ['deltaker:b', second],
        ]),
      );
      expect(await store.keyed(other.org, ['deltaker:a'])).toEqual(new Map());
      one.nextOffset = 1n;
      await store.commit(batch(one, 2n, { sourceKeys: [{ key: 'deltaker:a', ref: second }] }));
      expect(await store.keyed(one.org, ['deltaker:a'])).toEqual(new Map([['deltaker:a', second]]));
      // Of a batch that another worker has decided nothing is kept.
      expect(await store.commit(batch(one, 1n, { sourceKeys: [{ key: 'deltaker:d', ref: first }] }))).toBe(
        'fenced',
      );
      expect(await store.keyed(one.org, ['deltaker:d'])).toEqual(new Map());
    });

    test('knows in which order references were given, also those that were asked for at the same time', async () => {
      const store = await create();
      const people = Array.from({ length: 5 }, () => ({
        hmac: createHash('sha256').update(randomUUID()).digest(),
        sealedNumber: () => Buffer.from('sealed'),
      }));
      const [a, b, ...others] = people as [(typeof people)[0], (typeof people)[0], ...typeof people];
      const first = await store.resolve([b]);
      const then = await store.resolve([...others, b, a, a]);
      const given = [...first, ...then.slice(0, 3), ...then.slice(4, 5)].map(personOfNumber);
      expect(await store.inOrderGiven(given.toReversed())).toEqual(given);
      expect(await store.inOrderGiven([...given, ...given])).toEqual(given);
      await store.resolve(people);
      const [one, , third] = given as [PersonRef, PersonRef, PersonRef];
      expect(await store.inOrderGiven([newRef(), third, one])).toEqual([one, third]);
      expect(await store.inOrderGiven([])).toEqual([]);
    });
  });
}
