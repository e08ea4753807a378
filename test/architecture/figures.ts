import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { recordRun } from './recordRun.ts';
import { ringGroups } from './ringGroups.ts';
import { importsOf, ROOT, type Source, sources, uncommented } from './sources.ts';
import { WAYS } from './wayOfRecord.ts';

// `npm run figures [-- path]`: what the layout costs a reader, as a table. Another checkout is measured by its path, with
// its packages installed.

/** What a reader would search for. One pattern for all layouts; comments do not count. */
const EXAMPLES: Readonly<Record<string, RegExp>> = {
  'a feed (`private-school`, also the name of a kind of training)': /\bprivate-school\b/,
  'a rule (`R44`)': /\bR44\b/,
  'a kind of fact (`WithoutPlans`)': /\bWithoutPlans\b/,
  'the Kafka sink (it, its fence, or the records made for it)':
    /\b(?:create)?KafkaSink\b|\bOutgoingRecord\b|\bfenceOf\b/,
};

/** What the pipeline in memory replaces. */
const ON_REAL_PARTS =
  /\/postgres\/|^src\/kafka\/|^src\/relay\/(lane(?!Publishing)|kafka)|^src\/intake\/kafka/;

/** The folder of `src`; a file directly in it is a room of its own, with the folder of its name. */
function roomFor(path: string): string {
  if (path.startsWith('adapters/')) return 'adapters';
  return (path.split('/')[1] ?? '').replace(/\.\w+$/, '');
}

function ringsOf(product: readonly Source[], nameOf: (path: string) => string): string {
  const paths = new Set(product.map(({ path }) => path));
  const needs = new Map<string, Set<string>>();
  for (const source of product) {
    const from = nameOf(source.path);
    const own = needs.get(from) ?? new Set<string>();
    needs.set(from, own);
    for (const { to } of importsOf(source)) if (paths.has(to) && nameOf(to) !== from) own.add(nameOf(to));
  }
  const groups = ringGroups(needs);
  return groups.length === 0 ? '0' : `${groups.length} (through ${groups.flat().length})`;
}

export function roomChanges(way: readonly string[]): number {
  return way.filter((path, index) => index > 0 && roomFor(path) !== roomFor(way[index - 1] ?? path)).length;
}

/** @param run files that ran in memory: those of the way but for Kafka and PostgreSQL, or the list is wrong */
function changesIn(root: string, run: ReadonlySet<string>): string {
  const way = WAYS.find((paths) => paths.every((path) => existsSync(join(root, path))));
  if (way === undefined) return 'no list for this layout (wayOfRecord.ts)';
  const missed = way.filter((path) => !run.has(path) && !ON_REAL_PARTS.test(path));
  if (missed.length > 0) throw new Error(`on the list, and not run: ${missed.join(', ')}`);
  return String(roomChanges(way));
}

/** By the checkout's own floors. */
async function upwardsIn(root: string, product: readonly Source[]): Promise<string> {
  const rules: { upwards?(all: readonly Source[]): string[] } = await import(
    pathToFileURL(join(root, 'test/architecture/rules.ts')).href
  );
  return rules.upwards === undefined ? 'no floors' : String(rules.upwards(product).length);
}

async function figures(root: string): Promise<[figure: string, value: string][]> {
  const product = sources(['src', 'adapters'], ['.ts', '.mjs'], root);
  const run = await recordRun(root);
  const naming = (pattern: RegExp) => product.filter((each) => pattern.test(uncommented(each))).length;
  return [
    ['product files', String(product.length)],
    ['files run for one record', String(run.files.size)],
    ['named functions run for one record', String(run.namedFunctions)],
    ['room changes on its way', changesIn(root, run.files)],
    ['rings of rooms, types counted', ringsOf(product, roomFor)],
    ['rings of files, types counted', ringsOf(product, (path) => path)],
    ['imports upwards', await upwardsIn(root, product)],
    ...Object.entries(EXAMPLES).map(([name, pattern]): [string, string] => [
      `files that name ${name}`,
      String(naming(pattern)),
    ]),
  ];
}

if (import.meta.main) {
  const table = await figures(resolve(process.argv[2] ?? ROOT));
  console.log(
    ['| figure | value |', '|---|---|', ...table.map((row) => `| ${row.join(' | ')} |`)].join('\n'),
  );
}
