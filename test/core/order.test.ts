import { expect, test } from 'vitest';
import { by, compare } from '../../src/core/order.ts';

test('equals compare as 0 and keep the order they had', () => {
  const rows = ['b1', 'a1', 'b2', 'a2', 'b3'];
  expect(rows.toSorted(by((row) => row.slice(0, 1)))).toEqual(['a1', 'a2', 'b1', 'b2', 'b3']);
  expect(compare('a', 'a')).toBe(0);
});

test('text is compared by code units, as the database does, and numbers as numbers', () => {
  expect(['å', 'Z', 'a', 'B'].toSorted(compare)).toEqual(['B', 'Z', 'a', 'å']);
  expect([10, 9].toSorted(compare)).toEqual([9, 10]);
  expect([10n, 9n].toSorted(compare)).toEqual([9n, 10n]);
});
