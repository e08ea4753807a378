import { expect, test } from 'vitest';
import { added, NONE } from '../../src/core/shortList.ts';

test('a list has its items in the order in which they were added', () => {
  let list: readonly number[] = NONE;
  for (let item = 0; item < 10; item += 1) {
    list = added(list, item);
    expect(list).toEqual(Array.from({ length: item + 1 }, (_, index) => index));
  }
});

test('lists that begin with the empty one have nothing in common', () => {
  const one = added<string>(NONE, 'a');
  const other = added<string>(NONE, 'b');
  added(one, 'c');
  expect([one, other, NONE]).toEqual([['a'], ['b'], []]);
});
