import { MaskedText } from './maskedText.ts';
import { otherSpellings } from './nameSpellings.ts';

// A name in the form in which two are compared: the first of the given names and the last of the family names, in that
// order. A middle name that one sender leaves out, a hyphen, capital letters and an accent make no difference; one letter
// between twins does. The name itself goes no further than this.

/** A name as it was written. */
export class WrittenName extends MaskedText {
  declare protected readonly of: 'name';
}

/** The compared form, and the other spellings it may come in. */
export interface ComparableName {
  exact: string;
  others: readonly string[];
}

/** `FORNAVN ETTERNAVN`, or null when there is no letter in one of the parts. */
export function comparableName(given: string, family: string): ComparableName | null {
  return comparable(wordsOf(given), wordsOf(family));
}

/** The same of a name in one field: `Given Middle Family`, or `Family, Given`. */
export function comparableFullName(name: string): ComparableName | null {
  const comma = name.indexOf(',');
  if (comma >= 0) return comparableName(name.slice(comma + 1), name.slice(0, comma));
  const words = wordsOf(name);
  if (words.length > 1) return comparable(words, words.slice(1));
  const [first, ...rest] = partsOf(words[0] ?? '');
  return first === undefined ? null : comparable([first], rest);
}

function comparable(given: readonly string[], family: readonly string[]): ComparableName | null {
  const first = partsOf(given[0] ?? '')[0];
  const last = partsOf(family.at(-1) ?? '').at(-1);
  if (first === undefined || last === undefined) return null;
  const exact = `${first} ${last}`;
  return { exact, others: otherSpellings(exact, given, family) };
}

function partsOf(word: string): string[] {
  return word.split('-').filter((part) => part !== '');
}

/** In capital letters, hyphens left in. Accents are a matter of writing; but å, ä and ö are letters of their own. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u0307\u0309\u030b-\u036f]/gu, '')
    .normalize('NFC')
    .toUpperCase()
    .replace(/['\u2019\u00b4`.]/gu, '')
    .split(/[^\p{L}-]+/u)
    .filter((word) => /\p{L}/u.test(word));
}
