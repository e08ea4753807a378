import { FILE_LIMITS } from '../fileLimits.ts';

/** Whether a list has rows with more in them than any list has, or more different fields in its rows: a table of it would
 *  have as many columns. Its levels must have been counted before. */
export function isUnwieldy(head: unknown, items: readonly unknown[]): boolean {
  const paths = new Set<string>();
  const room = { left: 0 };
  for (const row of [head, ...items]) {
    room.left = FILE_LIMITS.fields;
    if (!fits(row, '', room, paths)) return true;
  }
  return false;
}

/** Counts every value, also those that hold others. */
function fits(value: unknown, path: string, room: { left: number }, paths: Set<string>): boolean {
  room.left -= 1;
  if (room.left < 0) return false;
  if (typeof value !== 'object' || value === null) {
    paths.add(path);
    return paths.size <= FILE_LIMITS.fields;
  }
  if (Array.isArray(value)) return value.every((each) => fits(each, path, room, paths));
  return Object.entries(value).every(([name, inside]) => fits(inside, `${path}.${name}`, room, paths));
}
