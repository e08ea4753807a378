import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { epochOf, type IsoDate } from '../../../src/core/time/date.ts';
import { sampleCutoffs, stepEnds } from '../../../src/local/sample/calendar.ts';
import { STEP_DAYS } from '../../../src/local/sample/player.ts';
import type { SampleYear } from '../../../src/local/sample/population.ts';
import { SAMPLE_ORG } from '../../../src/local/sample/target.ts';
import { type BuiltSnapshot, buildSnapshot } from '../../../src/reports/snapshot.ts';
import { memoryOperations } from '../../../src/store/memory/operations.ts';
import { emptyState } from '../../../src/store/memory/state.ts';
import type { Operations } from '../../../src/store/operationsPort.ts';
import type { SamplePipeline } from './pipelineInMemory.ts';
import { pipelineInMemory } from './pipelineInMemory.ts';

// The whole year through the real adapters and the real rules, step by step as the player sends it. Within
// a step the feeds are read side by side, so any feed may come first.

export const FEED_ORDERS = [
  ['vigo-intake', 'school-dropout', 'apprenticeship', 'folkeregister', 'consent', 'ot-adviser'],
  ['ot-adviser', 'consent', 'folkeregister', 'apprenticeship', 'school-dropout', 'vigo-intake'],
] as const;

export interface Run {
  pipeline: SamplePipeline;
  operations: Operations;
  built: BuiltSnapshot[];
}

export async function play(year: SampleYear, feedOrder: readonly string[]): Promise<Run> {
  const pipeline = pipelineInMemory();
  const operations = memoryOperations(emptyState());
  const built: BuiltSnapshot[] = [];
  let from = 0;
  for (const end of stepEnds(STEP_DAYS)) {
    const until = year.records.findIndex(({ at }) => at > epochOf(end));
    const step = year.records.slice(from, until < 0 ? undefined : until);
    from += step.length;
    for (const { feed } of step) if (!feedOrder.includes(feed)) throw new Error(`no adapter reads ${feed}`);
    for (const feed of feedOrder) {
      for (const record of step) if (record.feed === feed) pipeline.take(feed, record.value, record.at);
    }
    pipeline.fallDue(end);
    const cutoff = sampleCutoffs().find((one) => one.cutoff === end);
    if (cutoff) built.push(await build(pipeline, operations, cutoff.referenceDate));
  }
  return { pipeline, operations, built };
}

export function build(
  pipeline: SamplePipeline,
  operations: Operations,
  referenceDate: IsoDate,
): Promise<BuiltSnapshot> {
  const { queries } = pipeline;
  return buildSnapshot({
    queries,
    operations,
    org: SAMPLE_ORG,
    county: countyNumber('38'),
    referenceDate,
    policy: defaultPolicy(countyNumber('38')),
  });
}
