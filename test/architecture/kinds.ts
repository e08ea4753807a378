import { importsOf, type Source } from './sources.ts';

// Which tests need more than their own process. The name of a file says it (`*.real.test.ts`), the import graph must
// agree: the scripts select by name.

/** What starts or asks for a broker, a database, Java, a browser, or the program. Processes of Node that end by themselves go through
 *  test/harness/plainNode.ts and do not count. */
const REAL_PARTS: readonly string[] = [
  'test/harness/sharedParts.ts',
  'test/harness/realParts.ts',
  'src/local/kafka.ts',
  'src/local/postgres.ts',
  'playwright-core',
  'node:child_process',
];
const NO_PART = 'test/harness/plainNode.ts';

const isTest = (path: string) => path.endsWith('.test.ts');
const saysReal = (path: string) => path.endsWith('.real.test.ts');

/** Tests whose name and imports disagree, each with the way to the real part it reaches.
 *  @param all product and tests */
export function misnamedTests(all: readonly Source[]): string[] {
  const needs = new Map(
    all.map((source) => [
      source.path,
      importsOf(source)
        .filter(({ typeOnly }) => !typeOnly)
        .map(({ to }) => to),
    ]),
  );
  return all
    .map(({ path }) => path)
    .filter(isTest)
    .flatMap((path) => {
      const way = wayToRealPart(path, needs);
      if (way !== null && !saysReal(path)) return [`${way.join(' → ')}: name it *.real.test.ts`];
      if (way === null && saysReal(path)) return [`${path} reaches no real part: name it *.test.ts`];
      return [];
    });
}

/** The shortest way over run-time imports; null when there is none. */
function wayToRealPart(from: string, needs: ReadonlyMap<string, readonly string[]>): string[] | null {
  const seen = new Set([from]);
  let ways: string[][] = [[from]];
  while (ways.length > 0) {
    const longer: string[][] = [];
    for (const way of ways) {
      for (const to of needs.get(way.at(-1) ?? '') ?? []) {
        if (REAL_PARTS.includes(to)) return [...way, to];
        if (to === NO_PART || seen.has(to)) continue;
        seen.add(to);
        longer.push([...way, to]);
      }
    }
    ways = longer;
  }
  return null;
}
