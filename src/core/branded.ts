declare const brand: unique symbol;

/** A string of one meaning: usable wherever a string is asked for, but no other string can take its place. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };
