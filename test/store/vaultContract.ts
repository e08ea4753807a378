import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { type PersonRef, personOfNumber } from '../../src/core/person/reference.ts';
import { type AnyStore, newRef } from './commits.ts';

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
