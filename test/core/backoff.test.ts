import { describe, expect, test } from 'vitest';
import { backoff } from '../../src/core/backoff.ts';

describe('backoff', () => {
  test('doubles from the first pause to the longest, however many attempts fail', () => {
    const pause = backoff({ first: 100, longest: 5_000 });
    expect([1, 2, 3, 6, 7, 2_000].map(pause)).toEqual([100, 200, 400, 3_200, 5_000, 5_000]);
  });

  test('spreads each pause by its share, to both sides', () => {
    const pauseAt = (random: number) =>
      backoff({ first: 100, longest: 5_000, jitter: { share: 0.2, random: () => random } });
    expect(pauseAt(0)(1)).toBeCloseTo(80);
    expect(pauseAt(0.5)(1)).toBeCloseTo(100);
    expect(pauseAt(1)(9)).toBeCloseTo(6_000);
  });
});
