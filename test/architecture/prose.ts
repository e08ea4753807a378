import { commentsOf, type Source } from './sources.ts';

/** Words that hide the field's term, and the terms to choose from. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:told|tells?|telling)\b/i, 'reported, published, logged, raised, given'],
  [/\b(?:stands?|standing|stood)\b/i, 'is stored, is current, is open, is stopped'],
  [
    /\b(?:nobody|somebody|anybody|everybody|whoever)\b/i,
    'the sender, the operator, the adviser, no consumer',
  ],
  [/\bclash(?:es)?\b/i, 'version conflict'],
  [/\banew\b/i, 'again'],
  [/\bfor ever\b/i, 'without a deadline, without limit'],
  [/\bat once\b/i, 'immediately, at the same time'],
  [/\bbeside\b/i, 'with, next to, in parallel'],
  [/\b(?:the|a) (?:story|river|house|door)\b/i, 'the pipeline, the flow, the codebase, an allowed import'],
];

/** Comments with such a word, each as `path:line word: what to write`. Names in backticks are not prose. */
export function vagueWords(all: readonly Source[]): string[] {
  return all.flatMap((source) =>
    commentsOf(source).flatMap(({ line, text }) => {
      const prose = text.replace(/`[^`]*`|@param \w+/g, '');
      return WORDS.flatMap(([word, instead]) => {
        const found = word.exec(prose)?.[0];
        return found === undefined ? [] : [`${source.path}:${line} ${found}: ${instead}`];
      });
    }),
  );
}
