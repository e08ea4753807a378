// The keyed tags of one name, in one text: first that of the name as it is written, then those of the other spellings it
// may come in (nameSpellings.ts), with a space between. A name that has only one spelling is its tag alone.

/** Every tag by which the name may be known. */
export function tagsOf(nameTag: string): readonly string[] {
  return nameTag.includes(' ') ? nameTag.split(' ') : [nameTag];
}

/** The tag of the name as it is written. Where no number joins two records, only this says that they are of one name. */
export function exactTag(nameTag: string): string {
  const end = nameTag.indexOf(' ');
  return end < 0 ? nameTag : nameTag.slice(0, end);
}
