import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };

const APP = fileURLToPath(new URL('./bridgeApp.ts', import.meta.url));
/** As `npm start` has it. */
const HEAP = /--max-\S+/.exec(manifest.scripts.start) ?? [];

/** Of the processor's time in /proc, per second. */
const TICKS = 100;

export interface BridgeProcess {
  url: string;
  /** Megabytes it has taken at most. */
  peak(): number;
  /** Seconds of a processor it has taken so far. */
  cpuSeconds(): number;
  stop(): Promise<void>;
  /** Ends it as a power cut would: nothing is put in order. */
  kill(): Promise<void>;
}

/** The bridge in a process of its own, on real parts. */
export async function startBridgeProcess(parts: {
  brokers: readonly string[];
  databaseUrl: string;
  org: string;
}): Promise<BridgeProcess> {
  const child = spawn(process.execPath, [...HEAP, APP], {
    env: {
      PATH: process.env.PATH,
      APP_BROKERS: parts.brokers.join(),
      APP_DATABASE: parts.databaseUrl,
      APP_ORG: parts.org,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = await Promise.race([
    once(child.stdout, 'data'),
    exited.then(() => Promise.reject(new Error('the bridge ended before it said its address'))),
  ]);
  return {
    url: String(line).trim(),
    peak() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    },
    cpuSeconds() {
      const [, , user, system] =
        /\) (\S+ ){11}(\d+) (\d+) /.exec(readFileSync(`/proc/${child.pid}/stat`, 'utf8')) ?? [];
      return (Number(user) + Number(system)) / TICKS;
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
