import * as z from 'zod';
import { between } from './between.ts';

export const README = new URL('../../../README.md', import.meta.url);
export const INTEGRATION = new URL('../../../docs/integration.md', import.meta.url);

/** Answers by the name of their place on a page. */
export type Quotes = Readonly<Record<string, string>>;

const Example = z.looseObject({ id: z.string(), fodselsnummer: z.string() });

/** The record of the README's first example, as it is written there. @throws when it is gone, or no record */
export function quotedInput(text: string): z.infer<typeof Example> {
  const example = /feeds\/school-dropout \\\n[^']*'content-type: application\/json' -d '([^']*)'/.exec(
    text,
  )?.[1];
  if (example === undefined) throw new Error('README.md has lost its first example');
  return Example.parse(JSON.parse(example));
}

/** The page with what the program answers now, each between its marks. @throws when marks and quotes do not meet */
export function withQuotes(text: string, quotes: Quotes): string {
  const quoted = Object.entries(quotes).reduce(
    (page, [name, output]) =>
      between(
        page,
        `<!-- quoted: ${name}, by npm run golden -->\n`,
        `\n${output.replaceAll(/^(?=.)/gm, '    ')}\n\n`,
        '<!-- /quoted -->',
      ),
    text,
  );
  const marks = quoted.split('<!-- quoted:').length - 1;
  if (marks !== Object.keys(quotes).length) throw new Error('a quote without a maker');
  return quoted;
}
