import { output } from './command.ts';
import type { ServerUser } from './serverUser.ts';

/**
 * The whole environment of PostgreSQL: the app's own may hold the vault key, which must never reach the database,
 * and PG* variables meant for other databases.
 */
export const POSTGRES_ENV = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };

/** Runs one of PostgreSQL's programs to completion. From `/`: its user may lack access to our working directory. */
export function run(command: string, user: ServerUser | undefined, args: readonly string[]) {
  return output(command, args, {
    cwd: '/',
    env: POSTGRES_ENV,
    ...(user && { uid: user.uid, gid: user.gid }),
  });
}
