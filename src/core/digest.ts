/**
 * A short name for a cause: 16 hex digits, two 32-bit FNV-1a lanes with different seeds. Not cryptographic, so
 * nothing personal may go in: a small space of numbers could be tried out.
 */
export function digest(text: string): string {
  let one = 0x811c9dc5;
  let other = 0x050c5d1f;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ (unit + i), 0x01000193);
  }
  return hex(one) + hex(other ^ (one >>> 13));
}

/** Four hex digits each. */
const HALVES = Array.from({ length: 0x10000 }, (_, half) => half.toString(16).padStart(4, '0'));

function hex(lane: number): string {
  return `${HALVES[lane >>> 16]}${HALVES[lane & 0xffff]}`;
}
