import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { loadPolicies } from '../../src/config/policy.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { FEEDS } from '../../src/core/youth/statusEvent.ts';
import { FLOORS } from '../architecture/rooms.ts';
import { ALERT_PICTURE, alertPicture } from './make/alertPicture.ts';
import { DRIFT, POLICY_EXAMPLE, withConfig } from './make/configTables.ts';
import { LISTS, withLists } from './make/listTables.ts';
import { INTEGRATION, README, withQuotes } from './make/quotes.ts';
import { goldenRights, RIGHTS_FILE } from './make/rights.ts';
import { type Quoted, quoted } from './quoted.ts';

const CURE = 'Cure: npm run golden, then read the diff.';
const at = (path: string) => new URL(path, README);
const ROOT = fileURLToPath(at('.'));
const read = (file: URL) => readFileSync(file, 'utf8');
const text = read(README);

let made: Quoted;
beforeAll(async () => {
  made = await quoted(text);
});

test('the tables of variables and policy are what the configuration reads', () => {
  expect(withConfig(read(DRIFT)) === read(DRIFT), CURE).toBe(true);
});

test('the columns of lists are those that lists are read by', () => {
  expect(withLists(read(LISTS)) === read(LISTS), CURE).toBe(true);
});

test('the rights to Kafka are those that the start checks', () => {
  expect(read(RIGHTS_FILE) === goldenRights(), CURE).toBe(true);
});

test('the example policy is one that a county could use', () => {
  const policies = loadPolicies({ from: 'file', path: fileURLToPath(POLICY_EXAMPLE) }, [
    { id: orgId('telemarkfylke-no'), county: countyNumber('40'), virtualClock: false },
  ]);
  expect(policies).toMatchObject({ ok: true });
});

test('the answers it shows are those the program gives', () => {
  expect(withQuotes(text, made.readme), CURE).toBe(text);
  expect(withQuotes(read(INTEGRATION), made.integration), CURE).toBe(read(INTEGRATION));
});

test('the picture shows an alert as the command line prints it', () => {
  expect(alertPicture(made.screen) === read(ALERT_PICTURE), CURE).toBe(true);
  expect(text).toContain('](docs/alert.svg)');
});

test('a quote without a maker, and a maker without a quote, are refused', () => {
  expect(() => withQuotes('<!-- quoted: a, by npm run golden -->\n<!-- /quoted -->', {})).toThrow(
    'a quote without a maker',
  );
  expect(() => withQuotes('', { a: 'b' })).toThrow('lost its marks <!-- quoted: a');
});

test('the README is a page to be scanned', () => {
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(120);
  expect(text).toContain('npm ci && npm start');
  expect(text).toContain('npm ci && npm test');
});

test('the README leads to every feed', () => {
  for (const feed of FEEDS) expect(text).toContain(`(adapters/${feed}/README.md)`);
});

test('every script has its line in CONTRIBUTING.md', () => {
  const { scripts } = JSON.parse(read(at('package.json')));
  const contributing = read(at('CONTRIBUTING.md'));
  const missing = Object.keys(scripts).filter(
    (name) =>
      !contributing.includes(`npm run ${name}`) &&
      !(['start', 'test'].includes(name) && contributing.includes(`npm ${name}`)),
  );
  expect(missing).toEqual([]);
});

test('links of the papers lead somewhere', () => {
  const papers = globSync(['*.md', 'docs/**/*.md', 'deploy/**/*.md', 'examples/**/*.md'], { cwd: ROOT });
  expect(papers).toContain('README.md');
  const broken = papers.flatMap((paper) =>
    [...read(at(paper)).matchAll(/\]\(([^)#\s]*)(?:#([^)\s]*))?\)/g)]
      .filter(([, link = '']) => !link.includes('://'))
      .filter(([, link = '', anchor]) => {
        const target = link === '' ? at(paper) : new URL(link, at(paper));
        return !existsSync(target) || (anchor !== undefined && !anchorsOf(read(target)).has(anchor));
      })
      .map(([whole]) => `${paper}: ${whole}`),
  );
  expect(broken).toEqual([]);
});

test('files named in the papers are there', () => {
  const named = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: ROOT })].flatMap(
    (paper) =>
      [...read(at(paper)).matchAll(/`((?:src|adapters|test|schemas|docs|examples)\/[\w./-]*)`/g)].map(
        ([, path = '']) => ({ paper, path }),
      ),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(({ path }) => !existsSync(at(path)))).toEqual([]);
});

test('the way of one record names files of the room that each row begins with', () => {
  const missing = [...read(at('docs/architecture.md')).matchAll(/^\| \d \| \*\*.*\| ([^|]+) \|$/gm)].flatMap(
    ([, files = '']) => {
      let folder = '';
      return [...files.matchAll(/`([\w./-]+\.(?:ts|sql))`/g)].flatMap(([, file = '']) => {
        const path = /^(?:src|adapters|schemas)\//.test(file) ? file : `${folder}/${file}`;
        folder = path.slice(0, path.lastIndexOf('/'));
        return existsSync(at(path)) ? [] : [path];
      });
    },
  );
  expect(missing).toEqual([]);
});

test('the floors in the architecture paper are those that imports are held to', () => {
  const rows = [...read(at('docs/architecture.md')).matchAll(/^\| (\d+) \| (`[^|]+`) \|/gm)];
  const floors = rows.map(
    ([, floor = '', rooms = '']) => [Number(floor), rooms.match(/\w+/g) ?? []] as const,
  );
  expect(floors.toSorted(([one], [other]) => one - other)).toEqual([...FLOORS.entries()]);
});

/** Of the headings, as GitHub makes them. */
function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
