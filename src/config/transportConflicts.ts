import type { Conflict } from './conflict.ts';
import { databaseUrlFault } from './databaseUrl.ts';
import type { Settings, Variable } from './environment.ts';

type Given = (name: Variable) => boolean;

const NEED_BROKERS = [
  'KAFKA_CA_FILE',
  'KAFKA_CA',
  'KAFKA_CERT_FILE',
  'KAFKA_CERTIFICATE',
  'KAFKA_KEY_FILE',
  'KAFKA_PRIVATE_KEY',
  'KAFKA_SASL_MECHANISM',
] as const;
const PASSWORDS = ['KAFKA_SASL_USER', 'KAFKA_SASL_PASSWORD_FILE', 'KAFKA_SASL_PASSWORD'] as const;
const OAUTH = [
  'KAFKA_OAUTH_TOKEN_URL',
  'KAFKA_OAUTH_CLIENT_ID',
  'KAFKA_OAUTH_CLIENT_SECRET_FILE',
  'KAFKA_OAUTH_CLIENT_SECRET',
  'KAFKA_OAUTH_SCOPE',
] as const;
const NEED_DATABASE = [
  'DATABASE_CA_FILE',
  'DATABASE_CA',
  'DATABASE_CERT_FILE',
  'DATABASE_KEY_FILE',
  'DATABASE_PASSWORD_FILE',
] as const;
/** A file, and the variable that holds its text. */
const EITHER = [
  ['KAFKA_CA', 'KAFKA_CA_FILE'],
  ['KAFKA_CERTIFICATE', 'KAFKA_CERT_FILE'],
  ['KAFKA_PRIVATE_KEY', 'KAFKA_KEY_FILE'],
  ['KAFKA_SASL_PASSWORD', 'KAFKA_SASL_PASSWORD_FILE'],
  ['KAFKA_OAUTH_CLIENT_SECRET', 'KAFKA_OAUTH_CLIENT_SECRET_FILE'],
  ['DATABASE_CA', 'DATABASE_CA_FILE'],
] as const;

/** Rules of TLS and login. @param given whether a variable is set at all */
export function transportConflicts(set: Settings, given: Given): Conflict[] {
  const both = EITHER.filter(([value, file]) => given(value) && given(file));
  return [
    ...both.map(([name, file]) => ({ name, text: `og ${file} kan ikke begge være satt` })),
    ...kafka(given),
    ...login(set, given),
    ...database(set, given),
  ];
}

function kafka(given: Given): Conflict[] {
  const alone = NEED_BROKERS.filter(given).map((name) => ({ name, text: 'virker ikke uten KAFKA_BROKERS' }));
  if (!given('KAFKA_BROKERS')) return alone;
  const certificate = given('KAFKA_CERT_FILE') || given('KAFKA_CERTIFICATE');
  const key = given('KAFKA_KEY_FILE') || given('KAFKA_PRIVATE_KEY');
  if (certificate && !key) {
    return [{ name: 'KAFKA_KEY_FILE', text: 'eller KAFKA_PRIVATE_KEY må settes med et klientsertifikat' }];
  }
  if (key && !certificate) {
    return [{ name: 'KAFKA_CERT_FILE', text: 'eller KAFKA_CERTIFICATE må settes med en nøkkel' }];
  }
  return [];
}

function login({ KAFKA_SASL_MECHANISM: mechanism }: Settings, given: Given): Conflict[] {
  const token = mechanism === 'OAUTHBEARER';
  const password = mechanism !== undefined && !token;
  const found: Conflict[] = [];
  const need = (name: Variable, other?: Variable) => {
    if (given(name) || (other && given(other))) return;
    found.push({
      name,
      text: `${other ? `eller ${other} ` : ''}må settes med KAFKA_SASL_MECHANISM=${mechanism}`,
    });
  };
  if (password) {
    need('KAFKA_SASL_USER');
    need('KAFKA_SASL_PASSWORD_FILE', 'KAFKA_SASL_PASSWORD');
  } else {
    const text = 'virker bare med KAFKA_SASL_MECHANISM SCRAM-SHA-512, SCRAM-SHA-256 eller PLAIN';
    found.push(...PASSWORDS.filter(given).map((name) => ({ name, text })));
  }
  if (token) {
    need('KAFKA_OAUTH_TOKEN_URL');
    need('KAFKA_OAUTH_CLIENT_ID');
    need('KAFKA_OAUTH_CLIENT_SECRET_FILE', 'KAFKA_OAUTH_CLIENT_SECRET');
  } else {
    const text = 'virker bare med KAFKA_SASL_MECHANISM=OAUTHBEARER';
    found.push(...OAUTH.filter(given).map((name) => ({ name, text })));
  }
  return found;
}

function database({ DATABASE_URL: url }: Settings, given: Given): Conflict[] {
  if (!given('DATABASE_URL')) {
    return NEED_DATABASE.filter(given).map((name) => ({ name, text: 'virker ikke uten DATABASE_URL' }));
  }
  if (url === undefined) return []; // unreadable: reported already
  const fault = databaseUrlFault(url);
  if (fault !== undefined) return [{ name: 'DATABASE_URL', text: fault }];
  const query = new URL(url).searchParams;
  const verified = query.get('sslmode') === 'verify-full';
  const tls = NEED_DATABASE.filter((name) => name !== 'DATABASE_PASSWORD_FILE' && given(name));
  if (!verified && tls.length > 0) {
    return tls.map((name) => ({ name, text: 'virker bare når DATABASE_URL har sslmode=verify-full' }));
  }
  const certificate = given('DATABASE_CERT_FILE') || query.has('sslcert');
  const key = given('DATABASE_KEY_FILE') || query.has('sslkey');
  if (certificate === key) return [];
  return certificate
    ? [{ name: 'DATABASE_KEY_FILE', text: 'må settes med et klientsertifikat' }]
    : [{ name: 'DATABASE_CERT_FILE', text: 'må settes med en nøkkel' }];
}
