import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type LockedPackage, strayLicences } from './licences.ts';
import { ROOT } from './sources.ts';

const { packages }: { packages: Record<string, LockedPackage> } = JSON.parse(
  readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
);

function installed(place: string): unknown {
  const path = join(ROOT, place, 'package.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).license : undefined;
}

test('every package the program is installed with has a permissive licence', () => {
  expect(Object.keys(packages).length).toBeGreaterThan(50);
  expect(strayLicences(packages, installed), 'permitted: test/architecture/licences.ts').toEqual([]);
});

test('another licence is reported, and a package without one; tools of development are not asked', () => {
  const says: Readonly<Record<string, unknown>> = {
    'node_modules/strict': 'AGPL-3.0-only',
    'node_modules/free': 'MIT',
  };
  const locked = {
    '': {},
    'node_modules/strict': { license: 'MIT' },
    'node_modules/free': {},
    'node_modules/silent': { license: 'MIT' },
    'node_modules/tool': { dev: true },
    'node_modules/other-platform': { optional: true, license: 'GPL-2.0' },
  };
  expect(strayLicences(locked, (place) => says[place])).toEqual([
    'strict "AGPL-3.0-only"',
    'silent says no licence',
    'other-platform "GPL-2.0"',
  ]);
});
