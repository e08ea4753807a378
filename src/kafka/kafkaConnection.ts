import type { SecureContext } from 'node:tls';

/** How a cluster is reached. Every client of the program is made from one (`kafkaClient.ts`). */
export interface KafkaConnection {
  /** `host:port` */
  brokers: readonly string[];
  /** Absent: an embedded Kafka, or one on this machine that demands nothing. */
  security?: KafkaSecurity;
}

/** Credentials are functions: a renewed file is used by the next connection, without a restart. */
export interface KafkaSecurity {
  /** The CA and the client certificate to connect with now. Absent: no TLS, which is only for this machine. */
  secureContext?: () => SecureContext;
  sasl?: KafkaSasl;
}

export type KafkaSasl =
  | {
      mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
      user: string;
      /** The password to authenticate with now. */
      password: () => string;
    }
  | {
      mechanism: 'OAUTHBEARER';
      /** A token that is still valid for a while. */
      token: () => Promise<string>;
    };
