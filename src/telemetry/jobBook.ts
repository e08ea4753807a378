import { type IsoInstant, instantOf } from '../core/time/date.ts';

// When each job of this process last ran. In memory: another process has its own.

export const JOBS = [
  'deadlines',
  'lists',
  'nav',
  'vigo',
  'lanes',
  'reports',
  'sheets',
  'worklists',
  'overview',
  'checkpoints',
  'replays',
  'receivers',
  'cleaning',
  'sessions',
  'vigo-topic',
  'fint-topic',
] as const;
export type JobName = (typeof JOBS)[number];

/** One job of this process. */
export interface JobRun {
  job: JobName;
  /** Milliseconds from the end of a round to the next one; null when it goes by the clock. */
  everyMs: number | null;
  /** Null: not yet. */
  ended: IsoInstant | null;
  failed: IsoInstant | null;
}

export interface JobBook {
  /** Enters a job, and gives what is to be called when a round of it has ended. */
  enter(job: JobName, everyMs: number | null): (ok: boolean) => void;
  /** In the order of `JOBS`. */
  runs(): JobRun[];
}

/** @param now epoch milliseconds */
export function createJobBook(now: () => number): JobBook {
  const book = new Map<JobName, JobRun>();
  return {
    enter(job, everyMs) {
      const run: JobRun = book.get(job) ?? { job, everyMs, ended: null, failed: null };
      book.set(job, run);
      return (ok) => {
        run[ok ? 'ended' : 'failed'] = instantOf(now());
      };
    },
    runs: () => JOBS.flatMap((job) => book.get(job) ?? []).map((run) => ({ ...run })),
  };
}
