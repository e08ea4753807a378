import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Policy } from '../core/policy.ts';

/** All that a figure follows from besides the events: the rules, and how reports are counted and kept. */
const COUNTING = ['../core/', './'];

let program: string | undefined;

/** By what reports are counted: the program's own text, so that another program counts again without anyone having to say
 *  so, and what the counties in them have decided. */
export function countingRules(policies: readonly Policy[]): string {
  program ??= hashOf(COUNTING.flatMap((folder) => textsIn(new URL(folder, import.meta.url))));
  return hashOf([program, JSON.stringify(policies)]);
}

function textsIn(folder: URL): string[] {
  const at = fileURLToPath(folder);
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[jt]s$/.test(name))
    .sort()
    .flatMap((name) => [name, readFileSync(join(at, name), 'utf8')]);
}

function hashOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex').slice(0, 32);
}
