import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
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
import type { AuditKeySource, VaultKeySource } from './config.ts';
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
    makeKey(source.path, `${randomBytes(32).toString('base64')}\n`);
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

/** The Ed25519 key that the audit trail is signed with. One of the program's own is made where none is. */
export function loadAuditKey(source: AuditKeySource): Secret<KeyObject> {
  if (source.from === 'embedded' && !existsSync(source.path)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    try {
      makeKey(source.path, String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    } catch (cause) {
      const { code = 'ukjent feil' } = cause as NodeJS.ErrnoException;
      const message = `Nøkkelen til revisjonssporet kan ikke lages i ${source.path} (${code}): gi skrivetilgang, eller sett AUDIT_KEY_FILE til en som finnes.`;
      return { ok: false, message };
    }
  }
  return readAuditKey(source);
}

export function readAuditKey(source: AuditKeySource): Secret<KeyObject> {
  const text = readText(source.path, 'AUDIT_KEY_FILE');
  if (!text.ok) return text;
  const key = privateKeyIn(text.value);
  if (key?.asymmetricKeyType === 'ed25519') return { ok: true, value: key };
  return {
    ok: false,
    message: `Nøkkelen i ${source.path} (AUDIT_KEY_FILE) kan ikke brukes: den skal være en privat Ed25519-nøkkel i PEM (lag en med «openssl genpkey -algorithm ed25519»).`,
  };
}

function privateKeyIn(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
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
function makeKey(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}`;
  const file = openSync(fresh, 'w', 0o600);
  writeSync(file, text);
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
