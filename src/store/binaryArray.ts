import type { IsoInstant } from '../core/time/date.ts';

// PostgreSQL's binary array format. `pg` sends a Buffer as a binary parameter, so a batch's columns skip the text
// round trip: with text arrays the same batch cost 5 µs more per event in Node.

const OID = {
  bool: 16,
  int8: 20,
  int4: 23,
  text: 25,
  bytea: 17,
  tid: 27,
  timestamptz: 1184,
  uuid: 2950,
} as const;
const HEADER = 20;
/** Length that means NULL. */
const NULL = -1;
/** PostgreSQL counts microseconds from 2000-01-01. */
const PG_EPOCH_MS = 946_684_800_000;
const TWO_POW_32 = 4_294_967_296;

export function int4Array(values: readonly (number | null)[]): Buffer {
  return fixed(OID.int4, 4, values, (buffer, at, value) => buffer.writeInt32BE(value, at));
}

export function int8Array(values: readonly (bigint | null)[]): Buffer {
  return fixed(OID.int8, 8, values, (buffer, at, value) => buffer.writeBigInt64BE(value, at));
}

export function boolArray(values: readonly boolean[]): Buffer {
  return fixed(OID.bool, 1, values, (buffer, at, value) => buffer.writeUInt8(value ? 1 : 0, at));
}

/** Lower-case UUID texts with dashes. */
export function uuidArray(values: readonly string[]): Buffer {
  return fixed(OID.uuid, 16, values, writeUuid);
}

/** Row addresses (ctid) as PostgreSQL prints them: `(block,number)`. */
export function tidArray(values: readonly (string | null)[]): Buffer {
  return fixed(OID.tid, 6, values, (buffer, at, value) => {
    const comma = value.indexOf(',');
    buffer.writeUInt32BE(Number(value.slice(1, comma)), at);
    buffer.writeUInt16BE(Number(value.slice(comma + 1, -1)), at + 4);
  });
}

export function timestampArray(values: readonly (IsoInstant | null)[]): Buffer {
  // Records of one millisecond are adjacent: their text is parsed once.
  let text: IsoInstant | null = null;
  let micros = 0;
  return variable(
    OID.timestamptz,
    values,
    () => 8,
    (buffer, at, value: IsoInstant) => {
      if (value !== text) {
        text = value;
        micros = (Date.parse(value) - PG_EPOCH_MS) * 1000;
      }
      // In two halves: whole microseconds are exact in a number, and a BigInt per value costs more than the rest of
      // the encoding.
      const high = Math.floor(micros / TWO_POW_32);
      buffer.writeInt32BE(high, at);
      buffer.writeUInt32BE(micros - high * TWO_POW_32, at + 4);
    },
  );
}

export function byteaArray(values: readonly Buffer[]): Buffer {
  return variable(
    OID.bytea,
    values,
    (value) => value.length,
    (buffer, at, value) => value.copy(buffer, at),
  );
}

export function textArray(values: readonly (string | null)[]): Buffer {
  return variable(
    OID.text,
    values,
    (value: string) => Buffer.byteLength(value),
    (buffer, at, value) => buffer.write(value, at),
  );
}

/** Digit by digit: `write(…, 'hex')` needs the text without dashes, and making that took most of the time. */
function writeUuid(buffer: Buffer, at: number, text: string): void {
  let to = at;
  for (let i = 0; i < 36; i += 2) {
    if (i === 8 || i === 13 || i === 18 || i === 23) i += 1;
    buffer[to] = (nibble(text.charCodeAt(i)) << 4) | nibble(text.charCodeAt(i + 1));
    to += 1;
  }
}

function nibble(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}

function fixed<T>(
  oid: number,
  size: number,
  values: readonly (T | null)[],
  write: (buffer: Buffer, at: number, value: T) => unknown,
): Buffer {
  return variable(oid, values, () => size, write);
}

function variable<T>(
  oid: number,
  values: readonly (T | null)[],
  sizeOf: (value: T) => number,
  write: (buffer: Buffer, at: number, value: T) => unknown,
): Buffer {
  const sizes = values.map((value) => (value === null ? NULL : sizeOf(value)));
  let total = HEADER;
  for (const size of sizes) total += 4 + Math.max(size, 0);
  const buffer = Buffer.allocUnsafe(values.length === 0 ? 12 : total);
  buffer.writeInt32BE(values.length === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(sizes.includes(NULL) ? 1 : 0, 4);
  buffer.writeInt32BE(oid, 8);
  if (values.length === 0) return buffer;
  buffer.writeInt32BE(values.length, 12);
  buffer.writeInt32BE(1, 16);
  let at = HEADER;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    const size = sizes[i]!;
    buffer.writeInt32BE(size, at);
    at += 4;
    if (value === null || value === undefined) continue;
    write(buffer, at, value);
    at += size;
  }
  return buffer;
}
