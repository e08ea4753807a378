declare const brand: unique symbol;

/** A string of one meaning: it is a string wherever one is asked for, and no other string is taken for it. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };
