import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cacheFolder } from '../../src/config/config.ts';
import { findJava } from '../../src/local/java.ts';
import { ensureKafkaJars } from '../../src/local/kafkaJars.ts';
import { kafkaAnswers } from '../../src/local/kafkaProbe.ts';
import { startPostgres } from '../../src/local/postgres.ts';
import { findServerUser } from '../../src/local/serverUser.ts';
import { freePort } from '../harness/realParts.ts';
import { until } from '../harness/until.ts';
import { deployed, ROOT, readCompose, wayNamed } from './manifests.ts';
import { runScript } from './runScript.ts';

// The scripts of deploy/compose/, and the broker they start.

const SCRIPTS = join(ROOT, 'deploy/compose');
const COMMANDS = {
  'kafka-storage.sh': 'kafka.tools.StorageTool',
  'kafka-server-start.sh': 'kafka.Kafka',
  'kafka-acls.sh': 'org.apache.kafka.tools.AclCommand',
};

let dir: string;
let secrets: string;
let broker: ChildProcess;
let log: Promise<string>;
let secure: string;
const secret = (name: string) => readFileSync(join(secrets, name), 'utf8');

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ot-bridge-compose-'));
  secrets = join(dir, 'secrets');
  execFileSync(join(SCRIPTS, 'make-secrets.sh'), [secrets]);

  const home = join(dir, 'kafka');
  mkdirSync(join(home, 'bin'), { recursive: true });
  const [java, jars] = await Promise.all([
    findJava(),
    ensureKafkaJars({ cacheDir: cacheFolder(process.env), log: () => undefined }),
  ]);
  for (const [name, main] of Object.entries(COMMANDS)) {
    const flags =
      '-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.defaultLogLevel=warn';
    writeFileSync(
      join(home, 'bin', name),
      `#!/bin/sh\nexec '${java}' ${flags} -cp '${jars}/*' ${main} "$@"\n`,
    );
    chmodSync(join(home, 'bin', name), 0o755);
  }
  const port = await freePort();
  const other = await freePort(port);
  secure = `localhost:${other}`;
  const properties = join(dir, 'server.properties');
  writeFileSync(
    properties,
    deployed('compose/server.properties')
      .replaceAll('9092', String(port))
      .replaceAll('9094', String(port + 1))
      .replaceAll('0.0.0.0:9093', secure)
      .replaceAll('kafka:9093', secure)
      .replaceAll('/tmp/kafka.pem', join(dir, 'kafka.pem'))
      .replaceAll('/var/lib/kafka/data', join(dir, 'data')),
  );
  const env = { ...process.env, KAFKA_HOME: home, SECRETS: secrets, PROPERTIES: properties };
  broker = spawn(join(SCRIPTS, 'start-kafka.sh'), { env, stdio: ['ignore', 'pipe', 'pipe'] });
  log = Promise.all([text(broker.stdout!), text(broker.stderr!)]).then((parts) => parts.join('\n'));
  await until('the broker answers', async () => broker.exitCode !== null || kafkaAnswers(port), 60_000);
  if (broker.exitCode !== null) throw new Error(await log);
  execFileSync(join(SCRIPTS, 'give-rights.sh'), {
    env: { ...env, SERVER: `localhost:${port}`, ORGANISATIONS: 'telemarkfylke-no:40,vestfoldfylke-no:39' },
  });
}, 180_000);

afterAll(async () => {
  if (broker?.exitCode === null) {
    broker.kill('SIGTERM');
    await once(broker, 'exit');
  }
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

function client(password: string): Kafka {
  return new Kafka({
    brokers: [secure],
    clientId: 'ot-bridge',
    ssl: { ca: secret('ca.crt') },
    sasl: { mechanism: 'scram-sha-512', username: 'ot-bridge', password },
    logLevel: logLevel.NOTHING,
    retry: { retries: 2 },
  });
}

test('the bridge logs in over TLS with its password, and may what is its organisations’ alone', async () => {
  const admin = client(secret('kafka-password')).admin();
  await admin.connect();
  const create = (topic: string) =>
    admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: false });
  expect(await create('telemarkfylke-no.ot.event.consent')).toBe(true);
  expect(await create('vestfoldfylke-no.ot.event.consent')).toBe(true);
  await expect(create('agderfylke-no.ot.event.consent')).rejects.toMatchObject({
    errors: [{ type: 'TOPIC_AUTHORIZATION_FAILED' }],
  });
  await until('both are known to the broker', async () => (await admin.listTopics()).length === 2);
  const both = ['telemarkfylke-no.ot.event.consent', 'vestfoldfylke-no.ot.event.consent'];
  // A topic is known to the broker a moment after its creation was acknowledged.
  await until('both are listed', async () => (await admin.listTopics()).length >= both.length);
  expect((await admin.listTopics()).toSorted()).toEqual(both);
  await admin.disconnect();
});

test('the bridge is ready on it with the variables of compose.yaml', async () => {
  const postgres = await startDatabase();
  const port = await freePort();
  const mounted = (readCompose().services.bridge?.volumes ?? []).map((volume) => volume.split(':'));
  const file = (path: string) => {
    const [source] = mounted.find(([from, to]) => from?.startsWith('./') && to === path) ?? [];
    return source === undefined ? path.replace('/run/secrets', secrets) : join(ROOT, 'deploy', source);
  };
  const variables = Object.fromEntries(
    Object.entries(wayNamed('compose').variables).map(([name, value]) => [name, file(value)]),
  );
  const bridge = spawn(process.execPath, ['src/main.ts'], {
    cwd: ROOT,
    env: {
      ...variables,
      KAFKA_BROKERS: secure,
      DATABASE_URL: variables.DATABASE_URL?.replace('postgres:5432', postgres.address),
      HTTP_HOST: '127.0.0.1',
      INTERNAL_PORT: String(port),
      AUDIT_CHECKPOINT_DIR: join(dir, 'audit'),
      OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
      // The issuers are not here to be asked.
      ROLES: 'consume',
    },
  });
  const said = Promise.all([text(bridge.stdout), text(bridge.stderr)]);
  try {
    await until('it is ready', async () => {
      if (bridge.exitCode !== null) throw new Error((await said).join('\n'));
      const answer = await fetch(`http://127.0.0.1:${port}/internal/isReady`).catch(() => null);
      return answer?.status === 200;
    });
  } finally {
    bridge.kill('SIGTERM');
    if (bridge.exitCode === null) await once(bridge, 'exit');
    await postgres.stop();
  }
  expect(bridge.exitCode).toBe(0);
});

/** With the certificate, the rules and the user of deploy/compose/; the superuser's plain connection is the test's. */
async function startDatabase(): Promise<{ address: string; stop(): Promise<void> }> {
  const home = join(dir, 'postgres');
  mkdirSync(home);
  chmodSync(dir, 0o755);
  const user = findServerUser(() => undefined);
  const own = (name: string, content: string, mode: number) => {
    const path = join(home, name);
    writeFileSync(path, content, { mode });
    if (user) chownSync(path, user.uid, user.gid);
    return path;
  };
  const port = await freePort();
  const part = await startPostgres({
    dir: join(home, 'server'),
    port,
    log: () => undefined,
    settings: {
      ssl: 'on',
      ssl_cert_file: own('server.crt', secret('postgres.crt'), 0o644),
      ssl_key_file: own('server.key', secret('postgres.key'), 0o600),
      hba_file: own(
        'pg_hba.conf',
        `host all ot_bridge 127.0.0.1/32 scram-sha-256\n${deployed('compose/pg_hba.conf')}`,
        0o644,
      ),
    },
  });
  await runScript(part.url, deployed('compose/database.sql'), secret('database-password'));
  return { address: `localhost:${port}`, stop: () => part.stop() };
}

test('another password is refused', async () => {
  const admin = client('feil').admin();
  await expect(admin.connect()).rejects.toThrow(/SASL/);
  await admin.disconnect();
});

test('the secrets are right for what reads them, and made once', () => {
  const ca = new X509Certificate(secret('ca.crt'));
  for (const host of ['kafka', 'postgres']) {
    const certificate = new X509Certificate(secret(`${host}.crt`));
    expect(certificate.checkHost(host)).toBe(host);
    expect(certificate.checkIssued(ca) && certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(secret(`${host}.key`)))).toBe(true);
    // A year and a season: renewed by deleting it and running the script again.
    expect(certificate.validToDate.getTime()).toBeGreaterThan(Date.now() + 365 * 86_400_000);
  }
  expect(Buffer.from(secret('vault.key'), 'base64')).toHaveLength(32);
  expect(createPrivateKey(secret('audit.key')).asymmetricKeyType).toBe('ed25519');
  expect(createPrivateKey(secret('login-client.key')).asymmetricKeyType).toBe('rsa');
  expect(statSync(secrets).mode & 0o777).toBe(0o700);
  const before = secret('vault.key');
  execFileSync(join(SCRIPTS, 'make-secrets.sh'), [secrets]);
  expect(secret('vault.key')).toBe(before);
});
