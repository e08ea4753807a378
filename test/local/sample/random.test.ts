import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/local/sample/random.ts';

describe('seeded random', () => {
  test('the same seed gives the same numbers on every machine', () => {
    const random = seededRandom(1);
    expect(Array.from({ length: 4 }, () => random.between(0, 999))).toEqual(KNOWN);
  });

  test('every whole number of the range can come, none outside it', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: -5, max: 5 }),
        fc.integer({ min: 0, max: 4 }),
        (seed, low, more) => {
          const random = seededRandom(seed);
          const drawn = new Set(Array.from({ length: 300 }, () => random.between(low, low + more)));
          expect([...drawn].sort((a, b) => a - b)).toEqual(
            Array.from({ length: more + 1 }, (_, at) => low + at),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  test('shuffling keeps every member', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.integer()), (seed, list) => {
        const numeric = (a: number, b: number) => a - b;
        expect(seededRandom(seed).shuffled(list).sort(numeric)).toEqual([...list].sort(numeric));
      }),
    );
  });

  test('a weight of zero is never drawn', () => {
    const random = seededRandom(7);
    for (let n = 0; n < 200; n += 1) expect(random.weighted({ never: 0, always: 1 })).toBe('always');
  });
});

const KNOWN = [627, 2, 527, 981];
