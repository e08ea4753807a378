import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHome, type Program, runProgram } from '../harness/program.ts';

// The commands of examples/README.md, run one after the other as they are written there, against a bridge of their own.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLES = join(ROOT, 'examples');
const PYTHON = join(ROOT, '.cache/examples/bin');
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** In the order of the table: what is sent is read by those below. Nothing below depends on an example that cannot run
 *  everywhere, but those that need the same. */
const COMMANDS = [
  ...readFileSync(join(EXAMPLES, 'README.md'), 'utf8').matchAll(
    /^\| \[([\w-]+)\]\([^)]+\) \| [^|]+ \| `([^`]+)` \|/gm,
  ),
].map(([, name = '', command = '']) => ({ name, command }));

let home: Awaited<ReturnType<typeof createHome>>;
let program: Program;
let today: Temporal.PlainDate;

beforeAll(async () => {
  home = await createHome();
  program = runProgram({ ...home.settings, POLICY_FILE: join(EXAMPLES, 'policy.json') }, ['--no-sample']);
  await program.shows(/Ctrl-C stopper/, 120_000);
  // What is sent today is to be decided today.
  const clock = Temporal.Now.zonedDateTimeISO('Europe/Oslo');
  const left = clock.until(clock.add({ days: 1 }).startOfDay()).total('milliseconds');
  if (left < 120_000) await sleep(left);
  today = Temporal.Now.plainDateISO('Europe/Oslo');
}, 400_000);

afterAll(async () => {
  program?.kill();
  await program?.ended;
  await home?.remove();
});

test('every folder of examples has its command in the table, but for the receivers, which have a table of their own', () => {
  const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'receivers',
  );
  expect(COMMANDS.map(({ name }) => name).toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
});

for (const { name, command } of COMMANDS) {
  test.skipIf(!canRun(command))(
    `${name} prints what its expected.txt says`,
    async () => {
      const { stdout } = await promisify(execFile)('sh', ['-c', command], {
        cwd: ROOT,
        env: {
          ...process.env,
          PATH: [PYTHON, dirname(process.execPath), process.env.PATH].join(delimiter),
          OT_BRIDGE_URL: home.url,
          KAFKA_BROKERS: `127.0.0.1:${home.settings.EMBEDDED_KAFKA_PORT}`,
        },
      });
      await expect(named(stdout)).toMatchFileSnapshot(join(EXAMPLES, name, 'expected.txt'));
    },
    180_000,
  );
}

/** In CI everything can: there a missing part fails the example instead of leaving it out. */
function canRun(command: string): boolean {
  if (process.env.CI === 'true') return true;
  return command.startsWith('python3 ') ? existsSync(PYTHON) : !command.includes('java ') || hasCompiler();
}

function hasCompiler(): boolean {
  try {
    execFileSync('javac', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // a runtime alone does not run a source file
  }
}

/** What differs from run to run, by what it is. */
function named(output: string): string {
  return stripVTControlCharacters(output)
    .replaceAll(UUID, '<reference>')
    .replaceAll(/\d{4}-\d{2}-\d{2}/g, (date) => {
      const days = today.until(date).total('days');
      return days === 0 ? '<today>' : `<today ${days < 0 ? '-' : '+'} ${Math.abs(days)}>`;
    });
}
