import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder that every user may enter, as a checkout usually is. The caller removes it. */
export function lastingFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'ot-bridge-embedded-'));
  chmodSync(dir, 0o755);
  return dir;
}

/** The same, for one test. */
export function openFolder(): string {
  const dir = lastingFolder();
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** For one test, closed to other users, as a checkout under /root is. */
export function privateFolder(): string {
  const dir = openFolder();
  chmodSync(dir, 0o700);
  return dir;
}
