// A name in the form in which two of them are compared: of the given names the first, of the family names the last, in
// that order. A middle name that one sender leaves out, a hyphen, capital letters and an accent are then no difference;
// twins with one letter between them are. The name itself never goes further than this.

/** `FORNAVN ETTERNAVN`, or null when there is no letter in one of the parts. */
export function comparableName(given: string, family: string): string | null {
  const first = wordsOf(given)[0];
  const last = wordsOf(family).at(-1);
  return first === undefined || last === undefined ? null : `${first} ${last}`;
}

/** The same of a name in one field: `Given Middle Family`, or `Family, Given`. */
export function comparableFullName(name: string): string | null {
  const comma = name.indexOf(',');
  if (comma >= 0) return comparableName(name.slice(comma + 1), name.slice(0, comma));
  const words = wordsOf(name);
  return words.length < 2 ? null : `${words[0]} ${words.at(-1)}`;
}

/** Accents are how one writes, not what one is called; but å, ä and ö are letters of their own. */
function wordsOf(text: string): string[] {
  const letters = text
    .normalize('NFD')
    .replace(/[\u0300-\u0307\u0309\u030b-\u036f]/gu, '')
    .normalize('NFC')
    .toUpperCase()
    .replace(/['\u2019\u00b4`.]/gu, '');
  return letters.split(/[^\p{L}]+/u).filter((word) => word !== '');
}
