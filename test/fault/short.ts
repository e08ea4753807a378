import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RealParts, startRealParts } from '../harness/realParts.ts';
import { MUTANT_NAMES } from './appPlan.ts';
import { CHECK_NAMES } from './checks/checks.ts';
import { LANE_FAULTS, type LanePlan, playLaneFaults } from './laneFaults.ts';
import { MUTANTS } from './mutants.ts';
import { isClean, printResult } from './report.ts';
import { type RunPlan, type RunResult, run } from './run.ts';

// `npm run fault:short`: real Kafka, real PostgreSQL, the real app, killed at random moments under load. First as it
// is: nothing lost, doubled, turned around or invented. Then with a bug planted, one after the other: each must be
// caught by the checker that is there for it, or the checkers prove nothing. Seed: FAULT_SEED.

const SEED = Number(process.env.FAULT_SEED ?? 20_261_122);
const ONLY = process.env.FAULT_ONLY;
const RESULT = join('test-results', 'fault.json');
const SIDE_BY_SIDE = 3;

const CLEAN: RunPlan = {
  name: 'clean',
  seed: SEED,
  size: 11_500,
  people: 400,
  perSecond: 220,
  // As `npm start` runs it on two processors.
  laneProcesses: 1,
  kills: { app: 8, laneProcess: 4, kafka: 4, postgres: 4 },
  gapMs: { low: 1_500, high: 4_000 },
};

const tests: { name: string; passed: boolean }[] = [];
const check = (name: string, passed: boolean) => {
  tests.push({ name, passed });
  console.log(`  ${passed ? 'ok' : 'FAILED'}: ${name}`);
};

const began = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'ot-bridge-fault-'));
let parts: RealParts | undefined;
let interrupted = false;
process.once('SIGINT', () => {
  interrupted = true;
  void parts?.stop().finally(() => process.exit(130));
});
try {
  console.log(`seed ${SEED}`);
  parts = await startRealParts();
  if (ONLY === undefined || ONLY.includes('clean')) judgeClean(await run(parts, CLEAN, folder));
  const queue = [...lanePlays(parts), ...mutantRuns(parts)];
  await Promise.all(
    Array.from({ length: SIDE_BY_SIDE }, async () => {
      for (let play = queue.shift(); play; play = queue.shift()) await play();
    }),
  );
} catch (error) {
  if (!interrupted) {
    console.error(error);
    check('the run came to its end', false);
  }
} finally {
  await parts?.stop();
  // With evidence in it, it stays.
  if (readdirSync(folder).length === 0) rmdirSync(folder);
  else console.log(`\nkept: ${folder}`);
}

const failed = tests.filter(({ passed }) => !passed).length;
mkdirSync('test-results', { recursive: true });
const counts = { numPassedTests: tests.length - failed, numFailedTests: failed, numPendingTests: 0 };
writeFileSync(RESULT, `${JSON.stringify({ ...counts, seed: SEED, tests }, null, 2)}\n`);
console.log(
  `\n${counts.numPassedTests} passed, ${failed} failed, seed ${SEED}, ${((performance.now() - began) / 1_000).toFixed(0)} s`,
);
process.exit(failed > 0 || tests.length === 0 ? 1 : 0);

/** What can be wrong with a topic, and two planted bugs that this must find. */
function lanePlays(real: RealParts): (() => Promise<void>)[] {
  if (ONLY !== undefined && !ONLY.includes('lanes')) return [];
  const all: LanePlan = { name: 'lanes', seed: SEED, faults: LANE_FAULTS, stillMs: 30_000 };
  const planted: LanePlan[] = [
    { ...all, name: 'ignore-marker', mutant: 'ignore-marker', faults: ['transactions'], stillMs: 8_000 },
    { ...all, name: 'bad-batch', mutant: 'bad-batch-stops-all', faults: ['unreadable'], stillMs: 8_000 },
  ];
  return [all, ...planted].map(
    (plan) => async () => judgeLanes(plan, await playLaneFaults(real, plan, folder)),
  );
}

/** A run with each bug planted; as many as `SIDE_BY_SIDE` wait for Kafka and the next kill at the same time. */
function mutantRuns(real: RealParts): (() => Promise<void>)[] {
  return MUTANT_NAMES.map((mutant, index) => ({ mutant, index }))
    .filter(({ mutant }) => ONLY === undefined || ONLY.includes(mutant) || ONLY.includes('mutants'))
    .map(({ mutant, index }) => async () => {
      const plan = {
        ...{ name: mutant, mutant, seed: SEED + 1 + index, size: 900, people: 70, perSecond: 200 },
        ...{ kills: { app: 3, kafka: 0, postgres: 0 }, gapMs: { low: 800, high: 1_600 }, stillMs: 10_000 },
      };
      judgeMutant(await run(real, plan, folder));
    });
}

function judgeClean(result: RunResult): void {
  printResult(result);
  const kills = result.faults.filter(({ what }) => what === 'kill').length;
  check(
    `at least 10,000 inputs under at least 20 kills (${result.inputs}, ${kills})`,
    result.inputs >= 10_000 && kills >= 20,
  );
  check('everything drains', result.stuck === null);
  for (const name of CHECK_NAMES) check(`clean: ${name} finds nothing`, result.findings[name].length === 0);
  if (!isClean(result)) console.log(`  again: FAULT_SEED=${SEED} FAULT_ONLY=clean npm run fault:short`);
}

function judgeLanes({ name, mutant, faults }: LanePlan, findings: readonly string[]): void {
  for (const finding of findings) console.log(`    - ${name}: ${finding}`);
  if (mutant === undefined)
    check(`lanes: ${faults.join(', ')}: nothing is lost or stuck`, findings.length === 0);
  else check(`${mutant} is caught by the play of lane faults`, findings.length > 0);
}

function judgeMutant(result: RunResult): void {
  printResult(result);
  const { mutant } = result.plan;
  if (!mutant) return;
  const { caughtBy } = MUTANTS[mutant];
  check(`${mutant} is caught by ${caughtBy}`, result.findings[caughtBy].length > 0);
}
