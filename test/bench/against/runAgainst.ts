import type { BenchTask } from '../benchFlags.ts';
import { startBenchParts } from '../benchParts.ts';
import { openBuild, THIS_BUILD } from '../build.ts';
import { PER_YOUTH } from '../load.ts';
import { failOn } from './answers.ts';
import { compareBuilds } from './compareBuilds.ts';
import { comparisonTable } from './comparisonTable.ts';

/** `npm run bench -- --against <folder or commit>`. BENCH_YOUTHS (50 000), BENCH_ROUNDS (1: of A B B A), BENCH_LATENCY
 *  (20 seconds; 0 leaves it out). */
export async function runAgainst(task: Extract<BenchTask, { task: 'against' }>): Promise<void> {
  const youths = Number(process.env.BENCH_YOUTHS ?? 50_000);
  const rounds = Number(process.env.BENCH_ROUNDS ?? 1);
  const latencySeconds = Number(process.env.BENCH_LATENCY ?? 20);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const other = await openBuild(task.build);
  try {
    const parts = await startBenchParts(false);
    try {
      const builds = [THIS_BUILD, other] as const;
      for (const { name, folder, flags } of builds)
        say(`${name}: ${folder}, node ${flags.join(' ') || 'without flags'}`);
      say(`${youths} youths, ${youths * (PER_YOUTH - 1)} follow-ups, ${rounds} rounds of A B B A`);
      if (task.heap) say('both take samples of their heap: slower than without, both alike');
      const plan = { builds, youths, rounds, latencySeconds, heap: task.heap, own: task.own, say };
      const { measured, delays, unequal } = await compareBuilds(parts, plan);
      for (const line of comparisonTable(builds, measured, delays)) say(line);
      failOn(unequal);
    } finally {
      await parts.stop();
    }
  } finally {
    await other.close();
  }
}
