import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './sources.ts';

// What may lie at the top of the checkout. A reader sees this first: whatever is not listed goes into one of the folders.

export const TOP_LEVEL: Readonly<Record<string, string>> = {
  'package.json': 'dependencies and scripts',
  'package-lock.json': 'their exact versions',
  'tsconfig.json': 'types; editors look for it here',
  src: 'the program',
  adapters: 'one folder per feed: what a county reads',
  schemas: 'Avro, OpenAPI, AsyncAPI, SQL: what others build against',
  deploy: 'how it is run',
  test: 'tests, harnesses, tools for both, and their configuration',
  docs: 'papers',
  examples: 'what others may copy',
  findings: 'answered questions about the domain',
  'README.md': 'the way in',
  LICENSE: '',
  'CHANGELOG.md': '',
  'CONTRIBUTING.md': '',
  '.ci': 'what CI runs',
  '.gitignore': '',
  '.dockerignore': '',
  '.biome.json': 'lint and format; Biome and editors look for it here',
};

/** Names that are not listed. What git ignores is left out, so that it needs no git to ask.
 *  @param names of files and folders at the top of the checkout */
export function strayNames(names: readonly string[]): string[] {
  const patterns = readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  const ignored = (name: string) =>
    name === '.git' ||
    patterns.some((pattern) =>
      pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern.replace(/\/$/, ''),
    );
  return names.filter((name) => !Object.hasOwn(TOP_LEVEL, name) && !ignored(name)).sort();
}
