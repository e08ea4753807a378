import type { Branded } from '../branded.ts';

// References are random UUIDs that the vault gives. Both kinds are made where text comes in (a database row, one of the
// bridge's own records, an address) and nowhere else: the constructors below say what the text is.

/** Under which a youth is known, and the only name of a person outside the vault. */
export type PersonRef = Branded<'PersonRef'>;

/** The vault's own reference of one identity number. It never changes, whichever youth the number leads to. */
export type NumberRef = Branded<'NumberRef'>;

/** @param text that the bridge has written as a youth's reference, or a UUID that is to be looked up as one. */
export function personRef(text: string): PersonRef {
  return text as PersonRef;
}

/** @param text as the vault gave it for a number. */
export function numberRef(text: string): NumberRef {
  return text as NumberRef;
}

/**
 * The person behind a number, as far as the vault knows: a person's first reference is that of the number they came
 * with. A merge may have moved the youth since, and then this one points to it (`mergedInto`).
 */
export function personOfNumber(ref: NumberRef): PersonRef {
  return personRef(ref);
}
