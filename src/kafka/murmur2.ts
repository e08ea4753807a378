// Kafka's Java-compatible murmur2: every client that keys by the same reference must choose the same partition, or
// the order per person is lost. It runs once per record, so text is hashed without a copy.

const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/** The partition that Kafka's default partitioner gives a key. */
export function partitionOf(key: string | Uint8Array, partitions: number): number {
  // toPositive of the Java client: clears the sign bit, which is not the absolute value.
  return (murmur2(key) & 0x7fffffff) % partitions;
}

/** Signed 32-bit hash of the bytes; text is hashed as UTF-8. */
export function murmur2(key: string | Uint8Array): number {
  if (typeof key !== 'string') return hashBytes(key);
  return hashAscii(key) ?? hashBytes(Buffer.from(key, 'utf8'));
}

/** `undefined` for text that is not ASCII: its characters are then not its UTF-8 bytes. */
function hashAscii(text: string): number | undefined {
  const length = text.length;
  const end = length & ~3;
  let h = SEED ^ length;
  let seen = 0;
  for (let i = 0; i < end; i += 4) {
    const a = text.charCodeAt(i);
    const b = text.charCodeAt(i + 1);
    const c = text.charCodeAt(i + 2);
    const d = text.charCodeAt(i + 3);
    seen |= a | b | c | d;
    h = mix(h, a | (b << 8) | (c << 16) | (d << 24));
  }
  for (let i = end; i < length; i++) seen |= text.charCodeAt(i);
  if (seen > 0x7f) return undefined;
  const rest = length & 3;
  if (rest === 3) h ^= text.charCodeAt(end + 2) << 16;
  if (rest >= 2) h ^= text.charCodeAt(end + 1) << 8;
  if (rest >= 1) h = Math.imul(h ^ text.charCodeAt(end), M);
  return finish(h);
}

function hashBytes(bytes: Uint8Array): number {
  const length = bytes.length;
  const end = length & ~3;
  const at = (index: number) => bytes[index] ?? 0;
  let h = SEED ^ length;
  for (let i = 0; i < end; i += 4)
    h = mix(h, at(i) | (at(i + 1) << 8) | (at(i + 2) << 16) | (at(i + 3) << 24));
  const rest = length & 3;
  if (rest === 3) h ^= at(end + 2) << 16;
  if (rest >= 2) h ^= at(end + 1) << 8;
  if (rest >= 1) h = Math.imul(h ^ at(end), M);
  return finish(h);
}

function mix(h: number, word: number): number {
  let k = Math.imul(word, M);
  k = Math.imul(k ^ (k >>> 24), M);
  return Math.imul(h, M) ^ k;
}

function finish(hash: number): number {
  const h = Math.imul(hash ^ (hash >>> 13), M);
  return h ^ (h >>> 15);
}
