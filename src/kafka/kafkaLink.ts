import type { Kafka } from 'kafkajs';
import type { WireRequest } from './protocol/request.ts';

// Requests that kafkajs does not know, over connections that it makes: addresses, TLS and SASL stay its own. Its
// consumer has no use here: it knows topics by name alone, takes the last stable offset for the end of the log, throws
// the whole answer away when one batch cannot be read, and tells nobody of offsets without a record.
// What is used of its insides is held by test/kafka/kafkaLink.test.ts.

/** Connections to one broker, from their birth to their first failure: they are never quietly made anew, for a broker
 *  that was away may come back with another log. */
export interface KafkaLink {
  /** One after the other, in the order asked. @throws when the link is down, or no answer has come in time */
  send<Answer>(request: WireRequest<Answer>, waitMs: number): Promise<Answer>;
  isUp(): boolean;
  close(): void;
}

/** Makes links. Without an address: to any broker that the client was told of. */
export type Connect = (address?: { host: string; port: number }) => Promise<KafkaLink>;

interface Connection {
  isConnected(): boolean;
  send(protocol: {
    request: { apiKey: number; apiName: string; apiVersion: number; encode(): Promise<Encoded> };
    response: {
      decode(payload: Buffer): Promise<{ payload: Buffer }>;
      parse(decoded: { payload: Buffer }): Promise<Buffer>;
    };
    requestTimeout: number;
    logResponseError: boolean;
  }): Promise<Buffer>;
}
interface Encoded {
  buf: Buffer;
  buffer: Buffer;
}
interface Pool {
  getConnection(index: number): Promise<Connection>;
}
interface Broker {
  versions: Record<number, { minVersion: number; maxVersion: number }>;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
}
interface Cluster {
  connectionPoolBuilder: { build(address?: { host: string; port: number }): Promise<Pool> };
  brokerPool: { createBroker(parts: { connectionPool: Pool; logger: unknown }): Broker };
  rootLogger: unknown;
}

/** The broker is older than what topic ids need. */
export class KafkaTooOld extends Error {
  override readonly name = 'KafkaTooOld';
}

export function createConnect(kafka: Kafka): Connect {
  const cluster = clusterOf(kafka);
  return async (address) => {
    const pool = await cluster.connectionPoolBuilder.build(address);
    const broker = cluster.brokerPool.createBroker({ connectionPool: pool, logger: cluster.rootLogger });
    const close = () => void broker.disconnect().catch(() => undefined);
    try {
      await broker.connect();
      // The first carried the handshake.
      return linkOf(broker, await pool.getConnection(0), close);
    } catch (error) {
      close();
      throw error;
    }
  };
}

function linkOf(broker: Broker, connection: Connection, close: () => void): KafkaLink {
  return {
    isUp: () => connection.isConnected(),
    close,
    async send(request, waitMs) {
      const { apiKey, apiName, apiVersion, body } = request;
      const known = broker.versions[apiKey];
      if (known && known.maxVersion < apiVersion) {
        throw new KafkaTooOld(
          `Kafka er for gammel: ${apiName} ${apiVersion} mangler. Bruk Kafka 3.1 eller nyere.`,
        );
      }
      const payload = await connection.send({
        request: { apiKey, apiName, apiVersion, encode: async () => ({ buf: body, buffer: body }) },
        response: {
          decode: async (bytes) => ({ payload: bytes }),
          parse: async (decoded) => decoded.payload,
        },
        requestTimeout: waitMs,
        // Its text could hold part of an answer.
        logResponseError: false,
      });
      return request.read(payload);
    },
  };
}

/** A cluster object of kafkajs with the client's own settings; it hides the way to it behind a symbol. */
function clusterOf(kafka: Kafka): Cluster {
  const hidden = Object.getOwnPropertySymbols(kafka).find(
    (symbol) => symbol.description === 'private:Kafka:createCluster',
  );
  const create: unknown = hidden && Reflect.get(kafka, hidden);
  if (typeof create !== 'function') throw new Error('this is not kafkajs 2.2.4');
  return create({ allowAutoTopicCreation: false }) as Cluster;
}
