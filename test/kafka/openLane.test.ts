import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LaneTrouble } from '../../src/kafka/laneTrouble.ts';
import { accept, deliver, openLane, reconnected, refused, settle } from '../../src/kafka/openLane.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

function stage(shift = 0n) {
  const reported: (LaneTrouble | null)[] = [];
  const taken: unknown[] = [];
  const place = { from: 10n + shift, shift, clusterId: null, topicId: null, mark: null };
  const lane = openLane('t', 0, place, {
    take: ({ records, next, end }) => void taken.push([records.length, next, end]),
    found: (log) => void taken.push(log),
    stopped: (trouble) => void reported.push(trouble),
  });
  return { lane, reported, taken };
}

test('a partition that the brokers refuse is reported after half a minute, once, with Kafka’s code', () => {
  const { lane, reported } = stage();
  refused(lane, 5);
  vi.advanceTimersByTime(29_000);
  refused(lane, 5);
  expect(reported).toEqual([]);
  vi.advanceTimersByTime(2_000);
  refused(lane, 5);
  refused(lane, 5);
  expect(reported).toMatchObject([{ code: 'LANE_STANDS', reason: 'KAFKA_5', offset: 10n }]);
  settle(lane, null);
  accept(lane, { clusterId: 'c', topicId: 'i' });
  vi.advanceTimersByTime(31_000);
  refused(lane, 6);
  expect(reported).toHaveLength(2);
});

test('a right that is missing is reported after three seconds: no election is waited for', () => {
  const { lane, reported } = stage();
  refused(lane, 29);
  vi.advanceTimersByTime(2_000);
  refused(lane, 29);
  expect(reported).toEqual([]);
  vi.advanceTimersByTime(1_500);
  refused(lane, 29);
  expect(reported).toMatchObject([{ code: 'LANE_STANDS', reason: 'KAFKA_29' }]);
});

test('an outage between two refusals is not a refusal: a broker that stops refuses its partitions last of all', () => {
  const { lane, reported } = stage();
  refused(lane, 6);
  vi.advanceTimersByTime(40_000);
  reconnected(lane);
  refused(lane, 74);
  expect(reported).toEqual([]);
  vi.advanceTimersByTime(31_000);
  refused(lane, 74);
  expect(reported).toMatchObject([{ code: 'LANE_STANDS', reason: 'KAFKA_74' }]);
});

test('offsets without a record, and a longer log, are handed over; nothing new is not', () => {
  const { lane, taken, reported } = stage(100n);
  const digest = () => 7n;
  deliver(lane, { records: [], next: 12n, unreadable: null }, 15n, digest);
  deliver(lane, { records: [], next: 12n, unreadable: null }, 15n, digest);
  deliver(lane, { records: [], next: 12n, unreadable: null }, 16n, digest);
  const record = { offset: 112n, timestamp: 0, value: null, headers: {} };
  deliver(lane, { records: [record], next: 14n, unreadable: null }, 16n, digest);
  expect(taken).toEqual([
    [0, 112n, 115n],
    [0, 112n, 116n],
    [1, 114n, 116n],
  ]);
  expect(lane.mark).toEqual({ offset: 12n, digest: 7n });
  expect(reported).toEqual([]);
});
