import { describe, expect, test } from 'vitest';
import { type Answer, endOf } from '../../src/core/subscription/answer.ts';
import { nextAttempt, retryAfterMs, TIMETABLE } from '../../src/core/subscription/schedule.ts';
import { reachedSteps } from '../../src/core/subscription/warning.ts';
import { epochOf } from '../../src/core/time/date.ts';
import { seededRandom } from '../../src/local/sample/random.ts';

const AT = '2026-11-29T07:00:00.000Z';
const status = (code: number, retryAfter: string | null = null): Answer => ({
  kind: 'status',
  status: code,
  retryAfter,
});
const end = (answer: Answer, made = 1) => endOf(answer, { made, at: AT, ms: 5, chance: 0.5 });
const waits = (answer: Answer, made = 1) => {
  const { next } = end(answer, made);
  return next.state === 'waiting' ? (epochOf(next.nextAt) - epochOf(AT)) / 1_000 : next.state;
};

test('ten attempts over 75 hours, 35 minutes and 5 seconds, each a fifth earlier or later at most', () => {
  expect(TIMETABLE).toHaveLength(10);
  expect(TIMETABLE.reduce((sum, ms) => sum + ms, 0)).toBe(((75 * 60 + 35) * 60 + 5) * 1_000);
  const random = seededRandom(3);
  for (let made = 1; made < 10; made += 1) {
    const planned = TIMETABLE[made] ?? 0;
    for (let n = 0; n < 200; n += 1) {
      const at = epochOf(nextAttempt(made, AT, random.between(0, 999) / 1_000) ?? AT) - epochOf(AT);
      expect(at).toBeGreaterThanOrEqual(Math.floor(planned * 0.8));
      expect(at).toBeLessThanOrEqual(Math.ceil(planned * 1.2));
    }
  }
  expect(nextAttempt(10, AT, 0.5)).toBeNull();
});

describe('an answer', () => {
  test.each([
    [status(200), 'delivered', 'delivered'],
    [status(204), 'delivered', 'delivered'],
    [status(410), 'gone', 'gone'],
    [status(429), 'throttled', 5],
    [status(503), 'throttled', 5],
    [status(301), 'redirected', 5],
    [status(308), 'redirected', 5],
    [status(404), 'refused', 5],
    [status(500), 'refused', 5],
    [{ kind: 'failed', outcome: 'timeout' } as const, 'timeout', 5],
    [{ kind: 'failed', outcome: 'tls' } as const, 'tls', 5],
    [{ kind: 'failed', outcome: 'forbidden-address' } as const, 'forbidden-address', 5],
    [{ kind: 'failed', outcome: 'egress' } as const, 'egress', 30],
  ])('%j is %s, next %s', (answer, outcome, next) => {
    expect([end(answer).outcome, waits(answer)]).toEqual([outcome, next]);
  });

  test('is the last after the tenth attempt, but for what is our own fault', () => {
    expect(waits(status(500), 10)).toBe('exhausted');
    expect(waits({ kind: 'failed', outcome: 'egress' }, 10)).toBe(30);
    expect(endOf({ kind: 'failed', outcome: 'egress' }, { made: 10, at: AT, ms: 5, chance: 0 }).next).toEqual(
      {
        state: 'waiting',
        nextAt: '2026-11-29T07:00:24.000Z',
      },
    );
  });

  test.each([
    ['120', 120],
    ['0', 1],
    ['999999999', 86_400],
    ['Sun, 29 Nov 2026 07:02:00 GMT', 120],
    ['Sun, 29 Nov 2026 06:00:00 GMT', 1],
    ['soon', null],
    ['-5', null],
    ['Sun, 31 Feb 2026 07:02:00 GMT', null],
  ])('with Retry-After %s waits %s seconds', (text, seconds) => {
    expect(retryAfterMs(text, AT)).toBe(seconds === null ? null : seconds * 1_000);
    if (seconds !== null) expect(waits(status(429, text))).toBeGreaterThanOrEqual(seconds);
  });
});

test('the way to disabling is reported at its steps, and from the first failure on', () => {
  const after = (hours: number) =>
    reachedSteps(AT, new Date(epochOf(AT) + hours * 3_600_000).toISOString() as typeof AT);
  expect(reachedSteps(null, AT)).toEqual([]);
  expect(after(0.9)).toEqual([]);
  expect(after(1)).toEqual(['1h']);
  expect(after(60)).toEqual(['1h', '24h', '50']);
  expect(after(108)).toEqual(['1h', '24h', '50', '70', '90']);
  expect(after(120)).toEqual(['1h', '24h', '50', '70', '90', '5d']);
});
