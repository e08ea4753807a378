import { createHash } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 26;

/**
 * The id of a call, the same in every attempt and replay, and different for each receiver: `msg_` and 26 characters.
 * @param receiver a subscription's id, or who pulls
 */
export function webhookIdOf(receiver: string, eventId: string): string {
  const digest = createHash('sha256').update(receiver).update('\0').update(eventId).digest();
  return `msg_${base32(digest).slice(0, LENGTH)}`;
}

/** RFC 4648, lower case, without padding. */
function base32(bytes: Buffer): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  // To whole characters.
  const spare = (5 - ((bytes.length * 8) % 5)) % 5;
  bits <<= BigInt(spare);
  const characters: string[] = [];
  for (let left = Math.ceil((bytes.length * 8) / 5); left > 0; left -= 1) {
    characters.push(ALPHABET[Number(bits & 31n)] ?? '');
    bits >>= 5n;
  }
  return characters.reverse().join('');
}
