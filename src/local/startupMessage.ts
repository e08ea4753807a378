import { kafkaFault, kafkaFaultText } from '../kafka/kafkaFault.ts';
import { databaseFault, databaseFaultText } from '../store/postgres/databaseFault.ts';

// A failed start as one sentence for the user. Errors written as such a sentence are shown as they are; the others
// are described by subject, without personal data.

const SHOWN: ReadonlySet<string> = new Set([
  'MissingRole',
  'StartupError',
  'NewerSchema',
  'WrongVaultKey',
  'UnreachableKafka',
  'KafkaTooOld',
  'UnknownTopic',
  'TopicsRefused',
  'RightMissing',
  'UnreadableSecret',
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
  if (/^(Kafka|Token)/.test(error.name)) {
    const fault = kafkaFault(error);
    if (fault !== undefined) return kafkaFaultText(fault, at.brokers);
    return `Når ikke Kafka på ${at.brokers.join(', ')}. Sjekk KAFKA_BROKERS og at Kafka kjører.`;
  }
  const fault = databaseFault(error);
  if (fault !== undefined) return databaseFaultText(fault, at.database);
  if (NETWORK.has(code) || /timeout/i.test(error.message)) {
    return `Når ikke databasen på ${at.database} (${code || 'tidsavbrudd'}). Sjekk DATABASE_URL og at PostgreSQL kjører.`;
  }
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
