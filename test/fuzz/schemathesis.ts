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
  /** Sent with every request, e.g. `Authorization`. */
  headers?: Readonly<Record<string, string>>;
  /** One alone, e.g. `GET /me`; all when absent. */
  operation?: string;
  /** Left out, as `operation`. */
  without?: readonly string[];
  /** Settings of schemathesis on top of exceptions.toml's. */
  settings?: string;
  /** `examples`, `coverage`, `fuzzing`, `stateful`. */
  phases: readonly string[];
}

/** One request and what came of it. */
export interface Exchange {
  method: string;
  /** Without the query. */
  path: string;
  /** As it was sent; absent without any. */
  authorization?: string;
  status: number;
  /** `WWW-Authenticate`. */
  challenge?: string;
}

export interface FuzzResult {
  /** Requests sent. */
  cases: number;
  operations: number;
  /** Each with how to repeat it. */
  failures: string[];
  exchanges: Exchange[];
}

const HEADLINE = /Selected: (\d+)\/\d+[\s\S]*?(\d+) generated/;

/** @throws Error when it did not run to its end */
export async function fuzz(plan: FuzzPlan): Promise<FuzzResult> {
  const folder = mkdtempSync(join(tmpdir(), 'ot-bridge-fuzz-'));
  const report = join(folder, 'report.xml');
  const archive = join(folder, 'exchanges.har');
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
    // A redirect is an answer: the issuer it leads to is not what is tried.
    '--max-redirects=0',
    '--report=junit,har',
    `--report-junit-path=${report}`,
    `--report-har-path=${archive}`,
    '--output-sanitize=false',
    ...Object.entries(plan.headers ?? {}).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    ...(plan.operation === undefined ? [] : [`--include-name=${plan.operation}`]),
    ...(plan.without ?? []).map((name) => `--exclude-name=${name}`),
  ];
  const known = Object.entries(plan.known).map(([name, value]) => `"path.${name}" = "${value}"`);
  const settings = ['[parameters]', ...known, readFileSync(EXCEPTIONS, 'utf8'), plan.settings ?? ''];
  writeFileSync(join(folder, 'schemathesis.toml'), settings.join('\n'));
  try {
    const { stdout, code } = await run(options, folder);
    const found = HEADLINE.exec(stdout);
    if (!found || !existsSync(report))
      throw new Error(`schemathesis did not run to its end (${code}):\n${stdout}`);
    const failures = failuresIn(readFileSync(report, 'utf8'));
    // An error of its own has no entry in every phase: the exit code has the last word.
    if (code !== 0 && failures.length === 0) failures.push(stdout);
    const exchanges = exchangesIn(readFileSync(archive, 'utf8'));
    return { operations: Number(found[1]), cases: Number(found[2]), failures, exchanges };
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

const headers = z.array(z.object({ name: z.string(), value: z.string() }));
const har = z.object({
  log: z.object({
    entries: z.array(
      z.object({
        request: z.object({ method: z.string(), url: z.string(), headers }),
        response: z.object({ status: z.number(), headers }),
      }),
    ),
  }),
});

function exchangesIn(text: string): Exchange[] {
  return har.parse(JSON.parse(text)).log.entries.map(({ request, response }) => {
    const authorization = headerOf(request.headers, 'authorization');
    const challenge = headerOf(response.headers, 'www-authenticate');
    return {
      method: request.method,
      path: new URL(request.url).pathname,
      status: response.status,
      ...(authorization !== undefined && { authorization }),
      ...(challenge !== undefined && { challenge }),
    };
  });
}

function headerOf(list: z.infer<typeof headers>, name: string): string | undefined {
  return list.find((each) => each.name.toLowerCase() === name)?.value;
}
