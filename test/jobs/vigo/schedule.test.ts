import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, epochOf, type IsoInstant, instantOf } from '../../../src/core/time/date.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { createSchedule, nextRun, runOf } from '../../../src/jobs/vigo/schedule.ts';

test.each([
  // An ordinary day, summer and winter.
  ['2026-10-20T16:00:00.000Z', '02:00', '2026-10-21T00:00:00.000Z'],
  ['2026-11-20T16:00:00.000Z', '02:00', '2026-11-21T01:00:00.000Z'],
  // 25 hours: 02:30 comes at 00:30Z and again at 01:30Z; only the first counts.
  ['2026-10-24T22:00:00.000Z', '02:30', '2026-10-25T00:30:00.000Z'],
  ['2026-10-25T00:30:00.000Z', '02:30', '2026-10-26T01:30:00.000Z'],
  ['2026-10-25T01:29:00.000Z', '02:30', '2026-10-26T01:30:00.000Z'],
  // 23 hours: 02:30 does not exist, the run is at 03:30 summer time.
  ['2027-03-27T23:30:00.000Z', '02:30', '2027-03-28T01:30:00.000Z'],
  ['2027-03-28T01:30:00.000Z', '02:30', '2027-03-29T00:30:00.000Z'],
])('after %s the run of %s is at %s', (after, at, run) => {
  expect(nextRun(after, at)).toBe(run);
});

test('every date has exactly one run, whatever the time of day', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  fc.assert(
    fc.property(time, fc.constantFrom('2026-10-22', '2027-03-25', '2027-07-01'), (at, first) => {
      let moment = runOf(first, at);
      for (let day = 1; day <= 7; day++) {
        moment = nextRun(moment, at);
        expect(osloDate(moment)).toBe(addDays(first, day));
      }
    }),
    { numRuns: 200 },
  );
});

test.each(['24:00', '2:00', '02:60', '', '02:00:00'])('«%s» is refused as a time of day', (at) => {
  expect(() => nextRun('2026-10-20T16:00:00.000Z', at)).toThrow(RangeError);
});

/** A clock and its timers, moved by hand. */
function clockAt(start: IsoInstant) {
  let now = epochOf(start);
  let timers: { at: number; fire: () => void }[] = [];
  return {
    now: () => instantOf(now),
    setTimer(ms: number, fire: () => void) {
      const timer = { at: now + ms, fire };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    set: (to: IsoInstant) => {
      now = epochOf(to);
    },
    async to(moment: IsoInstant) {
      for (;;) {
        const next = timers.filter((timer) => timer.at <= epochOf(moment)).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((each) => each !== next);
        now = Math.max(now, next.at);
        next.fire();
        for (let turn = 0; turn < 5; turn++) await Promise.resolve();
      }
      now = epochOf(moment);
    },
    waiting: () => timers.length,
  };
}

function schedule(clock: ReturnType<typeof clockAt>, lastDone: IsoInstant | null, run = async () => {}) {
  const runs: IsoInstant[] = [];
  const failures: unknown[] = [];
  const made = createSchedule(
    {
      at: '02:30',
      now: clock.now,
      setTimer: clock.setTimer,
      run: () => {
        runs.push(clock.now());
        return run();
      },
      failed: (error) => failures.push(error),
    },
    lastDone,
  );
  return { ...made, runs, failures };
}

test('runs once in the night with 25 hours and once in the night with 23', async () => {
  const autumn = clockAt('2026-10-24T12:00:00.000Z');
  const one = schedule(autumn, '2026-10-24T00:31:00.000Z');
  await autumn.to('2026-10-26T12:00:00.000Z');
  expect(one.runs).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
  const spring = clockAt('2027-03-27T12:00:00.000Z');
  const two = schedule(spring, '2027-03-27T01:31:00.000Z');
  await spring.to('2027-03-29T12:00:00.000Z');
  expect(two.runs).toEqual(['2027-03-28T01:30:00.000Z', '2027-03-29T00:30:00.000Z']);
});

test('a restart in the repeated hour does not run the same night again', async () => {
  const clock = clockAt('2026-10-25T01:10:00.000Z');
  const { runs } = schedule(clock, '2026-10-25T00:31:00.000Z');
  await clock.to('2026-10-25T23:00:00.000Z');
  expect(runs).toEqual([]);
});

test('a run missed while the process was down is run once at the start', async () => {
  const clock = clockAt('2026-11-10T09:00:00.000Z');
  const { runs } = schedule(clock, '2026-11-07T01:31:00.000Z');
  await clock.to('2026-11-10T20:00:00.000Z');
  expect(runs).toEqual(['2026-11-10T09:00:00.000Z']);
  await clock.to('2026-11-11T20:00:00.000Z');
  expect(runs).toHaveLength(2);
});

test('a start before the hour waits for it, done yesterday or never', async () => {
  for (const last of [null, '2026-11-09T01:31:00.000Z']) {
    const clock = clockAt('2026-11-10T00:10:00.000Z');
    const { runs } = schedule(clock, last);
    await clock.to('2026-11-10T20:00:00.000Z');
    expect(runs).toEqual(['2026-11-10T01:30:00.000Z']);
  }
});

test('a clock that is set back after the run does not repeat it', async () => {
  const clock = clockAt('2026-11-10T01:20:00.000Z');
  const { runs } = schedule(clock, '2026-11-09T01:31:00.000Z');
  await clock.to('2026-11-10T01:31:00.000Z');
  clock.set('2026-11-10T00:50:00.000Z');
  await clock.to('2026-11-10T05:00:00.000Z');
  expect(runs).toHaveLength(1);
});

test('a run that throws is reported, and the next night comes all the same', async () => {
  const clock = clockAt('2026-11-10T00:00:00.000Z');
  const { runs, failures } = schedule(clock, null, () => Promise.reject(new Error('network')));
  await clock.to('2026-11-11T05:00:00.000Z');
  expect(runs).toHaveLength(2);
  expect(failures).toHaveLength(2);
});

test('stopping waits for the run under way and leaves no timer', async () => {
  const clock = clockAt('2026-11-10T02:00:00.000Z');
  let finish = () => {};
  const { stop } = schedule(clock, null, () => new Promise<void>((resolve) => (finish = resolve)));
  let stopped = false;
  const stopping = stop().then(() => (stopped = true));
  await Promise.resolve();
  expect(stopped).toBe(false);
  finish();
  await stopping;
  expect(clock.waiting()).toBe(0);
});
