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

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
