import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { describe, expect, test } from 'vitest';
import { murmur2, partitionOf } from '../../src/kafka/murmur2.ts';

const partitionMetadata = (partitions: number) =>
  Array.from({ length: partitions }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 1,
    replicas: [1],
    isr: [1],
  }));

describe('murmur2', () => {
  // Kafka's own UtilsTest.testMurmur2.
  test.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('gives Kafka’s own hash of «%s»', (key, hash) => {
    expect(murmur2(key)).toBe(hash);
    expect(murmur2(Buffer.from(key))).toBe(hash);
  });

  // NAV's arbeidssøkerregister: record keys as 8-byte big-endian longs on 6 partitions.
  test.each([
    ['0000000000000cbb', 0],
    ['0000000000000cbc', 3],
    ['fffffffffffff5d4', 5],
    ['fffffffffffff0b9', 3],
    ['fffffffffffff125', 4],
  ])('puts NAV’s record key %s on partition %i of 6', (hex, partition) => {
    expect(partitionOf(Buffer.from(hex, 'hex'), 6)).toBe(partition);
  });

  test('puts any key where the partitioner of kafkajs puts it, and never by character instead of byte', () => {
    const partitioner = Partitioners.DefaultPartitioner();
    const key = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.uuid());
    fc.assert(
      fc.property(key, fc.integer({ min: 1, max: 50 }), (text, partitions) => {
        const theirs = partitioner({
          topic: 't',
          partitionMetadata: partitionMetadata(partitions),
          message: { key: text, value: null },
        });
        expect(partitionOf(text, partitions)).toBe(theirs);
        expect(partitionOf(Buffer.from(text), partitions)).toBe(theirs);
      }),
    );
  });
});
