import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { environment } from '../../src/config/environment.ts';
import { waysToRun } from './manifests.ts';

const ways = waysToRun();
/** Node's own. */
const NODE_ENV = 'NODE_ENV';

/** Variables that no way to run the bridge sets, each with why. A new one is set, or is named here. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  DATA_DIR: 'nothing of its own is stored: Kafka and the database are elsewhere',
  OT_BRIDGE_CACHE: 'embedded Kafka',
  EMBEDDED_KAFKA_PORT: 'embedded Kafka',
  EMBEDDED_PG_PORT: 'embedded PostgreSQL',
  POLICY: 'POLICY_FILE',
  VAULT_KEY: 'a secret is a file',
  FEED_PARTITIONS: 'the default',
  FEED_RETENTION_DAYS: 'the default',
  KEPT_YOUTHS_MB: 'the default',
  LOG_LEVEL: 'the default',
  WEBHOOK_PORTS: 'the default',
  EGRESS_PROXY: 'for a network that lets nothing out without one',
  FINT_TOPIC: 'for a county whose systems follow FINT’s topic',
  VIGO_OT_TOPIC: 'for a county that takes the rows to VIGO from a topic',
  VIGO_URL: 'for a county that fetches from VIGO',
  VIGO_API_KEY_FILE: 'with VIGO_URL',
  VIGO_API_KEY: 'a secret is a file',
  VIGO_COUNTIES: 'with VIGO_URL',
  VIGO_OT_AT: 'with VIGO_URL',
  VIGO_LAKTIV_AT: 'with VIGO_URL',
  VIGO_SHRINKAGE_LIMIT: 'with VIGO_URL',
  MASKINPORTEN_DELEGATION_SOURCE: 'the default of the environment',
  LOGIN_RESOURCE: 'for Ansattporten with a resource in Altinn',
  LOGIN_ACR: 'the default of the issuer',
  LOGIN_TENANT: 'for Entra ID',
  KAFKA_SASL_PASSWORD: 'a secret is a file',
  KAFKA_OAUTH_TOKEN_URL: 'for a cluster with OAUTHBEARER',
  KAFKA_OAUTH_CLIENT_ID: 'with OAUTHBEARER',
  KAFKA_OAUTH_CLIENT_SECRET_FILE: 'with OAUTHBEARER',
  KAFKA_OAUTH_CLIENT_SECRET: 'a secret is a file',
  KAFKA_OAUTH_SCOPE: 'with OAUTHBEARER',
  DATABASE_CA: 'a file',
  DATABASE_CERT_FILE: 'for a database that logs in by certificate',
  DATABASE_KEY_FILE: 'for a database that logs in by certificate',
  LIMIT_REQUESTS_PER_MINUTE: 'the default',
  LIMIT_ADDRESS_PER_MINUTE: 'the default',
  LIMIT_PERSONS_PER_HOUR: 'the default',
};

describe.each(ways)('$name', ({ variables }) => {
  test('sets variables that exist', () => {
    const known = new Set([...Object.keys(environment.shape), NODE_ENV]);
    expect(Object.keys(variables).filter((name) => !known.has(name))).toEqual([]);
  });

  test('is an installation the bridge starts with', () => {
    const read = readConfig(variables);
    expect(read.ok ? '' : read.message).toBe('');
  });

  test('holds no secret: each is a file, but those that the platform gives as text', () => {
    const secret = /PASSWORD|SECRET|(?<!PUBLIC_)KEY|TOKEN/;
    const given = new Set(['KAFKA_PRIVATE_KEY']);
    const names = Object.keys(variables).filter((name) => secret.test(name) && !given.has(name));
    expect(names.filter((name) => !name.endsWith('_FILE'))).toEqual([]);
    expect(new URL(variables.DATABASE_URL ?? '').password).toBe('');
  });
});

test('every variable of the bridge is set in some way to run it, or it is said why not', () => {
  const set = new Set(ways.flatMap(({ variables }) => Object.keys(variables)));
  const all = Object.keys(environment.shape);
  expect(all.filter((name) => !set.has(name) && !Object.hasOwn(LEFT_OUT, name))).toEqual([]);
  expect(Object.keys(LEFT_OUT).filter((name) => set.has(name))).toEqual([]);
});
