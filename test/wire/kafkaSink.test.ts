import { createMemoryPublisher } from '../../src/kafka/memoryPublisher.ts';
import { kafkaSinkUnderTest } from './kafkaSinkUnderTest.ts';
import { sinkContract } from './sinkContract.ts';

sinkContract('Kafka, in memory', async () => {
  const publisher = createMemoryPublisher({ partitions: 3, now: Date.now });
  return kafkaSinkUnderTest(
    { sink: publisher, another: publisher },
    async (topic) => publisher.read(topic),
    () => publisher.close(),
  );
});
