import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, processesIn, runsWith, type StopSteps, signalTo } from './pid.ts';

// Leftovers of a killed app or server: a live postmaster, a pid file of a dead one, or backends that outlive their
// postmaster and hold the shared memory.

/** Fast shutdown with a checkpoint; then immediate, with recovery at the next start. */
export const STOP: StopSteps = [
  ['SIGINT', 60_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];
/** For a server that did not answer a request. */
const STOP_HUNG: StopSteps = [
  ['SIGINT', 2_000],
  ['SIGQUIT', 1_000],
  ['SIGKILL', 5_000],
];
const BACKEND_GRACE_MS = 2_000;

export interface Postmaster {
  pid: number;
  port: number;
  /** Its pid file says that it takes connections. */
  ready: boolean;
}

/** The live postmaster of `data`, from its own pid file. */
export function livingPostmaster(data: string): Postmaster | undefined {
  const file = pidFile(data);
  if (!existsSync(file)) return undefined;
  // Lines: pid, data folder, start time, port, socket folder, address, shared memory, status.
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !runsWith(pid, data)) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** Removes all traces of an earlier server: a new one may then start on `data`. */
export async function clearPostgres(data: string): Promise<void> {
  const postmaster = livingPostmaster(data);
  if (postmaster) await endProcess(postmaster.pid, STOP_HUNG);
  await backendsGone(data);
  // No server of ours is alive, so the file is stale. It would stop the next start once its pid is reused.
  rmSync(pidFile(data), { force: true });
}

/** Two servers on one folder corrupt it, so the backends of a killed one are ended first, a busy one by force. */
async function backendsGone(data: string): Promise<void> {
  if (!existsSync(data)) return;
  const folder = realpathSync(data);
  const backends = () => processesIn(folder, /postgres/);
  for (const end = performance.now() + BACKEND_GRACE_MS; backends().length > 0; await sleep(50)) {
    if (performance.now() > end) for (const pid of backends()) signalTo(pid, 'SIGKILL');
  }
}

function pidFile(data: string): string {
  return join(data, 'postmaster.pid');
}
