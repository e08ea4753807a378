import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language, type Text } from '../../src/core/language.ts';
import { RULES } from '../../src/core/rules/rules.ts';
import { STANDING_KINDS, standingText } from '../../src/text/standing.ts';
import { BOKMAL_WORDS } from './bokmalWords.ts';

// Every catalogue of the console, and of what is wrong and why, as plain language: each file may export several.

type Catalogue = Record<Language, Record<string, Text | Record<string, string>>>;

const folders = ['../../src/console/text/', '../../src/core/sentences/'].map(
  (path) => new URL(path, import.meta.url),
);
const modules = await Promise.all(
  folders.flatMap((folder) =>
    readdirSync(folder).map(async (name) => [name, await import(new URL(name, folder).href)] as const),
  ),
);
const catalogues: [string, Catalogue][] = modules.flatMap(([name, module]) =>
  Object.entries(module)
    .filter((entry): entry is [string, Catalogue] => {
      const [, value] = entry;
      return typeof value === 'object' && value !== null && 'nb' in value && 'nn' in value;
    })
    .map(([key, catalogue]): [string, Catalogue] => [`${name} ${key}`, catalogue]),
);

/** Each text, with figures where it is made of some: one, and several. */
function textsOf(catalogue: Catalogue[Language]): string[] {
  return Object.values(catalogue).flatMap((text) => {
    if (typeof text === 'string') return [text];
    if (typeof text !== 'function') return Object.values(text);
    const say = text as (...about: unknown[]) => string;
    return [1, 12].map((figure) => say(...Array(Math.max(say.length, 1)).fill(figure)));
  });
}

const words = (text: string) => text.match(/[\p{L}\p{N}’-]+/gu) ?? [];
const sentences = (text: string) => text.split(/(?<=[.!?:])\s+/).filter((each) => words(each).length > 0);

/** Björnsson's readability index: words in a sentence, and how many of a hundred have more than six letters. */
function lix(text: string): number {
  const all = words(text);
  const long = all.filter((word) => word.length > 6).length;
  return all.length / Math.max(sentences(text).length, 1) + (100 * long) / Math.max(all.length, 1);
}

/** What does not move, as the pages say it. */
const STANDING = STANDING_KINDS.map((kind): [string, Catalogue] => {
  const said = (language: Language) =>
    Object.fromEntries(
      [1, 12].flatMap((count) => {
        const { what, cause, cure } = standingText(language, kind, {
          where: 'Inntak',
          count,
          detail: 'Kode E17.',
        });
        const own = [what, cause, cure].filter((text) => text !== 'Kode E17.');
        return own.map((text, at) => [`${count} ${at}`, text]);
      }),
    );
  return [`standing.ts ${kind}`, { nb: said('nb'), nn: said('nn') }];
});

test('there are catalogues', () => {
  expect(catalogues.map(([name]) => name)).toEqual(
    expect.arrayContaining(['frame.ts FRAME', 'fields.ts FIELD', 'problemCodes.ts PROBLEM_CODE']),
  );
});

describe.each([...catalogues, ...STANDING])('%s', (_, catalogue) => {
  test.each(Object.keys(LANGUAGES) as Language[])(
    '%s: no sentence above 25 words, LIX at most 45',
    (language) => {
      const all = textsOf(catalogue[language]);
      const long = all.flatMap(sentences).filter((sentence) => words(sentence).length > 25);
      expect(long).toEqual([]);
      // Of running text: a heading or a button is no sentence.
      const running = all.filter((text) => /[.!?]$/.test(text) && words(text).length > 4).join(' ');
      if (words(running).length >= 20) expect(lix(running)).toBeLessThanOrEqual(45);
    },
  );

  test('both languages say all of it, and nynorsk is no copy', () => {
    const [nb, nn] = [textsOf(catalogue.nb), textsOf(catalogue.nn)];
    expect(Object.keys(catalogue.nn)).toEqual(Object.keys(catalogue.nb));
    expect(
      [...nb, ...nn].filter((text) => text.trim() === '' || /undefined|NaN|\[object/.test(text)),
    ).toEqual([]);
    expect(nn.filter((text) => BOKMAL_WORDS.test(text.replaceAll(/«[^»]*»/g, '')))).toEqual([]);
  });
});

test('no rule says in nynorsk what bokmål says', () => {
  expect(RULES.filter(({ nynorsk }) => BOKMAL_WORDS.test(nynorsk)).map(({ nynorsk }) => nynorsk)).toEqual([]);
});

test('a long sentence and a heavy text are found', () => {
  expect(lix('Vi sender listen til deg i dag.')).toBeLessThan(45);
  expect(
    lix('Fylkeskommunens opplæringsadministrasjon gjennomfører registreringsbekreftelser.'),
  ).toBeGreaterThan(45);
});
