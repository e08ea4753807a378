import { expect, test } from 'vitest';
import { createMemorySource } from '../../src/kafka/memorySource.ts';

const PLACE = { from: 0n, shift: 0n, clusterId: null, topicId: null, mark: null };

test('a worker that ends late does not close the lane that its successor has opened', async () => {
  const record = { key: 'k', value: Buffer.from('{}'), headers: {}, timestamp: 0 };
  const source = createMemorySource({ read: () => [[record]] });
  const taken: string[] = [];
  const taker = (name: string) => ({
    take: () => void taken.push(name),
    found: () => undefined,
    stopped: () => undefined,
  });
  const closeFirst = source.open('topic', 0, PLACE, taker('first'));
  const closeSecond = source.open('topic', 0, PLACE, taker('second'));
  closeFirst();
  source.pump();
  expect(taken).toEqual(['second']);
  closeSecond();
  expect(source.pump()).toBe(0);
});
