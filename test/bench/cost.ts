import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchParts } from './benchParts.ts';
import { cpuSeconds, peakMegabytes } from './measure.ts';
import { hasEnded, said } from './programs.ts';

/** What a run cost, per event. */
export interface Cost {
  eventsPerSecond: number;
  /** Microseconds of CPU per event. */
  app: number;
  broker: number;
  database: number;
  peakMegabytes: number;
  /** Bytes of PostgreSQL's log per event. */
  walBytes: number;
  /** Bytes that the program's main thread allocated per event, by samples; null where it takes none. */
  allocatedBytes: number | null;
}

/** A run that is being measured. */
export interface Run {
  child: ChildProcess;
  /** It takes samples of its heap. */
  heap?: boolean;
  /** Records that are through, all effects stored and acknowledged. */
  done(): Promise<number>;
  /** Byte position of PostgreSQL's log; absent where there is no database. */
  walPosition?(): Promise<number>;
}

/**
 * Waits until `upto` records are through.
 * @param from the watch begins when so many of them are through: until then program and broker are still compiling. A load
 *   that is through before it could begin is measured from the start on.
 */
export async function costOf(
  parts: BenchParts,
  run: Run,
  { from, upto }: { from: number; upto: number },
): Promise<Cost> {
  const pids = { app: run.child.pid!, broker: parts.kafka.pid()!, database: parts.postgres.pid()! };
  const look = async () => ({
    app: cpuSeconds(pids.app),
    broker: cpuSeconds(pids.broker),
    database: cpuSeconds(pids.database),
    written: (await run.walPosition?.()) ?? 0,
    allocated: run.heap ? await allocated(run.child) : null,
    done: await run.done(),
    at: performance.now(),
  });
  const reached = async (records: number, ms: number) => {
    while ((await run.done()) < records) {
      if (hasEnded(run.child)) throw new Error('the program ended before it was through');
      await sleep(ms);
    }
  };
  const started = await look();
  await reached(from, 10);
  const begun = await look();
  const base = begun.done < upto ? begun : started;
  await reached(upto, 25);
  const ended = await look();
  const events = upto - base.done;
  const micros = (part: keyof typeof pids) => ((ended[part] - base[part]) * 1e6) / events;
  return {
    eventsPerSecond: (events * 1_000) / (ended.at - base.at),
    app: micros('app'),
    broker: micros('broker'),
    database: micros('database'),
    peakMegabytes: peakMegabytes(pids.app),
    walBytes: (ended.written - base.written) / events,
    allocatedBytes:
      ended.allocated === null || base.allocated === null
        ? null
        : (ended.allocated - base.allocated) / events,
  };
}

async function allocated(child: ChildProcess): Promise<number> {
  const answer = said(child, 'allocated ');
  child.stdin?.write('\n');
  return Number(/allocated (\d+)/.exec(await answer)?.[1]);
}
