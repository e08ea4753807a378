import type { ChildProcess } from 'node:child_process';
import pg from 'pg';
import type { BenchParts } from './benchParts.ts';
import { type Build, THIS_BUILD } from './build.ts';
import { type Cost, costOf } from './cost.ts';
import { COUNTY, ORG } from './load.ts';
import { end, startProgram } from './programs.ts';

export interface App {
  child: ChildProcess;
  /** It takes samples of its heap. */
  heap: boolean;
  stop(): Promise<void>;
}

export interface AppPlan {
  build?: Build;
  over?: 'plain' | 'TLS';
  api?: boolean;
  relay?: boolean;
  /** Default `ORG`. */
  org?: string;
  virtualClock?: boolean;
  heap?: boolean;
}

/** Does not wait until it is ready: what is waiting for it is worked before it says so. */
export function startApp(parts: BenchParts, database: string, plan: AppPlan = {}): App {
  const { build = THIS_BUILD, heap = false, org = ORG } = plan;
  const tls = plan.over === 'TLS' ? parts.tls : undefined;
  const child = startProgram(
    './app.ts',
    {
      BENCH_BUILD: build.folder,
      BENCH_BROKERS: (tls ?? parts).brokers.join(),
      BENCH_DATABASE: database,
      BENCH_CERTIFICATES: tls?.dir ?? '',
      BENCH_ORG: org,
      BENCH_COUNTY: COUNTY,
      BENCH_CLOCK: plan.virtualClock ? 'virtual' : '',
      BENCH_API: plan.api ? '1' : (process.env.BENCH_API ?? ''),
      BENCH_RELAY: plan.relay ? '1' : '',
      BENCH_HEAP: heap ? '1' : '',
    },
    build,
  );
  return { child, heap, stop: () => end(child) };
}

/** Records of all lanes that are committed and published. 0 before the program has made its tables. */
export async function recordsThrough(client: pg.Client): Promise<number> {
  const { rows: tables } = await client.query("select to_regclass('lane') is not null as there");
  if (tables[0]?.there !== true) return 0;
  const { rows } = await client.query<{ n: string | null }>(
    'select sum(least(next_offset, published_upto)) as n from lane',
  );
  return Number(rows[0]?.n ?? 0);
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
  const before = await recordsThrough(client);
  const app = await start();
  const run = {
    ...app,
    done: async () => (await recordsThrough(client)) - before,
    walPosition: () => walPosition(client),
  };
  try {
    const cost = await costOf(parts, run, { from: warm, upto: count });
    // A record that is refused costs a third of one that is decided: such figures would be of another load.
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from quarantine');
    if (rows[0]?.n !== 0) throw new Error(`${rows[0]?.n} records of the load went to quarantine`);
    return { app, cost };
  } catch (error) {
    await app.stop();
    throw error;
  } finally {
    await client.end();
  }
}

export async function walPosition(client: pg.Client): Promise<number> {
  const { rows } = await client.query("select pg_current_wal_insert_lsn() - '0/0' as bytes");
  return Number(rows[0]?.bytes);
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
