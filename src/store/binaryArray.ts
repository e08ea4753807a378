import type { IsoInstant } from '../core/date.ts';

// PostgreSQL's binary array format. `pg` sends a Buffer as a binary parameter, so a batch's columns go over
// without the text round trip: with text arrays the same batch cost 5 µs more per event in Node.

const OID = { bool: 16, int8: 20, int4: 23, json: 114, bytea: 17, timestamptz: 1184, uuid: 2950 } as const;
const HEADER = 20;
/** PostgreSQL counts microseconds from 2000-01-01. */
const PG_EPOCH_MS = 946_684_800_000;

export function int4Array(values: readonly number[]): Buffer {
  return fixed(OID.int4, 4, values, (buffer, at, value) => buffer.writeInt32BE(value, at));
}

export function int8Array(values: readonly bigint[]): Buffer {
  return fixed(OID.int8, 8, values, (buffer, at, value) => buffer.writeBigInt64BE(value, at));
}

export function boolArray(values: readonly boolean[]): Buffer {
  return fixed(OID.bool, 1, values, (buffer, at, value) => buffer.writeUInt8(value ? 1 : 0, at));
}

/** Lower-case UUID texts with dashes. */
export function uuidArray(values: readonly string[]): Buffer {
  return fixed(OID.uuid, 16, values, (buffer, at, value) => {
    // Five pieces without an intermediate string: replaceAll('-') was a third of the encoding time.
    buffer.write(value.slice(0, 8), at, 'hex');
    buffer.write(value.slice(9, 13), at + 4, 'hex');
    buffer.write(value.slice(14, 18), at + 6, 'hex');
    buffer.write(value.slice(19, 23), at + 8, 'hex');
    buffer.write(value.slice(24), at + 10, 'hex');
  });
}

/** 16 raw bytes each. */
export function uuidBytesArray(values: readonly Buffer[]): Buffer {
  return fixed(OID.uuid, 16, values, (buffer, at, value) => value.copy(buffer, at));
}

export function timestampArray(values: readonly (IsoInstant | null)[]): Buffer {
  return variable(
    OID.timestamptz,
    values,
    (value) => (value === null ? -1 : 8),
    (buffer, at, value) => {
      buffer.writeBigInt64BE(BigInt(Date.parse(value as IsoInstant) - PG_EPOCH_MS) * 1000n, at);
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

/** JSON texts. */
export function jsonArray(values: readonly string[]): Buffer {
  return variable(
    OID.json,
    values,
    (value) => Buffer.byteLength(value),
    (buffer, at, value) => buffer.write(value, at),
  );
}

function fixed<T>(
  oid: number,
  size: number,
  values: readonly T[],
  write: (buffer: Buffer, at: number, value: T) => unknown,
): Buffer {
  return variable(oid, values, () => size, write);
}

function variable<T>(
  oid: number,
  values: readonly T[],
  sizeOf: (value: T) => number,
  write: (buffer: Buffer, at: number, value: T) => unknown,
): Buffer {
  const sizes = values.map(sizeOf);
  const total = sizes.reduce((sum, size) => sum + 4 + Math.max(size, 0), HEADER);
  const buffer = Buffer.allocUnsafe(values.length === 0 ? 12 : total);
  buffer.writeInt32BE(values.length === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(sizes.includes(-1) ? 1 : 0, 4);
  buffer.writeInt32BE(oid, 8);
  if (values.length === 0) return buffer;
  buffer.writeInt32BE(values.length, 12);
  buffer.writeInt32BE(1, 16);
  let at = HEADER;
  for (const [index, value] of values.entries()) {
    const size = sizes[index] ?? 0;
    buffer.writeInt32BE(size, at);
    at += 4;
    if (size < 0) continue;
    write(buffer, at, value);
    at += size;
  }
  return buffer;
}
