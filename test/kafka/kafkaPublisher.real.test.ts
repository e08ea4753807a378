import { createKafkaPublisher } from '../../src/kafka/kafkaPublisher.ts';
import { testBrokers } from '../harness/sharedParts.ts';
import { kafkaTopics } from './kafkaTopics.ts';
import { publisherContract } from './publisherContract.ts';

publisherContract('kafkajs on a real broker', async () => {
  const brokers = await testBrokers();
  const topics = kafkaTopics(brokers);
  const open = () => createKafkaPublisher({ brokers, clientId: 'ot-bridge-test', log: () => undefined });
  const [publisher, another] = [open(), open()];
  return {
    publisher,
    another,
    topic: (partitions) => topics.create(partitions),
    read: (topic) => topics.read(topic),
    async close() {
      await publisher.close();
      await another.close();
      await topics.close();
    },
  };
});
