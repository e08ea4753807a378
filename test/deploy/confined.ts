import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from './builtImage.ts';

// Runs what an image starts as a container would: its files read-only, as its user or as none with rights, without
// capabilities. By mount namespaces; where the kernel gives none to this user, without a root of its own: then nothing
// may be written because of the files' modes alone.

/** How far a process can be closed in here. */
export type Confinement = 'as root' | 'in a user namespace' | 'by modes alone';

export function confinement(): Confinement {
  const works = (args: readonly string[]) => spawnSync('unshare', [...args, 'true']).status === 0;
  if (process.getuid?.() === 0 && works(['--mount'])) return 'as root';
  return works(['--user', '--map-root-user', '--mount']) ? 'in a user namespace' : 'by modes alone';
}

export interface Container {
  image: Image;
  /** Holds the container's own root. */
  dir: string;
  variables: Record<string, string>;
  /** Folders of this machine at places of the container: read-only secrets and writable volumes. */
  mounts: { from: string; to: string; writable?: boolean }[];
}

/** @param args after the entry point's; instead of it with `instead` */
export function startConfined(
  how: Confinement,
  container: Container,
  args: { instead?: readonly string[] } = {},
): ChildProcess {
  const { image, dir, variables, mounts } = container;
  const command = args.instead ?? image.entrypoint;
  const env = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: '/nonexistent',
    ...image.variables,
    ...variables,
  };
  if (how === 'by modes alone') {
    const [first = '', ...rest] = command;
    const here = (text: string) =>
      mounts.reduce(
        (found, { from, to }) => (found === to ? from : found.replace(`${to}/`, `${from}/`)),
        text,
      );
    return spawn(first === 'node' ? process.execPath : first, rest, {
      cwd: join(image.root, image.workdir),
      env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, here(value)])),
      detached: true,
    });
  }
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o755);
  const [uid = '', gid = ''] = image.user.split(':');
  // Root in a user namespace is this machine's ordinary user.
  const dropped =
    how === 'as root'
      ? ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--no-new-privs']
      : ['setpriv', '--no-new-privs'];
  const script = [
    'set -eu',
    // A file system of its own, so that it can be closed.
    `mount -t tmpfs -o mode=755 tmpfs ${dir}`,
    `cd ${dir}`,
    'for name in usr bin lib lib64 sbin; do [ -e /$name ] || continue; mkdir -p $name; mount --rbind /$name $name; done',
    'mkdir -p proc dev etc tmp',
    'mount --rbind /proc proc; mount --rbind /dev dev',
    'cp /etc/hosts /etc/resolv.conf /etc/nsswitch.conf /etc/ld.so.cache etc/ 2>/dev/null || true',
    'mount -t tmpfs -o mode=1777,size=64m tmpfs tmp',
    ...['/app', ...mounts.map(({ to }) => to)].map((to) => `mkdir -p .${to}`),
    `mount --bind ${join(image.root, 'app')} ./app`,
    'mount -o remount,bind,ro ./app',
    ...mounts.flatMap(({ from, to, writable }) => [
      `mount --bind ${from} .${to}`,
      ...(writable ? [] : [`mount -o remount,bind,ro .${to}`]),
    ]),
    `mkdir -p runtime && touch runtime/node && mount --bind ${process.execPath} runtime/node`,
    'mount -o remount,ro .',
    `exec chroot . ${[...dropped, '--bounding-set=-all', '--inh-caps=-all', '--'].join(' ')} sh -c 'cd ${image.workdir} && exec "$@"' sh "$@"`,
  ].join('\n');
  const own = how === 'as root' ? ['--mount'] : ['--user', '--map-root-user', '--mount'];
  return spawn('unshare', [...own, '--propagation', 'private', 'sh', '-c', script, 'sh', ...command], {
    env: { ...env, PATH: `/runtime:${env.PATH}:/usr/sbin:/sbin` },
    detached: true,
  });
}
