import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../src/config/config.ts';
import { stopKafkaOrphan } from '../../src/local/kafka.ts';
import { leaveFolder, takeFolder } from '../../src/local/owner.ts';
import { processesIn } from '../../src/local/pid.ts';
import { stopPostgresOrphan } from '../../src/local/postgres.ts';
import { freePort, RUN_FOLDER } from './realParts.ts';
import { until } from './until.ts';

// The program as its user meets it: a process with an environment, a screen, and a keyboard.

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export type Settings = Record<string, string>;

export interface Program {
  pid: number;
  /** What is on the screen so far. */
  screen(): string;
  /** What was written for errors. */
  complaint(): string;
  /** Resolves when the screen shows it. @throws when the program ends first, or time is up */
  shows(what: RegExp, patienceMs?: number): Promise<void>;
  /** Ctrl-C: to everything that belongs to the terminal. */
  interrupt(): void;
  kill(): void;
  ended: Promise<number | null>;
}

/** Nothing of the test's own environment but what any shell has. */
export function runProgram(settings: Settings, args: readonly string[] = []): Program {
  const child: ChildProcess = spawn(process.execPath, [MAIN, ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, as a terminal gives it.
    detached: true,
  });
  let screen = '';
  let complaint = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  let over = false;
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      over = true;
      resolve(code);
    });
  });
  const pid = child.pid ?? 0;
  return {
    pid,
    screen: () => screen,
    complaint: () => complaint,
    async shows(what, patienceMs = 60_000) {
      await until(
        `the screen shows ${what}`,
        async () => {
          if (what.test(screen)) return true;
          if (over) throw new Error(`the program ended: ${screen}\n${complaint}`);
          return false;
        },
        patienceMs,
      );
    },
    interrupt: () => void process.kill(-pid, 'SIGINT'),
    kill: () => void child.kill('SIGKILL'),
    ended,
  };
}

/** A data folder with ports of its own, for a program on embedded parts. */
export async function createHome() {
  const dir = mkdtempSync(join(tmpdir(), RUN_FOLDER));
  chmodSync(dir, 0o755); // as root, PostgreSQL's user must get in
  takeFolder(dir);
  const [kafka, postgres, http] = [await freePort(), await freePort(), await freePort()];
  const settings: Settings = {
    DATA_DIR: dir,
    OT_BRIDGE_CACHE: cacheFolder(process.env),
    EMBEDDED_KAFKA_PORT: String(kafka),
    EMBEDDED_PG_PORT: String(postgres),
    HTTP_PORT: String(http),
    FEED_PARTITIONS: '2',
  };
  return {
    dir,
    settings,
    postgresPort: postgres,
    url: `http://127.0.0.1:${http}`,
    /** Living brokers and database servers of this folder. */
    kafkas: () => processesIn(join(dir, 'kafka'), /kafka\.Kafka/),
    databases: () => processesIn(join(dir, 'postgres', 'data'), /postgres/),
    /** The one that starts the others. */
    postmasters: () => processesIn(join(dir, 'postgres', 'data'), /bin\/postgres\0-D/),
    async remove() {
      await stopKafkaOrphan(join(dir, 'kafka')).catch(() => undefined);
      await stopPostgresOrphan(join(dir, 'postgres')).catch(() => undefined);
      leaveFolder(dir);
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
