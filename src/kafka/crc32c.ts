// CRC-32C (Castagnoli), the checksum of Kafka's record batches; node:zlib has only the other polynomial. Eight bytes
// a step: byte by byte it would cost more than writing the records.

const POLYNOMIAL = 0x82f63b78;
const TABLES = tables();

export function crc32c(bytes: Uint8Array, from = 0, to = bytes.length): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES;
  let crc = -1;
  let i = from;
  for (; i + 8 <= to; i += 8) {
    const low = crc ^ word(bytes, i);
    const high = word(bytes, i + 4);
    crc =
      at(t7, low & 0xff) ^
      at(t6, (low >>> 8) & 0xff) ^
      at(t5, (low >>> 16) & 0xff) ^
      at(t4, low >>> 24) ^
      at(t3, high & 0xff) ^
      at(t2, (high >>> 8) & 0xff) ^
      at(t1, (high >>> 16) & 0xff) ^
      at(t0, high >>> 24);
  }
  for (; i < to; i++) crc = at(t0, (crc ^ (bytes[i] ?? 0)) & 0xff) ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}

function word(bytes: Uint8Array, i: number): number {
  return (
    (bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8) | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24)
  );
}

function at(table: Int32Array, index: number): number {
  return table[index] ?? 0;
}

type Eight = [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];

/** Table n holds the checksum of a byte followed by n zero bytes. */
function tables(): Eight {
  const next = (before: Int32Array, first: Int32Array) =>
    before.map((crc) => (crc >>> 8) ^ at(first, crc & 0xff));
  const t0 = new Int32Array(256).map((_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    return crc;
  });
  const t1 = next(t0, t0);
  const t2 = next(t1, t0);
  const t3 = next(t2, t0);
  const t4 = next(t3, t0);
  const t5 = next(t4, t0);
  const t6 = next(t5, t0);
  return [t0, t1, t2, t3, t4, t5, t6, next(t6, t0)];
}
