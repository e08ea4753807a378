import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/local/sample/random.ts';
import type { Supervised } from '../../src/local/supervisor.ts';
import type { AppProcess } from './appProcess.ts';
import type { Database } from './database.ts';
import type { History } from './history.ts';
import type { Turn } from './nemesis.ts';

/** Long enough for another worker to work the lanes for a while. */
const STOPPED_MS = { low: 3_000, high: 7_000 };
const BETWEEN_MS = { low: 2_000, high: 5_000 };
/** No worker has taken over: this stop is no zombie, the next one may be. */
const OVERTAKEN_WITHIN_MS = 30_000;
const POLL_MS = 100;

/**
 * Stops a worker in the middle of whatever it does, takes its lanes from it as the database does when the host is
 * gone (its session ends), and lets it go on later, when another has them: it still believes that they are its own.
 * Every third time Kafka is killed first, so that the worker has sends that are not acknowledged: they are repeated,
 * inside the client, by a process that has no right to any more. Goes on until `times` of them have happened.
 */
export async function interruptWorkers(parts: {
  times: number;
  apps: readonly AppProcess[];
  kafka: Supervised | undefined;
  database: Database;
  history: History;
  random: Random;
  turn: Turn;
  ended: AbortSignal;
}): Promise<void> {
  const { apps, database, history, random, ended } = parts;
  for (let done = 0; done < parts.times && !ended.aborted; ) {
    await sleep(random.between(BETWEEN_MS.low, BETWEEN_MS.high));
    parts.turn.zombie = true;
    // One to be stopped, one to take over, and something to work on.
    while (!(history.flowing && apps.every((each) => each.isReady())) && !ended.aborted) await sleep(POLL_MS);
    const victim = random.pick(apps);
    if (done % 3 === 2) killKafka();
    const frozen = victim.freeze();
    parts.turn.zombie = false;
    if (!frozen) continue;
    const pid = victim.pid();
    history.fault('stop', 'app');
    const before = await claims();
    // All ownership sessions: the living workers open theirs again within a second, the stopped one cannot.
    await database
      .query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'ot-bridge-ownership' and datname = current_database()`,
      )
      .catch(() => undefined);
    await sleep(random.between(STOPPED_MS.low, STOPPED_MS.high));
    const end = performance.now() + OVERTAKEN_WITHIN_MS;
    while ((await claims()) <= before && performance.now() < end && !ended.aborted) await sleep(POLL_MS);
    const overtaken = (await claims()) > before;
    if (!victim.thaw() || victim.pid() !== pid) continue;
    history.fault(overtaken ? 'continue' : 'not overtaken', 'app');
    if (overtaken) done += 1;
  }

  /** How often lanes have been claimed so far; 0 while the database does not answer. */
  async function claims(): Promise<number> {
    const rows = await database
      .query<{ sum: string | null }>('select sum(epoch) as sum from lane')
      .catch(() => []);
    return Number(rows[0]?.sum ?? 0);
  }

  function killKafka(): void {
    const pid = parts.kafka?.pid();
    if (pid !== undefined && process.kill(pid, 'SIGKILL')) history.fault('kill', 'kafka');
  }
}
