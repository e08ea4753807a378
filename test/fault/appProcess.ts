import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AppPlan } from './appPlan.ts';

// The app as a process that is killed and immediately started again, as a cluster would.

export interface AppProcess {
  pid(): number | undefined;
  /** Of a process that shares the lanes with the running one, when it has started one. */
  laneProcess(): number | undefined;
  /** The running one has said that it is up. */
  isReady(): boolean;
  /**
   * How often it ended without being killed: it does not start while Kafka or PostgreSQL is away, and says so; once
   * it runs nothing ends it.
   */
  ownEnds(): { starting: number; running: number };
  kill(): boolean;
  /** Suspends it in the middle of whatever it does; it is not killed meanwhile. */
  freeze(): boolean;
  /** False when there is nothing to go on. */
  thaw(): boolean;
  isFrozen(): boolean;
  stop(): Promise<void>;
}

const APP = fileURLToPath(new URL('./app.ts', import.meta.url));

/** @param logFile takes everything that it prints */
export function startApp(plan: AppPlan, logFile: string): AppProcess {
  const log = createWriteStream(logFile, { flags: 'a' });
  let child: ChildProcess | undefined;
  let ready = false;
  let killed = false;
  let frozen = false;
  let stopping = false;
  const ownEnds = { starting: 0, running: 0 };
  let ended: Promise<void> = Promise.resolve();

  const start = () => {
    ready = false;
    killed = false;
    frozen = false;
    const started = spawn(process.execPath, [APP, JSON.stringify(plan)], { stdio: ['pipe', 'pipe', 'pipe'] });
    child = started;
    let text = '';
    started.stdout?.on('data', (chunk: Buffer) => {
      log.write(chunk);
      if (ready) return;
      text = (text + chunk.toString()).slice(-4_096);
      if (/^ready$/m.test(text)) ready = true;
    });
    started.stderr?.on('data', (chunk: Buffer) => log.write(chunk));
    started.stdin?.on('error', () => undefined);
    ended = new Promise((resolve) => {
      started.once('exit', () => {
        if (!killed && !stopping) ownEnds[ready ? 'running' : 'starting'] += 1;
        ready = false;
        child = undefined;
        resolve();
        // One that cannot start is not started a hundred times a second.
        if (!stopping) setTimeout(() => stopping || start(), killed ? 0 : 500);
      });
    });
  };
  start();

  return {
    pid: () => child?.pid,
    laneProcess: () => childOf(child?.pid),
    isReady: () => ready,
    ownEnds: () => ownEnds,
    kill() {
      if (!child) return false;
      killed = true;
      return child.kill('SIGKILL');
    },
    freeze() {
      frozen = ready && (child?.kill('SIGSTOP') ?? false);
      return frozen;
    },
    thaw() {
      const goesOn = frozen && (child?.kill('SIGCONT') ?? false);
      frozen = false;
      return goesOn;
    },
    isFrozen: () => frozen,
    async stop() {
      stopping = true;
      child?.kill('SIGCONT');
      child?.kill('SIGKILL');
      await ended;
      await new Promise<void>((resolve) => log.end(() => resolve()));
    },
  };
}

function childOf(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    const [first = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    return first === '' ? undefined : Number(first);
  } catch {
    // It has just ended.
    return undefined;
  }
}
