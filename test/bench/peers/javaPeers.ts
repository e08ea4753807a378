import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sources } from '../../architecture/sources.ts';

// The Java programs, built by Maven when their text is another than at the last build.

export const JAVA_FOLDER = fileURLToPath(new URL('./java', import.meta.url));
const TARGET = join(JAVA_FOLDER, 'target');
const MARKER = join(TARGET, 'built.sha256');
const run = promisify(execFile);

/** The class path of the programs. */
export async function javaPeers(): Promise<string> {
  const hash = createHash('sha256').update(readFileSync(join(JAVA_FOLDER, 'pom.xml')));
  for (const { path, text } of sources(['src'], ['.java', '.avsc'], JAVA_FOLDER))
    hash.update(path).update(text);
  const wanted = hash.digest('hex');
  if (!existsSync(MARKER) || readFileSync(MARKER, 'utf8') !== wanted) {
    await run('mvn', ['-q', '-B', '-f', join(JAVA_FOLDER, 'pom.xml'), 'clean', 'package']);
    writeFileSync(MARKER, wanted);
  }
  return [join(TARGET, 'classes'), join(TARGET, 'lib', '*')].join(':');
}
