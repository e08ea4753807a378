import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { ROOT } from '../architecture/sources.ts';
import { startFlags } from './startFlags.ts';

// A build to be measured: this checkout, another one, or a commit that is checked out for it.

export interface Build {
  /** For the report, e.g. `this` or `0ede818`. */
  name: string;
  /** With src/ and node_modules, absolute. */
  folder: string;
  /** Node's, as `npm start` of this build has them. */
  flags: readonly string[];
  /** Removes what was checked out for it. */
  close(): Promise<void>;
}

const manifest = z.object({ scripts: z.object({ start: z.string() }) });
const run = promisify(execFile);

export function buildIn(
  folder: string,
  name = basename(folder),
  close: Build['close'] = async () => {},
): Build {
  for (const part of ['package.json', 'node_modules']) {
    if (!existsSync(join(folder, part))) throw new Error(`${folder} is no build: it has no ${part}`);
  }
  const { scripts } = manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  return { name, folder, flags: startFlags(scripts.start), close };
}

export const THIS_BUILD: Build = buildIn(resolve(ROOT), 'this');

/** @param what a folder, or a commit of this checkout */
export async function openBuild(what: string): Promise<Build> {
  const folder = resolve(what);
  return existsSync(join(folder, 'package.json')) ? buildIn(folder) : checkedOut(what);
}

/** In a worktree of its own, with this checkout's packages where both lock the same. */
async function checkedOut(commit: string): Promise<Build> {
  const git = (...args: string[]) => run('git', ['-C', ROOT, ...args]).then(({ stdout }) => stdout.trim());
  const id = await git('rev-parse', '--verify', `${commit}^{commit}`);
  const temporary = mkdtempSync(join(tmpdir(), 'ot-bench-build-'));
  const folder = join(temporary, 'checkout');
  const close = async () => {
    await git('worktree', 'remove', '--force', folder).catch(() => undefined);
    rmSync(temporary, { recursive: true, force: true });
    await git('worktree', 'prune');
  };
  try {
    await git('worktree', 'add', '--detach', folder, id);
    const lock = (of: string) => readFileSync(join(of, 'package-lock.json'), 'utf8');
    if (lock(folder) === lock(ROOT)) symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    else await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder });
    return buildIn(folder, id.slice(0, 8), close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether a database of the one is a database of the other: the same SQL files. */
export function haveOneSchema(one: Build, other: Build): boolean {
  return schemaHash(one) === schemaHash(other);
}

function schemaHash({ folder }: Build): string {
  const sql = join(folder, 'schemas', 'sql');
  const hash = createHash('sha256');
  for (const name of readdirSync(sql).sort()) {
    if (name.endsWith('.sql')) hash.update(name).update(readFileSync(join(sql, name)));
  }
  return hash.digest('hex');
}
