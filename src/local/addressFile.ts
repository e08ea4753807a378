import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Address of the running bridge, for the command line on the same machine. A file that a killed bridge left is
// overwritten by the next start; until then the command line finds that nothing answers there.

const NAME = 'bridge.url';

export function writeAddress(dataDir: string, url: string): void {
  const file = join(dataDir, NAME);
  const fresh = `${file}.new-${process.pid}`;
  writeFileSync(fresh, `${url}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

/** Undefined when no bridge runs there, or none that answers over HTTP. */
export function readAddress(dataDir: string): string | undefined {
  try {
    const url = readFileSync(join(dataDir, NAME), 'utf8').trim();
    return URL.canParse(url) ? url : undefined;
  } catch {
    return undefined; // no bridge, or not ours to read
  }
}

/** Leaves the address of another one alone. */
export function removeAddress(dataDir: string, url: string): void {
  if (readAddress(dataDir) === url) rmSync(join(dataDir, NAME), { force: true });
}
