import { expect, test } from 'vitest';
import { personRef } from '../../../src/core/person/reference.ts';
import { createSentDeadlines } from '../../../src/jobs/clock/sentDeadlines.ts';

const due = (n: number) => ({ ref: personRef(`ref-${n}`), due: '2026-11-01T00:00:00.000Z' });
const MINUTE = 60_000;

test('a deadline is taken once, then again after one minute, two, four', () => {
  const underway = createSentDeadlines(10);
  const taken: number[] = [];
  for (let minute = 0; minute < 16; minute++) {
    if (underway.take([due(1)], minute * MINUTE, true).length > 0) taken.push(minute);
  }
  expect(taken).toEqual([0, 1, 3, 7, 15]);
  expect(underway.sends(due(1))).toBe(5);
});

test('what is no longer due is forgotten, but only on a whole answer', () => {
  const underway = createSentDeadlines(10);
  underway.take([due(1), due(2)], 0, true);
  underway.take([due(1)], 1, false);
  expect(underway.size()).toBe(2);
  underway.take([due(1)], 2, true);
  expect(underway.size()).toBe(1);
});

test('remembers no more than its limit; what is beyond is taken again', () => {
  const underway = createSentDeadlines(2);
  expect(underway.take([due(1), due(2), due(3)], 0, true)).toHaveLength(3);
  expect(underway.size()).toBe(2);
  expect(underway.take([due(1), due(2), due(3)], 1, true)).toEqual([due(3)]);
});

test('what was given back is taken immediately', () => {
  const underway = createSentDeadlines(10);
  underway.release(underway.take([due(1)], 0, true));
  expect(underway.take([due(1)], 1, true)).toEqual([due(1)]);
});
