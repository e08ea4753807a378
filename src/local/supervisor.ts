import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '../core/backoff.ts';
import type { EmbeddedProcess, Exit } from './daemon.ts';

// Restarts a part that dies while the app runs, without limit and with backoff: its data are on disk, and the
// pipeline resumes from the checkpoint.

export interface SupervisorPlan {
  /** e.g. `Kafka` */
  name: string;
  start: () => Promise<EmbeddedProcess>;
  onDown(name: string, exit: Exit): void;
  onUp(name: string, pid: number): void;
  /** A failed restart; the next attempt comes after `nextMs`. */
  onFailed(name: string, error: unknown, nextMs: number): void;
}

export interface Supervised {
  readonly name: string;
  /** Of the running process; `undefined` between an exit and the restart. */
  pid(): number | undefined;
  /** Whether the first process was an adopted orphan. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

const pauseBefore = backoff({ first: 200, longest: 10_000 });
/** After this uptime the failure counter is reset. */
const HEALTHY_MS = 2_000;

/** @throws what the first start throws: only a part that has run is restarted. */
export async function supervise(plan: SupervisorPlan): Promise<Supervised> {
  const stop = new AbortController();
  let current: EmbeddedProcess | undefined;
  let restarting: Promise<void> | undefined;
  let failures = 0;

  const first = await plan.start();
  watch(first);

  function watch(part: EmbeddedProcess): void {
    const since = performance.now();
    current = part;
    part.onExit((exit) => {
      if (exit.expected || stop.signal.aborted) return;
      current = undefined;
      failures = performance.now() - since < HEALTHY_MS ? failures + 1 : 0;
      plan.onDown(plan.name, exit);
      restarting = restart();
    });
  }

  async function restart(): Promise<void> {
    while (!stop.signal.aborted) {
      await sleep(pauseBefore(failures + 1), undefined, { signal: stop.signal }).catch(() => undefined);
      if (stop.signal.aborted) return;
      try {
        const part = await plan.start();
        watch(part);
        plan.onUp(plan.name, part.pid());
        return;
      } catch (error) {
        failures += 1;
        plan.onFailed(plan.name, error, pauseBefore(failures + 1));
      }
    }
  }

  return {
    name: plan.name,
    adopted: first.adopted,
    pid: () => current?.pid(),
    async stop() {
      stop.abort();
      await restarting; // a start in progress is awaited, then stopped: an unfinished one has no handle
      await current?.stop();
    },
  };
}
