import { spawnSync } from 'node:child_process';
import { StartupError } from './startupError.ts';

// PostgreSQL refuses to run as root. Started by root (a container, a test machine) it runs as `postgres`.

export interface ServerUser {
  name: string;
  uid: number;
  gid: number;
}

/** The user that runs the server; `undefined` for the current user. @throws StartupError */
export function findServerUser(log: (line: string) => void): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const found = lookUp('postgres') ?? createUser(log) ?? lookUp('nobody');
  if (found) return found;
  throw new StartupError(
    'PostgreSQL kan ikke kjøre som root, og verken brukeren «postgres» eller «nobody» finnes: start som en vanlig bruker, eller sett DATABASE_URL.',
  );
}

function createUser(log: (line: string) => void): ServerUser | undefined {
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  if (spawnSync('useradd', [...options, 'postgres']).status !== 0) return undefined;
  log('PostgreSQL kan ikke kjøre som root: laget brukeren «postgres» som den kjører som.');
  return lookUp('postgres');
}

function lookUp(name: string): ServerUser | undefined {
  const uid = id('-u', name);
  const gid = id('-g', name);
  return uid === undefined || gid === undefined ? undefined : { name, uid, gid };
}

function id(which: '-u' | '-g', name: string): number | undefined {
  const { status, stdout } = spawnSync('id', [which, name], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
}

/** Whether the user can reach and read `path`: asked of the kernel, which knows the access lists too. */
export function canReach(user: ServerUser | undefined, path: string): boolean {
  if (!user) return true;
  const { uid, gid } = user;
  return (
    spawnSync('/bin/sh', ['-c', 'test -r "$1" && test -x "$1"', 'sh', path], { uid, gid, cwd: '/' })
      .status === 0
  );
}
