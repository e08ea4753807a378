import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import manifest from '../../package.json' with { type: 'json' };
import type { BenchParts } from './benchParts.ts';
import { cpuSeconds, peakMegabytes } from './measure.ts';

/** What a run cost, per event. */
export interface Cost {
  eventsPerSecond: number;
  /** Microseconds of CPU per event. */
  app: number;
  broker: number;
  database: number;
  peakMegabytes: number;
}

export interface App {
  child: ChildProcess;
  stop(): Promise<void>;
}

/** As `npm start` has it: a smaller young heap took 500 MB at most where Node's own took 560, at the same speed. */
const HEAP = /--max-\S+/.exec(manifest.scripts.start) ?? [];

/** A program of this folder as a process. */
export function startProgram(file: string, env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [...HEAP, fileURLToPath(new URL(file, import.meta.url))], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

export async function said(child: ChildProcess, word: string): Promise<string> {
  for await (const [chunk] of events(child)) {
    const text = String(chunk);
    if (text.includes(word)) return text;
  }
  throw new Error(`the program ended before it said «${word}»`);
}

async function* events(child: ChildProcess): AsyncGenerator<[unknown]> {
  const ended = once(child, 'exit').then(() => null);
  for (;;) {
    const next = await Promise.race([once(child.stdout!, 'data') as Promise<[unknown]>, ended]);
    if (next === null) return;
    yield next;
  }
}

/** Does not wait until it is ready: what is waiting for it is worked before it says so. */
export function startApp(parts: BenchParts, database: string, over: 'plain' | 'TLS' = 'plain'): App {
  const tls = over === 'TLS' ? parts.tls : undefined;
  const child = startProgram('./app.ts', {
    BENCH_BROKERS: (tls ?? parts).brokers.join(),
    BENCH_DATABASE: database,
    BENCH_CERTIFICATES: tls?.dir ?? '',
  });
  return {
    child,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/**
 * Watches a run until `count` records are committed and published.
 * @param start called when the watch is ready: starts the program, or the flow of records to it
 * @param warm the watch begins when so many of them are through: until then program and broker are still compiling
 */
export async function watch(
  parts: BenchParts,
  database: string,
  count: number,
  start: () => App | Promise<App>,
  warm = 1,
): Promise<{ app: App; cost: Cost }> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const done = async (): Promise<number> => {
    const { rows } = await client.query<{ n: string | null }>(
      'select sum(least(next_offset, published_upto)) as n from lane',
    );
    return Number(rows[0]?.n ?? 0);
  };
  const before = await done();
  const app = await start();
  const pids = { app: app.child.pid!, broker: parts.kafka.pid()!, database: parts.postgres.pid()! };
  const reached = async (records: number, ms: number) => {
    while ((await done()) < before + records) {
      if (app.child.exitCode !== null || app.child.signalCode !== null)
        throw new Error('the program ended before it was through');
      await sleep(ms);
    }
  };
  await reached(warm, 10);
  const base = {
    app: cpuSeconds(pids.app),
    broker: cpuSeconds(pids.broker),
    database: cpuSeconds(pids.database),
  };
  const from = performance.now();
  const first = await done();
  await reached(count, 25);
  const seconds = (performance.now() - from) / 1000;
  const events = before + count - first;
  const perEvent = (pid: number, since: number) => ((cpuSeconds(pid) - since) * 1e6) / events;
  // A record that is refused costs a third of one that is decided: such figures would be of another load.
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from quarantine');
  if (rows[0]?.n !== 0) throw new Error(`${rows[0]?.n} records of the load went to quarantine`);
  await client.end();
  return {
    app,
    cost: {
      eventsPerSecond: events / seconds,
      app: perEvent(pids.app, base.app),
      broker: perEvent(pids.broker, base.broker),
      database: perEvent(pids.database, base.database),
      peakMegabytes: peakMegabytes(pids.app),
    },
  };
}

export function line(name: string, cost: Cost): string {
  const us = (value: number) => `${value.toFixed(1).padStart(6)} µs`;
  return [
    name.padEnd(34),
    `${Math.round(cost.eventsPerSecond).toLocaleString('nb-NO').padStart(8)} events/s`,
    `app ${us(cost.app)}`,
    `broker ${us(cost.broker)}`,
    `database ${us(cost.database)}`,
    `peak ${cost.peakMegabytes} MB`,
  ].join('  ');
}
