import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rightsOf } from '../../src/kafka/rights.ts';
import { startRealParts } from '../harness/realParts.ts';
import { type KafkaRight, startSecuredKafka } from '../harness/securedKafka.ts';
import { ORG } from './load.ts';

/** What a measurement runs on. */
export interface BenchParts {
  brokers: string[];
  databaseUrl: string;
  kafka: { pid(): number | undefined };
  postgres: { pid(): number | undefined };
  /** The same broker over TLS with a client certificate. */
  tls?: { brokers: string[] /** With ca.pem, own.crt and own.key. */; dir: string };
  stop(): Promise<void>;
}

const OPERATIONS = { Read: 'READ', Write: 'WRITE', DescribeConfigs: 'DESCRIBE_CONFIGS' } as const;

/** @param tls a broker that has TLS and access rights too */
export async function startBenchParts(tls: boolean): Promise<BenchParts> {
  // As a server of its own would have them.
  const settings = { shared_buffers: '2GB', max_wal_size: '16GB' };
  const real = await startRealParts({ tuned: true, settings, kafka: !tls });
  const { databaseUrl, postgres } = real;
  if (!postgres) throw new Error('a measurement without PostgreSQL');
  if (!tls) {
    if (!real.kafka) throw new Error('a measurement without Kafka');
    return { brokers: real.brokers, databaseUrl, kafka: real.kafka, postgres, stop: () => real.stop() };
  }
  const secured = await startSecuredKafka({ tuned: true });
  const dir = mkdtempSync(join(tmpdir(), 'ot-bench-'));
  const own = await secured.authority.issue({ name: 'ot-bench' });
  writeFileSync(join(dir, 'ca.pem'), secured.authority.ca);
  writeFileSync(join(dir, 'own.crt'), own.certificate);
  writeFileSync(join(dir, 'own.key'), own.key);
  await secured.allow(
    rightsOf(ORG, ['consume']).flatMap(({ topic, rights }) =>
      rights.flatMap((right): KafkaRight[] =>
        right === 'Create' || right === 'Describe'
          ? []
          : [
              {
                principal: 'User:CN=ot-bench',
                resource: 'topic',
                name: topic,
                pattern: 'literal',
                operation: OPERATIONS[right],
              },
            ],
      ),
    ),
  );
  return {
    brokers: secured.plain,
    databaseUrl,
    kafka: secured,
    postgres,
    tls: { brokers: secured.mtls, dir },
    async stop() {
      await Promise.all([real.stop(), secured.stop()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
