import { FLOORS, floorOf, LIBRARIES, roomOf } from './rooms.ts';
import { codeOf, importsOf, places, type Source, uncommented } from './sources.ts';

export const isLocal = (to: string) => to.startsWith('src/') || to.startsWith('adapters/');

/** Imports that do not run down, types counted, each as one line. */
export function upwards(all: readonly Source[]): string[] {
  return all.flatMap((source) =>
    importsOf(source)
      .filter(
        ({ to }) => !to.startsWith('node:') && libraryOf(to) === undefined && !runsDown(source.path, to),
      )
      .map(({ to, typeOnly }) => `${source.path} → ${to}${typeOnly ? ' (type)' : ''}`),
  );
}

function runsDown(from: string, to: string): boolean {
  if (!isLocal(to)) return false;
  const [room, target] = [roomOf(from), roomOf(to)];
  if (room === target) return room !== 'adapters' || insideAdapters(from, to);
  return floorOf(target) >= 0 && floorOf(target) < floorOf(room);
}

/** Rooms that no floor has, and rooms of the plan without a file. */
export function unplaced(all: readonly Source[]): string[] {
  const rooms = new Set(all.map(({ path }) => roomOf(path)));
  const planned = FLOORS.flat();
  return [...[...rooms].filter((room) => floorOf(room) < 0), ...planned.filter((room) => !rooms.has(room))];
}

/** A feed knows its own folder and the field toolkit in `reading/`, never another feed; the list knows them all. */
function insideAdapters(from: string, to: string): boolean {
  if (from === 'adapters/index.ts') return true;
  const folder = (path: string) => path.split('/').slice(1, -1).join('/');
  return to !== 'adapters/index.ts' && (folder(to) === 'reading' || folder(to) === folder(from));
}

/** `@hono/zod-openapi` and `kafkajs/src/…` → the name the table knows; an unlisted library is undefined. */
function libraryOf(to: string): string | undefined {
  if (isLocal(to)) return undefined;
  return Object.keys(LIBRARIES).find((name) => to === name || to.startsWith(`${name}/`));
}

/** Libraries outside the files that may know them, and libraries without a place in `LIBRARIES`. */
export function strayLibraries(all: readonly Source[]): string[] {
  return all.flatMap((source) =>
    importsOf(source).flatMap(({ to }) => {
      if (isLocal(to) || to.startsWith('node:')) return [];
      const library = libraryOf(to);
      const placed =
        library !== undefined && LIBRARIES[library]?.some((place) => source.path.startsWith(place));
      return placed ? [] : [`${source.path} → ${to}`];
    }),
  );
}

/** Routes that go past `defineRoute` of `src/api/route.ts`, and so past the guard: `createRoute`, the app's own methods. */
export function bareRoutes(all: readonly Source[]): string[] {
  const asked = all.filter(({ path }) => path.startsWith('src/') && path !== 'src/api/route.ts');
  const imported = asked.filter((each) => importsOf(each).some(({ names }) => names.includes('createRoute')));
  const added =
    /\b(api|app)\.(get|post|put|patch|delete|options|all|on|mount|route)\(|\b(api|app)\.openapi\(\{/;
  return [...imported.map(({ path }) => `${path} createRoute`), ...places(asked, added, codeOf)];
}

/** A ring of files that need each other, types counted: no file of it can be understood alone. Of several rings through
 *  the same files at least one. */
export function rings(all: readonly Source[]): string[] {
  const needs = new Map(all.map((source) => [source.path, importsOf(source).map(({ to }) => to)]));
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.add([...trail.slice(at), path].join(' → '));
    if (at >= 0 || done.has(path)) return;
    for (const next of needs.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of needs.keys()) visit(path, []);
  return [...found];
}

const EXPORTED = /^export (?:async )?(?:function\*?|const|let|class) ([\w$]+)/gm;

/**
 * Functions and constants that neither another file of `users` nor the rest of their own file uses. Types are left
 * out: they cost nothing, and belong next to the function that speaks them.
 */
export function unused(files: readonly Source[], users: readonly Source[]): string[] {
  const asked = new Set(
    users.flatMap((user) => importsOf(user).flatMap(({ to, names }) => names.map((name) => `${to} ${name}`))),
  );
  return files.flatMap((file) =>
    [...file.text.matchAll(EXPORTED)]
      .map(([, name = '']) => name)
      .filter((name) => !asked.has(`${file.path} ${name}`) && !asked.has(`${file.path} *`))
      .filter((name) => uncommented(file).split(new RegExp(`\\b${name.replace('$', '\\$')}\\b`)).length <= 2)
      .map((name) => `${file.path} ${name}`),
  );
}
