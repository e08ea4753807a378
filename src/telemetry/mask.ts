// Norwegian identity numbers as they slip into text: 11 digits, or 6 + 5 with a space or a hyphen between.
// Not preceded or followed by a digit, so 13-digit timestamps and organisation numbers stay readable. A random
// token with exactly eleven digits in a row is masked as well: that way round is the cheap mistake.
const IDENTITY_NUMBER = /(?<!\d)\d{6}[ -]?\d{5}(?!\d)/g;

const MASK = '***********';

/** The text with everything that looks like an identity number replaced by asterisks. */
export function maskNumbers(text: string): string {
  return text.replace(IDENTITY_NUMBER, MASK);
}
