import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FEEDS } from '../../src/core/youth/statusEvent.ts';
import { README, readmeWithConfig, readmeWithQuotes } from './make/readme.ts';
import { quotes } from './quoted.ts';

const text = readFileSync(README, 'utf8');
const at = (path: string) => new URL(path, README);

test('the table of variables is what the configuration reads', () => {
  expect(readmeWithConfig(text) === text, 'Cure: npm run golden, then read the diff.').toBe(true);
});

test('the answers it shows are those the program gives', async () => {
  expect(readmeWithQuotes(text, await quotes(text)), 'Cure: npm run golden, then read the diff.').toBe(text);
});

test('a quote without a maker, and a maker without a quote, are refused', () => {
  expect(() => readmeWithQuotes('<!-- quoted: a, by npm run golden -->\n<!-- /quoted -->', {})).toThrow(
    'nobody makes',
  );
  expect(() => readmeWithQuotes('', { a: 'b' })).toThrow('lost the marks of the quote a');
});

test('the two commands stand in the README as they are run', () => {
  expect(text).toContain('npm ci && npm start');
  expect(text).toContain('npm ci && npm test');
});

test('the README leads to every feed', () => {
  for (const feed of FEEDS) expect(text).toContain(`(adapters/${feed}/README.md)`);
});

test('every script has its line', () => {
  const { scripts } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const missing = Object.keys(scripts).filter(
    (name) =>
      !text.includes(`npm run ${name}`) &&
      !(['start', 'test'].includes(name) && text.includes(`npm ${name}`)),
  );
  expect(missing).toEqual([]);
});

test('links of the README, the changelog and docs lead somewhere', () => {
  const papers = [
    'README.md',
    'CHANGELOG.md',
    ...readdirSync(at('docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  const broken = papers.flatMap((paper) =>
    [...readFileSync(at(paper), 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !link.includes('://') && !existsSync(new URL(link, at(paper))))
      .map((link) => `${paper}: ${link}`),
  );
  expect(broken).toEqual([]);
});
