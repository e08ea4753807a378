import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OUT_TOPICS } from '../../src/core/messages/messages.ts';
import { orgId } from '../../src/core/organisation.ts';
import { FEEDS } from '../../src/core/youth/statusEvent.ts';
import { createKafkaPublisher } from '../../src/kafka/kafkaPublisher.ts';
import { createKafkaSource } from '../../src/kafka/kafkaSource.ts';
import { type TopicSpec, topicSpecs } from '../../src/kafka/topicSpecs.ts';
import { ensureTopics, TopicsRefused, UnreachableKafka } from '../../src/kafka/topics.ts';
import { testBrokers } from '../harness/sharedParts.ts';
import { kafkaTopics } from './kafkaTopics.ts';

const size = { partitions: 2, replication: 1, retentionDays: 30 };
const DAY_MS = 86_400_000;

describe('topic specifications', () => {
  const real = topicSpecs({ ...size, org: orgId('telemarkfylke-no'), virtualClock: false });
  const sample = topicSpecs({ ...size, org: orgId('vtfk-no'), virtualClock: true });
  const configOf = (specs: TopicSpec[], name: string) =>
    specs.find(({ topic }) => topic.endsWith(name))?.config ?? {};

  test('every feed has a topic and an error topic, and every out topic is there', () => {
    expect(real).toHaveLength(2 * FEEDS.length + OUT_TOPICS.length + 1);
    expect(real.map(({ topic }) => topic)).toContain('telemarkfylke-no.ot.event.school-dropout');
    expect(real.map(({ topic }) => topic)).toContain('telemarkfylke-no.ot.event.error.school-dropout');
    expect(real.map(({ topic }) => topic)).toContain('telemarkfylke-no.ot.entity.ot-ungdom');
    expect(new Set(real.map(({ topic }) => topic)).size).toBe(real.length);
  });

  test('the feeds of a real organisation carry the moment Kafka took them; what goes out carries the sender’s', () => {
    for (const feed of FEEDS) {
      expect(configOf(real, `ot.event.${feed}`)['message.timestamp.type']).toBe('LogAppendTime');
      expect(configOf(real, `ot.event.${feed}`)['retention.ms']).toBe(String(30 * DAY_MS));
    }
    expect(configOf(real, 'ot.event.status')['message.timestamp.type']).toBe('CreateTime');
  });

  test('nothing of an organisation with a virtual clock is deleted by its time', () => {
    for (const { topic, config } of sample) {
      expect(config['retention.ms'], topic).toBe('-1');
      expect(config['message.timestamp.type'], topic).toBe('CreateTime');
    }
  });

  test('ot-ungdom is compacted, and keeps a tombstone for a week', () => {
    for (const specs of [real, sample]) {
      const config = configOf(specs, 'ot-ungdom');
      expect(config['cleanup.policy']).toBe('compact');
      expect(config['delete.retention.ms']).toBe(String(7 * DAY_MS));
    }
  });

  test('three replicas acknowledge with two', () => {
    const [spec] = topicSpecs({ ...size, replication: 3, org: orgId('a'), virtualClock: false });
    expect(spec?.config['min.insync.replicas']).toBe('2');
  });
});

describe('ensuring topics on a real broker', () => {
  let brokers: string[];
  let kafka: ReturnType<typeof kafkaTopics>;
  const org = orgId(`test-${randomUUID().slice(0, 8)}`);
  beforeAll(async () => {
    brokers = await testBrokers();
    kafka = kafkaTopics(brokers);
  });
  afterAll(() => kafka.close());

  test('missing topics are created as specified, a second time changes and reports nothing', async () => {
    const topics = topicSpecs({ ...size, org, virtualClock: true });
    const differences: string[] = [];
    await ensureTopics({ brokers, topics, onDifference: (difference) => differences.push(difference) });
    await ensureTopics({ brokers, topics, onDifference: (difference) => differences.push(difference) });
    expect(differences).toEqual([]);
    const { topics: found } = await kafka.admin.fetchTopicMetadata({
      topics: topics.map(({ topic }) => topic),
    });
    expect(found.map(({ partitions }) => partitions.length)).toEqual(topics.map(() => 2));
  });

  test('two instances that start at the same time do not disturb each other', async () => {
    const topics = topicSpecs({ ...size, org: orgId(`${org}-twice`), virtualClock: false });
    await Promise.all([ensureTopics({ brokers, topics }), ensureTopics({ brokers, topics })]);
  });

  test('a topic that a broker does not know yet is waited for: its lanes would never be read', async () => {
    const known = await kafka.create(2);
    const late = `${org}.ot.event.late`;
    const source = createKafkaSource({
      brokers,
      clientId: 'test',
      log: () => undefined,
      digest: () => 0n,
      onTrouble: () => undefined,
    });
    const started = source.start([known, late]);
    try {
      expect(await Promise.race([started, sleep(500, 'waiting')])).toBe('waiting');
      await kafka.admin.createTopics({ topics: [{ topic: late, numPartitions: 3 }], waitForLeaders: false });
      expect(await started).toEqual(
        new Map([
          [known, 2],
          [late, 3],
        ]),
      );
    } finally {
      await source.stop();
    }
  });

  test('an existing topic that differs is reported and left as it is', async () => {
    const topic = await kafka.create(1, { 'retention.ms': '1000' });
    const config = { 'retention.ms': '2000', 'cleanup.policy': 'delete' };
    const differences: string[] = [];
    const wanted = [{ topic, kind: 'out' as const, partitions: 3, replication: 1, config }];
    await ensureTopics({
      brokers,
      topics: wanted,
      onDifference: (difference) => differences.push(difference),
    });
    expect(differences).toEqual([
      `${topic}: antall partisjoner er 1, ventet 3`,
      `${topic}: retention.ms er 1000, ventet 2000`,
    ]);
    const { topics } = await kafka.admin.fetchTopicMetadata({ topics: [topic] });
    expect(topics[0]?.partitions).toHaveLength(1);
  });

  test('a virtual clock may be in 2020 or years ahead, and its records stay', async () => {
    const topics = topicSpecs({ ...size, org: orgId(`${org}-clock`), virtualClock: true });
    await ensureTopics({ brokers, topics });
    const publisher = createKafkaPublisher({ brokers, clientId: 'test', log: () => undefined });
    const times = [Date.UTC(2020, 2, 15), Date.now() + 1_000 * DAY_MS];
    const topic = `${org}-clock.ot.event.school-dropout`;
    const record = { topic, key: 'ref-1', value: Buffer.from('x'), headers: {} };
    await publisher.publish(times.map((timestamp) => ({ ...record, timestamp })));
    await publisher.close();
    expect((await kafka.read(topic)).flat().map(({ timestamp }) => timestamp)).toEqual(times);
  });

  test('more replicas than nodes is refused in one sentence that names the topic', async () => {
    const topics = [
      { topic: `${org}.too.many`, kind: 'out' as const, partitions: 1, replication: 3, config: {} },
    ];
    const refused = ensureTopics({ brokers, topics, retryForMs: 1_000 });
    await expect(refused).rejects.toBeInstanceOf(TopicsRefused);
    await expect(refused).rejects.toThrow(
      `Kafka oppretter ikke ${org}.too.many (INVALID_REPLICATION_FACTOR)`,
    );
  });
});

describe('ensuring topics without a broker', () => {
  const topics = topicSpecs({ ...size, org: orgId('a'), virtualClock: false });

  test('a closed port is named in one sentence', async () => {
    const refused = ensureTopics({ brokers: ['127.0.0.1:1'], topics, retryForMs: 1_000 });
    await expect(refused).rejects.toBeInstanceOf(UnreachableKafka);
    await expect(refused).rejects.toThrow('Når ikke Kafka på 127.0.0.1:1 (ECONNREFUSED)');
  });

  test('a port that accepts and never answers is given up in time', async () => {
    const server = createServer((socket) => void socket.on('error', () => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const began = Date.now();
    const refused = ensureTopics({ brokers: [`127.0.0.1:${address.port}`], topics, retryForMs: 1_500 });
    await expect(refused).rejects.toThrow(`Når ikke Kafka på 127.0.0.1:${address.port}`);
    expect(Date.now() - began).toBeLessThan(4_000);
    server.close();
  });
});
