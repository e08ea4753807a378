import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/sample/random.ts';
import type { AppProcess } from './appProcess.ts';
import type { Database } from './database.ts';
import type { History } from './history.ts';

/** Long enough for another worker to take the lanes and work them. */
const STOPPED_MS = { low: 4_000, high: 9_000 };
const BETWEEN_MS = { low: 4_000, high: 12_000 };

/**
 * Stops a worker in the middle of whatever it does, takes its lanes from it as the database does when the host is
 * gone (its session ends), and lets it go on later: it still believes that the lanes are its own.
 */
export async function interruptWorkers(parts: {
  times: number;
  apps: readonly AppProcess[];
  database: Database;
  history: History;
  random: Random;
  ended: AbortSignal;
}): Promise<void> {
  const { apps, database, history, random, ended } = parts;
  for (let time = 0; time < parts.times && !ended.aborted; time += 1) {
    await sleep(random.between(BETWEEN_MS.low, BETWEEN_MS.high));
    const victim = random.pick(apps);
    const pid = victim.pid();
    if (pid === undefined || !victim.isReady() || !victim.signal('SIGSTOP')) continue;
    history.fault('stop', 'app');
    // All ownership sessions: the living workers open theirs again within a second, the stopped one cannot.
    await database
      .query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'ot-bridge-ownership' and datname = current_database()`,
      )
      .catch(() => undefined);
    await sleep(random.between(STOPPED_MS.low, STOPPED_MS.high));
    // It may have been killed meanwhile.
    if (victim.pid() === pid && victim.signal('SIGCONT')) history.fault('continue', 'app');
  }
}
