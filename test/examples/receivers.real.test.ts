import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { createHome, runProgram } from '../harness/program.ts';
import { freePort } from '../harness/realParts.ts';

// The receivers of examples/receivers/README.md, each started as it is written there and tried by `ot kontrakt`.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RECEIVERS = join(ROOT, 'examples/receivers');
const README = readFileSync(join(RECEIVERS, 'README.md'), 'utf8');
/** The first start in Go builds Go's own library too. */
const WITHIN_MS = 300_000;
const PYTHON = join(ROOT, '.cache/examples/bin');
const PATH = [PYTHON, dirname(process.execPath), process.env.PATH].join(delimiter);

const STARTS = [...README.matchAll(/^\| \[(\w+)\]\([^)]+\) \| [^|]+ \| `([^`]+)` \|/gm)].map(
  ([, name = '', command = '']) => ({ name, command }),
);
/** Commands between the sentences, in order. */
const COMMANDS = [...README.matchAll(/^ {4}((?:np[mx] |mkdir |WEBHOOK_).*)$/gm)].map(
  ([, command = '']) => command,
);

test('every receiver has its command in the table', () => {
  const folders = readdirSync(RECEIVERS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(STARTS.map(({ name }) => name).toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
});

test('the versions in the table are those that run', () => {
  const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
  expect(JSON.parse(read('package.json')).devDependencies.standardwebhooks).toBe('1.1.1');
  expect(README).toContain('`standardwebhooks` 1.1.1 (npm)');
  expect(read('examples/requirements.txt')).toContain('\nstandardwebhooks==1.1.0\n');
  expect(README).toContain('`standardwebhooks` 1.1.0 (PyPI)');
  expect(read('examples/receivers/java/pom.xml')).toMatch(
    /<artifactId>standardwebhooks<\/artifactId>\s*<version>1\.2\.0</,
  );
  expect(README).toContain('`com.standardwebhooks:standardwebhooks` 1.2.0');
  expect(read('examples/receivers/go/go.mod')).toContain('standard-webhooks/libraries v0.0.1');
  expect(README).toContain('standard-webhooks/libraries` v0.0.1');
});

for (const { name, command } of STARTS) {
  test.skipIf(!canRun(name))(
    `${name} passes the contract without exceptions`,
    async () => {
      const place = await places();
      await place.run(found('openssl rand'));
      const written = found('WEBHOOK_SECRET_FILE=');
      const settings = written.slice(0, written.indexOf(' npx'));
      const receiver = start(place, name === 'typescript' ? written : `export ${settings}; ${command}`);
      await receiver.prints(/Listening on/);

      const { stdout } = await place.run(found('ot -- kontrakt'));
      expect(stdout).toContain('0 feil.');
      expect(stdout).not.toMatch(/^(?:FEIL|UNNTAK)/m);
      expect(stdout).toMatch(/^OK +endret-bit-i-kroppen +HTTP 401\.$/m);
      const xml = await readFile(join(place.folder, 'contract.xml'), 'utf8');
      expect(xml).toMatch(/<testsuites tests="\d+" failures="0" errors="0" skipped="0"/);
      expect(receiver.printed()).toMatch(/verified no\.otbridge\.ot\.alert\.v1, version 7/);
      expect(receiver.printed()).toMatch(/read what it is about: 200/);
      expect(receiver.printed()).toMatch(/read what it is about: 404/);
    },
    WITHIN_MS,
  );
}

test(
  'from nothing to a verified alert, by the commands as they are written',
  async () => {
    const home = await createHome();
    onTestFinished(() => home.remove());
    const place = await places(home.url);
    const program = runProgram(home.settings, ['--no-sample']);
    onTestFinished(async () => {
      program.kill();
      await program.ended;
    });
    await program.shows(/Ctrl-C stopper/, 120_000);

    const receiver = start(place, found('npx node examples/receivers'));
    await receiver.prints(/Listening on/);
    expect((await place.run(found('ot -- abonner'))).stdout).toContain('Kallene begynner nå.');
    await place.run(found('send-typescript'));
    await receiver.prints(/verified no\.otbridge\.ot\.alert\.v1, version \d+\nread what it is about: 200/);
  },
  WITHIN_MS,
);

function found(part: string): string {
  const command = COMMANDS.find((one) => one.includes(part));
  if (command === undefined) throw new Error(`examples/receivers/README.md has no command with «${part}»`);
  return command;
}

interface Place {
  folder: string;
  env: NodeJS.ProcessEnv;
  /** The command with ports and files of its own. */
  here(command: string): string;
  run(command: string): Promise<{ stdout: string }>;
}

async function places(bridge?: string): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'ot-receiver-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [port, played] = [await freePort(), await freePort()];
  const here = (command: string) =>
    command.replaceAll('9000', String(port)).replaceAll('8791', String(played)).replaceAll('.data', folder);
  const env = {
    ...process.env,
    ...{ PATH, PORT: String(port), WEBHOOK_SECRET_FILE: join(folder, 'webhook-secret') },
    ...(bridge === undefined ? {} : { OT_BRIDGE_URL: bridge }),
  };
  const run = (command: string) =>
    promisify(execFile)('sh', ['-c', here(command)], { cwd: ROOT, env }).catch(
      (error: { stdout?: string }) => {
        throw new Error(`«${command}» failed:\n${error.stdout ?? ''}`, { cause: error });
      },
    );
  return { folder, env, here, run };
}

/** A receiver, and what it starts, until the test has ended. */
function start({ here, env }: Place, command: string) {
  const child = spawn('sh', ['-c', here(command)], { cwd: ROOT, env, detached: true });
  let text = '';
  const heard = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    text += chunk.toString();
    for (const wake of heard) wake();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.on('exit', () => hear(Buffer.from('\n(ended)\n')));
  onTestFinished(() => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  });
  const prints = (wanted: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no ${wanted} in time:\n${text}`)), WITHIN_MS - 60_000);
      const look = () => {
        if (wanted.test(text)) resolve();
        else if (text.includes('\n(ended)\n')) reject(new Error(`ended before ${wanted}:\n${text}`));
        else return;
        clearTimeout(late);
        heard.delete(look);
      };
      heard.add(look);
      look();
    });
  return { prints, printed: () => text };
}

/** In CI everything can: there a missing part fails the example instead of leaving it out. */
function canRun(name: string): boolean {
  if (process.env.CI === 'true' || name === 'typescript') return true;
  if (name === 'python') return existsSync(join(PYTHON, 'python3'));
  const [program = '', asked = ''] = name === 'java' ? ['javac', '-version'] : ['go', 'version'];
  try {
    execFileSync(program, [asked], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
