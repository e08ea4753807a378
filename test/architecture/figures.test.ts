import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { roomChanges } from './figures.ts';
import { ringGroups } from './ringGroups.ts';
import { ROOT } from './sources.ts';
import { WAYS } from './wayOfRecord.ts';

test('the way of one record is listed by files that exist', () => {
  expect(WAYS[0]?.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('a room left and entered again is two changes', () => {
  expect(roomChanges(['src/a/one.ts', 'src/a/two.ts', 'src/b/one.ts', 'src/a/two.ts'])).toBe(2);
  expect(roomChanges(['src/a.ts', 'src/a/one.ts', 'adapters/x/index.ts'])).toBe(1);
});

test('names that reach each other are one group, what only leads there is not of it', () => {
  const needs = new Map(
    Object.entries({ a: ['b'], b: ['c'], c: ['a', 'd'], d: [], e: ['a'] }).map(
      ([name, names]): [string, Set<string>] => [name, new Set(names)],
    ),
  );
  expect(ringGroups(needs)).toEqual([['a', 'b', 'c']]);
});
