import { generateKeyPairSync, type KeyObject, pbkdf2Sync, randomBytes, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import kafkajs, { type AclEntry, type Admin, type Kafka } from 'kafkajs';
import { cacheFolder } from '../../src/config/config.ts';
import { kafkaClient } from '../../src/kafka/kafkaClient.ts';
import { kafkajsLogging } from '../../src/kafka/kafkajsLog.ts';
import { createConnect } from '../../src/kafka/kafkaLink.ts';
import { output } from '../../src/local/command.ts';
import { type EmbeddedProcess, spawnDaemon } from '../../src/local/daemon.ts';
import { findJava } from '../../src/local/java.ts';
import { ensureKafkaJars } from '../../src/local/kafkaJars.ts';
import { kafkaAnswers } from '../../src/local/kafkaProbe.ts';
import { kafkaProperties } from '../../src/local/kafkaProperties.ts';
import { closeLog, openLog } from '../../src/local/logFile.ts';
import { waitUntilReady } from '../../src/local/readiness.ts';
import { freePort, RUN_FOLDER } from './realParts.ts';
import { scramUpsertion } from './scramUpsertion.ts';
import { createTestAuthority, type TestAuthority } from './testCertificates.ts';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

// A real Kafka as in a county's network: TLS, mTLS, SASL and access rights. What is not allowed is denied. Its one
// plain listener belongs to the superuser: the test itself.

/** Addresses of the listeners, `host:port`. */
export interface SecuredListeners {
  /** The superuser's, without TLS. */
  plain: string[];
  /** TLS with a client certificate. The principal is the certificate's whole name: `User:CN=ot-bridge`. */
  mtls: string[];
  /** SASL over TLS: SCRAM-SHA-512, PLAIN and OAUTHBEARER. */
  sasl: string[];
  /** The same, but each session ends after `SHORT_SESSION_MS`. */
  shortSessions: string[];
  /** TLS without client certificate, with a server certificate that has expired. */
  expired: string[];
  /** The same, with a server certificate for `kafka.example.no`. */
  otherName: string[];
}

export interface SecuredKafka extends SecuredListeners {
  authority: TestAuthority;
  /** A superuser's client. */
  kafka: Kafka;
  admin: Admin;
  /** A new SCRAM-SHA-512 user, or a new password of one. */
  setPassword(user: string, password: string): Promise<void>;
  /** A token of the issuer that the broker trusts, with the principal `User:<subject>`. */
  token(subject: string, lifetimeSeconds: number): string;
  allow(rights: readonly KafkaRight[]): Promise<void>;
  deny(rights: readonly KafkaRight[]): Promise<void>;
  pid(): number;
  stop(): Promise<void>;
}

export interface KafkaRight {
  /** e.g. `User:CN=ot-bridge` */
  principal: string;
  resource: 'topic' | 'cluster' | 'group';
  name: string;
  pattern: 'literal' | 'prefixed';
  operation: 'READ' | 'WRITE' | 'DESCRIBE' | 'DESCRIBE_CONFIGS' | 'CREATE';
}

export const SHORT_SESSION_MS = 3_000;
/** The user of SASL PLAIN. */
export const PLAIN_USER = { name: 'plain-user', password: randomBytes(12).toString('hex') };
/** What tokens must be issued for. */
export const AUDIENCE = 'kafka';

const STOP = [
  ['SIGTERM', 20_000],
  ['SIGKILL', 5_000],
] as const;
const JVM = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const JVM_ENV = { LC_ALL: 'C.UTF-8', TZ: 'UTC' };

export async function startSecuredKafka(plan: { tuned?: boolean } = {}): Promise<SecuredKafka> {
  const dir = mkdtempSync(join(tmpdir(), RUN_FOLDER));
  const home = join(dir, 'kafka');
  mkdirSync(home);
  const ports: number[] = [];
  while (ports.length < 8) {
    const port = await freePort(ports.at(-2));
    if (!ports.includes(port)) ports.push(port, port + 1);
  }
  const [plain = 0, controllerPort = 0, mtls = 0, sasl = 0, short = 0, expired = 0, otherName = 0] = ports;
  const authority = await createTestAuthority();
  const issuer = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeStores(home, authority, issuer.publicKey);

  const listeners = {
    BROKER: plain,
    MTLS: mtls,
    SASL: sasl,
    SHORT: short,
    EXPIRED: expired,
    OTHERNAME: otherName,
  };
  // Of a property given twice Kafka takes the last.
  writeFileSync(
    join(home, 'server.properties'),
    [
      kafkaProperties({ port: plain, controllerPort }, 'log'),
      ...securityOf(home, listeners, controllerPort),
      '',
    ].join('\n'),
  );
  const [java, jars] = await Promise.all([
    findJava(),
    ensureKafkaJars({ cacheDir: cacheFolder(process.env), log: () => undefined }),
  ]);
  const classpath = ['-cp', join(jars, '*')];
  const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId(), '-c', 'server.properties'];
  const formatted = await output(java, ['-Xmx256m', ...JVM, ...classpath, ...format], {
    cwd: home,
    env: JVM_ENV,
  });
  if (formatted?.code !== 0) throw new Error(`the secured Kafka could not be formatted: ${formatted?.text}`);

  const log = openLog(join(home, 'kafka.log'));
  const allowed = `-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${keysUrl(home)}`;
  const heap = plan.tuned ? ['-Xmx1g', '-XX:+UseG1GC'] : ['-Xmx384m', ...JVM];
  const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';
  const part: EmbeddedProcess = await spawnDaemon({
    command: java,
    args: [...heap, quiet, allowed, ...classpath, 'kafka.Kafka', 'server.properties'],
    cwd: home,
    env: JVM_ENV,
    log,
    stopSteps: STOP,
  });
  await waitUntilReady({
    part,
    name: 'Kafka',
    log,
    faulty: /ERROR|FATAL|Exception/,
    limitMs: 60_000,
    answers: () => kafkaAnswers(plain),
  });
  closeLog(log);

  const at = (port: number) => [`localhost:${port}`];
  const kafka = kafkaClient(
    { brokers: at(plain) },
    { clientId: 'superuser', ...kafkajsLogging(() => undefined) },
  );
  const admin = kafka.admin();
  await admin.connect();
  const link = await createConnect(kafka)();
  return {
    plain: at(plain),
    mtls: at(mtls),
    sasl: at(sasl),
    shortSessions: at(short),
    expired: at(expired),
    otherName: at(otherName),
    authority,
    kafka,
    admin,
    async setPassword(user, password) {
      const salt = randomBytes(16);
      const iterations = 4_096;
      const salted = pbkdf2Sync(password, salt, iterations, 64, 'sha512');
      const error = await link.send(scramUpsertion({ user, iterations, salt, salted }), 5_000);
      if (error !== 0) throw new Error(`the password was not changed: ${error}`);
    },
    token: (subject, seconds) => signedToken(issuer.privateKey, subject, seconds),
    allow: (rights) => admin.createAcls({ acl: rights.map(entryOf) }).then(() => undefined),
    deny: (rights) =>
      admin.deleteAcls({ filters: rights.map((right) => entryOf(right)) }).then(() => undefined),
    pid: () => part.pid(),
    async stop() {
      link.close();
      await admin.disconnect();
      await part.stop();
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function securityOf(home: string, ports: Record<string, number>, controllerPort: number): string[] {
  const all = Object.entries(ports).map(([name, port]) => `${name}://localhost:${port}`);
  const store = (listener: string, name: string) => [
    `listener.name.${listener}.ssl.keystore.type=PEM`,
    `listener.name.${listener}.ssl.keystore.location=${join(home, name)}`,
    `listener.name.${listener}.ssl.truststore.type=PEM`,
    `listener.name.${listener}.ssl.truststore.location=${join(home, 'ca.pem')}`,
  ];
  const plain = `org.apache.kafka.common.security.plain.PlainLoginModule required user_${PLAIN_USER.name}="${PLAIN_USER.password}";`;
  const sasl = (listener: string) => [
    `listener.name.${listener}.sasl.enabled.mechanisms=SCRAM-SHA-512,PLAIN,OAUTHBEARER`,
    `listener.name.${listener}.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;`,
    `listener.name.${listener}.plain.sasl.jaas.config=${plain}`,
    `listener.name.${listener}.oauthbearer.sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;`,
    `listener.name.${listener}.oauthbearer.sasl.server.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler`,
    `listener.name.${listener}.oauthbearer.sasl.oauthbearer.jwks.endpoint.url=${keysUrl(home)}`,
    `listener.name.${listener}.oauthbearer.sasl.oauthbearer.expected.audience=${AUDIENCE}`,
  ];
  return [
    'listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT,MTLS:SSL,SASL:SASL_SSL,SHORT:SASL_SSL,EXPIRED:SSL,OTHERNAME:SSL',
    `listeners=CONTROLLER://127.0.0.1:${controllerPort},${all.join(',')}`,
    `advertised.listeners=${all.join(',')}`,
    ...store('mtls', 'server.pem'),
    'listener.name.mtls.ssl.client.auth=required',
    ...store('sasl', 'server.pem'),
    ...store('short', 'server.pem'),
    ...store('expired', 'expired.pem'),
    ...store('othername', 'otherName.pem'),
    ...sasl('sasl'),
    ...sasl('short'),
    `listener.name.short.connections.max.reauth.ms=${SHORT_SESSION_MS}`,
    'connection.failed.authentication.delay.ms=50',
    'authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found=false',
    'super.users=User:ANONYMOUS',
  ];
}

async function writeStores(home: string, authority: TestAuthority, issuerKey: KeyObject): Promise<void> {
  const hosts = ['localhost', '127.0.0.1'];
  const server = await authority.issue({ name: 'kafka', hosts });
  const old = await authority.issue({ name: 'kafka', hosts, expired: true });
  writeFileSync(join(home, 'server.pem'), `${server.key}${server.certificate}\n`);
  writeFileSync(join(home, 'expired.pem'), `${old.key}${old.certificate}\n`);
  const other = await authority.issue({ name: 'kafka', hosts: ['kafka.example.no'] });
  writeFileSync(join(home, 'otherName.pem'), `${other.key}${other.certificate}\n`);
  writeFileSync(join(home, 'ca.pem'), `${authority.ca}\n`);
  const key = { ...issuerKey.export({ format: 'jwk' }), kid: KEY_ID, use: 'sig', alg: 'RS256' };
  writeFileSync(join(home, 'jwks.json'), JSON.stringify({ keys: [key] }));
}

const KEY_ID = 'test';

function keysUrl(home: string): string {
  return `file://${join(home, 'jwks.json')}`;
}

function signedToken(key: KeyObject, sub: string, lifetimeSeconds: number): string {
  const iat = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: 'test', aud: AUDIENCE, sub, iat, exp: iat + lifetimeSeconds, scope: 'kafka' };
  const content = `${part({ alg: 'RS256', typ: 'JWT', kid: KEY_ID })}.${part(claims)}`;
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}

/** Kafka's form of a random UUID. A leading hyphen would read as an option. */
function clusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? clusterId() : id;
}

function entryOf({ principal, resource, name, pattern, operation }: KafkaRight): AclEntry {
  const types = { topic: 'TOPIC', cluster: 'CLUSTER', group: 'GROUP' } as const;
  return {
    principal,
    host: '*',
    resourceType: AclResourceTypes[types[resource]],
    resourceName: name,
    resourcePatternType: pattern === 'literal' ? ResourcePatternTypes.LITERAL : ResourcePatternTypes.PREFIXED,
    operation: AclOperationTypes[operation],
    permissionType: AclPermissionTypes.ALLOW,
  };
}
