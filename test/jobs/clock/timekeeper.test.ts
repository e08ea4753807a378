import fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import { bridge } from '../../../adapters/bridge/index.ts';
import { countyNumber, orgId } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { epochOf, type IsoInstant, instantOf } from '../../../src/core/time/date.ts';
import { createTimekeeper } from '../../../src/jobs/clock/timekeeper.ts';
import type { OutgoingRecord } from '../../../src/kafka/publisher.ts';
import { askedRef, nameTag, pseudonym } from '../../harness/pseudonym.ts';
import { loggerWithLines } from '../../telemetry/logLines.ts';

const ORG = orgId('telemarkfylke-no');
const SAMPLE = orgId('vtfk-no');
const ref = (n: number) => `6f1d6a0e-54a1-4a2b-8c11-${n.toString(16).padStart(12, '0')}`;
const at = (day: string) => `${day}T00:00:00.000Z`;

/** The database, the feed and the pipeline behind it, as far as deadlines go. */
function world(
  options: {
    now?: IsoInstant;
    virtual?: IsoInstant;
    decide?: (ref: string, due: IsoInstant) => IsoInstant | null;
  } = {},
) {
  const state = {
    now: options.now ?? at('2026-11-02'),
    clock: options.virtual ?? null,
    due: new Map<string, IsoInstant>(),
    waiting: [] as OutgoingRecord[],
    sent: [] as OutgoingRecord[],
    fail: false,
    asked: [] as number[],
    alarms: [] as string[],
    /** Youths whose records come through without effect. */
    parked: new Set<string>(),
  };
  const decide = options.decide ?? (() => null);
  const org = options.virtual === undefined ? ORG : SAMPLE;
  const drain = () => {
    for (const { key, value } of state.waiting.splice(0)) {
      const { at: due }: { at: IsoInstant } = JSON.parse(value?.toString() ?? '');
      if (state.parked.has(key) || state.due.get(key) !== due) continue;
      const next = decide(key, due);
      if (next === null) state.due.delete(key);
      else state.due.set(key, next);
    }
  };
  const lines = loggerWithLines();
  const keeper = createTimekeeper({
    operations: {
      async due(_org, now, limit) {
        state.asked.push(limit);
        const dues = [...state.due].flatMap(([key, due]) =>
          due <= now ? [{ ref: personRef(key), due }] : [],
        );
        return dues.sort((a, b) => (`${a.due}${a.ref}` < `${b.due}${b.ref}` ? -1 : 1)).slice(0, limit);
      },
      virtualNow: async () => state.clock,
      async moveClock(_org, to) {
        state.clock = state.clock !== null && state.clock > to ? state.clock : to;
        return state.clock;
      },
    },
    publisher: {
      async publish(records) {
        if (state.fail) throw new Error('away');
        state.sent.push(...records);
        state.waiting.push(...records);
      },
      close: async () => {},
    },
    organisations: [org],
    now: () => state.now,
    awaitIdle: async () => drain(),
    log: lines.log,
    alarm: (code) => state.alarms.push(code),
  });
  const later = (minutes: number) => {
    state.now = instantOf(epochOf(state.now) + minutes * 60_000);
  };
  return { state, keeper, drain, later, lines };
}

let real: ReturnType<typeof world>;
beforeEach(() => {
  real = world();
});

test('a deadline becomes one record on the bridge feed, keyed by the youth', async () => {
  real.state.due.set(ref(1), at('2026-11-01')).set(ref(2), at('2026-12-01'));
  await real.keeper.tick();
  expect(real.state.sent).toHaveLength(1);
  const [record] = real.state.sent;
  expect(record).toMatchObject({ topic: `${ORG}.ot.event.bridge`, key: ref(1) });
  expect(record).not.toHaveProperty('timestamp');
  const value: unknown = JSON.parse(record?.value?.toString() ?? '');
  const verdict = bridge.read(
    { value, received: real.state.now, envelope: null },
    { county: countyNumber('40'), environment: 'test', activations: {}, pseudonym, nameTag, askedRef },
  );
  expect(verdict).toMatchObject({ person: { ref: ref(1) }, event: { kind: 'Due', at: at('2026-11-01') } });
});

test('a deadline that is on its way is not sent again with every second', async () => {
  real.state.due.set(ref(1), at('2026-11-01'));
  for (let second = 0; second < 30; second++) await real.keeper.tick();
  expect(real.state.sent).toHaveLength(1);
});

test('a deadline whose record was lost is sent again, with the same id', async () => {
  real.state.due.set(ref(1), at('2026-11-01'));
  await real.keeper.tick();
  real.later(2);
  await real.keeper.tick();
  expect(real.state.sent).toHaveLength(2);
  expect(real.state.sent[1]).toEqual(real.state.sent[0]);
});

test('the pile behind a parked youth grows ever more slowly, and it is reported', async () => {
  real.state.due.set(ref(1), at('2026-11-01'));
  for (let minute = 0; minute < 24 * 60; minute++) {
    await real.keeper.tick();
    real.later(1);
  }
  expect(real.state.sent.length).toBeLessThan(15);
  expect(real.state.alarms).toEqual(['DUE_NOT_DECIDED']);
});

test('a thousand parked youths do not hide another one’s deadline', async () => {
  for (let n = 0; n < 1_000; n++) real.state.due.set(ref(n), at('2026-10-01'));
  await real.keeper.tick();
  real.state.due.set(ref(5_000), at('2026-11-01'));
  await real.keeper.tick();
  expect(real.state.sent.at(-1)?.key).toBe(ref(5_000));
});

test('after a long stop everything that fell due is sent, in due order, a thousand at a time', async () => {
  for (let n = 0; n < 2_500; n++)
    real.state.due.set(ref(n), instantOf(epochOf(at('2026-09-01')) + ((n * 7919) % 2_500) * 1000));
  for (let round = 0; round < 4; round++) await real.keeper.tick();
  expect(real.state.sent).toHaveLength(2_500);
  expect(new Set(real.state.sent.map(({ key }) => key)).size).toBe(2_500);
  const dues = real.state.sent.map(({ value }): string => JSON.parse(value?.toString() ?? '').at);
  expect(dues).toEqual(dues.toSorted());
});

test('a youth’s next deadline is sent when it comes', async () => {
  const { state, keeper, drain, later } = world({ decide: () => at('2026-11-03') });
  state.due.set(ref(1), at('2026-11-01'));
  await keeper.tick();
  drain();
  await keeper.tick();
  expect(state.sent).toHaveLength(1);
  later(24 * 60);
  await keeper.tick();
  expect(state.sent).toHaveLength(2);
});

test('what Kafka did not take is tried again by the next tick, and the failure is reported', async () => {
  real.state.due.set(ref(1), at('2026-11-01'));
  real.state.fail = true;
  await real.keeper.tick();
  expect(real.lines.events()).toMatchObject([{ event: 'work.failed', part: 'timekeeper' }]);
  real.state.fail = false;
  await real.keeper.tick();
  expect(real.state.sent).toHaveLength(1);
});

test('a virtual clock that is stopped lets nothing fall due, and one that is moved does, on the way', async () => {
  const { state, keeper } = world({ virtual: at('2020-03-15') });
  state.due.set(ref(1), at('2020-04-01')).set(ref(2), at('2020-07-01'));
  await keeper.tick();
  expect(state.sent).toEqual([]);
  expect(await keeper.moveClock(SAMPLE, at('2020-06-15'))).toEqual({
    now: at('2020-06-15'),
    fired: 1,
    waiting: 0,
  });
  expect(state.sent).toMatchObject([{ key: ref(1), timestamp: epochOf(at('2020-04-01')) }]);
  expect(state.clock).toBe(at('2020-06-15'));
});

test('a deadline that another one makes before the target is fired in the same move', async () => {
  const weekLater = (_ref: string, due: IsoInstant) => instantOf(epochOf(due) + 7 * 86_400_000);
  const { state, keeper } = world({ virtual: at('2020-03-15'), decide: weekLater });
  state.due.set(ref(1), at('2020-04-01'));
  expect(await keeper.moveClock(SAMPLE, at('2020-05-01'))).toMatchObject({ fired: 5, waiting: 0 });
  expect(state.sent.map(({ timestamp }) => instantOf(timestamp ?? 0))).toEqual(
    ['2020-04-01', '2020-04-08', '2020-04-15', '2020-04-22', '2020-04-29'].map(at),
  );
});

test('what is on its way when the clock is moved is decided first', async () => {
  const { state, keeper } = world({ virtual: at('2020-03-15') });
  state.due.set(ref(1), at('2020-03-01'));
  await keeper.tick();
  expect(await keeper.moveClock(SAMPLE, at('2020-05-01'))).toMatchObject({ fired: 0 });
  expect(state.sent).toHaveLength(1);
});

test('a parked youth does not stop the clock, and is reported', async () => {
  const { state, keeper } = world({ virtual: at('2020-03-15') });
  for (let n = 0; n < 1_500; n++) {
    state.due.set(ref(n), at('2020-04-01'));
    if (n < 1_200) state.parked.add(ref(n));
  }
  expect(await keeper.moveClock(SAMPLE, at('2020-05-01'))).toMatchObject({ fired: 1_500, waiting: 1_200 });
  expect(state.alarms).toEqual(['DUE_NOT_DECIDED']);
});

test('a clock never goes back, and a real one is never moved', async () => {
  const { keeper } = world({ virtual: at('2020-05-01') });
  expect(await keeper.moveClock(SAMPLE, at('2020-04-01'))).toMatchObject({ now: at('2020-05-01') });
  await expect(real.keeper.moveClock(ORG, at('2027-01-01'))).rejects.toThrow(RangeError);
});

test('however far the clock is moved at a time, the same deadlines are fired once each', async () => {
  const dues = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 });
  const stops = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 5 });
  const day = (n: number) => instantOf(epochOf(at('2020-01-01')) + n * 86_400_000);
  await fc.assert(
    fc.asyncProperty(dues, stops, async (days, halts) => {
      const { state, keeper } = world({ virtual: day(0) });
      for (const [n, due] of days.entries()) state.due.set(ref(n), day(due));
      for (const halt of [...halts.toSorted((a, b) => a - b), 400]) await keeper.moveClock(SAMPLE, day(halt));
      const fired = state.sent.map(({ key, timestamp }) => `${key} ${timestamp}`).toSorted();
      expect(fired).toEqual(days.map((due, n) => `${ref(n)} ${epochOf(day(due))}`).toSorted());
    }),
    { numRuns: 50 },
  );
});

test('asks every second until it is stopped', async () => {
  vi.useFakeTimers();
  try {
    real.keeper.start();
    await vi.advanceTimersByTimeAsync(3_500);
    expect(real.state.asked).toHaveLength(4);
    await real.keeper.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(real.state.asked).toHaveLength(4);
  } finally {
    vi.useRealTimers();
  }
});
