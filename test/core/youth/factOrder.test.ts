import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareKeys, placeOf } from '../../../src/core/youth/factOrder.ts';
import { factKey } from '../../../src/core/youth/youth.ts';

/** Sources that begin with each other, around the bar between source and id. */
const key = fc.record({
  source: fc.constantFrom('ot', 'ot:a', 'ot:a-b', 'ot:ø', 'ot}', 'vigo'),
  id: fc.string({ unit: fc.constantFrom('a', 'b', '-', '~'), maxLength: 3 }),
});

test('keys compared in parts sort in the order of their texts', () => {
  fc.assert(
    fc.property(key, key, (one, other) => {
      const [a, b] = [factKey(one), factKey(other)];
      expect(Math.sign(compareKeys(one, other))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('a key is found at its place, and a new one where it would be inserted', () => {
  fc.assert(
    fc.property(fc.uniqueArray(key, { selector: factKey }), key, (keys, asked) => {
      const texts = keys.map(factKey).sort();
      const sorted = texts.map((text) => keys.find((candidate) => factKey(candidate) === text)!);
      const place = placeOf(sorted, asked);
      const known = texts.indexOf(factKey(asked));
      expect(place).toBe(known >= 0 ? known : ~texts.filter((text) => text < factKey(asked)).length);
    }),
  );
});
