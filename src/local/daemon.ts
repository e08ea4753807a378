import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { LogFile } from './logFile.ts';
import { endProcess, isAlive, type StopSteps } from './pid.ts';

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Requested by `stop`. */
  expected: boolean;
}

/** A child process of the app: started by it, or an orphan of an earlier run that was adopted. */
export interface EmbeddedProcess {
  pid(): number;
  readonly adopted: boolean;
  /** Graceful, then by force. Resolves when the process is gone; idempotent. */
  stop(): Promise<void>;
  /** Called once, also when the process has already ended. */
  onExit(listener: (exit: Exit) => void): void;
}

export interface DaemonPlan {
  command: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment: the app's own holds secrets that the child must not see. */
  env: Record<string, string>;
  user?: { uid: number; gid: number } | undefined;
  log: LogFile;
  stopSteps: StopSteps;
}

/** Its own session, so that Ctrl-C in the terminal reaches only the app, which drains before it stops us. */
export async function spawnDaemon(plan: DaemonPlan): Promise<EmbeddedProcess> {
  const child = spawn(plan.command, plan.args, {
    cwd: plan.cwd,
    env: plan.env,
    detached: true,
    stdio: ['ignore', plan.log.fd, plan.log.fd],
    ...(plan.user && { uid: plan.user.uid, gid: plan.user.gid }),
  });
  const exited = exitOf(child);
  await once(child, 'spawn');
  child.unref();
  return processOf({ pid: child.pid!, adopted: false, exited, stopSteps: plan.stopSteps });
}

const POLL_MS = 250;

export function adopt(pid: number, stopSteps: StopSteps): EmbeddedProcess {
  const exited = new Promise<RawExit>((resolve) => {
    const timer = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(timer);
      resolve({ code: null, signal: null });
    }, POLL_MS);
    timer.unref();
  });
  return processOf({ pid, adopted: true, exited, stopSteps });
}

type RawExit = Omit<Exit, 'expected'>;

function exitOf(child: ChildProcess): Promise<RawExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    // Without a listener a command that cannot be spawned would end the app; `once(child, 'spawn')` rejects.
    child.once('error', () => resolve({ code: null, signal: null }));
  });
}

function processOf(part: {
  pid: number;
  adopted: boolean;
  exited: Promise<RawExit>;
  stopSteps: StopSteps;
}): EmbeddedProcess {
  let stopping: Promise<void> | undefined;
  let ended = false;
  void part.exited.then(() => {
    ended = true;
  });
  return {
    pid: () => part.pid,
    adopted: part.adopted,
    stop() {
      stopping ??= ended ? Promise.resolve() : endProcess(part.pid, part.stopSteps);
      return stopping;
    },
    onExit(listener) {
      void part.exited.then((exit) => listener({ ...exit, expected: stopping !== undefined }));
    },
  };
}
