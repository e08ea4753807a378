// What the pages say, in both written forms of Norwegian.

/** The written forms, with the names they have for themselves. */
export const LANGUAGES = { nb: 'Bokmål', nn: 'Nynorsk' } as const;

export type Language = keyof typeof LANGUAGES;

/** A text, or one made of what it is about. */
export type Text = string | ((...about: never[]) => string);

type Texts = Readonly<Record<string, Text>>;

type Other<T extends Texts> = {
  readonly [K in keyof T]: T[K] extends (...about: infer A) => string ? (...about: A) => string : string;
};

/** Texts of one part of the console: a key that one language lacks does not compile. */
export function texts<T extends Texts>(both: { nb: T; nn: Other<T> }): { nb: T; nn: Other<T> } {
  return both;
}
