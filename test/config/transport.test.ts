import { expect, test } from 'vitest';
import { type Environment, readConfig } from '../../src/config/config.ts';

const PEM = { CA: pem('CERTIFICATE'), CERTIFICATE: pem('CERTIFICATE'), KEY: pem('PRIVATE KEY') };
const BASE: Environment = {
  KAFKA_BROKERS: 'kafka-1:9093',
  DATABASE_URL: 'postgres://ot@db/ot?sslmode=verify-full',
  ORGANISATIONS: 'telemarkfylke-no:40',
  OT_ENVIRONMENT: 'test',
  VAULT_KEY: Buffer.alloc(32, 7).toString('base64'),
};

function pem(kind: string): string {
  return `-----BEGIN ${kind}-----\nMIIB\n-----END ${kind}-----\n`;
}

function securityOf(env: Environment) {
  const read = readConfig({ ...BASE, ...env });
  if (!read.ok) throw new Error(read.message);
  const { kafka, postgres } = read.config;
  if (kafka.embedded || postgres.embedded) throw new Error('embedded');
  return { kafka: kafka.security, database: postgres.security };
}

function refusalOf(env: Environment): string {
  const read = readConfig({ ...BASE, ...env });
  return read.ok ? '' : read.message;
}

test('to another machine there is always TLS, on this one when there is something to use', () => {
  expect(securityOf({}).kafka).toEqual({ tls: {} });
  expect(securityOf({ KAFKA_BROKERS: '127.0.0.1:9092,localhost:9093' }).kafka).toEqual({});
  expect(securityOf({ KAFKA_BROKERS: '127.0.0.1:9092,kafka-2:9093' }).kafka).toEqual({ tls: {} });
  expect(securityOf({ KAFKA_BROKERS: 'localhost:9092', KAFKA_CA_FILE: '/ca.pem' }).kafka).toEqual({
    tls: { ca: { from: 'file', path: '/ca.pem' } },
  });
});

test('the certificates of NAIS are taken as it gives them', () => {
  const nais = { KAFKA_CA: PEM.CA, KAFKA_CERTIFICATE: PEM.CERTIFICATE, KAFKA_PRIVATE_KEY: PEM.KEY };
  const value = (text: string) => ({ from: 'value', value: text.trim() });
  expect(securityOf(nais).kafka).toEqual({
    tls: { ca: value(PEM.CA), client: { certificate: value(PEM.CERTIFICATE), key: value(PEM.KEY) } },
  });
});

test('the database’s certificates are taken from the URL too, as libpq names them', () => {
  const url = `${BASE.DATABASE_URL}&sslrootcert=/ca.pem&sslcert=/own.crt&sslkey=/own.key`;
  expect(securityOf({ DATABASE_URL: url }).database.tls).toEqual({
    ca: { from: 'file', path: '/ca.pem' },
    client: { certificate: { from: 'file', path: '/own.crt' }, key: { from: 'file', path: '/own.key' } },
  });
  const system = `${BASE.DATABASE_URL}&sslrootcert=system`;
  expect(securityOf({ DATABASE_URL: system }).database.tls).toEqual({});
});

test.each([
  'postgres://ot@db/ot',
  'postgres://ot@db/ot?sslmode=disable',
  'postgres://ot@db/ot?sslmode=prefer',
  'postgres://ot@db/ot?sslmode=require',
  'postgres://ot@db/ot?sslmode=verify-ca',
  'postgres://ot@db/ot?sslmode=no-verify',
  'postgres://ot@localhost.evil.no/ot',
  'postgres://ot@10.0.0.4/ot?sslmode=require',
])('%s is refused, with the cure: it is on another machine', (DATABASE_URL) => {
  expect(refusalOf({ DATABASE_URL })).toMatch(
    /DATABASE_URL skal slutte på \?sslmode=verify-full.*DATABASE_CA_FILE/,
  );
});

test.each([
  // Each of these would turn verification off, or choose another host, if the driver read them.
  'postgres://ot@localhost/ot?host=db.fylke.no',
  'postgres://ot@db/ot?sslmode=verify-full&ssl=0',
  'postgres://ot@db/ot?sslmode=verify-full&sslmode=disable',
  'postgres://ot@db/ot?sslmode=verify-full&uselibpqcompat=true',
  'postgres://ot@db/ot?sslmode=verify-full&host=other',
  'postgres://ot@localhost/ot?ssl=no-verify',
])('%s is refused: what the parameter would do is not wanted', (DATABASE_URL) => {
  expect(refusalOf({ DATABASE_URL })).toMatch(/DATABASE_URL kan bare ha/);
});

test.each([
  'postgres://ot@localhost/ot',
  'postgres://ot@127.0.0.1:5432/ot?sslmode=disable',
  'postgres://ot@[::1]/ot',
  'postgres:///ot?host=/var/run/postgresql',
])('%s is on this machine, and needs no TLS', (DATABASE_URL) => {
  expect(securityOf({ DATABASE_URL }).database).toEqual({});
});

test.each<[Environment, RegExp]>([
  [{ KAFKA_CA: PEM.CA, KAFKA_CA_FILE: '/ca' }, /KAFKA_CA og KAFKA_CA_FILE kan ikke begge/],
  [{ KAFKA_CERT_FILE: '/crt' }, /KAFKA_KEY_FILE eller KAFKA_PRIVATE_KEY må settes/],
  [{ KAFKA_KEY_FILE: '/key' }, /KAFKA_CERT_FILE eller KAFKA_CERTIFICATE må settes/],
  [{ KAFKA_CA: 'ikke PEM' }, /KAFKA_CA skal være PEM/],
  [{ KAFKA_SASL_MECHANISM: 'GSSAPI' }, /KAFKA_SASL_MECHANISM skal være en av/],
  [{ KAFKA_SASL_MECHANISM: 'PLAIN' }, /KAFKA_SASL_USER må settes[\s\S]*KAFKA_SASL_PASSWORD_FILE eller/],
  [{ KAFKA_SASL_USER: 'ot' }, /KAFKA_SASL_USER virker bare med/],
  [{ KAFKA_SASL_MECHANISM: 'OAUTHBEARER' }, /KAFKA_OAUTH_TOKEN_URL må settes/],
  [{ KAFKA_OAUTH_SCOPE: 'kafka' }, /KAFKA_OAUTH_SCOPE virker bare med/],
  [
    { KAFKA_OAUTH_TOKEN_URL: 'http://utsteder.no/token', KAFKA_SASL_MECHANISM: 'OAUTHBEARER' },
    /KAFKA_OAUTH_TOKEN_URL skal være en https-adresse/,
  ],
  [{ DATABASE_CERT_FILE: '/crt' }, /DATABASE_KEY_FILE må settes/],
  [{ DATABASE_URL: 'postgres://localhost/ot', DATABASE_CA_FILE: '/ca' }, /DATABASE_CA_FILE virker bare når/],
  [{ KAFKA_BROKERS: undefined, KAFKA_CA_FILE: '/ca' }, /KAFKA_CA_FILE virker ikke uten KAFKA_BROKERS/],
])('what does not go together is said in a line: %o', (env, line) => {
  expect(refusalOf(env)).toMatch(line);
});
