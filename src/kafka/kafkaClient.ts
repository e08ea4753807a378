import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type ISocketFactoryArgs, Kafka, type KafkaConfig, type Mechanism, type SASLOptions } from 'kafkajs';
import type { KafkaConnection, KafkaSasl, KafkaSecurity } from './kafkaConnection.ts';
import { letKafkajsSleep } from './kafkajsIdle.ts';
import { oauthBearer } from './kafkajsOauth.ts';

const KEEP_ALIVE_MS = 60_000;
/**
 * kafkajs authenticates again when less than this is left of a session. With its default of 10 s, a session of 10 s or
 * less is authenticated again before every request; the broker refuses a second time within a second, and the send
 * fails. A session must be longer than this and that second.
 */
const REAUTHENTICATE_MS = 1_000;

/** Code of the error when the broker answers a client without TLS in TLS. */
export const TLS_EXPECTED = 'KAFKA_TLS_EXPECTED';
/** Code of the error when a broker on another machine would be reached without TLS. */
export const PLAIN_REFUSED = 'KAFKA_PLAIN_REFUSED';

/** The one place where a Kafka client is made: with TLS and login as the connection has them. */
export function kafkaClient(
  { brokers, security = {} }: KafkaConnection,
  settings: Omit<KafkaConfig, 'brokers' | 'ssl' | 'sasl' | 'socketFactory' | 'reauthenticationThreshold'>,
): Kafka {
  letKafkajsSleep();
  return new Kafka({
    ...settings,
    brokers: [...brokers],
    // The socket factory decides; kafkajs only logs it.
    ssl: security.secureContext !== undefined,
    socketFactory: (target) => socketTo(target, security),
    ...(security.sasl && { sasl: saslOptions(security.sasl) }),
    reauthenticationThreshold: REAUTHENTICATE_MS,
  });
}

/** A new connection: each reads the certificates again. */
function socketTo({ host, port, onConnect }: ISocketFactoryArgs, security: KafkaSecurity): Socket {
  const socket = security.secureContext
    ? connectTls(
        {
          host,
          port,
          secureContext: security.secureContext(),
          ...(isIP(host) === 0 && { servername: host }),
        },
        onConnect,
      )
    : plainSocket(host, port, onConnect);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  return socket;
}

function plainSocket(host: string, port: number, onConnect: () => void): Socket {
  const socket = connectPlain({ host, port });
  socket.once('connect', () => {
    // The address counts, not the name: a cluster may advertise other hosts than the configured ones.
    if (isThisMachine(socket.remoteAddress)) onConnect();
    else socket.destroy(withCode('a broker on another machine without TLS', PLAIN_REFUSED));
  });
  socket.once('data', (first: Buffer) => {
    // A TLS alert: record type 21, major version 3. As the length of an answer it would be 352 MB.
    if (first[0] === 21 && first[1] === 3) socket.destroy(withCode('the broker expects TLS', TLS_EXPECTED));
  });
  return socket;
}

function isThisMachine(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address);
}

function withCode(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

function saslOptions(sasl: KafkaSasl): SASLOptions | Mechanism {
  if (sasl.mechanism === 'OAUTHBEARER') return oauthBearer(sasl.token);
  switch (sasl.mechanism) {
    case 'PLAIN':
      return passwordLogin('plain', sasl);
    case 'SCRAM-SHA-256':
      return passwordLogin('scram-sha-256', sasl);
    case 'SCRAM-SHA-512':
      return passwordLogin('scram-sha-512', sasl);
  }
}

function passwordLogin<Mechanism extends string>(
  mechanism: Mechanism,
  { user, password }: { user: string; password: () => string },
) {
  return {
    mechanism,
    username: user,
    // kafkajs reads it at each authentication.
    get password() {
      return password();
    },
  };
}
