import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { decompressFrameSync } from 'lz4-napi';
import { uncompressSync } from 'snappy';
import { UnreadableBatch } from './unreadable.ts';

// The four codecs of Kafka's record batches. Each gets its limit before it begins: a kilobyte of zstd can hold
// gigabytes, and one lane may not take the memory of all.

/** Indexed by the codec number in the batch's attributes. */
const CODECS: readonly (((packed: Buffer, most: number) => Buffer) | undefined)[] = [
  (packed) => packed,
  (packed, most) => gunzipSync(packed, { maxOutputLength: most }),
  snappy,
  lz4,
  (packed, most) => zstdDecompressSync(packed, { maxOutputLength: most }),
];

/** @param most limit of unpacked bytes @throws UnreadableBatch */
export function decompress(codec: number, packed: Buffer, most: number): Buffer {
  const unpack = CODECS[codec];
  if (!unpack) throw new UnreadableBatch('CODEC');
  try {
    return unpack(packed, most);
  } catch (error) {
    if (error instanceof UnreadableBatch) throw error;
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw new UnreadableBatch(tooLarge ? 'TOO_LARGE' : 'COMPRESSION', { cause: error });
  }
}

/** Java's producer frames it in chunks as the xerial library does; librdkafka and Go send one bare block. */
const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
/** The magic, a version and a compatible version. */
const XERIAL_HEADER = 16;

function snappy(packed: Buffer, most: number): Buffer {
  if (!packed.subarray(0, XERIAL.length).equals(XERIAL)) return snappyBlock(packed, most);
  const chunks: Buffer[] = [];
  let left = most;
  for (let at = XERIAL_HEADER; at < packed.length; ) {
    const length = packed.readUInt32BE(at);
    const block = packed.subarray(at + 4, at + 4 + length);
    if (length === 0 || block.length < length) throw new UnreadableBatch('COMPRESSION');
    const chunk = snappyBlock(block, left);
    left -= chunk.length;
    chunks.push(chunk);
    at += 4 + length;
  }
  return Buffer.concat(chunks);
}

function snappyBlock(block: Buffer, most: number): Buffer {
  if (snappyLength(block) > most) throw new UnreadableBatch('TOO_LARGE');
  // Copied: V8 does not see external memory and collects it late.
  const plain = uncompressSync(block, { asBuffer: true, copyOutputData: true });
  if (!Buffer.isBuffer(plain)) throw new UnreadableBatch('COMPRESSION');
  return plain;
}

/** The unpacked length that a block states: a leading varint. */
function snappyLength(block: Buffer): number {
  let length = 0;
  for (let at = 0, scale = 1; at < 5; at++, scale *= 0x80) {
    const byte = block.readUInt8(at);
    length += (byte & 0x7f) * scale;
    if (byte < 0x80) return length;
  }
  throw new UnreadableBatch('COMPRESSION');
}

const LZ4_MAGIC = 0x184d2204;
/** Largest block, by the number in the frame's descriptor. */
const LZ4_BLOCK = [0, 0, 0, 0, 65_536, 262_144, 1_048_576, 4_194_304] as const;
const LZ4_UNCOMPRESSED = 0x80000000;

function lz4(packed: Buffer, most: number): Buffer {
  if (lz4Bound(packed) > most) throw new UnreadableBatch('TOO_LARGE');
  return decompressFrameSync(packed);
}

/** Upper bound of a frame's unpacked size; the library has no limit of its own. */
function lz4Bound(packed: Buffer): number {
  if (packed.readUInt32LE(0) !== LZ4_MAGIC) throw new UnreadableBatch('COMPRESSION');
  const flags = packed.readUInt8(4);
  const block = LZ4_BLOCK[(packed.readUInt8(5) >> 4) & 0x07] ?? 0;
  const blockChecksum = flags & 0x10 ? 4 : 0;
  let at = 7 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0);
  let most = 0;
  for (;;) {
    const size = packed.readUInt32LE(at);
    if (size === 0) return most;
    const length = size & ~LZ4_UNCOMPRESSED;
    // lz4 expands a byte to 255 at most.
    most += size & LZ4_UNCOMPRESSED ? length : Math.min(block, length * 255);
    at += 4 + length + blockChecksum;
  }
}
