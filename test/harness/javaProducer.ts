import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cacheFolder } from '../../src/config/config.ts';
import { findJava } from '../../src/local/java.ts';
import { ensureKafkaJars } from '../../src/local/kafkaJars.ts';

/** Sends values with Apache Kafka's own producer, packed as asked: what most of the world's producers put on a topic. */
export async function sendWithJava(plan: {
  brokers: readonly string[];
  topic: string;
  codec: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';
  values: readonly unknown[];
}): Promise<void> {
  const jars = await ensureKafkaJars({ cacheDir: cacheFolder(process.env), log: () => undefined });
  const args = [
    ...['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(jars, '*')],
    ...['org.apache.kafka.tools.ConsoleProducer', '--bootstrap-server', plan.brokers.join(',')],
    ...['--topic', plan.topic, '--compression-codec', plan.codec],
  ];
  const producer = spawn(await findJava(), args, { stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  producer.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  producer.stdin.end(plan.values.map((value) => `${JSON.stringify(value)}\n`).join(''));
  const code = await new Promise<number | null>((resolve) => producer.once('close', resolve));
  if (code !== 0) throw new Error(`the Java producer ended with ${code}: ${said}`);
}
