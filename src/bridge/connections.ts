import { renewedSecret, renewedTls } from '../config/renewed.ts';
import type { DatabaseSecurityConfig, KafkaSecurityConfig, SaslConfig } from '../config/transport.ts';
import type { KafkaConnection, KafkaSasl } from '../kafka/kafkaConnection.ts';
import { kafkaFault, kafkaFaultText } from '../kafka/kafkaFault.ts';
import { createTokenSource } from '../kafka/oauthToken.ts';
import { rightSentence } from '../kafka/rights.ts';
import type { DatabaseSecurity } from '../store/postgres/clientConfig.ts';
import { databaseFault, databaseFaultText } from '../store/postgres/databaseFault.ts';
import type { RaiseAlarm } from '../telemetry/alarm.ts';

/** The cluster as the configuration says, with credentials that follow their files.
 *  @param report takes a sentence about a renewal that cannot be read
 *  @throws UnreadableSecret */
export function kafkaConnection(
  brokers: readonly string[],
  { tls, sasl }: KafkaSecurityConfig,
  report: (sentence: string) => void,
): KafkaConnection {
  const secureContext = tls && renewedTls(tls, 'KAFKA', report);
  secureContext?.();
  return {
    brokers,
    security: { ...(secureContext && { secureContext }), ...(sasl && { sasl: loginOf(sasl, report) }) },
  };
}

function loginOf(sasl: SaslConfig, report: (sentence: string) => void): KafkaSasl {
  if (sasl.mechanism === 'OAUTHBEARER') {
    const { mechanism, tokenUrl, clientId, scope } = sasl;
    const clientSecret = renewedSecret(sasl.clientSecret, 'KAFKA_OAUTH_CLIENT_SECRET_FILE', report);
    clientSecret();
    const token = createTokenSource({ tokenUrl, clientId, clientSecret, ...(scope && { scope }) });
    return { mechanism, token };
  }
  const { mechanism, user } = sasl;
  const password = renewedSecret(sasl.password, 'KAFKA_SASL_PASSWORD_FILE', report);
  password();
  return { mechanism, user, password };
}

/** The same of the database. @throws UnreadableSecret */
export function databaseSecurity(
  { tls, password }: DatabaseSecurityConfig,
  report: (sentence: string) => void,
): DatabaseSecurity {
  const secureContext = tls && renewedTls(tls, 'DATABASE', report);
  const secret = password && renewedSecret(password, 'DATABASE_PASSWORD_FILE', report);
  secureContext?.();
  secret?.();
  return { ...(secureContext && { secureContext }), ...(secret && { password: secret }) };
}

/** An outage with the same cause is one alert in this time. */
const AGAIN_MS = 15 * 60_000;

/** Turns refusals of Kafka and the database, which waiting does not mend, into operational alerts. */
export interface RefusalAlarm {
  /** @param topic that was written to */
  kafka(error: unknown, topic?: string): void;
  database(error: unknown): void;
  /** A renewed credential that cannot be read. */
  unreadable(sentence: string): void;
}

/** @param at the addresses, without passwords */
export function createRefusalAlarm(
  alarm: RaiseAlarm,
  at: { brokers: readonly string[]; database: string },
): RefusalAlarm {
  const raised = new Map<string, number>();
  const raise = (code: 'KAFKA_REFUSES' | 'DATABASE_REFUSES' | 'SECRET_UNREADABLE', detail: string) => {
    const before = raised.get(detail);
    if (before !== undefined && performance.now() - before < AGAIN_MS) return;
    raised.set(detail, performance.now());
    alarm(code, { org: '', detail });
  };
  return {
    kafka(error, topic) {
      const fault = kafkaFault(error);
      if (fault === undefined) return;
      const written = fault === 'TOPIC_RIGHTS' && topic !== undefined;
      const text = written ? rightSentence('Write', [{ topic }]) : kafkaFaultText(fault, at.brokers);
      raise('KAFKA_REFUSES', text);
    },
    database(error) {
      const fault = databaseFault(error);
      if (fault !== undefined) raise('DATABASE_REFUSES', databaseFaultText(fault, at.database));
    },
    unreadable: (sentence) => raise('SECRET_UNREADABLE', sentence),
  };
}
