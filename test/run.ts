import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as z from 'zod';

// `npm run check`: types, lint and what runs in memory. `npm test`: that and everything on real Kafka and PostgreSQL. Runs
// every step also after one has failed, and ends with one line of counts. A step that fails without a failed test of its own
// counts as one.

const RESULTS = 'test-results';
const SUMMARY = join(RESULTS, 'summary.txt');

interface Step {
  name: string;
  args: string[];
  /** A file of counts in the shape of vitest's JSON reporter; a step without one only passes or fails. */
  result?: string;
  /** On top of the environment. */
  env?: Record<string, string>;
  /** Runs in parallel with the step that follows, and prints when that is over. */
  background?: true;
}

const types: Step = { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit'] };
const audit: Step = { name: 'known vulnerabilities', args: ['test/architecture/audit.ts'] };
const lint: Step = { name: 'lint and format', args: ['node_modules/@biomejs/biome/bin/biome', 'ci'] };

/** @param project of test/vitest.config.ts */
function tests(name: string, project: 'pure' | 'real', options: readonly string[] = []): Step {
  const result = join(RESULTS, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${result}`];
  const config = ['--config', 'test/vitest.config.ts', '--project', project];
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...config, ...reporters, ...options];
  return { name, args, result };
}

const IN_MEMORY = 'tests in memory (store, feed topics and publisher: src/store/memory, src/kafka/memory*)';

const RUNS: Readonly<Record<string, readonly Step[]>> = {
  check: [
    { ...types, background: true },
    { ...lint, background: true },
    { ...tests(IN_MEMORY, 'pure'), env: { PROPERTY_RUNS: 'quick' } },
  ],
  all: [
    { ...types, background: true },
    { ...lint, background: true },
    { ...audit, background: true },
    tests(IN_MEMORY, 'pure', ['--coverage']),
    // Two of three wait for a broker, a database or a browser: of 111 s a test of lanes had 68 of a processor.
    tests('tests on real Kafka, PostgreSQL and processes', 'real', ['--maxWorkers=3']),
    { name: 'short fault suite', args: ['test/fault/short.ts'], result: join(RESULTS, 'fault.json') },
  ],
};

const counts = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int().default(0),
  testResults: z
    .array(
      z.object({
        name: z.string(),
        message: z.string().default(''),
        assertionResults: z.array(
          z.object({
            status: z.string(),
            fullName: z.string(),
            failureMessages: z.array(z.string()).default([]),
          }),
        ),
      }),
    )
    .default([]),
});
/** Lines of a failure that are said once more at the end. */
const FAILURE_LINES = 12;

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
  /** Each failed test with the first lines of why. */
  failures: string[];
}

/** Whether it passed. Says how long it took. */
function run(step: Step): Promise<boolean> {
  const began = performance.now();
  const held: Buffer[] = [];
  if (!step.background) console.log(`\n— ${step.name}`);
  const child = spawn(process.execPath, step.args, {
    stdio: step.background ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, ...step.env },
  });
  child.stdout?.on('data', (chunk: Buffer) => held.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => held.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      if (step.background) print.push(`\n— ${step.name}\n${Buffer.concat(held)}${step.name}: ${seconds} s`);
      else console.log(`${step.name}: ${seconds} s`);
      resolve(code === 0);
    });
  });
}
/** What background steps have said. */
const print: string[] = [];

const NOTHING: Totals = { passed: 0, failed: 0, skipped: 0, failures: [] };

function totalsOf(step: Step, passed: boolean): Totals {
  const read = step.result ? readCounts(step.result) : NOTHING;
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
      failures: read.testResults.flatMap(failuresOf),
    };
  } catch (error) {
    console.error(`${path} holds no counts: ${error}`);
    return NOTHING;
  }
}

type FileResult = z.infer<typeof counts>['testResults'][number];

function failuresOf({ name, message, assertionResults }: FileResult): string[] {
  const file = relative(process.cwd(), name);
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0 && message !== '') return [`${file}\n${firstLines(message)}`];
  return failed.map((each) => `${file} > ${each.fullName}\n${firstLines(each.failureMessages.join('\n'))}`);
}

const firstLines = (text: string): string =>
  text
    .split('\n')
    .slice(0, FAILURE_LINES)
    .map((line) => `    ${line}`)
    .join('\n');

const [, , named = ''] = process.argv;
const steps = RUNS[named];
if (steps === undefined) throw new Error(`no run is called «${named}»: ${Object.keys(RUNS).join(', ')}`);

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS);
let interrupted = false;
// Ctrl-C reaches the step as well, which cleans up after itself: wait for it, then stop.
process.on('SIGINT', () => {
  interrupted = true;
});

const totals: Totals = { ...NOTHING, failures: [] };
const failedSteps: string[] = [];
function count(step: Step, passed: boolean): void {
  const { passed: ok, failed, skipped, failures } = totalsOf(step, passed);
  totals.passed += ok;
  totals.failed += failed;
  totals.skipped += skipped;
  totals.failures.push(...failures);
  if (failed > 0) failedSteps.push(step.name);
}
let background: { step: Step; passed: Promise<boolean> }[] = [];
for (const step of steps) {
  if (step.background) {
    background.push({ step, passed: run(step) });
    continue;
  }
  const passed = await run(step);
  const ended = background;
  background = [];
  for (const each of ended) count(each.step, await each.passed);
  for (const text of print.splice(0)) console.log(text);
  if (interrupted) process.exit(130);
  count(step, passed);
}
// Once more at the end: of a long run often only the last lines are kept.
for (const failure of totals.failures) console.log(`\nFAILED ${failure}`);
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}.`);
if (named === 'check')
  console.log(
    'Left out: the sample county, and everything on real Kafka and PostgreSQL (npm run unit). All of it: npm test.',
  );
const summary = `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`;
writeFileSync(SUMMARY, `${summary}\n`);
console.log(summary);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
