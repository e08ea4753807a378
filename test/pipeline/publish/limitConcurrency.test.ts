import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { limitConcurrency } from '../../../src/pipeline/publish/limitConcurrency.ts';

test('so many run at a time, the others in their order, and one that fails gives its place on', async () => {
  const limited = limitConcurrency(3);
  let running = 0;
  let most = 0;
  const began: number[] = [];
  const work = (n: number) => async () => {
    running += 1;
    most = Math.max(most, running);
    began.push(n);
    await setImmediate();
    running -= 1;
    if (n % 4 === 0) throw new Error(`${n}`);
    return n;
  };
  const numbers = Array.from({ length: 20 }, (_, n) => n);
  const ended = await Promise.allSettled(numbers.map((n) => limited(work(n))));
  expect(most).toBe(3);
  expect(began).toEqual(numbers);
  expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(5);
  expect(await limited(work(21))).toBe(21);
});
