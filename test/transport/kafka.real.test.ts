import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kafkaConnection } from '../../src/bridge/connections.ts';
import { readConfig } from '../../src/config/config.ts';
import { kafkaClient } from '../../src/kafka/kafkaClient.ts';
import type { KafkaConnection } from '../../src/kafka/kafkaConnection.ts';
import { kafkajsLogging } from '../../src/kafka/kafkajsLog.ts';
import { createConnect } from '../../src/kafka/kafkaLink.ts';
import { createKafkaPublisher } from '../../src/kafka/kafkaPublisher.ts';
import { metadataRequest } from '../../src/kafka/protocol/metadata.ts';
import { ensureTopics } from '../../src/kafka/topics.ts';
import { startupMessage } from '../../src/local/startupMessage.ts';
import {
  PLAIN_USER,
  type SecuredKafka,
  SHORT_SESSION_MS,
  startSecuredKafka,
} from '../harness/securedKafka.ts';
import { createTestAuthority, type TestCertificate } from '../harness/testCertificates.ts';
import { until } from '../harness/until.ts';

const TOPIC = 'a-no.ot.event.bridge';
const QUIET = { clientId: 'test', ...kafkajsLogging(() => undefined) };
const USER = { name: 'ot-bridge', password: 'one' };

let server: SecuredKafka;
let issuer: Server;
let tokenUrl: string;
let asked = 0;
let lifetime = 300;
let dir: string;
let own: TestCertificate;
const file = (name: string, text: string) => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};

beforeAll(async () => {
  server = await startSecuredKafka();
  dir = mkdtempSync(join(tmpdir(), 'ot-transport-'));
  own = await server.authority.issue({ name: 'ot-bridge' });
  await server.setPassword(USER.name, USER.password);
  await server.admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: 1 }], waitForLeaders: true });
  const principals = ['CN=ot-bridge', USER.name, PLAIN_USER.name, 'ot-token'];
  await server.allow(
    principals.map((name) => ({
      principal: `User:${name}`,
      resource: 'topic',
      name: TOPIC,
      pattern: 'literal',
      operation: 'WRITE',
    })),
  );
  issuer = createServer((request, response) => {
    asked += 1;
    const right = `Basic ${Buffer.from('ot:geheim').toString('base64')}`;
    const known = request.headers.authorization === right;
    const body = known
      ? {
          access_token: server.token('ot-token', lifetime),
          token_type: 'Bearer',
          expires_in: Math.abs(lifetime),
        }
      : { error: 'invalid_client' };
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  const address = issuer.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  tokenUrl = `http://127.0.0.1:${address.port}/token`;
});
afterAll(async () => {
  issuer?.close();
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const ca = () => ({ KAFKA_CA_FILE: file('ca.pem', server.authority.ca) });
const mtls = () => ({
  ...ca(),
  KAFKA_CERT_FILE: file('own.crt', own.certificate),
  KAFKA_KEY_FILE: file('own.key', own.key),
});
const login = (KAFKA_SASL_MECHANISM: string, user = USER) => ({
  ...ca(),
  KAFKA_SASL_MECHANISM,
  KAFKA_SASL_USER: user.name,
  KAFKA_SASL_PASSWORD: user.password,
});
const token = (secret = 'geheim') => ({
  ...ca(),
  KAFKA_SASL_MECHANISM: 'OAUTHBEARER',
  KAFKA_OAUTH_TOKEN_URL: tokenUrl,
  KAFKA_OAUTH_CLIENT_ID: 'ot',
  KAFKA_OAUTH_CLIENT_SECRET: secret,
});

/** As the program makes it from its environment. */
function connectionOf(brokers: readonly string[], env: Record<string, string>): KafkaConnection {
  const read = readConfig({ KAFKA_BROKERS: brokers.join(','), ORGANISATIONS: 'a-no:40', ...env });
  if (!read.ok) throw new Error(read.message);
  const { kafka } = read.config;
  if (kafka.embedded) throw new Error('embedded');
  return kafkaConnection(kafka.brokers, kafka.security, () => undefined);
}

/** kafkajs's own requests, and ours over its connections. */
async function works(brokers: readonly string[], env: Record<string, string>): Promise<void> {
  const connection = connectionOf(brokers, env);
  const publisher = createKafkaPublisher({ ...connection, clientId: 'test', log: () => undefined });
  await publisher.publish([record()]);
  await publisher.close();
  const kafka = kafkaClient(connection, QUIET);
  const link = await createConnect(kafka)();
  const { topics } = await link.send(metadataRequest([TOPIC]), 5_000);
  link.close();
  expect(topics).toMatchObject([{ topic: TOPIC, error: 0 }]);
}

const record = () => ({
  topic: TOPIC,
  key: randomBytes(4).toString('hex'),
  value: Buffer.from('x'),
  headers: {},
  timestamp: Date.now(),
});

/** What the user reads when the program cannot start. */
async function refusal(brokers: readonly string[], env: Record<string, string>): Promise<string> {
  const topics = [{ topic: TOPIC, kind: 'bridge' as const, partitions: 1, replication: 1, config: {} }];
  try {
    await ensureTopics({ ...connectionOf(brokers, env), topics, roles: ['api'] });
    return 'no refusal';
  } catch (error) {
    return startupMessage(error, { database: '', brokers }) ?? String(error);
  }
}

describe('Kafka in a county’s network', () => {
  test('is used with a client certificate, from files or from the variables of NAIS', async () => {
    await works(server.mtls, mtls());
    await works(server.mtls, {
      KAFKA_CA: server.authority.ca,
      KAFKA_CERTIFICATE: own.certificate,
      KAFKA_PRIVATE_KEY: own.key,
    });
  });

  test('is used with a password, by SCRAM and by PLAIN', async () => {
    await works(server.sasl, login('SCRAM-SHA-512'));
    await works(server.sasl, login('PLAIN', PLAIN_USER));
  });

  test('is used with tokens, one for many connections', async () => {
    asked = 0;
    await works(server.sasl, token());
    expect(asked).toBe(1);
  });

  test('sessions and tokens that last seconds are renewed under way, and no record is lost', async () => {
    lifetime = 4;
    const sent = await Promise.all(
      [login('SCRAM-SHA-512'), token()].map(async (env) => {
        const connection = connectionOf(server.shortSessions, env);
        const lines: string[] = [];
        const log = ({ code }: { code: string }) => lines.push(code);
        const publisher = createKafkaPublisher({ ...connection, clientId: 'test', log });
        const link = await createConnect(kafkaClient(connection, QUIET))();
        const end = Date.now() + 2.5 * SHORT_SESSION_MS;
        let count = 0;
        for (; Date.now() < end; count++) {
          await publisher.publish([record()]);
          const { topics } = await link.send(metadataRequest([TOPIC]), 5_000);
          expect(topics[0]?.error).toBe(0);
        }
        link.close();
        await publisher.close();
        return { count, lines };
      }),
    );
    lifetime = 300;
    for (const { count, lines } of sent) {
      expect(count).toBeGreaterThan(10);
      expect(lines).toEqual([]);
    }
  });

  test('a certificate and a password that are renewed are used by the next connection', async () => {
    const next = await server.authority.issue({ name: 'ot-bridge' });
    const expired = await server.authority.issue({ name: 'ot-bridge', expired: true });
    // As Kubernetes does: the mounted name is a link to a folder that is exchanged whole.
    const mount = (which: TestCertificate, name: string) => {
      const [crt, key] = [file(`${name}.crt`, which.certificate), file(`${name}.key`, which.key)];
      for (const [link, target] of [
        ['tls.crt', crt],
        ['tls.key', key],
      ] as const) {
        rmSync(join(dir, link), { force: true });
        symlinkSync(target, join(dir, link));
      }
    };
    mount(own, 'first');
    const files = { ...ca(), KAFKA_CERT_FILE: join(dir, 'tls.crt'), KAFKA_KEY_FILE: join(dir, 'tls.key') };
    const kafka = kafkaClient(connectionOf(server.mtls, files), QUIET);
    const connect = createConnect(kafka);
    const open = await connect();
    mount(expired, 'second');
    await expect(connect()).rejects.toThrow();
    mount(next, 'third');
    const renewed = await connect();
    for (const link of [open, renewed]) {
      await link.send(metadataRequest([TOPIC]), 5_000);
      link.close();
    }
    unlinkSync(join(dir, 'tls.crt'));
    (await connect()).close();

    const { KAFKA_SASL_PASSWORD: _, ...scram } = login('SCRAM-SHA-512');
    const path = file('password', USER.password);
    const connection = connectionOf(server.sasl, { ...scram, KAFKA_SASL_PASSWORD_FILE: path });
    const byPassword = createConnect(kafkaClient(connection, QUIET));
    const before = await byPassword();
    await server.setPassword(USER.name, 'two');
    await until('the old password is refused', () =>
      byPassword().then(
        (link) => {
          link.close();
          return false;
        },
        () => true,
      ),
    );
    file('password', 'two\n');
    (await byPassword()).close();
    await before.send(metadataRequest([TOPIC]), 5_000);
    before.close();
    await server.setPassword(USER.name, USER.password);
  });
});

describe('a Kafka that does not let the bridge in says why in one sentence, with the cure', () => {
  test('its certificate: the CA, the validity, the name', async () => {
    const foreign = await createTestAuthority('Annen');
    const other = { ...mtls(), KAFKA_CA_FILE: file('foreign.pem', foreign.ca) };
    const said = await Promise.all([
      refusal(server.mtls, other),
      refusal(server.expired, mtls()),
      refusal(server.otherName, mtls()),
    ]);
    expect(said[0]).toMatch(/fra en CA som broen ikke stoler på: .* KAFKA_CA_FILE\.$/);
    expect(said[1]).toMatch(/utløpt eller ikke gjelder ennå: .*fornye/);
    expect(said[2]).toMatch(/for et annet vertsnavn: .* KAFKA_BROKERS/);
  });

  test('ours: none, one that has expired, one of another CA', async () => {
    const foreign = await createTestAuthority('Annen');
    const wrong = {
      expired: await server.authority.issue({ name: 'ot-bridge', expired: true }),
      foreign: await foreign.issue({ name: 'ot-bridge' }),
    };
    const said = await Promise.all([
      refusal(server.mtls, ca()),
      ...Object.entries(wrong).map(([name, { certificate, key }]) =>
        refusal(server.mtls, {
          ...ca(),
          KAFKA_CERT_FILE: file(`${name}.crt`, certificate),
          KAFKA_KEY_FILE: file(`${name}.key`, key),
        }),
      ),
    ]);
    expect(said[0]).toMatch(/krever et klientsertifikat: sett KAFKA_CERT_FILE/);
    for (const each of said.slice(1))
      expect(each).toMatch(/godtar ikke klientsertifikatet: .* KAFKA_CERT_FILE/);
  });

  test('the login: the password, the mechanism, none, one too many', async () => {
    const said = await Promise.all([
      refusal(server.sasl, login('SCRAM-SHA-512', { ...USER, password: 'wrong' })),
      refusal(server.sasl, login('PLAIN')),
      refusal(server.sasl, login('SCRAM-SHA-256')),
      refusal(server.sasl, ca()),
      refusal(server.mtls, { ...mtls(), ...login('SCRAM-SHA-512') }),
    ]);
    for (const each of said.slice(0, 2))
      expect(each).toMatch(/brukernavnet eller passordet: .* KAFKA_SASL_PASSWORD_FILE/);
    expect(said[2]).toMatch(/tilbyr ikke .* KAFKA_SASL_MECHANISM/);
    expect(said[3]).toMatch(/venter innlogging: sett KAFKA_SASL_MECHANISM/);
    expect(said[4]).toMatch(/tar ikke imot innlogging .* fjern KAFKA_SASL_MECHANISM/);
  });

  test('the token: none from the issuer, one that Kafka does not accept; neither is repeated', async () => {
    const refused = await refusal(server.sasl, token('feil-hemmelighet'));
    expect(refused).toMatch(/gir ikke noe token .* KAFKA_OAUTH_CLIENT_SECRET_FILE/);
    expect(refused).not.toContain('feil-hemmelighet');
    lifetime = -60;
    expect(await refusal(server.sasl, token())).toMatch(/godtar ikke tokenet fra utstederen/);
    lifetime = 300;
  });

  test('TLS on one side only', async () => {
    const said = await Promise.all([
      refusal(server.mtls, {}),
      refusal(server.sasl, {}),
      refusal(server.plain, ca()),
    ]);
    for (const each of said.slice(0, 2)) expect(each).toMatch(/krever TLS: .* KAFKA_CA_FILE\.$/);
    expect(said[2]).toMatch(/svarer ikke med TLS/);
  });
});
