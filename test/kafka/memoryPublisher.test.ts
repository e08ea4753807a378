import { createMemoryPublisher } from '../../src/kafka/memoryPublisher.ts';
import { publisherContract } from './publisherContract.ts';

publisherContract('in memory', async () => {
  const topics = new Map<string, number>();
  const publisher = createMemoryPublisher({ topics, now: Date.now });
  return {
    publisher,
    another: publisher,
    async topic(partitions) {
      const name = `topic-${topics.size}`;
      topics.set(name, partitions);
      return name;
    },
    read: async (topic) => publisher.read(topic),
    close: () => publisher.close(),
  };
});
