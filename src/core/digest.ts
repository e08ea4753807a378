/**
 * A short name for a cause, the texts in a row: 16 hex digits, two 32-bit FNV-1a lanes with different seeds. Not cryptographic, so
 * nothing personal may go in: a small space of numbers could be tried out.
 */
export function digest(text: string, then = '', last = ''): string {
  one = 0x811c9dc5;
  other = 0x050c5d1f;
  read = 0;
  take(text);
  take(then);
  take(last);
  return sixteenDigits(one, other ^ (one >>> 13));
}

// Here, and not handed around, so that several texts are read as one that is never put together.
let one = 0;
let other = 0;
let read = 0;

function take(text: string): void {
  let lane = one;
  let second = other;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    lane = Math.imul(lane ^ unit, 0x01000193);
    second = Math.imul(second ^ (unit + read + i), 0x01000193);
  }
  one = lane;
  other = second;
  read += text.length;
}

const DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** In one piece: two halves put together would be three texts, and a fourth when it is first compared. */
function sixteenDigits(high: number, low: number): string {
  return String.fromCharCode(
    digit(high, 28),
    digit(high, 24),
    digit(high, 20),
    digit(high, 16),
    digit(high, 12),
    digit(high, 8),
    digit(high, 4),
    digit(high, 0),
    digit(low, 28),
    digit(low, 24),
    digit(low, 20),
    digit(low, 16),
    digit(low, 12),
    digit(low, 8),
    digit(low, 4),
    digit(low, 0),
  );
}

function digit(lane: number, shift: number): number {
  return DIGITS[(lane >>> shift) & 0xf]!;
}
