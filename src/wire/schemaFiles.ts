import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One version of one schema, under the id that prefixes every message written with it. */
export interface RegisteredSchema {
  /** Never changed: messages written years ago are read by it. */
  id: number;
  /** Record name, e.g. `no.otbridge.ot.Status` (Confluent's RecordNameStrategy: free of organisation and topic). */
  subject: string;
  /** From 1, ascending. */
  version: number;
  /** The lock file's name for it, e.g. `status.avsc`. */
  file: string;
  /** JSON text without white space, as registries give it out. */
  schema: string;
}

const lockFile = z.record(
  z.string(),
  z.array(z.strictObject({ version: z.int().positive(), id: z.int().positive(), file: z.string() })).min(1),
);

/**
 * Reads `ids.json` and the files it names: `{ "<subject>": [{ version, id, file }] }`. A new version gets a
 * new id and a new file (`<name>.2.avsc`); the old entries and files stay.
 * @throws when an id or version is given twice, or a file is not JSON.
 */
export function loadSchemas(folder: string): RegisteredSchema[] {
  const lock = lockFile.parse(JSON.parse(readFileSync(join(folder, 'ids.json'), 'utf8')));
  const schemas = Object.entries(lock).flatMap(([subject, versions]) =>
    versions.map(({ version, id, file }) => {
      const schema = JSON.stringify(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      return { id, subject, version, file, schema };
    }),
  );
  refuseRepeats(schemas.map(({ id }) => `id ${id}`));
  refuseRepeats(schemas.map(({ subject, version }) => `${subject} version ${version}`));
  return schemas;
}

/** The newest version of each subject. */
export function latestVersions(schemas: readonly RegisteredSchema[]): RegisteredSchema[] {
  const latest = new Map<string, RegisteredSchema>();
  for (const schema of schemas) {
    const before = latest.get(schema.subject);
    if (before === undefined || before.version < schema.version) latest.set(schema.subject, schema);
  }
  return [...latest.values()];
}

function refuseRepeats(names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new Error(`the schema lock file names ${repeated} twice`);
}
