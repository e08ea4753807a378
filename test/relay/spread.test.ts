import { expect, test } from 'vitest';
import { type Answer, endOf } from '../../src/core/subscription/answer.ts';
import { epochOf, instantOf } from '../../src/core/time/date.ts';
import { seededRandom } from '../../src/local/sample/random.ts';
import { createSpread } from '../../src/relay/spread.ts';

const AT = epochOf('2026-11-29T07:00:00.000Z');
const HOUR_MS = 3_600_000;
const ATTEMPT_MS = 20;
const REFUSED: Answer = { kind: 'status', status: 500, retryAfter: null };

interface Waiting {
  at: number;
  made: number;
}

/** A relay's eight places by a clock of its own: a receiver that refuses everything until `untilMs` and takes all then.
 *  @returns how many attempts each second has after that, from the first to the last */
function afterOutage(deliveries: number, untilMs: number, seed: number, answer: Answer = REFUSED): number[] {
  const random = seededRandom(seed);
  let now = AT;
  const spread = createSpread(() => now);
  const perSecond = new Map<number, number>();
  let waiting: Waiting[] = Array.from({ length: deliveries }, () => ({ at: AT, made: 0 }));
  while (waiting.length > 0) {
    const places = Array.from({ length: 8 }, () => AT);
    const again: Waiting[] = [];
    for (const each of waiting.toSorted((one, other) => one.at - other.at)) {
      const place = places.indexOf(Math.min(...places));
      const begins = Math.max(places[place] ?? AT, each.at);
      places[place] = begins + ATTEMPT_MS;
      if (begins >= AT + untilMs) {
        const second = Math.floor((begins - AT) / 1_000);
        perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
        continue;
      }
      now = begins + ATTEMPT_MS;
      const { next } = spread('one', () =>
        endOf(answer, {
          ...{ made: each.made + 1, at: instantOf(now), ms: ATTEMPT_MS },
          chance: random.between(0, 99_999) / 100_000,
        }),
      );
      if (next.state === 'waiting') again.push({ at: epochOf(next.nextAt), made: each.made + 1 });
    }
    waiting = again;
  }
  return [...perSecond.values()];
}

/** Of the fullest second, to the mean of those that have any. */
function fullest(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Math.max(...counts) / (total / counts.length);
}

test.each([1, 2, 3])(
  'after an hour without a receiver its 1,000 deliveries come at most at twice the mean of a second (%i)',
  (seed) => {
    const counts = afterOutage(1_000, HOUR_MS, seed);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1_000);
    expect(fullest(counts)).toBeLessThanOrEqual(2);
  },
);

test.each([
  ['a minute', 60_000, REFUSED],
  ['ten minutes', 600_000, REFUSED],
  ['six hours', 6 * HOUR_MS, REFUSED],
  ['five minutes, of our own network', 300_000, { kind: 'failed', outcome: 'egress' }],
  ['five minutes, that asks to wait', 300_000, { kind: 'status', status: 503, retryAfter: '120' }],
] as const)('so after %s', (_what, ms, answer) => {
  for (const deliveries of [300, 1_000])
    expect(fullest(afterOutage(deliveries, ms, 6, answer)), String(deliveries)).toBeLessThanOrEqual(2);
});

test('what one receiver waits for crowds no other, and what is past is forgotten', () => {
  const random = seededRandom(7);
  let now = AT;
  const spread = createSpread(() => now);
  const nextOf = (subscription: string, chances: number[]) => {
    const { next } = spread(subscription, () =>
      endOf(REFUSED, {
        ...{ made: 2, at: instantOf(AT), ms: 5 },
        chance: chances.shift() ?? random.between(0, 99_999) / 100_000,
      }),
    );
    return next.state === 'waiting' ? next.nextAt : next.state;
  };
  const same = () => [0, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9];
  expect([nextOf('one', same()), nextOf('one', same())]).toEqual([
    '2026-11-29T07:04:00.000Z',
    '2026-11-29T07:05:48.000Z',
  ]);
  expect(nextOf('other', same())).toBe('2026-11-29T07:04:00.000Z');
  now = AT + HOUR_MS;
  expect(nextOf('one', [0, ...Array<number>(7).fill(0.5)])).toBe('2026-11-29T07:04:00.000Z');
});

test('what has ended is put off no further', () => {
  const spread = createSpread(() => AT);
  let asked = 0;
  const { next } = spread('one', () => {
    asked += 1;
    return endOf(
      { kind: 'status', status: 200, retryAfter: null },
      { made: 1, at: instantOf(AT), ms: 5, chance: 0 },
    );
  });
  expect([next.state, asked]).toEqual(['delivered', 1]);
});
