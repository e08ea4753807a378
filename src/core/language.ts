/** The written forms of Norwegian, with the names they have for themselves. A county is bound to both (språklova). */
export const LANGUAGES = { nb: 'Bokmål', nn: 'Nynorsk' } as const;

export type Language = keyof typeof LANGUAGES;

/** In both written forms: one that lacks a form does not compile. */
export type Written<T> = Readonly<Record<Language, T>>;

/** A text, or one made of what it is about. */
export type Text = string | ((...about: never[]) => string);

type Texts = Readonly<Record<string, Text>>;

type Other<T extends Texts> = {
  readonly [K in keyof T]: T[K] extends (...about: infer A) => string ? (...about: A) => string : string;
};

/** Texts about one matter: a key that one form lacks does not compile. */
export function texts<T extends Texts>(both: { nb: T; nn: Other<T> }): { nb: T; nn: Other<T> } {
  return both;
}
