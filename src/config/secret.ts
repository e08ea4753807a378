import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { VaultKeySource } from './config.ts';
import { key } from './entry.ts';
import type { SecretSource } from './secretSource.ts';

// Secrets are read at first use, not kept in the configuration, and never shown in a message.

export type Secret<T> = { ok: true; value: T } | { ok: false; message: string };

/**
 * @param databaseIsNew whether no embedded database exists: only then may a key be created. A key lost from an
 * existing database must be restored: a new one would match no known person.
 */
export function loadVaultKey(source: VaultKeySource, databaseIsNew: boolean): Secret<Buffer> {
  if (source.from === 'value') return { ok: true, value: source.key };
  if (source.from === 'embedded' && !existsSync(source.path)) {
    if (!databaseIsNew) {
      return {
        ok: false,
        message: `Hvelvnøkkelen ${source.path} mangler, men databasen finnes: legg nøkkelen tilbake, eller slett hele datamappen for å begynne på nytt.`,
      };
    }
    makeKey(source.path);
  }
  const text = readText(source.path, source.from === 'file' ? 'VAULT_KEY_FILE' : 'hvelvnøkkelen');
  if (!text.ok) return text;
  const read = key.safeParse(text.value);
  if (read.success) return { ok: true, value: read.data };
  return {
    ok: false,
    message: `Hvelvnøkkelen i ${source.path} kan ikke brukes: den ${read.error.issues[0]?.message}.`,
  };
}

/** @param name variable that names the file */
export function loadSecret(source: SecretSource, name: string): Secret<string> {
  return source.from === 'value' ? { ok: true, value: source.value } : readText(source.path, name);
}

export function readText(path: string, name: string): Secret<string> {
  try {
    const value = readFileSync(path, 'utf8').trim();
    return value ? { ok: true, value } : { ok: false, message: `Filen ${path} (${name}) er tom.` };
  } catch (cause) {
    const { code = 'ukjent feil' } = cause as NodeJS.ErrnoException;
    return { ok: false, message: `Filen ${path} (${name}) kan ikke leses: ${code}.` };
  }
}

/** Written to a temporary file, synced, then linked: a half-written key would lock everything sealed with it. */
function makeKey(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}`;
  const file = openSync(fresh, 'w', 0o600);
  writeSync(file, `${randomBytes(32).toString('base64')}\n`);
  fsyncSync(file);
  closeSync(file);
  try {
    linkSync(fresh, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause; // else another start was first: its key is used
  } finally {
    rmSync(fresh, { force: true });
  }
}
