import { randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './postgresBinaries.ts';
import { run } from './postgresCommand.ts';
import { isInitialised, type PostgresHome } from './postgresHome.ts';
import type { ServerUser } from './serverUser.ts';
import { StartupError } from './startupError.ts';

export const SUPERUSER = 'ot_bridge';
const FRESH = 'data.new-';

/** Creates the database once, in a temporary folder that is renamed into place. Returns whether it was created now.
 *  @throws StartupError */
export async function initialise(plan: {
  home: PostgresHome;
  binaries: Binaries;
  user: ServerUser | undefined;
}): Promise<boolean> {
  const { home, data } = plan.home;
  mkdirSync(home, { recursive: true });
  owned(home, 0o700, plan.user);
  if (isInitialised(plan.home)) {
    ownedThroughout(data, plan.user);
    return false;
  }
  for (const left of readdirSync(home).filter((name) => name.startsWith(FRESH))) {
    rmSync(join(home, left), { recursive: true, force: true, maxRetries: 5 });
  }
  const password = passwordFile(plan.home);
  writeFileSync(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  owned(password, 0o600, plan.user);
  const fresh = join(home, FRESH + randomUUID());
  const asked = await run(plan.binaries.initdb, plan.user, [
    ...['-D', fresh, '-U', SUPERUSER, `--pwfile=${password}`, '--auth=scram-sha-256'],
    // Order by code point on every machine: locale collations change between releases.
    ...['--encoding=UTF8', '--locale=C', '--no-instructions'],
  ]);
  if (asked?.code !== 0) {
    const line =
      asked?.text.split('\n').find((candidate) => /error|could not/.test(candidate)) ?? 'ukjent feil';
    throw new StartupError(`Databasen i ${home} kunne ikke lages: ${line.trim()}.`);
  }
  renameSync(fresh, data);
  return true;
}

export function passwordFile({ home }: PostgresHome): string {
  return join(home, 'password');
}

function owned(path: string, mode: number, user: ServerUser | undefined): void {
  if (user) chownSync(path, user.uid, user.gid);
  chmodSync(path, mode);
}

/** A database created by another user (a start without root, then one with) is handed over. */
function ownedThroughout(folder: string, user: ServerUser | undefined): void {
  if (!user || statSync(folder).uid === user.uid) return;
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(folder, entry), user.uid, user.gid);
  }
  chownSync(folder, user.uid, user.gid); // last: an interrupted hand-over is repeated
}
