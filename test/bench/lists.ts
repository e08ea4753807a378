import { disagreements, failOn } from './against/answers.ts';
import { figure } from './against/comparisonTable.ts';
import { readAgainst } from './benchFlags.ts';
import { startBenchParts } from './benchParts.ts';
import { haveOneSchema, openBuild, THIS_BUILD } from './build.ts';
import { type ListRun, NIGHTS, runNights } from './listNights.ts';
import { connectKafka } from './topics.ts';
import { turns } from './turns.ts';

// A list of VIGO's by HTTP, until its receipt is final and until the last alert of it is with a receiver: the first night,
// the next, and after a pass over other youths. `node test/bench/lists.ts [--against <folder or commit>]`. LISTS_ROWS
// (20 000), LISTS_PASS (150 000), LISTS_ROUNDS (1: two runs of each build, by turns).

const rows = Number(process.env.LISTS_ROWS ?? 20_000);
const pass = Number(process.env.LISTS_PASS ?? 150_000);
const rounds = Number(process.env.LISTS_ROUNDS ?? 1);
const say = (text: string) => void process.stdout.write(`${text}\n`);

const against = readAgainst(process.argv.slice(2));
const other = against === undefined ? undefined : await openBuild(against);
try {
  const parts = await startBenchParts(false);
  const kafka = await connectKafka(parts.brokers);
  try {
    const builds = other === undefined ? [THIS_BUILD] : [THIS_BUILD, other];
    const countEvents = other === undefined || haveOneSchema(THIS_BUILD, other);
    const plan = { rows, pass, began: Date.now(), countEvents };
    say(`${rows} rows; ${pass} other youths before the third night`);
    const runs: ListRun[] = [];
    for (const [at, build] of turns(builds, rounds).entries()) {
      const run = await runNights(parts, kafka, build, `benkliste-${at}-no`, plan);
      runs.push(run);
      for (const { night, receipt, lastAlert, alerts } of run.nights)
        say(
          `${build.name}, ${night}: receipt final after ${receipt.toFixed(2)} s, last of ${alerts} alerts after ${lastAlert.toFixed(2)} s`,
        );
      say(`${build.name}: ${run.peakMegabytes} MB at most`);
    }
    if (other !== undefined) {
      say(`seconds of this build, of ${other.name}, ratio`);
      for (const each of table(runs, [THIS_BUILD, other])) say(each);
    }
    failOn(disagreements(runs.map(({ build, answers }) => ({ name: build.name, answers }))));
    say(`equal answers of ${runs.length} runs`);
  } finally {
    await kafka.disconnect();
    await parts.stop();
  }
} finally {
  await other?.close();
}

function table(runs: readonly ListRun[], builds: readonly ListRun['build'][]): string[] {
  const valuesOf = (of: (run: ListRun) => number) =>
    builds.map((build) => runs.filter((run) => run.build === build).map(of));
  const seconds = NIGHTS.flatMap((night) =>
    (['receipt', 'lastAlert'] as const).map((what) =>
      figure(
        night,
        what === 'receipt' ? 'final receipt' : 'last alert',
        valuesOf((run) => run.nights.find((each) => each.night === night)?.[what] ?? Number.NaN),
        2,
      ),
    ),
  );
  const memory = figure(
    'all',
    'MB at most',
    valuesOf((run) => run.peakMegabytes),
    0,
  );
  return [...seconds, memory].filter((line) => line !== undefined);
}
