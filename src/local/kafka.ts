import { randomBytes, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { output } from './command.ts';
import { adopt, type EmbeddedProcess, spawnDaemon } from './daemon.ts';
import { findJava } from './java.ts';
import { ensureKafkaJars } from './kafkaJars.ts';
import { kafkaAnswers } from './kafkaProbe.ts';
import { type KafkaPorts, kafkaProperties } from './kafkaProperties.ts';
import { closeLog, openLog } from './logFile.ts';
import { leaveFolder, takeFolder } from './owner.ts';
import { endProcess, processesIn, runsWith, type StopSteps } from './pid.ts';
import { refuseTakenPort } from './port.ts';
import { waitUntilReady } from './readiness.ts';
import { StartupError } from './startupError.ts';

// A real Apache Kafka for a machine without a cluster: KRaft, one node.

export interface KafkaPlan {
  /** Holds the log, the configuration and the pid file; created when missing. */
  dir: string;
  port: number;
  /** The controller's own listener; `port + 1` by default. */
  controllerPort?: number;
  /** Where the jars are downloaded to. */
  cacheDir: string;
  /** e.g. `512m` */
  heap?: string;
  /** A larger heap, G1 and the full compiler: for benchmarks, not for a fast start. */
  tuned?: boolean;
  log: (line: string) => void;
}

const STOP: StopSteps = [
  ['SIGTERM', 30_000],
  ['SIGKILL', 5_000],
];
/** For a broker that did not answer a request. */
const STOP_HUNG: StopSteps = [
  ['SIGTERM', 5_000],
  ['SIGKILL', 5_000],
];
const READY_MS = 60_000;
const ANSWER_MS = 3_000;
const FAULTY = /ERROR|FATAL|Exception/;
const JVM_ENV = { LC_ALL: 'C.UTF-8', TZ: 'UTC' };

const FRESH = 'log.new-';

const pidRecord = z.object({ pid: z.int(), port: z.int(), dir: z.string() });

/** Resolves when the broker takes requests. @throws StartupError with a sentence for the user */
export async function startKafka(options: KafkaPlan): Promise<EmbeddedProcess> {
  const plan = { ...options, dir: resolve(options.dir) };
  mkdirSync(plan.dir, { recursive: true });
  takeFolder(plan.dir);
  const orphan = await takeOverKafka(plan.dir, plan.port);
  if (orphan) return leaving(plan.dir, adopt(orphan, STOP));

  const ports = { port: plan.port, controllerPort: plan.controllerPort ?? plan.port + 1 };
  await refuseTakenPort(ports.port, 'Kafka', 'EMBEDDED_KAFKA_PORT');
  await refuseTakenPort(
    ports.controllerPort,
    'Kafka',
    'EMBEDDED_KAFKA_PORT (Kafka bruker også porten etter)',
  );
  const java = await findJava();
  const jars = await ensureKafkaJars(plan);
  await format({ dir: plan.dir, java, jars, ports });

  const properties = join(plan.dir, 'server.properties');
  writeFileSync(properties, kafkaProperties(ports, 'log'));
  const log = openLog(join(plan.dir, 'kafka.log'));
  try {
    const args = [...jvmFlags(plan), '-cp', join(jars, '*'), 'kafka.Kafka', properties];
    const part = await spawnDaemon({
      command: java,
      args,
      cwd: plan.dir,
      env: JVM_ENV,
      log,
      stopSteps: STOP,
    });
    writeFileSync(pidFile(plan.dir), JSON.stringify({ pid: part.pid(), port: plan.port, dir: plan.dir }));
    const answers = () => kafkaAnswers(plan.port);
    await waitUntilReady({ part, name: 'Kafka', log, faulty: FAULTY, limitMs: READY_MS, answers });
    return leaving(plan.dir, part);
  } finally {
    closeLog(log);
  }
}

/** Ends a broker that an earlier run left in `dir`, also one without a pid file. */
export async function stopKafkaOrphan(dir: string): Promise<void> {
  const orphans = new Set(processesIn(realpathSync(dir), /kafka\.Kafka/));
  const known = livingOrphan(dir);
  if (known) orphans.add(known.pid);
  for (const pid of orphans) await endProcess(pid, STOP_HUNG);
}

/** Pid of an orphan that answers on our port; one that does not is ended. */
async function takeOverKafka(dir: string, port: number): Promise<number | undefined> {
  const orphan = livingOrphan(dir);
  if (orphan?.port === port && (await kafkaAnswers(port, ANSWER_MS))) return orphan.pid;
  await stopKafkaOrphan(dir);
  return undefined;
}

function livingOrphan(dir: string): { pid: number; port: number } | undefined {
  if (!existsSync(pidFile(dir))) return undefined;
  const record = pidRecord.safeParse(json(readFileSync(pidFile(dir), 'utf8')));
  if (!record.success || !runsWith(record.data.pid, join(dir, 'server.properties'))) return undefined;
  return record.data;
}

/** Once: formatted in a temporary folder that is renamed when complete, so an interrupted format is repeated. */
async function format(plan: { dir: string; java: string; jars: string; ports: KafkaPorts }): Promise<void> {
  if (existsSync(join(plan.dir, 'log', 'meta.properties'))) return;
  for (const left of readdirSync(plan.dir).filter((name) => name.startsWith(FRESH))) {
    rmSync(join(plan.dir, left), { recursive: true, force: true, maxRetries: 5 });
  }
  const fresh = FRESH + randomUUID();
  writeFileSync(join(plan.dir, 'format.properties'), kafkaProperties(plan.ports, fresh));
  const asked = await output(
    plan.java,
    [
      ...['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(plan.jars, '*')],
      ...['kafka.tools.StorageTool', 'format', '-t', clusterId(), '-c', 'format.properties'],
    ],
    { cwd: plan.dir, env: JVM_ENV },
  );
  if (asked?.code !== 0) {
    throw new StartupError(
      `Kafkas datamappe ${plan.dir} kunne ikke klargjøres: ${asked?.text.trim().split('\n').at(-1) ?? ''}`,
    );
  }
  renameSync(join(plan.dir, fresh), join(plan.dir, 'log'));
}

/** Kafka's form of a random UUID: 16 bytes in URL-safe base64. A leading hyphen would read as an option. */
function clusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? clusterId() : id;
}

function jvmFlags({ heap, tuned }: Pick<KafkaPlan, 'heap' | 'tuned'>): string[] {
  const collector = tuned ? ['-XX:+UseG1GC'] : ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  // A broker that is out of memory half works; one that exits is restarted.
  const flags = [`-Xmx${heap ?? (tuned ? '1g' : '512m')}`, ...collector, '-XX:+ExitOnOutOfMemoryError'];
  return [
    ...flags,
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
  ];
}

function leaving(dir: string, part: EmbeddedProcess): EmbeddedProcess {
  return {
    ...part,
    async stop() {
      await part.stop();
      rmSync(pidFile(dir), { force: true });
      leaveFolder(dir);
    },
  };
}

function pidFile(dir: string): string {
  return join(dir, 'kafka.pid');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
