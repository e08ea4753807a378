import { errorTopic } from '../../src/core/messages/errorTopic.ts';
import { outTopic } from '../../src/core/messages/topic.ts';
import { createKafkaPublisher } from '../../src/kafka/kafkaPublisher.ts';
import { createMemoryPublisher, type PublishedRecord } from '../../src/kafka/memoryPublisher.ts';
import type { Publisher } from '../../src/kafka/publisher.ts';
import { topicSpecs } from '../../src/kafka/topicSpecs.ts';
import { ensureTopics } from '../../src/kafka/topics.ts';
import { createCodec } from '../../src/wire/codec.ts';
import { createKafkaSink } from '../../src/wire/kafkaSink.ts';
import { OUT_SCHEMAS } from '../golden/avro.ts';
import { testBrokers } from '../harness/sharedParts.ts';
import { kafkaTopics } from '../kafka/kafkaTopics.ts';
import { type SinkUnderTest, sinkContract } from './sinkContract.ts';

const codec = createCodec({ schemas: OUT_SCHEMAS });
const org = 'telemarkfylke-no';
const fences = { raiseFence: async () => null };

function under(
  publishers: { sink: Publisher; another: Publisher },
  read: (topic: string) => Promise<PublishedRecord[][]>,
  close: () => Promise<void>,
): SinkUnderTest {
  const sinkOn = (publisher: Publisher) =>
    createKafkaSink({ org, codec, virtualClock: false, publisher, fences });
  const received: SinkUnderTest['received'] = async (topic, ref) => {
    const log = (await read(outTopic(org, topic))).flat();
    return log.flatMap(({ key, headers }) => (key === ref ? [headers.ce_id ?? ''] : []));
  };
  return {
    sink: sinkOn(publishers.sink),
    another: sinkOn(publishers.another),
    received,
    readAgain: async (topic, ref, from) => (await received(topic, ref)).slice(from),
    async rejections() {
      return (await read(errorTopic(org, 'school-dropout'))).flat().map(({ key }) => key);
    },
    close,
  };
}

sinkContract('Kafka, in memory', async () => {
  const publisher = createMemoryPublisher({ partitions: 3, now: Date.now });
  return under(
    { sink: publisher, another: publisher },
    async (topic) => publisher.read(topic),
    () => publisher.close(),
  );
});

sinkContract('Kafka, on a real broker', async () => {
  const brokers = await testBrokers();
  await ensureTopics({
    brokers,
    topics: topicSpecs({ org, partitions: 3, replication: 1, retentionDays: 28, virtualClock: false }),
    onDifference: () => undefined,
  });
  const topics = kafkaTopics(brokers);
  const open = () => createKafkaPublisher({ brokers, clientId: 'ot-bridge-test', log: () => undefined });
  const [sink, another] = [open(), open()];
  return under(
    { sink, another },
    (topic) => topics.read(topic),
    async () => {
      await Promise.all([sink.close(), another.close(), topics.close()]);
    },
  );
});
