import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';

// schemathesis makes requests from the API's own description, right ones and wrong ones, and compares the answers with
// it: status, schema, content type, headers, no 5xx, nothing wrong accepted and nothing right refused.

const FOLDER = fileURLToPath(new URL('../../.cache/fuzz/', import.meta.url));
const PROGRAM = join(FOLDER, 'bin/st');
const EXCEPTIONS = fileURLToPath(new URL('exceptions.toml', import.meta.url));

/** Whether it is installed: `.ci/run` does it, CONTRIBUTING.md says how. */
export function hasSchemathesis(): boolean {
  return existsSync(PROGRAM);
}

export interface FuzzPlan {
  /** Of the running bridge, e.g. `http://127.0.0.1:8080`. */
  url: string;
  /** Requests per operation and phase, at most. */
  examples: number;
  seed: number;
  /** Values of path parameters that random text would never hit, e.g. the organisation. */
  known: Readonly<Record<string, string>>;
  /** Sent with every request. */
  authorization?: string;
  /** `examples`, `coverage`, `fuzzing`, `stateful`. */
  phases: readonly string[];
}

export interface FuzzResult {
  /** Requests sent. */
  cases: number;
  operations: number;
  /** Each with how to repeat it. */
  failures: string[];
}

const HEADLINE = /Selected: (\d+)\/\d+[\s\S]*?(\d+) generated/;

/** @throws Error when it did not run to its end */
export async function fuzz(plan: FuzzPlan): Promise<FuzzResult> {
  const folder = mkdtempSync(join(tmpdir(), 'ot-bridge-fuzz-'));
  const report = join(folder, 'report.xml');
  const options = [
    'run',
    `${plan.url}/openapi.json`,
    `--phases=${plan.phases.join(',')}`,
    `--max-examples=${plan.examples}`,
    `--seed=${plan.seed}`,
    '--continue-on-failure',
    '--generation-database=none',
    '--suppress-health-check=filter_too_much,too_slow',
    '--request-timeout=30',
    '--warnings=off',
    '--no-color',
    '--report=junit',
    `--report-junit-path=${report}`,
    ...(plan.authorization === undefined ? [] : ['-H', `Authorization: ${plan.authorization}`]),
  ];
  const known = Object.entries(plan.known).map(([name, value]) => `"path.${name}" = "${value}"`);
  const settings = ['[parameters]', ...known, readFileSync(EXCEPTIONS, 'utf8')];
  writeFileSync(join(folder, 'schemathesis.toml'), settings.join('\n'));
  try {
    const { stdout, code } = await run(options, folder);
    const found = HEADLINE.exec(stdout);
    if (!found || !existsSync(report))
      throw new Error(`schemathesis did not run to its end (${code}):\n${stdout}`);
    const failures = failuresIn(readFileSync(report, 'utf8'));
    // An error of its own has no entry in every phase: the exit code has the last word.
    if (code !== 0 && failures.length === 0) failures.push(stdout);
    return { operations: Number(found[1]), cases: Number(found[2]), failures };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const failed = z.object({ stdout: z.string(), code: z.number() });

async function run(options: readonly string[], cwd: string): Promise<{ stdout: string; code: number }> {
  try {
    const { stdout } = await promisify(execFile)(PROGRAM, options, { cwd, maxBuffer: 64 * 1024 * 1024 });
    return { stdout, code: 0 };
  } catch (error) {
    return failed.parse(error);
  }
}

function failuresIn(junit: string): string[] {
  return [...junit.matchAll(/<testcase name="([^"]*)"[^>]*[^/]>([\s\S]*?)<\/testcase>/g)].flatMap(
    ([, name = '', inside = '']) =>
      /<(failure|error)/.test(inside) ? [`${name}\n${inside.replaceAll('&#10;', '\n')}`] : [],
  );
}
