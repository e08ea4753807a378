import { crc32c } from '../crc32c.ts';
import { UnreadableBatch } from './unreadable.ts';

/** Header of a record batch of the log, format 2 (https://kafka.apache.org/documentation/#recordbatch). */
export interface RecordBatch {
  baseOffset: bigint;
  /** First offset after it, also where compaction has removed its last records. */
  next: bigint;
  baseTimestamp: number;
  maxTimestamp: number;
  /** LogAppendTime: all records carry the greatest timestamp. */
  appendTime: boolean;
  producerId: bigint;
  transactional: boolean;
  /** A control batch: the broker's marker, not records. */
  control: boolean;
  codec: number;
  count: number;
  /** The records, compressed or not. */
  body: Buffer;
}

/** Base offset 8, length 4; the length counts from here. */
const FROM_EPOCH = 12;
const MAGIC_AT = 16;
const CRC_AT = 17;
const ATTRIBUTES_AT = 21;
const RECORDS_AT = 61;

/** The complete batches of a fetch; a truncated last one comes with the next fetch. */
export function* splitBatches(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at + FROM_EPOCH <= bytes.length; ) {
    const length = bytes.readInt32BE(at + 8);
    if (length < RECORDS_AT - FROM_EPOCH) throw new UnreadableBatch('FORMAT');
    const end = at + FROM_EPOCH + length;
    if (end > bytes.length) return;
    yield bytes.subarray(at, end);
    at = end;
  }
}

/** @throws UnreadableBatch for another format or a wrong checksum */
export function readBatch(bytes: Buffer): RecordBatch {
  if (bytes[MAGIC_AT] !== 2) throw new UnreadableBatch('FORMAT');
  if (bytes.readUInt32BE(CRC_AT) !== crc32c(bytes, ATTRIBUTES_AT)) throw new UnreadableBatch('CHECKSUM');
  const attributes = bytes.readInt16BE(ATTRIBUTES_AT);
  const lastDelta = bytes.readInt32BE(23);
  if (lastDelta < 0) throw new UnreadableBatch('FORMAT');
  const baseOffset = bytes.readBigInt64BE(0);
  return {
    baseOffset,
    next: baseOffset + BigInt(lastDelta) + 1n,
    codec: attributes & 0x07,
    appendTime: (attributes & 0x08) !== 0,
    transactional: (attributes & 0x10) !== 0,
    control: (attributes & 0x20) !== 0,
    baseTimestamp: Number(bytes.readBigInt64BE(27)),
    maxTimestamp: Number(bytes.readBigInt64BE(35)),
    producerId: bytes.readBigInt64BE(43),
    count: bytes.readInt32BE(57),
    body: bytes.subarray(RECORDS_AT),
  };
}

/** End offset of an unreadable batch, if its header is consistent. */
export function statedEnd(bytes: Buffer): bigint | null {
  const lastDelta = bytes.readInt32BE(23);
  const agrees = bytes[MAGIC_AT] === 2 && lastDelta >= 0 && bytes.readInt32BE(57) === lastDelta + 1;
  return agrees ? bytes.readBigInt64BE(0) + BigInt(lastDelta) + 1n : null;
}

/** Whether a control batch aborts a transaction; the other kind commits it. */
export function isAbort({ body }: RecordBatch): boolean {
  // One record: length, attributes, two deltas and the key's length, a byte each; key: version 2, type 2.
  return body.readInt16BE(7) === 0;
}
