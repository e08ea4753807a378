// A failed start as one sentence for the user. Errors written as such a sentence are shown as they are; the others
// are described by subject, without personal data.

const SHOWN: ReadonlySet<string> = new Set([
  'StartupError',
  'NewerSchema',
  'WrongVaultKey',
  'UnreachableKafka',
  'KafkaTooOld',
  'UnknownTopic',
]);
const NETWORK: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ECONNRESET',
  'EAI_AGAIN',
]);

/** @param at where the database should be, host and port only */
export function startupMessage(
  error: unknown,
  at: { database: string; brokers: readonly string[] },
): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (SHOWN.has(error.name)) return error.message;
  const code = codeOf(error);
  if (code === 'EADDRINUSE') return error.message;
  if (/^Kafka/.test(error.name))
    return `Når ikke Kafka på ${at.brokers.join(', ')}. Sjekk KAFKA_BROKERS og at Kafka kjører.`;
  if (NETWORK.has(code) || /timeout/i.test(error.message)) {
    return `Når ikke databasen på ${at.database} (${code || 'tidsavbrudd'}). Sjekk DATABASE_URL og at PostgreSQL kjører.`;
  }
  if (code === '28P01' || code === '28000')
    return `Databasen på ${at.database} godtar ikke brukernavnet eller passordet i DATABASE_URL.`;
  if (code === '3D000')
    return `Databasen som DATABASE_URL nevner, finnes ikke på ${at.database}. Opprett den først.`;
  if (code === '42501')
    return `Brukeren i DATABASE_URL mangler rett til å opprette tabeller på ${at.database}.`;
  return undefined;
}

/** Host and port of a connection string; never its password. */
export function databaseAddress(url: string): string {
  return URL.canParse(url) ? new URL(url).host || 'lokal sokkel' : 'en adresse som ikke kan leses';
}

function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  // A connection tried on several addresses fails with all of them.
  if (error instanceof AggregateError)
    return (
      error.errors.map((each: unknown) => (each instanceof Error ? codeOf(each) : '')).find(Boolean) ?? ''
    );
  return error.cause instanceof Error ? codeOf(error.cause) : '';
}
