import { epochOf, type IsoDate, type IsoInstant, instantOf } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';

// Once a day by wall clock in Oslo. The run belongs to a date, not to a number of hours: on the 25-hour day 02:30
// comes twice and the first one counts; on the 23-hour day it does not exist, and the run is at 03:30. Both follow
// from Temporal's `compatible` disambiguation, which gives exactly one instant per date.

const OSLO = 'Europe/Oslo';

/** The first run strictly after an instant. @param at wall clock in Oslo, `HH:mm`. */
export function nextRun(after: IsoInstant, at: string): IsoInstant {
  const today = osloDate(after);
  const run = runOf(today, at);
  return run > after ? run : runOf(Temporal.PlainDate.from(today).add({ days: 1 }).toString(), at);
}

/** The run of a date, whatever the daylight saving. */
export function runOf(date: IsoDate, at: string): IsoInstant {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(at)) throw new RangeError(`«${at}» is not a time of day, HH:mm`);
  const moment = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: OSLO, plainTime: at });
  return instantOf(moment.epochMilliseconds);
}

export interface ScheduleParts {
  /** `HH:mm` in Oslo. */
  at: string;
  now: () => IsoInstant;
  /** Fires once after at least `ms`; returns the cancellation. */
  setTimer: (ms: number, fire: () => void) => () => void;
  run: () => Promise<void>;
  /** A failed run; the schedule continues. */
  failed: (error: unknown) => void;
}

export interface Schedule {
  /** Starts no new run and awaits the current one. */
  stop(): Promise<void>;
}

/** A timer misses a suspended machine and a reset clock: the clock is read at least this often. */
const LONGEST_SLEEP_MS = 10 * 60_000;

/**
 * @param lastDone when the work was last done, e.g. the last concluded list; null when never. If today's run has
 * passed and the work was not done since, it runs immediately, once.
 */
export function createSchedule(parts: ScheduleParts, lastDone: IsoInstant | null): Schedule {
  let cancel = () => {};
  let running = Promise.resolve();
  let stopped = false;
  const started = parts.now();
  const todays = runOf(osloDate(started), parts.at);
  const missed = todays <= started && (lastDone === null || lastDone < todays);
  let due = missed ? todays : nextRun(started, parts.at);

  const wait = () => {
    if (stopped) return;
    const ms = epochOf(due) - epochOf(parts.now());
    if (ms > 0) cancel = parts.setTimer(Math.min(ms, LONGEST_SLEEP_MS), wait);
    else running = work();
  };
  const work = async () => {
    try {
      await parts.run();
    } catch (error) {
      parts.failed(error);
    }
    // From the later of the two: a clock set back may not repeat a date's run, and a machine that slept for three
    // days has one run to catch up with, not three.
    const now = parts.now();
    due = nextRun(now > due ? now : due, parts.at);
    wait();
  };
  wait();
  return {
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}
