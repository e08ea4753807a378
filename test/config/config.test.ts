import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cacheFolder, type Environment, readArguments, readConfig } from '../../src/config/config.ts';
import { describeConfig, environment } from '../../src/config/environment.ts';
import { loadAuditKey, loadSecret, loadVaultKey, readAuditKey } from '../../src/config/secret.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const REAL: Environment = {
  KAFKA_BROKERS: 'kafka-1:9092, kafka-2:9092',
  DATABASE_URL: 'postgres://ot:hemmelig@db/ot?sslmode=verify-full',
  ORGANISATIONS: 'telemarkfylke-no:40,vestfoldfylke.no:39',
  OT_ENVIRONMENT: 'production',
  VAULT_KEY: KEY,
  PUBLIC_URL: 'https://ot.fylke.no',
  MASKINPORTEN_ISSUER: 'https://maskinporten.no/',
  MASKINPORTEN_AUDIENCE: 'https://ot.fylke.no',
  LOGIN_ISSUER: 'https://ansattporten.no',
  LOGIN_CLIENT_ID: 'ot-bridge',
  LOGIN_CLIENT_KEY_FILE: '/run/secrets/login.jwk',
  AUDIT_KEY_FILE: '/run/secrets/audit.pem',
  AUDIT_CHECKPOINT_DIR: '/var/audit',
};

function configOf(env: Environment) {
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.message);
  return read.config;
}

function linesOf(env: Environment): string[] {
  const read = readConfig(env);
  return read.ok
    ? []
    : read.message
        .replace(/^Oppsettet kan ikke brukes:\s/, '')
        .split('\n')
        .map((line) => line.trim());
}

test('an organisation may have a name, for people', () => {
  const { organisations } = configOf({ ORGANISATIONS: 'telemarkfylke-no:40:Telemark fylkeskommune,a-no:39' });
  expect(organisations.map(({ name }) => name)).toEqual(['Telemark fylkeskommune', undefined]);
});

describe('the configuration', () => {
  test('an empty environment starts embedded parts, in test, for one county', () => {
    const config = configOf({ PATH: '/usr/bin' });
    expect(config).toMatchObject({
      environment: 'test',
      kafka: { embedded: true, port: 19_092 },
      postgres: { embedded: true, port: 15_432 },
      http: { host: '127.0.0.1', port: 8080 },
      organisations: [{ id: 'telemarkfylke-no', county: '40', virtualClock: false }],
      roles: { consume: true, api: true },
      topics: { partitions: 4, replication: 1, retentionDays: 28 },
    });
    expect(config.vaultKey).toEqual({ from: 'embedded', path: join(process.cwd(), '.data', 'vault.key') });
    expect(config.vigo).toBeUndefined();
  });

  test('the vault key never lies in the database folder', () => {
    const { vaultKey, postgres } = configOf({});
    if (vaultKey.from !== 'embedded' || !postgres.embedded) throw new Error('not embedded');
    expect(vaultKey.path.startsWith(`${postgres.dir}/`)).toBe(false);
  });

  test('real parts are used as they are given', () => {
    const config = configOf(REAL);
    expect(config.kafka).toEqual({
      embedded: false,
      brokers: ['kafka-1:9092', 'kafka-2:9092'],
      security: { tls: {} },
    });
    expect(config.postgres).toEqual({ embedded: false, url: REAL.DATABASE_URL, security: { tls: {} } });
    expect(config.topics.replication).toBe(3);
    expect(config.organisations).toEqual([
      { id: 'telemarkfylke-no', county: '40', virtualClock: false },
      { id: 'vestfoldfylke-no', county: '39', virtualClock: false },
    ]);
    expect(config.vaultKey).toEqual({ from: 'value', key: Buffer.alloc(32, 7) });
  });

  test('an empty variable counts as unset', () => {
    expect(configOf({ KAFKA_BROKERS: '', DATABASE_URL: '  ', HTTP_PORT: '' }).kafka.embedded).toBe(true);
  });

  test('a database of its own demands organisations, environment and key', () => {
    expect(
      linesOf({ DATABASE_URL: 'postgres://db/ot?sslmode=verify-full' }).map((line) => line.split(' ')[0]),
    ).toEqual(['ORGANISATIONS', 'OT_ENVIRONMENT', 'VAULT_KEY_FILE']);
  });

  test('production never runs on embedded parts', () => {
    expect(linesOf({ OT_ENVIRONMENT: 'production' })[0]).toMatch(/innebygde deler er ikke for drift/);
    expect(linesOf({ ...REAL, KAFKA_BROKERS: undefined })).toEqual([
      expect.stringContaining('OT_ENVIRONMENT kan ikke være production'),
    ]);
  });

  test('production signs its audit trail with a key of its own, into a folder of its own', () => {
    const { AUDIT_KEY_FILE: _key, AUDIT_CHECKPOINT_DIR: _folder, ...without } = REAL;
    expect(linesOf(without)).toEqual([
      'AUDIT_KEY_FILE må settes når OT_ENVIRONMENT er production',
      'AUDIT_CHECKPOINT_DIR må settes når OT_ENVIRONMENT er production',
    ]);
    expect(linesOf({ ...without, OT_ENVIRONMENT: 'test' })).toEqual([]);
    expect(configOf(REAL).audit).toEqual({
      key: { from: 'file', path: '/run/secrets/audit.pem' },
      folder: '/var/audit',
    });
  });

  test('all problems are reported together, one line each, also those between variables', () => {
    const lines = linesOf({
      DATABASE_URL: 'mysql://db/ot',
      HTTP_PORT: '99999',
      ROLES: 'consume,other',
      LOG_LEVEL: 'loud',
      VIGO_OT_AT: '25:00',
    });
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      'DATABASE_URL',
      'HTTP_PORT',
      'ROLES',
      'LOG_LEVEL',
      'VIGO_OT_AT',
      'ORGANISATIONS',
      'OT_ENVIRONMENT',
      'VAULT_KEY_FILE',
    ]);
  });

  test('no message repeats what was set', () => {
    const secret = 'Str3ngHemmelig';
    const broken = Object.fromEntries(
      Object.keys(environment.shape).map((name) => [name, `${secret},${secret}`]),
    );
    const read = readConfig(broken);
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toContain(secret);
  });

  test.each([
    ['ORGANISATIONS', 'telemarkfylke-no'],
    ['ORGANISATIONS', 'telemarkfylke-no:4'],
    ['ORGANISATIONS', 'telemarkfylke-no:40:'],
    ['ORGANISATIONS', 'telemarkfylke-no:40:<b>Telemark</b>'],
    ['ORGANISATIONS', `telemarkfylke-no:40:${'T'.repeat(61)}`],
    ['ORGANISATIONS', 'møre:15'],
    ['ORGANISATIONS', 'a-no:40,b-no:40'],
    ['ORGANISATIONS', 'a-no:40,a.no:39'],
    ['KAFKA_BROKERS', 'kafka'],
    ['VAULT_KEY', Buffer.alloc(31).toString('base64')],
    ['VIGO_SHRINKAGE_LIMIT', '1.5'],
    ['TOPIC_REPLICATION', '3'],
    ['HTTP_PORT', '19093'],
    ['EMBEDDED_PG_PORT', '19092'],
    ['VIGO_URL', 'http://www.vigo.no/rest'],
    ['VIGO_API_KEY', 'uten-url'],
  ])('%s cannot be «%s» with embedded parts', (name, value) => {
    const rest = name === 'KAFKA_BROKERS' ? { ORGANISATIONS: 'a-no:40' } : {};
    const vigo = name === 'VIGO_URL' ? { VIGO_API_KEY: 'k' } : {};
    expect(linesOf({ ...rest, ...vigo, [name]: value })).toHaveLength(1);
  });

  test('VIGO is polled for the named counties, at the times of the neighbours by default', () => {
    const vigo = {
      VIGO_URL: 'https://www.vigo.no/vigows/rest',
      VIGO_API_KEY_FILE: '/run/vigo',
      VIGO_COUNTIES: '39',
    };
    expect(configOf({ ...REAL, ...vigo }).vigo).toEqual({
      url: 'https://www.vigo.no/vigows/rest',
      apiKey: { from: 'file', path: '/run/vigo' },
      organisations: [{ id: 'vestfoldfylke-no', county: '39', virtualClock: false }],
      otAt: { hour: 2, minute: 0 },
      laktivAt: { hour: 1, minute: 0 },
      shrinkageLimit: 0.1,
    });
    expect(linesOf({ ...REAL, ...vigo, VIGO_COUNTIES: '39,11' })).toEqual([
      expect.stringContaining('VIGO_COUNTIES'),
    ]);
  });

  test('the cache lies outside the checkout and can be moved', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/x' })).toBe('/x/ot-bridge');
    expect(cacheFolder({ XDG_CACHE_HOME: '/x', OT_BRIDGE_CACHE: '/y' })).toBe('/y');
  });

  test('every variable is described in the table', () => {
    const rows = describeConfig().trimEnd().split('\n').slice(2);
    expect(rows).toHaveLength(Object.keys(environment.shape).length);
    for (const row of rows) expect(row).toMatch(/^\| `[A-Z_]+` \| [^|]+ \| [^|]+\. \|$/);
    expect(describeConfig()).not.toContain('undefined');
  });
});

describe('the command line', () => {
  test('knows --no-sample and refuses everything else', () => {
    expect(readArguments([])).toEqual({ ok: true, sample: true });
    expect(readArguments(['--no-sample'])).toEqual({ ok: true, sample: false });
    expect(readArguments(['--no-samples'])).toMatchObject({
      ok: false,
      message: expect.stringContaining('--no-samples'),
    });
    expect(readArguments(['--no-sample', 'start'])).toMatchObject({ ok: false });
  });
});

describe('secrets', () => {
  function folder(): string {
    const dir = mkdtempSync(join(tmpdir(), 'ot-bridge-secret-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    return dir;
  }

  test('the embedded vault key is made once, readable by its owner only', () => {
    const path = join(folder(), 'data', 'vault.key');
    const first = loadVaultKey({ from: 'embedded', path }, true);
    expect(first.ok && first.value.length).toBe(32);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(loadVaultKey({ from: 'embedded', path }, false)).toEqual(first);
    expect(loadVaultKey({ from: 'embedded', path }, true)).toEqual(first);
  });

  test('a lost vault key is never replaced when the database exists', () => {
    const path = join(folder(), 'vault.key');
    expect(loadVaultKey({ from: 'embedded', path }, false)).toMatchObject({ ok: false });
    expect(() => readFileSync(path)).toThrow();
  });

  test('a key file that is missing, empty or no key gives one sentence', () => {
    const dir = folder();
    writeFileSync(join(dir, 'empty'), '\n');
    writeFileSync(join(dir, 'short'), 'Zm9vYmFy');
    for (const name of ['none', 'empty', 'short']) {
      const read = loadVaultKey({ from: 'file', path: join(dir, name) }, true);
      expect(read).toMatchObject({ ok: false, message: expect.stringMatching(/^[^\n]+\.$/) });
      expect(JSON.stringify(read)).not.toContain('Zm9vYmFy');
    }
  });

  test('the key of the audit trail is made once where none is given, and never to verify with', () => {
    const path = join(folder(), 'data', 'audit.key');
    expect(readAuditKey({ from: 'embedded', path })).toMatchObject({ ok: false });
    const first = loadAuditKey({ from: 'embedded', path });
    expect(first.ok && first.value.asymmetricKeyType).toBe('ed25519');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = readAuditKey({ from: 'embedded', path });
    expect(first.ok && again.ok && first.value.equals(again.value)).toBe(true);
  });

  test('a key of the audit trail that is none, or of another kind, gives one sentence', () => {
    const dir = folder();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(join(dir, 'rsa'), String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    writeFileSync(join(dir, 'text'), 'hemmelig');
    for (const name of ['none', 'rsa', 'text']) {
      const read = loadAuditKey({ from: 'file', path: join(dir, name) });
      expect(read).toMatchObject({
        ok: false,
        message: expect.stringMatching(/^[^\n]+AUDIT_KEY_FILE[^\n]+\.$/),
      });
      expect(JSON.stringify(read)).not.toContain('hemmelig');
    }
  });

  test('a secret is read from its file without the line end', () => {
    const path = join(folder(), 'api-key');
    writeFileSync(path, 'abc\n');
    expect(loadSecret({ from: 'file', path }, 'VIGO_API_KEY_FILE')).toEqual({ ok: true, value: 'abc' });
  });
});
