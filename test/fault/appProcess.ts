import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AppPlan } from './appPlan.ts';

// The app as a process that is killed and started again at once, as a cluster would.

export interface AppProcess {
  pid(): number | undefined;
  /** The running one has said that it is up. */
  isReady(): boolean;
  /** How often it ended although nobody had killed it. */
  ownEnds(): number;
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): boolean;
  stop(): Promise<void>;
}

const APP = fileURLToPath(new URL('./app.ts', import.meta.url));

/** @param logFile takes everything that it prints */
export function startApp(plan: AppPlan, logFile: string): AppProcess {
  const log = createWriteStream(logFile, { flags: 'a' });
  let child: ChildProcess | undefined;
  let ready = false;
  let killed = false;
  let stopping = false;
  let ownEnds = 0;
  let ended: Promise<void> = Promise.resolve();

  const start = () => {
    ready = false;
    killed = false;
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
        if (!killed && !stopping) ownEnds += 1;
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
    isReady: () => ready,
    ownEnds: () => ownEnds,
    signal(name) {
      if (!child) return false;
      if (name === 'SIGKILL') killed = true;
      return child.kill(name);
    },
    async stop() {
      stopping = true;
      child?.kill('SIGCONT');
      child?.kill('SIGKILL');
      await ended;
      await new Promise<void>((resolve) => log.end(() => resolve()));
    },
  };
}
