import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { InSchema } from './decodeAvro.ts';

const LOCK_FILE = z.record(
  z.string(),
  z.array(z.strictObject({ version: z.int().positive(), id: z.int().positive(), file: z.string() })).min(1),
);

/**
 * Reads `ids.json` of a schema folder and the files it names: `{ "<subject>": [{ version, id, file }] }`.
 * A new version gets a new id and a new file; the old entries stay, as old messages are read by them.
 * @throws when a file is missing or not JSON.
 */
export function loadInSchemas(folder: string): InSchema[] {
  const lock = LOCK_FILE.parse(JSON.parse(readFileSync(join(folder, 'ids.json'), 'utf8')));
  return Object.entries(lock).flatMap(([subject, versions]) =>
    versions.map(({ version, id, file }) => {
      const schema = JSON.stringify(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      return { id, subject, version, schema };
    }),
  );
}
