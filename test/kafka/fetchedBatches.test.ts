import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { compressFrameSync } from 'lz4-napi';
import { compressSync } from 'snappy';
import { describe, expect, test } from 'vitest';
import { MOST_UNPACKED } from '../../src/kafka/batch/records.ts';
import { crc32c } from '../../src/kafka/crc32c.ts';
import { readFetched } from '../../src/kafka/fetchedBatches.ts';
import { ROW, SYNC_TYPE, TRACEPARENT } from '../../src/kafka/headers.ts';
import { encodeRecordBatch } from '../../src/kafka/producedBatch.ts';
import type { OutgoingRecord } from '../../src/kafka/publisher.ts';
import { realBatch } from './batch/realBatches.ts';

const NOBODY = { producerId: -1n, producerEpoch: -1, firstSequence: -1 };
const ATTRIBUTES_AT = 21;
const RECORDS_AT = 61;

const out = (value: string | null, headers: Record<string, string> = {}): OutgoingRecord => ({
  topic: 't',
  key: 'k',
  value: value === null ? null : Buffer.from(value),
  headers,
  timestamp: 1_760_000_000_000,
});
const plain = (...values: string[]) =>
  encodeRecordBatch(
    values.map((value) => out(value)),
    NOBODY,
    0,
  );

/** The batch with another body and codec, sealed again. */
function packed(batch: Buffer, codec: number, body: Buffer): Buffer {
  const made = Buffer.concat([batch.subarray(0, RECORDS_AT), body]);
  made.writeInt32BE(made.length - 12, 8);
  made.writeInt16BE(codec, ATTRIBUTES_AT);
  return sealed(made);
}
function sealed(batch: Buffer): Buffer {
  batch.writeUInt32BE(crc32c(batch, ATTRIBUTES_AT), 17);
  return batch;
}
const at = (batch: Buffer, offset: bigint) => {
  batch.writeBigInt64BE(offset, 0);
  return batch;
};
const read = (records: Buffer, from = 0n, aborted: { producerId: bigint; firstOffset: bigint }[] = []) =>
  readFetched({ records, aborted }, from, 0n);
const texts = (found: ReturnType<typeof read>) => found.records.map(({ value }) => String(value));

test('the key is kept of a record without a value, and of no other', () => {
  const found = read(encodeRecordBatch([out('a'), out(null), out('b')], NOBODY, 0));
  expect(found.records.map(({ key, value }) => [key?.toString(), value?.toString()])).toEqual([
    [undefined, 'a'],
    ['k', undefined],
    [undefined, 'b'],
  ]);
});

describe('what real brokers answer', () => {
  test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)('Java’s producer with %s', (codec) => {
    const found = read(realBatch(codec).records);
    expect(found).toMatchObject({ next: 3n, unreadable: null });
    expect(found.records.map(({ offset }) => offset)).toEqual([0n, 1n, 2n]);
    expect(JSON.parse(String(found.records[2]?.value))).toMatchObject({ id: `${codec}-2` });
    // It has two, and neither is of ours.
    expect(found.records[2]?.headers).toEqual({});
    expect(found.records[0]?.timestamp).toBeGreaterThan(1_700_000_000_000);
  });

  test('what was taken back is left out, what another producer sent between is not, and markers are passed', () => {
    const { records, aborted } = realBatch('transactions');
    const found = read(records, 0n, aborted);
    expect(texts(found)).toEqual(['stays', 'plain between', 'stays too']);
    expect(found.next).toBe(7n);
    // From the middle of the transaction that was taken back, and from its marker.
    expect(texts(read(records, 3n, aborted))).toEqual(['plain between', 'stays too']);
    expect(texts(read(records, 4n, aborted))).toEqual(['stays too']);
    expect(read(records, 6n, aborted)).toEqual({ records: [], next: 7n, unreadable: null });
  });
});

describe('what cannot be read', () => {
  const [good, bad] = [at(plain('a', 'b'), 0n), () => at(plain('c', 'd'), 2n)];
  const after = at(plain('e'), 4n);
  const all = (middle: Buffer) => read(Buffer.concat([good, middle, after]));

  test('stops at its own place, behind what comes before it, and names where its header says that it ends', () => {
    const broken = bad();
    broken[RECORDS_AT + 9] = (broken[RECORDS_AT + 9] ?? 0) ^ 1;
    const found = all(broken);
    expect(texts(found)).toEqual(['a', 'b']);
    expect(found).toMatchObject({ next: 2n, unreadable: { reason: 'CHECKSUM', upto: 4n } });
  });

  test.each([
    ['CODEC', () => packed(bad(), 5, Buffer.from('?'))],
    ['COMPRESSION', () => packed(bad(), 1, Buffer.from('no gzip'))],
    ['COMPRESSION', () => packed(bad(), 2, Buffer.from('no snappy'))],
    ['COMPRESSION', () => packed(bad(), 3, Buffer.from('no lz4 at all'))],
    ['COMPRESSION', () => packed(bad(), 4, Buffer.from('no zstd'))],
    ['RECORD', () => packed(bad(), 1, gzipSync(Buffer.from('no record')))],
    ['RECORD', () => packed(bad(), 0, Buffer.alloc(3, 0xff))],
  ] as const)('%s', (reason, make) => {
    expect(all(make())).toMatchObject({ next: 2n, unreadable: { reason, upto: 4n } });
  });

  test('another format', () => {
    const old = bad();
    old[16] = 1;
    expect(all(sealed(old))).toMatchObject({ next: 2n, unreadable: { reason: 'FORMAT', upto: null } });
  });

  const bomb = Buffer.alloc(MOST_UNPACKED + 1);
  test.each([
    ['gzip', 1, gzipSync(bomb)],
    ['snappy', 2, compressSync(bomb)],
    ['snappy in chunks', 2, xerial(compressSync(bomb.subarray(1)), compressSync(Buffer.alloc(2)))],
    ['lz4', 3, compressFrameSync(bomb)],
    ['zstd', 4, zstdCompressSync(bomb)],
  ] as const)('%s that unpacks to more than it may', (_name, codec, body) => {
    expect(all(packed(bad(), codec, body))).toMatchObject({ unreadable: { reason: 'TOO_LARGE' } });
  });

  test('any flipped bit of a batch is noticed', () => {
    const whole = realBatch('zstd').records;
    fc.assert(
      fc.property(
        fc.integer({ min: 17, max: whole.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        (byte, bit) => {
          const broken = Buffer.from(whole);
          broken[byte] = (broken[byte] ?? 0) ^ (1 << bit);
          expect(read(broken)).toMatchObject({ records: [], next: 0n, unreadable: { reason: 'CHECKSUM' } });
        },
      ),
    );
  });
});

test('a batch that is cut off at the end is left for the next fetch', () => {
  const [one, two] = [at(plain('a'), 0n), at(plain('b'), 1n)];
  const found = read(Buffer.concat([one, two.subarray(0, two.length - 1)]));
  expect(texts(found)).toEqual(['a']);
  expect(found).toMatchObject({ next: 1n, unreadable: null });
});

test('a hole that compaction left, and an empty batch, are passed', () => {
  const empty = at(packed(plain('gone', 'gone'), 0, Buffer.alloc(0)), 7n);
  empty.writeInt32BE(0, 57);
  const found = read(Buffer.concat([at(plain('a'), 2n), sealed(empty)]));
  expect(found).toMatchObject({ next: 9n, unreadable: null });
  expect(found.records.map(({ offset }) => offset)).toEqual([2n]);
});

test('property: what the encoder writes is read back, from any offset on, under the lane’s own count', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 });
  const record = fc.record({
    value: fc.option(text, { nil: null }),
    headers: fc.dictionary(fc.constantFrom(ROW, TRACEPARENT, SYNC_TYPE, 'foreign', 'anything'), text),
    time: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  });
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), fc.nat(19), (records, skip) => {
      const sent = records.map(({ value, headers, time }) => ({ ...out(value, headers), timestamp: time }));
      const from = BigInt(Math.min(skip, records.length - 1));
      const found = readFetched(
        { records: at(encodeRecordBatch(sent, NOBODY, 0), 100n), aborted: [] },
        100n + from,
        1_000n,
      );
      expect(found.next).toBe(100n + BigInt(records.length));
      expect(
        found.records.map(({ offset, timestamp, value, headers }) => [
          offset,
          timestamp,
          value?.toString() ?? null,
          Object.fromEntries(Object.entries(headers).map(([name, each]) => [name, String(each)])),
        ]),
      ).toEqual(
        records
          .map(({ value, headers, time }, index) => {
            const { foreign: _foreign, anything: _anything, ...ours } = headers;
            return [1_100n + BigInt(index), time, value, ours];
          })
          .slice(Number(from)),
      );
    }),
  );
});

function xerial(...chunks: Buffer[]): Buffer {
  const head = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  const sizes = chunks.map((chunk) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(chunk.length);
    return size;
  });
  return Buffer.concat([head, ...chunks.flatMap((chunk, index) => [sizes[index] ?? head, chunk])]);
}
