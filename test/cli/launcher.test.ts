import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../architecture/sources.ts';
import { plainNode } from '../harness/plainNode.ts';

const { bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const launcher = join(ROOT, bin.ot);

test('the command ot of the package starts the command line', async () => {
  expect(await plainNode([launcher, 'hjelp'])).toContain('OT Bridge fra kommandolinjen');
});

test('a shell can run it', () => {
  expect(readFileSync(launcher, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect(() => accessSync(launcher, constants.X_OK)).not.toThrow();
});
