import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';

// schemas/sql/released.json: the SHA-256 of each numbered file. Until its release a file may change, and
// `npm run golden` follows. The release commit sets `released` to true by hand: from then on there are
// databases that have run it, and only a new numbered file can change them.

const FOLDER = new URL('../../../schemas/sql/', import.meta.url);
export const RELEASED = new URL('released.json', FOLDER);

const Lock = z.record(z.string(), z.strictObject({ sha256: z.string(), released: z.boolean() }));
export type SqlLock = z.infer<typeof Lock>;

/** The numbered files, unchanged. */
export function sqlFiles(): Map<string, string> {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.sql'));
  return new Map(names.sort().map((name) => [name, sha256(readFileSync(new URL(name, FOLDER)))]));
}

export function sqlLock(): SqlLock {
  return Lock.parse(JSON.parse(readFileSync(RELEASED, 'utf8')));
}

/** The lock that follows the files. @throws when a released file has changed or is gone. */
export function releasedSql(
  files: ReadonlyMap<string, string> = sqlFiles(),
  lock: SqlLock = sqlLock(),
): SqlLock {
  const faults = changedAfterRelease(files, lock);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return Object.fromEntries(
    [...files].map(([name, hash]) => [name, { sha256: hash, released: lock[name]?.released ?? false }]),
  );
}

/** One line for each released file that is not as it was released. */
export function changedAfterRelease(files: ReadonlyMap<string, string>, lock: SqlLock): string[] {
  return Object.entries(lock)
    .filter(([name, { sha256: held, released }]) => released && files.get(name) !== held)
    .map(([name]) => `schemas/sql/${name} is released: never edit it, add a new numbered file instead`);
}

export function lockedSql(lock: SqlLock): string {
  return `${JSON.stringify(lock, null, 2)}\n`;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
