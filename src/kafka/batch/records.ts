import type { FeedRecord } from '../feedSource.ts';
import { isOurs } from '../headers.ts';
import { decompress } from './compression.ts';
import type { RecordBatch } from './recordBatch.ts';
import { UnreadableBatch } from './unreadable.ts';

/** Limit of one batch's unpacked bytes. Producers send batches of at most a megabyte; no codec's usual ratio comes
 *  near. */
export const MOST_UNPACKED = 32 * 1024 * 1024;

interface Cursor {
  bytes: Buffer;
  at: number;
}

/**
 * Appends the batch's records from an offset on. An unreadable batch appends none.
 * @param shift added to Kafka's offset @returns unpacked bytes
 * @throws UnreadableBatch
 */
export function recordsOf(batch: RecordBatch, from: bigint, shift: bigint, into: FeedRecord[]): number {
  const bytes = decompress(batch.codec, batch.body, MOST_UNPACKED);
  const reading: Cursor = { bytes, at: 0 };
  const before = into.length;
  const base = batch.baseOffset + shift;
  const first = Number(from - batch.baseOffset);
  try {
    for (let left = batch.count; left > 0; left--) readRecord(reading, batch, base, first, into);
    if (reading.at !== bytes.length) throw new UnreadableBatch('RECORD');
  } catch (error) {
    into.length = before;
    throw error;
  }
  return bytes.length;
}

function readRecord(
  reading: Cursor,
  batch: RecordBatch,
  base: bigint,
  first: number,
  into: FeedRecord[],
): void {
  const length = varint(reading);
  const end = reading.at + length;
  if (length < 0 || end > reading.bytes.length) throw new UnreadableBatch('RECORD');
  reading.at += 1;
  const time = varint(reading);
  const delta = varint(reading);
  const key = bytesOf(reading, varint(reading));
  const value = bytesOf(reading, varint(reading));
  const count = varint(reading);
  // A header takes two bytes at least: a larger count is corrupt.
  if (count < 0 || count * 2 > end - reading.at) throw new UnreadableBatch('RECORD');
  const headers: FeedRecord['headers'] = {};
  for (let left = count; left > 0; left--) {
    const nameLength = varint(reading);
    const start = reading.at;
    skip(reading, nameLength);
    addHeader(headers, reading.bytes.toString('utf8', start, reading.at), bytesOf(reading, varint(reading)));
  }
  if (reading.at !== end) throw new UnreadableBatch('RECORD');
  if (delta < first) return;
  into.push({
    offset: base + BigInt(delta),
    timestamp: batch.appendTime ? batch.maxTimestamp : batch.baseTimestamp + time,
    value,
    // A copy: of a tombstone nothing else is kept.
    ...(value === null && key !== null && { key: Buffer.from(key) }),
    headers,
  });
}

/** A name may occur several times. Headers without a value and foreign headers are dropped. */
function addHeader(headers: FeedRecord['headers'], name: string, value: Buffer | null): void {
  if (value === null || !isOurs(name, value)) return;
  const before = Object.hasOwn(headers, name) ? headers[name] : undefined;
  if (before === undefined) headers[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else headers[name] = [before, value];
}

function bytesOf(reading: Cursor, length: number): Buffer | null {
  if (length < 0) return null;
  const start = reading.at;
  skip(reading, length);
  return reading.bytes.subarray(start, reading.at);
}

function skip(reading: Cursor, length: number): void {
  if (length <= 0) return;
  reading.at += length;
  if (reading.at > reading.bytes.length) throw new UnreadableBatch('RECORD');
}

/** Zigzag varint, or varlong within ±2^52. */
function varint(reading: Cursor): number {
  const { bytes } = reading;
  let byte = bytes[reading.at++] ?? ended();
  if (byte < 0x80) return (byte >>> 1) ^ -(byte & 1);
  let value = byte & 0x7f;
  for (let scale = 0x80; ; scale *= 0x80) {
    byte = bytes[reading.at++] ?? ended();
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) break;
    if (scale > 2 ** 56) throw new UnreadableBatch('RECORD');
  }
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function ended(): never {
  throw new UnreadableBatch('RECORD');
}
