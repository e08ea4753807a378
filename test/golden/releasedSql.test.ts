import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  changedAfterRelease,
  lockedSql,
  RELEASED,
  releasedSql,
  sqlFiles,
  sqlLock,
} from './make/releasedSql.ts';

const CHANGELOG = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');

test('released SQL is as it was released', () => {
  expect(changedAfterRelease(sqlFiles(), sqlLock())).toEqual([]);
});

test('schemas/sql/released.json knows the content of every file', () => {
  expect(
    readFileSync(RELEASED, 'utf8') === lockedSql(releasedSql()),
    'Cure: npm run golden, then read the diff.',
  ).toBe(true);
});

test('files are numbered from 1 without a gap: the number is the version of the database', () => {
  const numbers = [...sqlFiles().keys()].map((name) => /^(\d{4})_\w+\.sql$/.exec(name)?.[1]);
  expect(numbers).toEqual(numbers.map((_, index) => String(index + 1).padStart(4, '0')));
});

test('a release leaves no SQL unreleased', () => {
  const newest = /^## \[(.+?)\](.*)$/m.exec(CHANGELOG);
  expect(newest, 'CHANGELOG.md begins with a heading of a version').not.toBeNull();
  const unreleased = Object.entries(sqlLock()).filter(([, { released }]) => !released);
  if (/\d{4}-\d{2}-\d{2}/.test(newest?.[2] ?? '')) {
    expect(unreleased, 'set released to true in schemas/sql/released.json').toEqual([]);
  }
});

const lock = {
  '0001_a.sql': { sha256: 'aa', released: true },
  '0002_b.sql': { sha256: 'bb', released: false },
};

test('a released file that is changed or gone is reported, and npm run golden refuses to follow', () => {
  const changed = new Map([
    ['0001_a.sql', 'ab'],
    ['0002_b.sql', 'bb'],
  ]);
  expect(changedAfterRelease(changed, lock)).toEqual([
    'schemas/sql/0001_a.sql is released: never edit it, add a new numbered file instead',
  ]);
  expect(changedAfterRelease(new Map([['0002_b.sql', 'bb']]), lock)).toHaveLength(1);
  expect(() => releasedSql(changed, lock)).toThrow('never edit it');
});

test('an unreleased file may change, and a new one is unreleased', () => {
  const files = new Map([
    ['0001_a.sql', 'aa'],
    ['0002_b.sql', 'b2'],
    ['0003_c.sql', 'cc'],
  ]);
  expect(releasedSql(files, lock)).toEqual({
    '0001_a.sql': { sha256: 'aa', released: true },
    '0002_b.sql': { sha256: 'b2', released: false },
    '0003_c.sql': { sha256: 'cc', released: false },
  });
});
