import { hash } from 'node:crypto';

const BLOCK = 64;
const DIGEST = 32;

/**
 * HMAC-SHA-256 (RFC 2104) as its two plain hashes: every record needs one, and `createHmac` makes a native object
 * for each, 2.3 µs against 0.9 µs. A test compares it with `createHmac`.
 * @param key at most 64 bytes
 */
export function keyedHash(key: Buffer): (text: string) => Buffer {
  if (key.length > BLOCK) throw new Error('a hash key must be at most 64 bytes');
  const outer = padded(key, 0x5c, DIGEST);
  let inner = padded(key, 0x36, 0);
  return (text) => {
    const length = BLOCK + Buffer.byteLength(text);
    // Identity numbers all have one length.
    if (inner.length !== length) inner = padded(key, 0x36, length - BLOCK);
    inner.write(text, BLOCK);
    // Hex in between: asking for a Buffer costs twice as much.
    outer.write(hash('sha256', inner, 'hex'), BLOCK, 'hex');
    return Buffer.from(hash('sha256', outer, 'hex'), 'hex');
  };
}

/** The key's block, followed by room for what is hashed. */
function padded(key: Buffer, pad: number, room: number): Buffer {
  const block = Buffer.alloc(BLOCK + room);
  block.set(key);
  for (let i = 0; i < BLOCK; i += 1) block[i] = (block[i] ?? 0) ^ pad;
  return block;
}
