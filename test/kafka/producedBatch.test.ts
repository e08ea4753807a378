import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32c } from '../../src/kafka/crc32c.ts';
import { asciiSize, encodeRecordBatch } from '../../src/kafka/producedBatch.ts';
import { headersOf, type OutgoingRecord } from '../../src/kafka/publisher.ts';

const load = createRequire(import.meta.url);
const theirRecord: (record: object) => unknown = load('kafkajs/src/protocol/recordBatch/record/v0/index.js');
const { RecordBatch: theirBatch }: { RecordBatch(batch: object): Promise<{ buffer: Buffer }> } = load(
  'kafkajs/src/protocol/recordBatch/v0/index.js',
);
const theirCrc: (bytes: Buffer) => number = load('kafkajs/src/protocol/recordBatch/crc32C/crc32C.js');

const producer = { producerId: 4711n, producerEpoch: 3, firstSequence: 99 };
const NOW = Date.UTC(2026, 10, 22);

async function theirs(records: readonly OutgoingRecord[]): Promise<Buffer> {
  const times = records.map(({ timestamp }) => timestamp ?? NOW);
  const firstTimestamp = Math.min(...times);
  const batch = await theirBatch({
    records: records.map(({ key, value, headers, timestamp }, offsetDelta) =>
      theirRecord({ key, value, headers, offsetDelta, timestampDelta: (timestamp ?? NOW) - firstTimestamp }),
    ),
    firstTimestamp,
    maxTimestamp: Math.max(...times),
    lastOffsetDelta: records.length - 1,
    ...producer,
    producerId: String(producer.producerId),
  });
  return batch.buffer;
}

const text = fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 40 }));
const record: fc.Arbitrary<OutgoingRecord> = fc.record(
  {
    topic: fc.constant('t'),
    key: text,
    value: fc.option(fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))),
    headers: fc.dictionary(text, text, { maxKeys: 9, noNullPrototype: true }),
    timestamp: fc.integer({ min: NOW - 10 ** 12, max: NOW + 10 ** 10 }),
  },
  { requiredKeys: ['topic', 'key', 'value', 'headers'] },
);

describe('record batch', () => {
  test('has, byte by byte, what kafkajs would write', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), async (records) => {
        expect(encodeRecordBatch(records, producer, NOW).equals(await theirs(records))).toBe(true);
      }),
    );
  });

  test('has headers that many records share in front of their own', async () => {
    const named = (prefix: string) =>
      fc.dictionary(
        text.map((name) => `${prefix}${name}`),
        text,
        { maxKeys: 5, noNullPrototype: true },
      );
    await fc.assert(
      fc.asyncProperty(
        named('shared-'),
        fc.array(fc.tuple(record, named('own-'), fc.boolean()), { minLength: 1, maxLength: 10 }),
        async (commonHeaders, drawn) => {
          const records = drawn.map(([each, headers, shares]) =>
            shares ? { ...each, headers, commonHeaders } : { ...each, headers },
          );
          const plain = records.map((each) => ({ ...each, headers: headersOf(each) }));
          const once = encodeRecordBatch(records, producer, NOW);
          expect(once.equals(await theirs(plain))).toBe(true);
          // From bytes that are there by now.
          expect(encodeRecordBatch(records, producer, NOW).equals(once)).toBe(true);
        },
      ),
    );
  });

  test.each([10, 8_000, 8_192, 70_000, 1_100_000])('takes a value of %i bytes', async (length) => {
    const records = [{ topic: 't', key: 'k', value: Buffer.alloc(length, 'x'), headers: {} }];
    expect(encodeRecordBatch(records, producer, NOW).equals(await theirs(records))).toBe(true);
  });

  test('two thousand records keep their places', async () => {
    const records = Array.from({ length: 2_000 }, (_, n) => ({
      topic: 't',
      key: `ref-${n}`,
      value: Buffer.from(String(n)),
      headers: { ce_id: String(n), note: n % 100 === 0 ? 'blåbær' : 'x' },
    }));
    expect(encodeRecordBatch(records, producer, NOW).equals(await theirs(records))).toBe(true);
  });

  test('an ASCII record is never larger than its estimate', () => {
    const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 500 });
    const plain = fc.record({
      topic: fc.constant('t'),
      key: ascii,
      value: fc.option(fc.uint8Array().map((bytes) => Buffer.from(bytes))),
      headers: fc.dictionary(ascii, ascii, { noNullPrototype: true }),
    });
    fc.assert(
      fc.property(plain, (each) => {
        expect(encodeRecordBatch([each], producer, NOW).length).toBeLessThanOrEqual(61 + asciiSize(each));
      }),
    );
  });
});

describe('crc32c', () => {
  test('gives the check value of the standard (RFC 3720)', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43);
  });

  test('agrees with kafkajs on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        expect(crc32c(bytes)).toBe(theirCrc(Buffer.from(bytes)));
      }),
    );
  });
});
