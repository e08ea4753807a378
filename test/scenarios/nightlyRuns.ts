import { addDays, epochOf, instantOf } from '../../src/core/time/date.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import { createSchedule } from '../../src/jobs/vigo/schedule.ts';

interface Timer {
  at: number;
  fire: () => void;
}

/** Dates in Oslo on which a nightly job ran, on a machine that wakes every minute from the evening before `first`.
 *  @param at wall clock in Oslo, `HH:mm` */
export async function nightsOf(first: string, days: number, at: string): Promise<string[]> {
  const from = epochOf(`${addDays(first, -1)}T20:00:00.000Z`);
  let now = from;
  let timers: Timer[] = [];
  const runs: string[] = [];
  const schedule = createSchedule(
    {
      at,
      now: () => instantOf(now),
      setTimer(ms, fire) {
        const timer = { at: now + ms, fire };
        timers.push(timer);
        return () => {
          timers = timers.filter((each) => each !== timer);
        };
      },
      run: async () => void runs.push(osloDate(instantOf(now))),
      failed(error) {
        throw error;
      },
    },
    instantOf(from),
  );
  for (const end = from + days * 86_400_000; now < end; now += 60_000) {
    const due = timers.filter((timer) => timer.at <= now);
    if (due.length === 0) continue;
    timers = timers.filter((timer) => timer.at > now);
    for (const { fire } of due) fire();
    await new Promise(setImmediate);
  }
  await schedule.stop();
  return runs;
}
