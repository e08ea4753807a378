import type { Environment } from './config.ts';
import { environment } from './environment.ts';

/** One variable as it may be shown: never a secret. Texts in bokmål. */
export interface ShownSetting {
  name: string;
  text: string;
  /** Null: not set, or set and not to be shown. */
  value: string | null;
  /** What holds when it is not set. */
  fallback: string;
  from: 'MILJOVARIABEL' | 'STANDARD';
}

type Name = keyof typeof environment.shape;

/** Shown as they are written. What is in neither of these two lists is a secret, also when it is new. */
const PLAIN: ReadonlySet<string> = new Set<Name>([
  ...(['KAFKA_BROKERS', 'DATA_DIR', 'OT_BRIDGE_CACHE', 'EMBEDDED_KAFKA_PORT', 'EMBEDDED_PG_PORT'] as const),
  ...(['HTTP_HOST', 'HTTP_PORT', 'INTERNAL_PORT', 'ORGANISATIONS', 'ROLES', 'OT_ENVIRONMENT'] as const),
  ...([
    'KEPT_YOUTHS_MB',
    'FEED_PARTITIONS',
    'TOPIC_REPLICATION',
    'FEED_RETENTION_DAYS',
    'LOG_LEVEL',
    'WEBHOOK_PORTS',
  ] as const),
  ...(['VIGO_COUNTIES', 'VIGO_OT_AT', 'VIGO_LAKTIV_AT', 'VIGO_SHRINKAGE_LIMIT'] as const),
  ...(['FINT_TOPIC', 'VIGO_OT_TOPIC', 'TRUSTED_PROXY', 'LOGIN_ACR', 'MASKINPORTEN_SCOPE_PREFIX'] as const),
  ...(['KAFKA_SASL_MECHANISM', 'KAFKA_OAUTH_SCOPE'] as const),
  ...(['LIMIT_REQUESTS_PER_MINUTE', 'LIMIT_ADDRESS_PER_MINUTE', 'LIMIT_PERSONS_PER_HOUR'] as const),
  // Where a file lies, never what is in it.
  ...(['POLICY_FILE', 'ACCESS_FILE', 'VAULT_KEY_FILE', 'AUDIT_KEY_FILE', 'AUDIT_CHECKPOINT_DIR'] as const),
  ...(['VIGO_API_KEY_FILE', 'LOGIN_CLIENT_KEY_FILE', 'KAFKA_CA_FILE', 'KAFKA_CERT_FILE'] as const),
  ...(['KAFKA_KEY_FILE', 'KAFKA_SASL_PASSWORD_FILE', 'KAFKA_OAUTH_CLIENT_SECRET_FILE'] as const),
  ...(['DATABASE_CA_FILE', 'DATABASE_CERT_FILE', 'DATABASE_KEY_FILE', 'DATABASE_PASSWORD_FILE'] as const),
]);

/** Shown without user, password and query. */
const ADDRESSES: ReadonlySet<string> = new Set<Name>([
  ...(['DATABASE_URL', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'VIGO_URL', 'EGRESS_PROXY', 'PUBLIC_URL'] as const),
  ...(['MASKINPORTEN_ISSUER', 'MASKINPORTEN_AUDIENCE', 'MASKINPORTEN_WELL_KNOWN_URL'] as const),
  ...(['MASKINPORTEN_JWKS_URI', 'LOGIN_ISSUER', 'KAFKA_OAUTH_TOKEN_URL'] as const),
]);

/** All variables, in the order of the documentation. */
export function shownSettings(env: Environment): ShownSetting[] {
  return Object.entries(environment.shape).map(([name, schema]) => {
    const { fallback, description } = schema.meta() ?? {};
    const written = env[name]?.trim() ?? '';
    return {
      name,
      text: String(description ?? ''),
      value: written === '' ? null : shown(name, written),
      fallback: String(fallback ?? ''),
      from: written === '' ? 'STANDARD' : 'MILJOVARIABEL',
    };
  });
}

function shown(name: string, written: string): string | null {
  if (PLAIN.has(name)) return written;
  if (!ADDRESSES.has(name) || !URL.canParse(written)) return null;
  const { protocol, host, pathname } = new URL(written);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
