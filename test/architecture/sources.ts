import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, absolute. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Source {
  /** From the checkout's root, with `/`. */
  path: string;
  text: string;
}

export interface Import {
  /** Another source's path, or what a library or a built-in is called. */
  to: string;
  /** Erased by type stripping: nothing of it exists at run time. */
  typeOnly: boolean;
  /** Hands on what it imports. */
  reExport: boolean;
  names: readonly string[];
}

/** Every file below the folders that ends as given, in order of path.
 *  @param root of another checkout */
export function sources(
  folders: readonly string[],
  endings: readonly string[] = ['.ts', '.mjs'],
  root = ROOT,
): Source[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => {
      const full = join(entry.parentPath, entry.name);
      return { path: relative(root, full).split(sep).join('/'), text: readFileSync(full, 'utf8') };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

// `import x from`, `import type { x } from`, `export { x } from`, `export * from`; over several lines too.
const STATEMENT = /^(import|export)(\s+type)?\b([^'"`;]*?)\bfrom\s+['"]([^'"]+)['"]/gm;
const BARE = /^import\s+['"]([^'"]+)['"]/gm;
const CALL = /\b(?:import|require|require\.resolve)\(\s*['"`]([^'"`]+)['"`]/g;

export function importsOf({ path, text }: Source): Import[] {
  const resolve = (to: string) => (to.startsWith('.') ? posix.join(posix.dirname(path), to) : to);
  const statements = [...text.matchAll(STATEMENT)].map(([, word, type, what = '', to = '']) => ({
    to: resolve(to),
    typeOnly: type !== undefined,
    reExport: word === 'export',
    names: namesIn(what),
  }));
  const bare = [...text.matchAll(BARE), ...text.matchAll(CALL)].map(([, to = '']) => ({
    to: resolve(to),
    typeOnly: false,
    reExport: false,
    names: ['*'],
  }));
  return [...statements, ...bare];
}

/** `{ type A, b as c }` → A, b; `* as x` → *. A default import is called `default`. */
function namesIn(what: string): string[] {
  const braces = /\{([^}]*)\}/.exec(what)?.[1];
  const inside = (braces ?? '')
    .split(',')
    .map(
      (item) =>
        item
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s+/)[0] ?? '',
    )
    .filter(Boolean);
  const outside = what
    .replace(/\{[^}]*\}/, '')
    .replace(/,/g, ' ')
    .trim();
  if (outside === '') return inside;
  return [...inside, outside.startsWith('*') ? '*' : 'default'];
}

const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|(?<![:\\/])\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g;

/** What runs: without comments and plain strings. Templates stay, for they contain code. */
export function codeOf({ text }: Source): string {
  return text.replace(COMMENT_OR_STRING, (found) => (found.startsWith('/') ? '' : "''"));
}

/** Without comments; strings stay. */
export function uncommented({ text }: Source): string {
  return text.replace(COMMENT_OR_STRING, (found) => (found.startsWith('/') ? '' : found));
}

export interface Comment {
  line: number;
  /** Without its marks, on one line. */
  text: string;
}

/** Adjacent `//` lines are one comment. */
export function commentsOf({ text }: Source): Comment[] {
  const comments: Comment[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(COMMENT_OR_STRING)) {
    if (!found.startsWith('/')) continue;
    const content = found
      .replace(/^\/[/*]+|\*+\/$|^\s*\*/gm, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    const last = comments.at(-1);
    if (last && found.startsWith('//') && /^\n[ \t]*$/.test(text.slice(end, index)))
      last.text += ` ${content}`;
    else comments.push({ line: text.slice(0, index).split('\n').length, text: content });
    end = index + found.length;
  }
  return comments;
}

/** `path:line` of every match, for the message of a test that fails. */
export function places(all: readonly Source[], find: RegExp, read: (source: Source) => string): string[] {
  return all.flatMap((source) =>
    read(source)
      .split('\n')
      .flatMap((line, index) => (find.test(line) ? [`${source.path}:${index + 1} ${line.trim()}`] : [])),
  );
}
