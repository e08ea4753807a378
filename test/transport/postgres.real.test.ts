import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseSecurity } from '../../src/bridge/connections.ts';
import { readConfig } from '../../src/config/config.ts';
import { startupMessage } from '../../src/local/startupMessage.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { type SecuredPostgres, startSecuredPostgres } from '../harness/securedPostgres.ts';
import { createTestAuthority, type TestCertificate } from '../harness/testCertificates.ts';

let server: SecuredPostgres;
let plain: SecuredPostgres;
let dir: string;
let own: TestCertificate;
const file = (name: string, text: string) => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};

beforeAll(async () => {
  [server, plain] = await Promise.all([startSecuredPostgres(), startSecuredPostgres({ tls: false })]);
  dir = mkdtempSync(join(tmpdir(), 'ot-transport-'));
  file('ca.pem', server.authority.ca);
  own = await server.authority.issue({ name: 'ot-cert' });
});
afterAll(async () => {
  await Promise.all([server?.stop(), plain?.stop()]);
  rmSync(dir, { recursive: true, force: true });
});

/** A pool as the program makes it from its environment. */
function poolOf(DATABASE_URL: string, more: Record<string, string> = {}) {
  const read = readConfig({
    DATABASE_URL,
    OT_ENVIRONMENT: 'test',
    ORGANISATIONS: 'a-no:40',
    VAULT_KEY: Buffer.alloc(32, 1).toString('base64'),
    ...more,
  });
  if (!read.ok) throw new Error(read.message);
  const { postgres } = read.config;
  if (postgres.embedded) throw new Error('embedded');
  const renewals: string[] = [];
  const security = databaseSecurity(postgres.security, (sentence) => renewals.push(sentence));
  const pool = createPool({ databaseUrl: postgres.url, security, size: 2, onIdleError: () => undefined });
  return { pool, renewals };
}

async function encrypted(url: string, more: Record<string, string> = {}): Promise<boolean> {
  const { pool } = poolOf(url, more);
  try {
    const { rows } = await pool.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
    return rows[0].ssl;
  } finally {
    await pool.end();
  }
}

/** What the user reads when the program cannot start. */
async function refusal(url: string, more: Record<string, string> = {}): Promise<string> {
  const { pool } = poolOf(url, more);
  try {
    await pool.query('select 1');
    return 'answered';
  } catch (error) {
    return startupMessage(error, { database: server.address, brokers: [] }) ?? String(error);
  } finally {
    await pool.end();
  }
}

const VERIFIED = '?sslmode=verify-full';
const ca = () => ({ DATABASE_CA_FILE: join(dir, 'ca.pem') });

describe('the database over TLS', () => {
  test('its certificate is verified by the CA of a file, of the environment, or of the URL', async () => {
    expect(await encrypted(server.urlOf() + VERIFIED, ca())).toBe(true);
    expect(await encrypted(server.urlOf() + VERIFIED, { DATABASE_CA: server.authority.ca })).toBe(true);
    expect(await encrypted(`${server.urlOf()}${VERIFIED}&sslrootcert=${join(dir, 'ca.pem')}`)).toBe(true);
  });

  test('a client certificate is shown where it is demanded', async () => {
    const files = {
      ...ca(),
      DATABASE_CERT_FILE: file('own.crt', own.certificate),
      DATABASE_KEY_FILE: file('own.key', own.key),
    };
    expect(await encrypted(server.certificateUrl + VERIFIED, files)).toBe(true);
    expect(await refusal(server.certificateUrl + VERIFIED, ca())).toMatch(
      /krever et klientsertifikat: sett DATABASE_CERT_FILE og DATABASE_KEY_FILE/,
    );
  });

  test('a password file that is renewed is used by the next connection, and the open ones live on', async () => {
    const path = file('password', server.password);
    const { pool } = poolOf(server.urlOf('another') + VERIFIED, { ...ca(), DATABASE_PASSWORD_FILE: path });
    const kept = await pool.connect();
    await server.setPassword('renewed');
    file('password', 'renewed\n');
    expect((await pool.query('select 1')).rowCount).toBe(1);
    expect((await kept.query('select 1')).rowCount).toBe(1);
    kept.release();
    await pool.end();
    await server.setPassword(server.password);
  });

  test('a certificate that is renewed half is reported, and the last whole one is used', async () => {
    const other = await server.authority.issue({ name: 'ot-cert' });
    const files = {
      ...ca(),
      DATABASE_CERT_FILE: file('half.crt', own.certificate),
      DATABASE_KEY_FILE: file('half.key', own.key),
    };
    const { pool, renewals } = poolOf(server.certificateUrl + VERIFIED, files);
    const kept = await pool.connect();
    file('half.crt', other.certificate);
    expect((await pool.query('select 1')).rowCount).toBe(1);
    expect(renewals).toEqual([expect.stringMatching(/hører ikke sammen/)]);
    kept.release();
    await pool.end();
  });
});

describe('a database that is not reached says why in one sentence, with the cure', () => {
  test('a CA that did not issue its certificate', async () => {
    const foreign = file('foreign.pem', (await createTestAuthority('Annen')).ca);
    const wrong = await refusal(server.urlOf() + VERIFIED, { DATABASE_CA_FILE: foreign });
    expect(wrong).toMatch(/fra en CA som broen ikke stoler på: .* DATABASE_CA_FILE/);
    expect(await refusal(server.urlOf() + VERIFIED)).toBe(wrong);
  });

  test('another host name', async () => {
    const byAddress = server.urlOf().replace('localhost', '127.0.0.1') + VERIFIED;
    expect(await refusal(byAddress, ca())).toMatch(/for et annet vertsnavn: .* DATABASE_URL/);
  });

  test('a server without TLS', async () => {
    expect(await refusal(plain.urlOf() + VERIFIED, ca())).toMatch(/svarer ikke med TLS/);
  });

  test('a wrong password, and a server that takes TLS only', async () => {
    expect(await refusal(server.urlOf('wrong') + VERIFIED, ca())).toMatch(/passordet i DATABASE_URL/);
    expect(await refusal(server.urlOf())).toMatch(/pg_hba\.conf.*sslmode=verify-full/);
  });

  test('a CA file that is missing, or holds something else', async () => {
    const missing = { DATABASE_CA_FILE: join(dir, 'nowhere.pem') };
    expect(() => poolOf(server.urlOf() + VERIFIED, missing)).toThrow(/nowhere\.pem \(DATABASE_CA_FILE\)/);
    const text = { DATABASE_CA_FILE: file('text.pem', 'not a certificate') };
    expect(() => poolOf(server.urlOf() + VERIFIED, text)).toThrow(/DATABASE_CA_FILE er ikke et sertifikat/);
  });
});
