import { expect, test } from 'vitest';
import { kept } from '../../src/core/kept.ts';

test('is made once for each key', () => {
  const made: string[] = [];
  const upper = kept((key: string) => {
    made.push(key);
    return key.toUpperCase();
  });
  expect(['a', 'b', 'a', 'a', 'b'].map(upper)).toEqual(['A', 'B', 'A', 'A', 'B']);
  expect(made).toEqual(['a', 'b']);
});

test('keeps no more than its bound, however many keys there are, and still answers each', () => {
  let made = 0;
  const text = kept((key: number) => {
    made += 1;
    return String(key);
  });
  const bound = 40_000;
  for (let key = 0; key <= bound; key += 1) expect(text(key)).toBe(String(key));
  // Full, and so begun again with the last key.
  expect(text(bound)).toBe(String(bound));
  expect(made).toBe(bound + 1);
  expect(text(0)).toBe('0');
  expect(made).toBe(bound + 2);
});
