import { resolve } from 'node:path';
import { databaseTarget } from './databaseUrl.ts';
import type { Settings } from './environment.ts';
import { isLoopback } from './loopback.ts';
import type { SecretSource } from './secretSource.ts';

// How Kafka and the database are reached. TLS is not switched on or off: it is used to every other machine, and on
// this one when there is a CA or a certificate to use.

/** PEM texts. Without `ca`: the CAs that Node itself trusts. */
export interface TlsConfig {
  ca?: SecretSource;
  client?: { certificate: SecretSource; key: SecretSource };
}

export interface KafkaSecurityConfig {
  tls?: TlsConfig;
  sasl?: SaslConfig;
}

export type SaslConfig =
  | { mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'; user: string; password: SecretSource }
  | ({ mechanism: 'OAUTHBEARER' } & OAuthConfig);

/** Client credentials (RFC 6749 section 4.4). */
export interface OAuthConfig {
  tokenUrl: string;
  clientId: string;
  clientSecret: SecretSource;
  scope?: string;
}

export interface DatabaseSecurityConfig {
  tls?: TlsConfig;
  /** In place of the URL's. */
  password?: SecretSource;
}

export function kafkaSecurityOf(set: Settings): KafkaSecurityConfig {
  const ca = sourceOf(set.KAFKA_CA, set.KAFKA_CA_FILE);
  const certificate = sourceOf(set.KAFKA_CERTIFICATE, set.KAFKA_CERT_FILE);
  const key = sourceOf(set.KAFKA_PRIVATE_KEY, set.KAFKA_KEY_FILE);
  const elsewhere = (set.KAFKA_BROKERS ?? []).some((broker) => !isLoopback(hostOf(broker)));
  const sasl = saslOf(set);
  return {
    ...((elsewhere || ca || certificate) && { tls: tlsOf(ca, certificate, key) }),
    ...(sasl && { sasl }),
  };
}

/** Of a URL that `databaseUrlFault` has found right. */
export function databaseSecurityOf(set: Settings): DatabaseSecurityConfig {
  const { tls, files } = databaseTarget(set.DATABASE_URL ?? '');
  const ca = sourceOf(set.DATABASE_CA, set.DATABASE_CA_FILE ?? files.ca);
  const certificate = sourceOf(undefined, set.DATABASE_CERT_FILE ?? files.certificate);
  const key = sourceOf(undefined, set.DATABASE_KEY_FILE ?? files.key);
  const password = sourceOf(undefined, set.DATABASE_PASSWORD_FILE);
  return { ...(tls && { tls: tlsOf(ca, certificate, key) }), ...(password && { password }) };
}

function tlsOf(ca?: SecretSource, certificate?: SecretSource, key?: SecretSource): TlsConfig {
  return { ...(ca && { ca }), ...(certificate && key && { client: { certificate, key } }) };
}

function saslOf(set: Settings): SaslConfig | undefined {
  const mechanism = set.KAFKA_SASL_MECHANISM;
  if (!mechanism) return undefined;
  if (mechanism === 'OAUTHBEARER') {
    const clientSecret = sourceOf(set.KAFKA_OAUTH_CLIENT_SECRET, set.KAFKA_OAUTH_CLIENT_SECRET_FILE);
    const {
      KAFKA_OAUTH_TOKEN_URL: tokenUrl,
      KAFKA_OAUTH_CLIENT_ID: clientId,
      KAFKA_OAUTH_SCOPE: scope,
    } = set;
    if (!tokenUrl || !clientId || !clientSecret) return undefined; // reported by conflicts()
    return { mechanism, tokenUrl, clientId, clientSecret, ...(scope && { scope }) };
  }
  const password = sourceOf(set.KAFKA_SASL_PASSWORD, set.KAFKA_SASL_PASSWORD_FILE);
  if (!set.KAFKA_SASL_USER || !password) return undefined; // reported by conflicts()
  return { mechanism, user: set.KAFKA_SASL_USER, password };
}

function sourceOf(value: string | undefined, path: string | undefined): SecretSource | undefined {
  if (value) return { from: 'value', value };
  return path ? { from: 'file', path: resolve(path) } : undefined;
}

function hostOf(broker: string): string {
  return broker.slice(0, broker.lastIndexOf(':'));
}
