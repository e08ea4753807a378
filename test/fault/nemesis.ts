import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/local/sample/random.ts';
import type { Supervised } from '../../src/local/supervisor.ts';
import type { AppProcess } from './appProcess.ts';
import type { History, Target } from './history.ts';

/** One kill: so long after the one before it. */
export interface Planned {
  target: Target;
  afterMs: number;
  /** Hits an app also while it starts; the others wait until it is up. */
  early: boolean;
  /** Several apps run: which one. */
  which: number;
}

/** The written schedule: in random order, at random moments. */
export function schedule(
  random: Random,
  kills: Readonly<Partial<Record<Target, number>>>,
  gapMs: { low: number; high: number },
): Planned[] {
  const targets = Object.entries(kills).flatMap(([target, count]) =>
    Array<Target>(count).fill(target as Target),
  );
  return random.shuffled(targets).map((target) => ({
    target,
    afterMs: random.between(gapMs.low, gapMs.high),
    early: random.chance(0.3),
    which: random.between(0, 99),
  }));
}

/** A zombie needs two workers that are up: while one is to be made none is killed. */
export interface Turn {
  zombie: boolean;
}

/** From ready to the middle of its first batches. */
const AT_WORK_MS = 400;
/** Nothing comes back for this long: what is wrong shows elsewhere, the schedule goes on. */
const PATIENCE_MS = 30_000;

/** Kills as planned, but only while there is work left: a kill of an idle system proves nothing. */
export async function unleash(parts: {
  plan: readonly Planned[];
  apps: readonly AppProcess[];
  kafka: Supervised | undefined;
  postgres: Supervised | undefined;
  history: History;
  turn: Turn;
  /** Input is still being sent, or not yet processed. */
  unfinished(): boolean;
  ended: AbortSignal;
}): Promise<void> {
  const { history } = parts;
  for (const { target, afterMs, early, which } of parts.plan) {
    await sleep(afterMs);
    const app = parts.apps[which % parts.apps.length];
    // The worker that takes over from a stopped one, and that one itself, go on: the other kills come meanwhile.
    const frozen = () => parts.turn.zombie || parts.apps.some((each) => each.isFrozen());
    const isThere = () =>
      target === 'app'
        ? app?.pid() !== undefined && !frozen() && (early || app.isReady())
        : target === 'laneProcess'
          ? app?.laneProcess() !== undefined
          : partOf(target)?.pid() !== undefined;
    await until(() => history.flowing && isThere(), parts.ended);
    if (parts.ended.aborted) return;
    // One that has just come up has nothing in hand that a kill could take from it.
    if (target === 'app' && !early) await sleep(AT_WORK_MS);
    if (!parts.unfinished()) throw new Error('the load was over before the schedule: the run proves nothing');
    const hit =
      target === 'app'
        ? app?.kill()
        : kill(target === 'laneProcess' ? app?.laneProcess() : partOf(target)?.pid());
    if (!hit) throw new Error(`there was no ${target} to kill`);
    history.fault('kill', target);
  }

  function partOf(target: Exclude<Target, 'app' | 'laneProcess'>): Supervised | undefined {
    return target === 'kafka' ? parts.kafka : parts.postgres;
  }
}

function kill(pid: number | undefined): boolean {
  return pid !== undefined && process.kill(pid, 'SIGKILL');
}

async function until(condition: () => boolean, ended: AbortSignal): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!condition() && performance.now() < end && !ended.aborted) await sleep(20);
}
