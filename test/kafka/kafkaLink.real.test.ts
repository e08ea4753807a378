import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKafkaCluster } from '../../src/kafka/kafkaCluster.ts';
import { kafkajsLogging } from '../../src/kafka/kafkajsLog.ts';
import { type Connect, createConnect, KafkaTooOld } from '../../src/kafka/kafkaLink.ts';
import { fetchRequest } from '../../src/kafka/protocol/fetch.ts';
import { metadataRequest } from '../../src/kafka/protocol/metadata.ts';
import { testBrokers } from '../harness/sharedParts.ts';
import { kafkaTopics } from './kafkaTopics.ts';

// What is used of kafkajs's insides: a cluster object behind a symbol, its pools and brokers, a connection's `send`.

describe('requests of our own over connections of kafkajs', () => {
  let topics: ReturnType<typeof kafkaTopics>;
  let connect: Connect;
  let topic: string;
  beforeAll(async () => {
    const brokers = await testBrokers();
    topics = kafkaTopics(brokers);
    topic = await topics.create(2);
    connect = createConnect(new Kafka({ brokers, clientId: 'test', ...kafkajsLogging(() => undefined) }));
  });
  afterAll(() => topics?.close());

  test('a broker answers, and says who the cluster and the topic are', async () => {
    const link = await connect();
    const view = await link.send(metadataRequest([topic, 'no-such-topic']), 5_000);
    expect(view.clusterId).toMatch(/^[\w-]{22}$/);
    const made = view.topics.find((each) => each.topic === topic);
    expect(made).toMatchObject({ error: 0, topicId: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(made?.partitions.map(({ partition }) => partition).sort()).toEqual([0, 1]);
    expect(view.topics.find((each) => each.topic !== topic)).toMatchObject({ error: 3, partitions: [] });
    link.close();
  });

  test('answers go to their callers, in the order asked, also while a fetch waits', async () => {
    const link = await connect();
    const [made] = (await link.send(metadataRequest([topic]), 5_000)).topics;
    const asked = { topicId: made?.topicId ?? '', partition: 0, leaderEpoch: -1, offset: 0n, maxBytes: 100 };
    const plan = { partitions: [asked], maxWaitMs: 200, maxBytes: 100, committedOnly: true };
    const [fetched, view] = await Promise.all([
      link.send(fetchRequest(plan), 5_000),
      link.send(metadataRequest([topic]), 5_000),
    ]);
    expect(fetched.partitions).toMatchObject([{ partition: 0, error: 0, highWatermark: 0n }]);
    expect(view.topics[0]?.topic).toBe(topic);
    link.close();
  });

  test('a link that is down stays down: no caller goes on in another log unseen', async () => {
    const link = await connect();
    expect(link.isUp()).toBe(true);
    link.close();
    await sleep(200);
    expect(link.isUp()).toBe(false);
    await expect(link.send(metadataRequest([topic]), 1_000)).rejects.toThrow();
  });

  test('a broker that is too old is named, with the cure', async () => {
    const link = await connect();
    const request = { ...metadataRequest([topic]), apiVersion: 999 };
    await expect(link.send(request, 1_000)).rejects.toThrow(KafkaTooOld);
    await expect(link.send(request, 1_000)).rejects.toThrow('Bruk Kafka 3.1 eller nyere');
    link.close();
  });

  test('start and real end of a log, also while a transaction is open on it', async () => {
    const cluster = createKafkaCluster(connect);
    const producer = topics.kafka.producer({
      transactionalId: topic,
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [1, 2, 3].map((n) => ({ partition: 1, value: `${n}` })) });
    expect(await cluster.offsetsOf(topic, 'end')).toEqual(
      new Map([
        [0, 0n],
        [1, 3n],
      ]),
    );
    await transaction.abort();
    await topics.admin.fetchTopicOffsets(topic);
    await topics.admin.deleteTopicRecords({ topic, partitions: [{ partition: 1, offset: '2' }] });
    expect((await cluster.offsetsOf(topic, 'start')).get(1)).toBe(2n);
    expect(await cluster.partitionsOf('no-such-topic')).toBe(0);
    await producer.disconnect();
    cluster.close();
  });
});
