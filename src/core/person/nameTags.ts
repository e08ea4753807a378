// The keyed tags of one name, in one text separated by spaces: first that of the name as written, then those of its other
// spellings (nameSpellings.ts). A name with one spelling is its tag alone.

/** Every tag by which the name may be known. */
export function tagsOf(nameTag: string): readonly string[] {
  return nameTag.includes(' ') ? nameTag.split(' ') : [nameTag];
}

/** The tag of the name as written. Where no number joins two records, only this shows that they are of one name. */
export function exactTag(nameTag: string): string {
  const end = nameTag.indexOf(' ');
  return end < 0 ? nameTag : nameTag.slice(0, end);
}
