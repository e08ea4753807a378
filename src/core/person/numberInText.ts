// Identity numbers as they slip into text.

/**
 * Six and five digits with at most one mark between and no adjacent digit, or eleven digits in any grouping
 * (14 83 09 899 60, 148309–89960) with no digit more: thirteen-digit timestamps, organisation numbers and two adjacent
 * dates are none. A token with eleven digits counts as well: a false match is the cheap mistake.
 */
const NUMBER =
  /(?<!\d)\d{6}[ .-]?\d{5}(?!\d)|(?<!\d[\s./\p{Pd}]{0,3})\d(?:[\s./\p{Pd}]{0,3}\d){10}(?![\s./\p{Pd}]{0,3}\d)/gu;

const MASK = '***********';

export function holdsNumber(text: string): boolean {
  const plain = text.normalize('NFKC');
  return maskNumbers(plain) !== plain;
}

/** The text with everything that looks like an identity number replaced by asterisks. */
export function maskNumbers(text: string): string {
  return text.replace(NUMBER, MASK);
}
