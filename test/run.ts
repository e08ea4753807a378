import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

// `npm test`: everything, on real Kafka and PostgreSQL. Runs every step also after one has failed, and ends
// with one line of counts. A step that fails without a failed test of its own counts as one.

const RESULTS = 'test-results';
const SUMMARY = join(RESULTS, 'summary.txt');

interface Step {
  name: string;
  args: string[];
  /** A file of counts in the shape of vitest's JSON reporter; a step without one only passes or fails. */
  result?: string;
}

const unit = join(RESULTS, 'unit.json');
const steps: Step[] = [
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  { name: 'lint and format', args: ['node_modules/@biomejs/biome/bin/biome', 'ci'] },
  {
    name: 'tests',
    args: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--coverage',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${unit}`,
    ],
    result: unit,
  },
  { name: 'short fault suite', args: ['test/fault/short.ts'], result: join(RESULTS, 'fault.json') },
];

const counts = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int().default(0),
});

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

function run(step: Step): Promise<boolean> {
  console.log(`\n— ${step.name}`);
  const child = spawn(process.execPath, step.args, { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code === 0));
  });
}

function totalsOf(step: Step, passed: boolean): Totals {
  const read = step.result ? readCounts(step.result) : { passed: 0, failed: 0, skipped: 0 };
  const nothingRan = step.result !== undefined && read.passed + read.failed === 0;
  return (passed && !nothingRan) || read.failed > 0 ? read : { ...read, failed: 1 };
}

function readCounts(path: string): Totals {
  try {
    const read = counts.parse(JSON.parse(readFileSync(path, 'utf8')));
    return {
      passed: read.numPassedTests,
      failed: read.numFailedTests,
      skipped: read.numPendingTests + read.numTodoTests,
    };
  } catch (error) {
    console.error(`${path} holds no counts: ${error}`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS);
let interrupted = false;
// Ctrl-C reaches the step as well, which cleans up after itself: wait for it, then stop.
process.on('SIGINT', () => {
  interrupted = true;
});

const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
const failedSteps: string[] = [];
for (const step of steps) {
  const passed = await run(step);
  if (interrupted) process.exit(130);
  const { passed: ok, failed, skipped } = totalsOf(step, passed);
  totals.passed += ok;
  totals.failed += failed;
  totals.skipped += skipped;
  if (failed > 0) failedSteps.push(step.name);
}
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}.`);
const summary = `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`;
writeFileSync(SUMMARY, `${summary}\n`);
console.log(summary);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
