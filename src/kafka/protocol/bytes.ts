// Kafka's flexible encoding (KIP-482): lengths as unsigned varints plus one, tagged fields at the end of every
// structure. Only what the few requests of this folder need.

/** A read position in received bytes. */
export interface Cursor {
  bytes: Buffer;
  at: number;
}

export function int16(from: Cursor): number {
  const value = from.bytes.readInt16BE(from.at);
  from.at += 2;
  return value;
}

export function int32(from: Cursor): number {
  const value = from.bytes.readInt32BE(from.at);
  from.at += 4;
  return value;
}

export function int64(from: Cursor): bigint {
  const value = from.bytes.readBigInt64BE(from.at);
  from.at += 8;
  return value;
}

/** @throws RangeError beyond the end, as the fixed-width reads do */
export function uvarint(from: Cursor): number {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = from.bytes.readUInt8(from.at++);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
    scale *= 0x80;
  }
}

/** Null for the length 0. */
export function compactBytes(from: Cursor): Buffer | null {
  const length = uvarint(from) - 1;
  if (length < 0) return null;
  const value = from.bytes.subarray(from.at, from.at + length);
  if (value.length < length) throw new RangeError('the answer ends in the middle of a field');
  from.at += length;
  return value;
}

export function compactString(from: Cursor): string | null {
  return compactBytes(from)?.toString('utf8') ?? null;
}

export function uuid(from: Cursor): string {
  const value = from.bytes.toString('hex', from.at, from.at + 16);
  from.at += 16;
  return value;
}

/** The items of an array; none for null. */
export function compactArray<T>(from: Cursor, item: (from: Cursor) => T): T[] {
  const length = uvarint(from) - 1;
  const items: T[] = [];
  for (let i = 0; i < length; i++) items.push(item(from));
  return items;
}

/** Fields that a newer broker may add to any structure. */
export function skipTags(from: Cursor): void {
  for (let left = uvarint(from); left > 0; left--) {
    uvarint(from);
    const length = uvarint(from);
    from.at += length;
  }
}

/** Parts of a request, concatenated once. */
export type Pieces = Buffer[];

export function putInt8(to: Pieces, value: number): void {
  to.push(Buffer.from([value & 0xff]));
}

export function putInt32(to: Pieces, value: number): void {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(value);
  to.push(bytes);
}

export function putInt64(to: Pieces, value: bigint): void {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(value);
  to.push(bytes);
}

export function putUvarint(to: Pieces, value: number): void {
  const bytes: number[] = [];
  let left = value;
  for (; left > 0x7f; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80);
  bytes.push(left);
  to.push(Buffer.from(bytes));
}

export function putString(to: Pieces, text: string): void {
  const bytes = Buffer.from(text);
  putUvarint(to, bytes.length + 1);
  to.push(bytes);
}

export function putUuid(to: Pieces, id: string): void {
  to.push(Buffer.from(id, 'hex'));
}

export function putArray<T>(to: Pieces, items: readonly T[], put: (item: T) => void): void {
  putUvarint(to, items.length + 1);
  for (const item of items) put(item);
}

export function putNoTags(to: Pieces): void {
  to.push(NO_TAGS);
}
const NO_TAGS = Buffer.from([0]);
