import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { letKafkajsSleep } from '../../src/kafka/kafkajsIdle.ts';
import { findJava } from '../../src/local/java.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { proveVaultKey } from '../../src/store/postgres/vaultKey.ts';
import { createVault } from '../../src/store/vault.ts';
import { createHome, runProgram, type Settings } from '../harness/program.ts';
import { freePort } from '../harness/realParts.ts';
import { createTestDatabase, type TestDatabase, testBrokers } from '../harness/sharedParts.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');

let home: Awaited<ReturnType<typeof createHome>>;
let database: TestDatabase;
let brokers: string[];
let tools: string;
beforeAll(async () => {
  letKafkajsSleep();
  home = await createHome();
  tools = mkdtempSync(join(tmpdir(), 'ot-bridge-path-'));
  [database, brokers] = await Promise.all([createTestDatabase(), testBrokers()]);
});
afterAll(async () => {
  await home?.remove();
  rmSync(tools, { recursive: true, force: true });
  await database?.drop();
});

/** Settings of a program on parts that are there already. */
function onRealParts(changes: Settings = {}): Settings {
  return {
    ...home.settings,
    KAFKA_BROKERS: brokers.join(','),
    DATABASE_URL: database.url,
    ORGANISATIONS: 'prosess-proeve-no:40',
    OT_ENVIRONMENT: 'test',
    VAULT_KEY: KEY,
    TOPIC_REPLICATION: '1',
    ...changes,
  };
}

/** What the program says when it will not start: one line, exit code 1, nothing of its insides. */
async function refusal(settings: Settings, args: readonly string[] = []): Promise<string> {
  const program = runProgram(settings, args);
  const code = await program.ended;
  const said = program.complaint();
  expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(/^[^\n]+\n$/) });
  expect(said).not.toMatch(/\bat .*:\d+:\d+|node:|Error:/);
  return said;
}

async function taken(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

describe.concurrent('one sentence and exit code 1', () => {
  test('for a choice it does not have', async () => {
    expect(await refusal(home.settings, ['--sample'])).toContain('--no-sample');
  });

  test('for an address that others can reach', async () => {
    expect(await refusal({ ...home.settings, HTTP_HOST: '0.0.0.0' })).toMatch(
      /HTTP_HOST .*loopback.* PUBLIC_URL, MASKINPORTEN_ISSUER og LOGIN_ISSUER: sett dem/,
    );
  });

  test('for production without issuers, also on loopback', async () => {
    const signed = { AUDIT_KEY_FILE: '/none', AUDIT_CHECKPOINT_DIR: '/none' };
    const settings = { OT_ENVIRONMENT: 'production', HTTP_HOST: '127.0.0.1', ...signed };
    const said = await refusal(onRealParts(settings));
    expect(said).toMatch(
      /OT_ENVIRONMENT .* PUBLIC_URL, MASKINPORTEN_ISSUER og LOGIN_ISSUER, også på 127.0.0.1/,
    );
  });

  test('for an open API behind a proxy', async () => {
    const said = await refusal({ ...home.settings, TRUSTED_PROXY: '127.0.0.1' });
    expect(said).toMatch(/TRUSTED_PROXY .*MASKINPORTEN_ISSUER eller LOGIN_ISSUER/);
  });

  test('for a Kafka that does not answer', async () => {
    const nowhere = `127.0.0.1:${await freePort()}`;
    expect(await refusal(onRealParts({ KAFKA_BROKERS: nowhere }))).toContain(nowhere);
  });

  test('for a database that does not answer, without its password', async () => {
    const port = await freePort();
    const said = await refusal(onRealParts({ DATABASE_URL: `postgres://ot:hemmelig@127.0.0.1:${port}/ot` }));
    expect(said).toContain(`127.0.0.1:${port}`);
    expect(said).not.toContain('hemmelig');
  });

  test('for a database that is not there, and for a wrong password', async () => {
    const url = new URL(database.url);
    url.pathname = '/finnes_ikke';
    expect(await refusal(onRealParts({ DATABASE_URL: url.href }))).toMatch(/finnes ikke/);
    const wrong = new URL(database.url);
    wrong.password = 'feilpassord';
    const said = await refusal(onRealParts({ DATABASE_URL: wrong.href }));
    expect(said).toMatch(/passordet/);
    expect(said).not.toContain('feilpassord');
  });

  test('for a database that a newer program has been at', async () => {
    const newer = await createTestDatabase();
    const client = new Client({ connectionString: newer.url });
    await client.connect();
    await client.query(
      'create table schema_version (version int primary key, name text not null, applied timestamptz)',
    );
    await client.query("insert into schema_version (version, name) values (999, 'framtid')");
    await client.end();
    expect(await refusal(onRealParts({ DATABASE_URL: newer.url }))).toMatch(/skjemaversjon 999/);
    await newer.drop();
  });

  test('case E3: a vault key that the database was not made with is refused, with the cure', async () => {
    const living = await createTestDatabase();
    const pool = createPool({ databaseUrl: living.url, size: 1, onIdleError: () => undefined });
    await createPostgresStore(pool).migrate();
    await proveVaultKey(pool, createVault(Buffer.from(KEY, 'base64')));
    await pool.end();
    const fresh = Buffer.alloc(32, 9).toString('base64');
    const said = await refusal(onRealParts({ DATABASE_URL: living.url, VAULT_KEY: fresh }));
    expect(said).toMatch(/Hvelvnøkkelen er ikke den som databasen ble laget med: sett VAULT_KEY_FILE/);
    expect(said).not.toContain(fresh);
    await living.drop();
  });

  test('for a port that is taken, whichever', async () => {
    for (const name of ['HTTP_PORT', 'EMBEDDED_PG_PORT', 'EMBEDDED_KAFKA_PORT']) {
      const port = Number(home.settings[name]);
      const server = await taken(port);
      const given = onRealParts();
      // Only the part that wants the port is the program's own.
      if (name === 'EMBEDDED_PG_PORT') delete given.DATABASE_URL;
      if (name === 'EMBEDDED_KAFKA_PORT') delete given.KAFKA_BROKERS;
      expect(await refusal(given)).toContain(String(port));
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('for Kafka without Java, and for Kafka to be fetched without Maven', async () => {
    const { KAFKA_BROKERS: _, ...embeddedKafka } = onRealParts();
    expect(await refusal({ ...embeddedKafka, PATH: tools })).toMatch(/Java.*KAFKA_BROKERS/);
    symlinkSync(await findJava(), join(tools, 'java'));
    const empty = {
      ...embeddedKafka,
      PATH: tools,
      OT_BRIDGE_CACHE: join(tools, 'cache'),
      // The shared one is in use meanwhile.
      EMBEDDED_KAFKA_PORT: String(await freePort()),
    };
    expect(await refusal(empty)).toMatch(/mvn.*KAFKA_BROKERS/);
  });
});

test('given real parts it starts and seeds nothing, and stops at Ctrl-C without touching them', async () => {
  const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const before = new Set(await admin.listTopics());
  const program = runProgram(onRealParts());
  await program.shows(/Ctrl-C stopper/);
  expect(program.screen()).not.toMatch(/Eksempelfylket|eksempelfylke/);
  expect([...home.kafkas(), ...home.databases()]).toEqual([]);
  const mine = (await admin.listTopics()).filter(
    (topic) => !before.has(topic) && topic.startsWith('vtfk-no.'),
  );
  expect(mine).toEqual([]);
  const alerts = await fetch(`${home.url}/organisations/prosess-proeve-no/alerts`);
  expect(JSON.parse(await alerts.text())).toEqual({ alerts: [], next: null });
  expect((await fetch(`${home.url}/organisations/vtfk-no/alerts`)).status).toBe(404);
  program.interrupt();
  expect(await program.ended).toBe(0);
  expect(program.complaint()).toBe('');
  expect((await admin.listTopics()).length).toBeGreaterThan(0);
  await admin.disconnect();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from youth');
  await client.end();
  expect(rows[0]?.n).toBe(0);
});
