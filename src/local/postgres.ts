import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { adopt, type EmbeddedProcess, spawnDaemon } from './daemon.ts';
import { closeLog, openLog } from './logFile.ts';
import { leaveFolder, takeFolder } from './owner.ts';
import { refuseTakenPort } from './port.ts';
import { type Binaries, findBinaries } from './postgresBinaries.ts';
import { POSTGRES_ENV, run } from './postgresCommand.ts';
import { findHome, homeAt, type PostgresHome, rememberedHome, rememberHome } from './postgresHome.ts';
import { initialise, passwordFile, SUPERUSER } from './postgresInit.ts';
import { clearPostgres, livingPostmaster, STOP } from './postgresOrphan.ts';
import { serverArguments } from './postgresSettings.ts';
import { waitUntilReady } from './readiness.ts';
import { findServerUser, type ServerUser } from './serverUser.ts';

// A real PostgreSQL for a machine without one, small, with all durability on.

export interface PostgresPlan {
  /** Holds the database; created when missing. */
  dir: string;
  port: number;
  log: (line: string) => void;
  /** Server settings that override ours. */
  settings?: Record<string, string>;
  /** A folder with `bin/` of another PostgreSQL than the one from npm. */
  binaries?: string;
  /** Folder for what the server's user cannot reach otherwise; /var/lib/ot-bridge by default. */
  sharedPlace?: string;
}

export type EmbeddedPostgres = EmbeddedProcess & {
  /** Contains the password: never log it. */
  url: string;
};

const DATABASE = 'ot_bridge';
/** Recovery after a kill reads up to max_wal_size of log. */
const READY_MS = 180_000;
const FAULTY = /FATAL|PANIC|ERROR/;

/** Resolves when the database takes connections. @throws StartupError with a sentence for the user */
export async function startPostgres(plan: PostgresPlan): Promise<EmbeddedPostgres> {
  const dir = resolve(plan.dir);
  const user = findServerUser(plan.log);
  const binaries = findBinaries({ ...plan, user });
  const home = findHome({ ...plan, dir, user });
  takeFolder(dir);
  const found = livingPostmaster(home.data);
  if (found?.port === plan.port && found.ready && (await answers(home, plan.port))) {
    return connected({ dir, home, port: plan.port, part: adopt(found.pid, STOP) });
  }
  await clearPostgres(home.data);
  await refuseTakenPort(plan.port, 'PostgreSQL', 'EMBEDDED_PG_PORT');
  if (await initialise({ home, binaries, user })) rememberHome(dir, home);
  const part = await startServer({ plan, home, binaries, user });
  return connected({ dir, home, port: plan.port, part });
}

async function startServer(start: {
  plan: PostgresPlan;
  home: PostgresHome;
  binaries: Binaries;
  user: ServerUser | undefined;
}): Promise<EmbeddedProcess> {
  const { plan, home, binaries, user } = start;
  const base = ['-D', home.data, '-p', String(plan.port)];
  const lz4 = await run(binaries.postgres, user, [
    ...base,
    '-C',
    'wal_compression',
    '-c',
    'wal_compression=lz4',
  ]);
  // Without lz4 no compression: pglz cost 45 µs for each page first touched after a checkpoint.
  const settings = { wal_compression: lz4?.code === 0 ? 'lz4' : 'off', ...plan.settings };
  const log = openLog(join(home.home, 'postgres.log'));
  try {
    const part = await spawnDaemon({
      command: binaries.postgres,
      args: [...base, ...serverArguments(settings)],
      cwd: '/',
      env: POSTGRES_ENV,
      user,
      log,
      stopSteps: STOP,
    });
    const ready = async () => livingPostmaster(home.data)?.ready === true && (await answers(home, plan.port));
    await waitUntilReady({
      part,
      name: 'PostgreSQL',
      log,
      faulty: FAULTY,
      limitMs: READY_MS,
      answers: ready,
    });
    return part;
  } finally {
    closeLog(log);
  }
}

async function connected(start: {
  dir: string;
  home: PostgresHome;
  port: number;
  part: EmbeddedProcess;
}): Promise<EmbeddedPostgres> {
  await withClient(urlOf(start.home, start.port, 'postgres'), async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  });
  return {
    ...start.part,
    url: urlOf(start.home, start.port, DATABASE),
    async stop() {
      await start.part.stop();
      leaveFolder(start.dir);
    },
  };
}

function answers(home: PostgresHome, port: number): Promise<boolean> {
  return withClient(urlOf(home, port, 'postgres'), (client) => client.query('select 1')).then(
    () => true,
    () => false, // not yet, or not ours
  );
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000, query_timeout: 30_000 });
  client.on('error', () => undefined); // a connection lost between two queries fails the next one
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The embedded database as it is reached while the program runs. @throws when there is none */
export function embeddedDatabaseUrl(dir: string, port: number): string {
  return urlOf(rememberedHome(resolve(dir)) ?? homeAt(resolve(dir)), port, DATABASE);
}

function urlOf(home: PostgresHome, port: number, database: string): string {
  const password = readFileSync(passwordFile(home), 'utf8').trim();
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Ends a server that an earlier run left in `dir`. */
export async function stopPostgresOrphan(dir: string): Promise<void> {
  await clearPostgres((rememberedHome(resolve(dir)) ?? homeAt(resolve(dir))).data);
}
