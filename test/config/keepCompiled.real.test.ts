import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ot-compiled-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** `ot --help` with what it compiles kept there. */
const help = (kept: string) =>
  spawnSync(process.execPath, ['src/cli/ot.mjs', '--help'], {
    env: { NODE_COMPILE_CACHE: kept },
    encoding: 'utf8',
  });

test('what a program compiles is kept for the next start', () => {
  const kept = join(folder, 'kept');
  expect(help(kept).status).toBe(0);
  expect(readdirSync(kept, { recursive: true }).length).toBeGreaterThan(20);
});

test('a program starts where nothing can be kept', () => {
  const taken = join(folder, 'taken');
  writeFileSync(taken, 'a file, not a folder');
  const { status, stdout, stderr } = help(taken);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('ot ');
});
