import type { Kafka } from 'kafkajs';
import type { WireRequest } from './protocol/request.ts';

// Requests that kafkajs does not have, over kafkajs's own connections: addresses, TLS and SASL stay its own. Its
// consumer is not used: it identifies topics by name alone, takes the last stable offset for the end of the log,
// drops the whole answer when one batch is unreadable, and does not report offsets without a record.
// test/kafka/kafkaLink.real.test.ts checks the internals used here.

/** Connections to one broker until their first failure: never reconnected silently, for a broker that was away may
 *  return with another log. */
export interface KafkaLink {
  /** Sequential. @throws when the link is down, or no answer has come in time */
  send<Answer>(request: WireRequest<Answer>, waitMs: number): Promise<Answer>;
  isUp(): boolean;
  close(): void;
}

/** Opens links. Without an address: to any bootstrap broker. */
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

/** The broker does not support topic ids. */
export class KafkaTooOld extends Error {
  override readonly name = 'KafkaTooOld';
}

/** The broker does not answer. */
export class KafkaSilent extends Error {
  override readonly name = 'KafkaSilent';
}

export function createConnect(kafka: Kafka): Connect {
  const cluster = clusterOf(kafka);
  return async (address) => {
    const pool = await cluster.connectionPoolBuilder.build(address);
    const broker = cluster.brokerPool.createBroker({ connectionPool: pool, logger: cluster.rootLogger });
    const close = () => void broker.disconnect().catch(() => undefined);
    try {
      await broker.connect();
      // The first connection did the handshake.
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
      const answer = connection.send({
        request: { apiKey, apiName, apiVersion, encode: async () => ({ buf: body, buffer: body }) },
        response: {
          decode: async (bytes) => ({ payload: bytes }),
          parse: async (decoded) => decoded.payload,
        },
        requestTimeout: waitMs,
        // Its text could hold part of an answer.
        logResponseError: false,
      });
      return request.read(await within(waitMs, apiName, answer));
    },
  };
}

/** kafkajs waits for the client's general limit of 30 s when that is longer. */
async function within<Answer>(ms: number, asked: string, answer: Promise<Answer>): Promise<Answer> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new KafkaSilent(`${asked}: no answer in ${ms} ms`)), ms);
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A cluster object of kafkajs with the client's own settings; the factory is behind a symbol. */
function clusterOf(kafka: Kafka): Cluster {
  const hidden = Object.getOwnPropertySymbols(kafka).find(
    (symbol) => symbol.description === 'private:Kafka:createCluster',
  );
  const create: unknown = hidden && Reflect.get(kafka, hidden);
  if (typeof create !== 'function') throw new Error('this is not kafkajs 2.2.4');
  return create({ allowAutoTopicCreation: false }) as Cluster;
}
