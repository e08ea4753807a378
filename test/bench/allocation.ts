import { parseArgs } from 'node:util';
import type { Measured } from './allocationRun.ts';
import { type Build, openBuild, THIS_BUILD } from './build.ts';
import { outputOf } from './programs.ts';
import { median, turns } from './turns.ts';

// `node test/bench/allocation.ts`: what a record costs between Kafka and the database, in memory and without either: bytes
// allocated on V8's heap, µs of CPU of the whole process (the collector's threads included), per record of the bench's
// three loads, when the code is warm. Bytes are counted by V8 itself and vary by a part in a thousand; µs vary with the
// machine. `--against <folder or commit>` runs both builds by turns (A B B A) and requires the same results of
// them, byte by byte. `--sites` lists the functions that allocate most, by samples in a run of its own. BENCH_YOUTHS
// (3 000), BENCH_ROUNDS (1), BENCH_LOAD (with --sites: of the loads that begin so alone).

const { values } = parseArgs({
  options: { against: { type: 'string' }, sites: { type: 'boolean', default: false } },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const FILE = './allocationRun.ts';

async function measure(build: Build, sites = false): Promise<Measured> {
  const env = { BENCH_BUILD: build.folder, BENCH_SITES: sites ? '1' : '0' };
  return JSON.parse(await outputOf(FILE, env, { ...build, flags: [...build.flags, '--expose-gc'] }));
}

const other = values.against === undefined ? undefined : await openBuild(values.against);
try {
  const builds = other === undefined ? [THIS_BUILD] : [THIS_BUILD, other];
  const runs = new Map<Build, Measured[]>(builds.map((build) => [build, []]));
  for (const build of turns(builds, Number(process.env.BENCH_ROUNDS ?? 1)))
    runs.get(build)?.push(await measure(build));
  for (const line of table(runs)) say(line);
  if (values.sites) for (const { at, bytes } of (await measure(THIS_BUILD, true)).sites) say(row(at, bytes));
  const results = new Set([...runs.values()].flat().map((run) => run.results));
  if (results.size > 1) throw new Error('the builds do not come to the same');
} finally {
  await other?.close();
}

/** Medians; of two builds also the first's share of the second's. */
function table(runs: ReadonlyMap<Build, readonly Measured[]>): string[] {
  const all = [...runs];
  const head = ['per record'.padEnd(50), ...all.map(([{ name }]) => name.padStart(12))].join('');
  const names = all[0]?.[1][0]?.loads.map(({ name }) => name) ?? [];
  return [
    head,
    ...names.flatMap((name, place) =>
      (['bytes', 'micros'] as const).map((what) => {
        const figures = all.map(([, measured]) =>
          median(measured.map((run) => run.loads[place]?.[what] ?? 0)),
        );
        const [ours = 0, theirs] = figures;
        const ratio = theirs === undefined ? '' : `   ${(ours / theirs).toFixed(2)}`;
        return row(`${name}, ${what === 'bytes' ? 'bytes allocated' : 'µs of CPU'}`, ...figures) + ratio;
      }),
    ),
  ];
}

function row(name: string, ...figures: readonly number[]): string {
  const shown = figures.map((figure) => figure.toFixed(figure < 1_000 ? 1 : 0).padStart(12));
  return [name.padEnd(50), ...shown].join('');
}
