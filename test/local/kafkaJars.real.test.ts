import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { findJava } from '../../src/local/java.ts';
import { ensureKafkaJars } from '../../src/local/kafkaJars.ts';
import { lastingFolder } from './openFolder.ts';

// With a command that plays Maven: it counts its calls and leaves one jar where its arguments say.

let dir = '';
let cacheDir = '';
let pom = '';
const lines: string[] = [];
const log = (line: string) => lines.push(line);

beforeEach(() => {
  dir = lastingFolder();
  cacheDir = join(dir, 'cache');
  pom = join(dir, 'pom.xml');
  writeFileSync(pom, '<project/>');
  lines.length = 0;
  return () => rmSync(dir, { recursive: true });
});

function program(name: string, body: string): string {
  const path = join(dir, name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return path;
}

function maven(): string {
  return program(
    'mvn',
    `echo call >> "${dir}/calls"
for arg in "$@"; do case "$arg" in -DoutputDirectory=*) out="\${arg#-DoutputDirectory=}";; esac; done
mkdir -p "$out" && sleep 0.3 && echo jar > "$out/kafka.jar"`,
  );
}

test('the jars are fetched once, also when several starts ask at the same time', async () => {
  const plan = { cacheDir, log, mvn: maven(), pom };
  const folders = await Promise.all([ensureKafkaJars(plan), ensureKafkaJars(plan), ensureKafkaJars(plan)]);
  expect(new Set(folders).size).toBe(1);
  expect(existsSync(join(folders[0]!, 'kafka.jar'))).toBe(true);
  expect(await ensureKafkaJars({ ...plan, mvn: '/no/mvn' })).toBe(folders[0]);
  expect(readFileSync(join(dir, 'calls'), 'utf8')).toBe('call\n');
  expect(lines).toEqual([
    expect.stringMatching(/^Henter Apache Kafka/),
    expect.stringMatching(/er hentet til/),
  ]);
  expect(readdirSync(cacheDir)).toEqual([basename(folders[0]!)]);
});

test('another pom is fetched to another folder', async () => {
  const plan = { cacheDir, log, mvn: maven(), pom };
  const before = await ensureKafkaJars(plan);
  writeFileSync(pom, '<project><!-- newer --></project>');
  expect(await ensureKafkaJars(plan)).not.toBe(before);
});

test('a folder without its mark is not taken for Kafka', async () => {
  const plan = { cacheDir, log, mvn: maven(), pom };
  const jars = await ensureKafkaJars(plan);
  writeFileSync(join(jars, 'pom.sha256'), '');
  writeFileSync(join(jars, 'kafka.jar'), 'half');
  mkdirSync(`${jars}.new-cut-off`);
  await ensureKafkaJars(plan);
  expect(readFileSync(join(jars, 'kafka.jar'), 'utf8')).toBe('jar\n');
  expect(readdirSync(cacheDir)).toEqual([basename(jars)]);
});

test('a fetch that fails leaves nothing behind and says what Maven said', async () => {
  const mvn = program('mvn-broken', 'echo "[ERROR] Could not resolve kafka_2.13" >&2; exit 1');
  await expect(ensureKafkaJars({ cacheDir, log, mvn, pom })).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(
      /^Kunne ikke hente Apache Kafka [^\n]*Could not resolve kafka_2\.13[^\n]*\.$/,
    ),
  });
  expect(readdirSync(cacheDir)).toEqual([]);
});

test('a lock left by a process that was killed holds no process up', async () => {
  mkdirSync(cacheDir);
  const plan = { cacheDir, log, mvn: maven(), pom };
  const jars = await ensureKafkaJars(plan);
  writeFileSync(join(jars, 'pom.sha256'), '');
  writeFileSync(`${jars}.lock`, JSON.stringify({ pid: process.pid, started: 'long ago' }));
  expect(await ensureKafkaJars(plan)).toBe(jars);
});

test('a missing mvn, a missing java and an old java are each reported in one sentence with the way out', async () => {
  const old = program(
    'java',
    'echo "    java.home = /usr/lib/jvm/8"; echo "    java.specification.version = 1.8"',
  );
  for (const asked of [
    () => ensureKafkaJars({ cacheDir, log, mvn: '/no/mvn', pom }),
    () => findJava('/no/java'),
    () => findJava(old),
    () => findJava(program('java-broken', 'exit 1')),
  ]) {
    await expect(asked()).rejects.toMatchObject({
      name: 'StartupError',
      message: expect.stringMatching(/^[^\n]*KAFKA_BROKERS[^\n]*\.$/),
    });
  }
  await expect(findJava(old)).rejects.toThrow('er Java 8');
});

test('the java of this machine is found by its full path', async () => {
  expect(await findJava()).toMatch(/^\/.*\/bin\/java$/);
});
