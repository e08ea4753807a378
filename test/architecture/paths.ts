import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TOP_LEVEL } from './layout.ts';
import { commentsOf, ROOT, type Source } from './sources.ts';

const FOLDERS = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && Object.hasOwn(TOP_LEVEL, entry.name))
  .map(({ name }) => name);
const PATH = /(?<![\w@:/.-])(?:[\w-][\w.-]*\/)*[\w-][\w.-]*/g;
const SOURCE = /[\w-]\.(?:ts|mjs|sql|avsc)$/;

/** Files and folders of the checkout, from its root, with `/`. */
export function checkoutPaths(): string[] {
  return FOLDERS.flatMap((folder) => [
    folder,
    ...readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name.replaceAll('\\', '/')}`,
    ),
  ]);
}

/**
 * Paths in comments that do not exist, each as `path:line name`. A path begins with a folder of the checkout or ends as
 * source text does; it may be shortened from the left (`kafka/fence.ts`, `fence.ts`).
 * @param existing as `checkoutPaths` gives them
 */
export function missingPaths(all: readonly Source[], existing: readonly string[]): string[] {
  const known = new Set(existing.flatMap(endingsOf));
  return all.flatMap((source) =>
    commentsOf(source).flatMap(({ line, text }) =>
      [...text.matchAll(PATH)]
        .map(([found]) => found.replace(/\.+$/, ''))
        .filter((name) => isPath(name) && !known.has(name))
        .map((name) => `${source.path}:${line} ${name}`),
    ),
  );
}

function isPath(name: string): boolean {
  return SOURCE.test(name) || (name.includes('/') && FOLDERS.includes(name.split('/')[0] ?? ''));
}

/** `a/b/c` → a/b/c, b/c, c. */
function endingsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(index).join('/'));
}
