import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A module of another build, under the first of its names that the build has. What it gives is only known when it is used:
 *  another build may have it otherwise. */
export async function buildModule<Module>(build: string, ...names: readonly string[]): Promise<Module> {
  const found = names.map((name) => join(build, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${build} has none of ${names.join(', ')}`);
  return import(pathToFileURL(found).href);
}
