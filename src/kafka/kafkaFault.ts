import { type TlsFault, tlsFault, tlsFaultText } from '../core/tlsFault.ts';
import { PLAIN_REFUSED, TLS_EXPECTED } from './kafkaClient.ts';
import { errorName } from './kafkajsLog.ts';

/** Why Kafka was not let in to, when waiting does not help. */
export type KafkaFault =
  | TlsFault
  /** A client without TLS at a port with TLS. */
  | 'TLS_EXPECTED'
  /** A client without TLS, and a broker on another machine. */
  | 'PLAIN_REFUSED'
  | 'PASSWORD'
  | 'MECHANISM'
  /** The broker does not accept the token. */
  | 'TOKEN'
  /** The issuer gives no token. */
  | 'TOKEN_REFUSED'
  /** A login at a port that takes none. */
  | 'NO_LOGIN'
  /** The connection is closed without an answer, as a port does that waits for a login. */
  | 'LOGIN_EXPECTED'
  | 'TOPIC_RIGHTS'
  | 'CLUSTER_RIGHTS';

const NAMES: Readonly<Record<string, KafkaFault>> = {
  [TLS_EXPECTED]: 'TLS_EXPECTED',
  [PLAIN_REFUSED]: 'PLAIN_REFUSED',
  KafkaJSSASLAuthenticationError: 'PASSWORD',
  UNSUPPORTED_SASL_MECHANISM: 'MECHANISM',
  TokenNotAccepted: 'TOKEN',
  ILLEGAL_SASL_STATE: 'NO_LOGIN',
  TOPIC_AUTHORIZATION_FAILED: 'TOPIC_RIGHTS',
  CLUSTER_AUTHORIZATION_FAILED: 'CLUSTER_RIGHTS',
};

/** @param error thrown by a Kafka client, also as the cause of another */
export function kafkaFault(error: unknown): KafkaFault | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each.name === 'TokenRefused') return 'TOKEN_REFUSED';
    // Node's words for a connection that ends before TLS is set up; the code alone would be any lost connection's.
    if (each.message.includes('before secure TLS connection was established')) return 'NO_TLS';
  }
  const name = errorName(error);
  return NAMES[name] ?? tlsFault(name);
}

/** The same of a first connection: then a port that closes it waits for a login. */
export function firstKafkaFault(error: unknown): KafkaFault | undefined {
  return (
    kafkaFault(error) ?? (errorName(error) === 'KafkaJSConnectionClosedError' ? 'LOGIN_EXPECTED' : undefined)
  );
}

/** A sentence in bokmål with the cure. @param brokers `host:port` */
export function kafkaFaultText(fault: KafkaFault, brokers: readonly string[]): string {
  const server = `Kafka på ${brokers.join(', ')}`;
  switch (fault) {
    case 'TLS_EXPECTED':
      return `${server} krever TLS: legg CA-en som har utstedt sertifikatene der, i KAFKA_CA_FILE.`;
    case 'PLAIN_REFUSED':
      return `${server} viser videre til en annen maskin uten TLS: sett KAFKA_CA_FILE, og bruk en port med TLS i KAFKA_BROKERS.`;
    case 'PASSWORD':
      return `${server} godtar ikke brukernavnet eller passordet: sjekk KAFKA_SASL_USER og KAFKA_SASL_PASSWORD_FILE.`;
    case 'MECHANISM':
      return `${server} tilbyr ikke innloggingen i KAFKA_SASL_MECHANISM: velg en som er slått på der (sasl.enabled.mechanisms).`;
    case 'TOKEN':
      return `${server} godtar ikke tokenet fra utstederen: sjekk KAFKA_OAUTH_CLIENT_ID og KAFKA_OAUTH_SCOPE, og at klyngen stoler på utstederen og mottakeren i tokenet (aud).`;
    case 'TOKEN_REFUSED':
      return `Utstederen i KAFKA_OAUTH_TOKEN_URL gir ikke noe token til Kafka: sjekk adressen, KAFKA_OAUTH_CLIENT_ID og KAFKA_OAUTH_CLIENT_SECRET_FILE.`;
    case 'NO_LOGIN':
      return `${server} tar ikke imot innlogging på denne porten: bruk porten med SASL i KAFKA_BROKERS, eller fjern KAFKA_SASL_MECHANISM.`;
    case 'LOGIN_EXPECTED':
      return `${server} lukker forbindelsen uten svar, som en port gjør når den venter innlogging: sett KAFKA_SASL_MECHANISM, eller bruk en port uten i KAFKA_BROKERS.`;
    case 'TOPIC_RIGHTS':
      return `${server} lar ikke broen bruke et av emnene: gi rettighetene som «npm run ot -- rettigheter» skriver ut.`;
    case 'CLUSTER_RIGHTS':
      return `${server} gir ikke broen en rett til klyngen: gi rettighetene som «npm run ot -- rettigheter» skriver ut.`;
    default:
      return tlsFaultText(fault, { server, prefix: 'KAFKA', list: 'KAFKA_BROKERS' });
  }
}
