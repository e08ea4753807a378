import { createKafkaPublisher } from '../../src/kafka/kafkaPublisher.ts';
import { topicSpecs } from '../../src/kafka/topicSpecs.ts';
import { ensureTopics } from '../../src/kafka/topics.ts';
import { testBrokers } from '../harness/sharedParts.ts';
import { kafkaTopics } from '../kafka/kafkaTopics.ts';
import { kafkaSinkUnderTest, org } from './kafkaSinkUnderTest.ts';
import { sinkContract } from './sinkContract.ts';

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
  return kafkaSinkUnderTest(
    { sink, another },
    (topic) => topics.read(topic),
    async () => {
      await Promise.all([sink.close(), another.close(), topics.close()]);
    },
  );
});
