import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { output } from './command.ts';
import { leaveFile, takeFile } from './owner.ts';
import { StartupError } from './startupError.ts';

// Apache Kafka from Maven Central. The folder is named after the pom's hash and renamed into place when complete, so
// an interrupted download is never taken for Kafka.

export const KAFKA_POM = fileURLToPath(new URL('../../deploy/kafka/pom.xml', import.meta.url));
const MARKER = 'pom.sha256';
const SIZE = '54 MB';

export interface JarsPlan {
  /** Holds one folder per version of the pom. */
  cacheDir: string;
  /** Progress in bokmål, line by line. */
  log: (line: string) => void;
  /** The Maven command. */
  mvn?: string;
  pom?: string;
}

/** The folder with the jars, downloaded when missing. Safe for concurrent processes. @throws StartupError */
export async function ensureKafkaJars(plan: JarsPlan): Promise<string> {
  const pom = plan.pom ?? KAFKA_POM;
  const hash = createHash('sha256').update(readFileSync(pom)).digest('hex');
  const jars = join(plan.cacheDir, `kafka-${hash.slice(0, 12)}`);
  if (isComplete(jars, hash)) return jars;

  mkdirSync(plan.cacheDir, { recursive: true });
  const lock = `${jars}.lock`;
  while (takeFile(lock) !== undefined) await sleep(200);
  try {
    if (!isComplete(jars, hash)) await fetchJars({ ...plan, pom, jars, hash });
  } finally {
    leaveFile(lock);
  }
  return jars;
}

function isComplete(jars: string, hash: string): boolean {
  const marker = join(jars, MARKER);
  return existsSync(marker) && readFileSync(marker, 'utf8') === hash;
}

async function fetchJars(plan: JarsPlan & { pom: string; jars: string; hash: string }): Promise<void> {
  for (const left of readdirSync(plan.cacheDir).filter((name) =>
    name.startsWith(`${basename(plan.jars)}.new-`),
  )) {
    rmSync(join(plan.cacheDir, left), { recursive: true, force: true, maxRetries: 5 }); // left by an interrupted download
  }
  const fresh = `${plan.jars}.new-${randomUUID()}`;
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  plan.log(`Henter Apache Kafka fra Maven Central (${SIZE}, bare første gang) …`);
  const ticker = setInterval(() => plan.log(`Henter Apache Kafka … ${seconds()} s`), 5_000);
  try {
    const asked = await output(plan.mvn ?? 'mvn', [
      ...['-q', '-B', '-f', plan.pom, 'dependency:copy-dependencies'],
      ...['-DincludeScope=runtime', `-DoutputDirectory=${fresh}`],
    ]);
    if (asked === undefined) {
      throw new StartupError(
        'Innebygd Kafka hentes med Maven, men fant ikke «mvn» på PATH. Installer maven, eller sett KAFKA_BROKERS til en Kafka som finnes.',
      );
    }
    if (asked.code !== 0) {
      const line =
        asked.text.split('\n').find((candidate) => candidate.includes('ERROR')) ?? asked.text.slice(0, 300);
      throw new StartupError(
        `Kunne ikke hente Apache Kafka fra Maven Central (${line.trim()}): sjekk nettet og eventuell proxy i ~/.m2/settings.xml.`,
      );
    }
    writeFileSync(join(fresh, MARKER), plan.hash);
    rmSync(plan.jars, { recursive: true, force: true });
    renameSync(fresh, plan.jars);
    plan.log(`Apache Kafka er hentet til ${plan.jars} (${seconds()} s).`);
  } finally {
    clearInterval(ticker);
    rmSync(fresh, { recursive: true, force: true });
  }
}
