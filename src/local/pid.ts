import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

// Process facts from the operating system. Pids are reused, so a process is ours only when its command line names our
// folder, and the same one only when it started at the same moment.

const linux = process.platform === 'linux';

/** A zombie is dead: no process reaps our orphans in a container whose pid 1 is not an init. */
export function isAlive(pid: number): boolean {
  if (linux) return !['Z', 'X', undefined].includes(statOf(pid)?.[0]);
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Start time of the process, for comparison only; `undefined` when there is none. */
export function startMark(pid: number): string | undefined {
  if (linux) return statOf(pid)?.[19];
  return ps('lstart=', pid);
}

/** Whether the living process `pid` was started with `path` as (the tail of) one of its arguments. */
export function runsWith(pid: number, path: string): boolean {
  if (!isAlive(pid)) return false;
  if (!linux) return (ps('args=', pid) ?? '').includes(path);
  const args = read(`/proc/${pid}/cmdline`)?.split('\0') ?? [];
  return args.some((arg) => arg === path || arg.endsWith(`=${path}`));
}

/** Live processes with `folder` as working directory and a command line like `what`; none where /proc is missing. */
export function processesIn(folder: string, what: RegExp): number[] {
  if (!linux) return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => cwdOf(pid) === folder && isAlive(pid))
    .filter((pid) => what.test(read(`/proc/${pid}/cmdline`) ?? ''));
}

export async function waitForEnd(pid: number, limitMs: number): Promise<boolean> {
  for (const end = performance.now() + limitMs; performance.now() < end; await sleep(20)) {
    if (!isAlive(pid)) return true;
  }
  return !isAlive(pid);
}

/** Signals in turn, each with its time limit in milliseconds. */
export type StopSteps = readonly (readonly [signal: NodeJS.Signals, limitMs: number])[];

export async function endProcess(pid: number, steps: StopSteps): Promise<void> {
  for (const [signal, limitMs] of steps) {
    signalTo(pid, signal);
    if (await waitForEnd(pid, limitMs)) return;
  }
  throw new Error(`process ${pid} is still alive after ${steps.map(([signal]) => signal).join(', ')}`);
}

export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}

/** Fields of /proc/<pid>/stat from the state (third) on; the name before them may hold anything. */
function statOf(pid: number): string[] | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function cwdOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined; // gone, or another user's: not ours
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // the process has ended meanwhile
  }
}

function ps(column: string, pid: number): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
