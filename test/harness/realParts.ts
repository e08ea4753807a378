import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../src/config/config.ts';
import { startKafka } from '../../src/local/kafka.ts';
import { takeFolder } from '../../src/local/owner.ts';
import { portIsFree } from '../../src/local/port.ts';
import { type EmbeddedPostgres, startPostgres } from '../../src/local/postgres.ts';
import { type Supervised, supervise } from '../../src/local/supervisor.ts';

// Real Kafka and real PostgreSQL for a test, on free ports in a folder of their own, restarted when killed.

export type PostgresVersion = '18' | '15';

export interface RealParts {
  /** Empty without Kafka. */
  brokers: string[];
  /** Of a superuser; empty without PostgreSQL. */
  databaseUrl: string;
  kafka: Supervised | undefined;
  postgres: Supervised | undefined;
  /** Ends what was started and removes its data. */
  stop(): Promise<void>;
}

export interface RealPartsPlan {
  /** Default true. */
  kafka?: boolean;
  /** Default 18, the one from npm; 15 is Debian's. */
  postgres?: PostgresVersion | false;
  /** PostgreSQL settings on top of the embedded ones, e.g. `{ fsync: 'off' }` where speed is all. */
  settings?: Record<string, string>;
  /** Kafka as for measuring. */
  tuned?: boolean;
  log?: (line: string) => void;
}

export const POSTGRES_15 = '/usr/lib/postgresql/15';
export const RUN_FOLDER = 'ot-bridge-test-';

export async function startRealParts(plan: RealPartsPlan = {}): Promise<RealParts> {
  const dir = mkdtempSync(join(tmpdir(), RUN_FOLDER));
  chmodSync(dir, 0o755); // as root, PostgreSQL's user must get in
  takeFolder(dir);
  const log = plan.log ?? (() => undefined);
  const reports = {
    onDown: (name: string) => log(`${name} is down`),
    onUp: (name: string) => log(`${name} is up again`),
    onFailed: (name: string, error: unknown) => log(`${name} failed to start: ${error}`),
  };
  const kafkaPort = await freePort();
  const postgresPort = await freePort(kafkaPort);
  const version = plan.postgres ?? '18';
  const binaries = version === '15' ? { binaries: postgres15() } : {};

  let databaseUrl = '';
  const startDatabase = async (): Promise<EmbeddedPostgres> => {
    const settings = plan.settings ?? {};
    const part = await startPostgres({
      dir: join(dir, 'postgres'),
      port: postgresPort,
      log,
      settings,
      ...binaries,
    });
    databaseUrl = part.url;
    return part;
  };
  const startBroker = () =>
    startKafka({
      dir: join(dir, 'kafka'),
      port: kafkaPort,
      cacheDir: cacheFolder(process.env),
      tuned: plan.tuned ?? false,
      log,
    });

  const started = await Promise.allSettled([
    plan.kafka === false ? undefined : supervise({ name: 'Kafka', start: startBroker, ...reports }),
    version === false ? undefined : supervise({ name: 'PostgreSQL', start: startDatabase, ...reports }),
  ]);
  const [kafka, postgres] = started.map((part) => (part.status === 'fulfilled' ? part.value : undefined));
  const stop = async () => {
    await Promise.all([kafka?.stop(), postgres?.stop()]);
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  const failed = started.find((part) => part.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  return { brokers: kafka ? [`127.0.0.1:${kafkaPort}`] : [], databaseUrl, kafka, postgres, stop };
}

/**
 * A port that is free now, and its neighbour, below the range that the kernel gives to outgoing
 * connections: a client knocking on a dead server's port there may be handed that very port.
 * @param taken another part's, that has not been started yet
 */
export async function freePort(taken?: number): Promise<number> {
  for (;;) {
    const port = 20_000 + 2 * Math.floor(Math.random() * 6_000);
    if (port === taken || given.has(port)) continue;
    given.add(port);
    if ((await portIsFree(port)) && (await portIsFree(port + 1))) return port;
  }
}
/** What was given is not yet listened on: it looks free. */
const given = new Set<number>();

/** Whether Debian's PostgreSQL 15 is here. Where it must be (CI), asking for it without it throws instead. */
export function hasPostgres15(): boolean {
  return existsSync(join(POSTGRES_15, 'bin', 'postgres'));
}

function postgres15(): string {
  if (hasPostgres15()) return POSTGRES_15;
  throw new Error(`PostgreSQL 15 is not in ${POSTGRES_15}: apt-get install postgresql-15`);
}
