import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bridge, startBridge } from '../../src/bridge/bridge.ts';
import type { BridgeOptions } from '../../src/bridge/options.ts';
import { outTopic } from '../../src/core/messages/topic.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { rightsOf } from '../../src/kafka/rights.ts';
import { topicSpecs } from '../../src/kafka/topicSpecs.ts';
import { ensureTopics } from '../../src/kafka/topics.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { readTopics } from '../fault/kafkaLog.ts';
import { dropout, P01, P02, P10, P14, P16 } from '../harness/schoolDropouts.ts';
import {
  type KafkaRight,
  type SecuredKafka,
  SHORT_SESSION_MS,
  startSecuredKafka,
} from '../harness/securedKafka.ts';
import { type SecuredPostgres, startSecuredPostgres } from '../harness/securedPostgres.ts';
import { until } from '../harness/until.ts';

// The whole bridge on a Kafka with access rights and short sessions and a PostgreSQL with TLS, with exactly the rights
// that are written down, while its credentials are renewed.

const org = orgId('sikret-no');
const size = { partitions: 1, replication: 1, retentionDays: 30 };
const PRINCIPALS = ['User:ot-bridge', 'User:CN=ot-bridge'];
const ALERTS = outTopic(org, 'alert');

let kafka: SecuredKafka;
let postgres: SecuredPostgres;
let dir: string;
let bridge: Bridge;
let options: BridgeOptions;
const logLines: string[] = [];
const file = (name: string, text: string) => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return { from: 'file' as const, path };
};

const acl = (principal: string, topic: string, right: string): KafkaRight => ({
  principal,
  resource: 'topic',
  name: topic,
  pattern: 'literal',
  operation: right === 'DescribeConfigs' ? 'DESCRIBE_CONFIGS' : right === 'Read' ? 'READ' : 'WRITE',
});

beforeAll(async () => {
  [kafka, postgres] = await Promise.all([startSecuredKafka(), startSecuredPostgres()]);
  dir = mkdtempSync(join(tmpdir(), 'ot-transport-'));
  // Another made the topics: the bridge may not.
  await ensureTopics({ brokers: kafka.plain, topics: topicSpecs({ ...size, org, virtualClock: true }) });
  await kafka.allow(
    PRINCIPALS.flatMap((principal) =>
      rightsOf(org, ['consume', 'api']).flatMap(({ topic, rights }) =>
        rights.map((right) => acl(principal, topic, right)),
      ),
    ),
  );
  await kafka.setPassword('ot-bridge', 'one');
  options = {
    brokers: kafka.shortSessions,
    kafkaSecurity: {
      tls: { ca: file('kafka-ca.pem', kafka.authority.ca) },
      sasl: { mechanism: 'SCRAM-SHA-512', user: 'ot-bridge', password: file('kafka-password', 'one') },
    },
    databaseUrl: `${postgres.urlOf('another')}?sslmode=verify-full`,
    databaseSecurity: {
      tls: { ca: file('database-ca.pem', postgres.authority.ca) },
      password: file('database-password', postgres.password),
    },
    vaultKey: randomBytes(32),
    organisations: [{ id: org, county: countyNumber('40'), virtualClock: true, policy: {} }],
    environment: 'test',
    roles: { consume: true, api: true },
    topics: size,
    http: { host: '127.0.0.1', port: 0 },
    log: createLogger({ level: 'info', destination: { write: (line) => void logLines.push(line) } }),
  };
  bridge = await startBridge(options);
  await bridge.moveClock(org, '2026-10-07T07:12:00.000Z');
});
afterAll(async () => {
  await bridge?.stop();
  await Promise.all([kafka?.stop(), postgres?.stop()]);
  rmSync(dir, { recursive: true, force: true });
});

/** A school reports a dropout; resolves with the number of alerts in Kafka when its receipt is final. */
async function report(person: typeof P01): Promise<number> {
  const body = JSON.stringify(dropout(person, `avbrudd-${person.fodselsdato}`));
  const headers = { 'content-type': 'application/json' };
  const sent = await fetch(`${bridge.url}/organisations/${org}/feeds/school-dropout`, {
    method: 'POST',
    headers,
    body,
  });
  const text = await sent.text();
  expect(sent.status, text).toBe(202);
  const { receipt } = JSON.parse(text);
  const receiptNow = async () => JSON.parse(await (await fetch(`${bridge.url}${receipt}`)).text());
  await until('the receipt is final', async () => (await receiptNow()).final);
  expect(await receiptNow()).toMatchObject({ counts: { applied: 1 } });
  await bridge.awaitIdle(org);
  return (await readTopics(kafka.kafka, [ALERTS])).length;
}

const alerts = () => logLines.filter((line) => line.includes('operational.alert'));
const alerted = (what: RegExp) => until(`${what}`, async () => alerts().some((line) => what.test(line)));

test('a record becomes an alert with exactly the rights written down, also after a restart with a certificate', async () => {
  expect(await report(P01)).toBe(1);
  await bridge.stop();
  const { certificate, key } = await kafka.authority.issue({ name: 'ot-bridge' });
  const client = { certificate: file('own.crt', certificate), key: file('own.key', key) };
  const ca = file('kafka-ca.pem', kafka.authority.ca);
  bridge = await startBridge({ ...options, brokers: kafka.mtls, kafkaSecurity: { tls: { ca, client } } });
  expect(await report(P02)).toBe(2);
  await bridge.stop();
  bridge = await startBridge(options);
  expect(alerts()).toEqual([]);
});

test('passwords of Kafka and the database are renewed under way; a late renewal is an alert with the cure', async () => {
  await kafka.setPassword('ot-bridge', 'two');
  await alerted(/KAFKA_REFUSES.*godtar ikke brukernavnet eller passordet: .*KAFKA_SASL_PASSWORD_FILE/);
  file('kafka-password', 'two\n');
  await postgres.setPassword('renewed');
  await postgres.disconnectAll();
  await alerted(/DATABASE_REFUSES.*passordet i DATABASE_URL/);
  file('database-password', 'renewed\n');
  await until('the bridge is ready', async () => (await fetch(`${bridge.url}/internal/isReady`)).ok);
  const before = Date.now();
  expect(await report(P10)).toBe(3);
  // Beyond the session of every connection.
  await until('the sessions are over', async () => Date.now() - before > SHORT_SESSION_MS + 500);
  expect(await report(P14)).toBe(4);
});

test('a right that is taken away is named in an alert, and nothing is lost when it is back', async () => {
  const right = acl('User:ot-bridge', ALERTS, 'Write');
  await kafka.deny([right]);
  const waiting = report(P16);
  await alerted(/KAFKA_REFUSES.*Broen mangler retten Write til sikret-no\.ot\.event\.alert i Kafka/);
  await kafka.allow([right]);
  expect(await waiting).toBe(5);

  const feed = `${org}.ot.event.school-dropout`;
  const reading = acl('User:ot-bridge', feed, 'Read');
  await kafka.deny([reading]);
  await alerted(/LANE_STANDS.*Broen mangler retten Read til sikret-no\.ot\.event\.school-dropout/);
  await kafka.allow([reading]);
  await until('the lane goes on', async () => logLines.some((line) => line.includes('lane.goesOn')));
});
