import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { takeFolder } from '../../src/local/owner.ts';
import { type EmbeddedPostgres, startPostgres } from '../../src/local/postgres.ts';
import { findServerUser } from '../../src/local/serverUser.ts';
import { freePort, RUN_FOLDER } from './realParts.ts';
import { createTestAuthority, type TestAuthority } from './testCertificates.ts';

// A real PostgreSQL as in a county's network: TLS for everyone but the superuser, whose plain connection is the test's.

export interface SecuredPostgres {
  authority: TestAuthority;
  /** `host:port`; the server's certificate is for `localhost` alone. */
  address: string;
  /** Of the superuser, without TLS. */
  superuserUrl: string;
  /** The user `ot`, which must come by TLS, with its database of the same name; the caller adds `sslmode`. */
  urlOf(password?: string): string;
  /** The first password of `ot`. */
  password: string;
  /** The user `ot-cert`, which must also show a client certificate of its own name. */
  certificateUrl: string;
  setPassword(password: string): Promise<void>;
  /** Ends all connections of `ot`: the next ones log in again. */
  disconnectAll(): Promise<void>;
  stop(): Promise<void>;
}

/** @param tls false: the same server without TLS */
export async function startSecuredPostgres({ tls = true } = {}): Promise<SecuredPostgres> {
  const dir = mkdtempSync(join(tmpdir(), RUN_FOLDER));
  chmodSync(dir, 0o755); // as root, PostgreSQL's user must get in
  takeFolder(dir);
  const authority = await createTestAuthority();
  const server = await authority.issue({ name: 'postgres', hosts: ['localhost'] });
  const files = join(dir, 'tls');
  mkdirSync(files, { mode: 0o755 });
  const user = findServerUser(() => undefined);
  const write = (name: string, text: string, mode: number): string => {
    const path = join(files, name);
    writeFileSync(path, text);
    if (user) chownSync(path, user.uid, user.gid);
    chmodSync(path, mode);
    return path;
  };
  const settings = {
    fsync: 'off',
    ...(tls && {
      ssl: 'on',
      ssl_cert_file: write('server.crt', `${server.certificate}\n`, 0o644),
      ssl_key_file: write('server.key', server.key, 0o600),
      ssl_ca_file: write('ca.crt', `${authority.ca}\n`, 0o644),
    }),
    hba_file: write(
      'pg_hba.conf',
      HBA.filter((line) => tls || !line.startsWith('hostssl')).join('\n'),
      0o644,
    ),
  };
  const port = await freePort();
  const part: EmbeddedPostgres = await startPostgres({
    dir: join(dir, 'postgres'),
    port,
    log: () => undefined,
    settings,
  });
  const password = randomBytes(12).toString('hex');
  const certificatePassword = randomBytes(12).toString('hex');
  const run = (...statements: string[]) => runAll(part.url, statements);
  await run(
    `create role ot login password '${password}'`,
    `create role "ot-cert" login password '${certificatePassword}'`,
    // What a user without the right to create roles must be given.
    'create role ot_reader nologin',
    'create role ot_audit nologin',
    'grant ot_reader, ot_audit to ot',
    'create database ot owner ot',
  );
  const address = `localhost:${port}`;
  return {
    authority,
    address,
    superuserUrl: part.url,
    password,
    urlOf: (given = password) => `postgres://ot:${given}@${address}/ot`,
    certificateUrl: `postgres://ot-cert:${certificatePassword}@${address}/ot`,
    setPassword: (next) => run(`alter role ot password '${next}'`),
    disconnectAll: () => run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'ot'"),
    async stop() {
      await part.stop();
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const HBA = [
  'hostnossl all ot_bridge 127.0.0.1/32 scram-sha-256',
  'hostssl all ot-cert all scram-sha-256 clientcert=verify-full',
  'hostssl all all all scram-sha-256',
  '',
];

async function runAll(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
