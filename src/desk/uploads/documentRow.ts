// Rows of a list that a system wrote: objects within objects. A field in one is named by its path, `elev.fnr`.

/** Paths that have a value of their own, of all rows, in the order they come. */
export function pathsOf(rows: readonly unknown[]): string[] {
  const paths = new Set<string>();
  for (const row of rows) for (const [path] of leavesOf(row, '')) paths.add(path);
  return [...paths];
}

export function valuesOf(row: unknown): ReadonlyMap<string, string> {
  return new Map(leavesOf(row, ''));
}

/** Whether the row has the object that the field is in. */
export function hasPlace(row: unknown, path: string): boolean {
  return placeOf(row, path.split('.').slice(0, -1)) !== undefined;
}

/** A copy with what was corrected; an empty text takes the field away. */
export function mendedRow(row: unknown, fields: Readonly<Record<string, string>> | undefined): unknown {
  if (fields === undefined) return row;
  const copy = structuredClone(row);
  for (const [path, text] of Object.entries(fields)) {
    const names = path.split('.');
    const place = placeOf(copy, names.slice(0, -1));
    const name = names.at(-1) ?? '';
    if (place === undefined) continue;
    if (text === '') delete place[name];
    else place[name] = text;
  }
  return copy;
}

function placeOf(row: unknown, names: readonly string[]): Record<string, unknown> | undefined {
  let place: unknown = row;
  for (const name of names) {
    if (!isObject(place) || !Object.hasOwn(place, name)) return undefined;
    place = place[name];
  }
  return isObject(place) ? place : undefined;
}

function* leavesOf(value: unknown, path: string): Generator<[path: string, text: string]> {
  if (!isObject(value)) {
    if (path !== '' && value !== null && typeof value !== 'object') yield [path, String(value)];
    return;
  }
  for (const [name, inside] of Object.entries(value))
    yield* leavesOf(inside, path === '' ? name : `${path}.${name}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
