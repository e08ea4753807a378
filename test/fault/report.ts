import { CHECK_NAMES } from './checks/checks.ts';
import { MUTANTS } from './mutants.ts';
import type { RunResult } from './run.ts';

const SHOWN = 5;

/** A run in plain lines: what was done to it, what came of it. */
export function printResult(result: RunResult): void {
  const { plan, faults, ms } = result;
  const count = (target: string, what = 'kill') =>
    faults.filter((fault) => fault.target === target && fault.what === what).length;
  const s = (value: number) => `${(value / 1_000).toFixed(1)} s`;
  console.log(`\n${plan.name} (seed ${plan.seed})${plan.mutant ? `: ${MUTANTS[plan.mutant].what}` : ''}`);
  console.log(
    `  sent ${result.deliveries} deliveries of ${result.inputs} inputs about ${plan.people} persons, acknowledged ${result.acknowledged}`,
  );
  console.log(
    `  received ${result.received} (the bridge's own records included), effects ${result.effects}, published ${result.messages}`,
  );
  console.log(
    `  killed: app ${count('app')}, Kafka ${count('kafka')}, PostgreSQL ${count('postgres')}; zombies ${count('app', 'continue')} of ${plan.zombies ?? 0}; did not start while a part was away ${result.ownEnds.starting}, ended by itself ${result.ownEnds.running}`,
  );
  console.log(`  load ${s(ms.load)}, drained in ${s(ms.drain)}, checked in ${s(ms.check)}`);
  if (!plan.mutant) {
    const began = faults[0]?.at ?? 0;
    for (const { at, what, target, acknowledged, sent } of faults) {
      console.log(
        `    +${s(at - began).padStart(7)} ${what} ${target}, ${acknowledged} of ${sent} acknowledged`,
      );
    }
  }
  if (result.stuck !== null) console.log(`  did not drain: ${result.stuck}`);
  for (const name of CHECK_NAMES) {
    const found = result.findings[name];
    console.log(`  ${name}: ${found.length} findings`);
    for (const finding of found.slice(0, plan.mutant ? 1 : SHOWN)) console.log(`    - ${finding}`);
  }
}

/** Clean means: all that was planned was done to it, it drained, and no checker has found anything. */
export function isClean({ plan, faults, ownEnds, stuck, findings }: RunResult): boolean {
  const zombies = faults.filter(({ what }) => what === 'continue').length;
  return (
    zombies >= (plan.zombies ?? 0) &&
    ownEnds.running === 0 &&
    stuck === null &&
    CHECK_NAMES.every((name) => findings[name].length === 0)
  );
}
