import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { letKafkajsSleep } from '../../src/kafka/kafkajsIdle.ts';
import {
  AUDIENCE,
  CONSUMER,
  type Issuer,
  OTHER_CONSUMER,
  organisation,
  SUPPLIER,
  startIssuer,
} from '../harness/maskinporten.ts';
import { createHome, type Program, runProgram } from '../harness/program.ts';
import { dropout, P01, P02 } from '../harness/schoolDropouts.ts';
import { createTestDatabase, type TestDatabase, testBrokers } from '../harness/sharedParts.ts';
import { until } from '../harness/until.ts';

// The program on an address that others can reach: tokens of a real issuer, grants in a real database.

const ORG = 'token-proeve-no';
const FEED = 'feeds/school-dropout';
const WRITE = 'otbridge:ot/feeds/school-dropout.write';

let home: Awaited<ReturnType<typeof createHome>>;
let database: TestDatabase;
let issuer: Issuer;
let program: Program;
let client: Client;
beforeAll(async () => {
  letKafkajsSleep();
  home = await createHome();
  const brokers = await testBrokers();
  [database, issuer] = await Promise.all([createTestDatabase(), startIssuer()]);
  // The bridge starts without its issuer.
  issuer.answerWith(null);
  const key = join(home.settings.DATA_DIR ?? '', '..', 'login.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  program = runProgram({
    ...home.settings,
    KAFKA_BROKERS: brokers.join(','),
    DATABASE_URL: database.url,
    ORGANISATIONS: `${ORG}:40`,
    OT_ENVIRONMENT: 'test',
    VAULT_KEY: Buffer.alloc(32, 7).toString('base64'),
    TOPIC_REPLICATION: '1',
    HTTP_HOST: '0.0.0.0',
    PUBLIC_URL: 'https://ot.fylke.no',
    TRUSTED_PROXY: '127.0.0.1',
    MASKINPORTEN_ISSUER: issuer.issuer,
    MASKINPORTEN_AUDIENCE: AUDIENCE,
    LOGIN_ISSUER: 'https://login.example',
    LOGIN_CLIENT_ID: 'ot',
    LOGIN_CLIENT_KEY_FILE: key,
  });
  await program.shows(/Ctrl-C stopper/);
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  program?.interrupt();
  await program?.ended;
  await client?.end();
  await issuer?.stop();
  await database?.drop();
  await home?.remove();
});

async function grant(orgnr: string, institution: string | null): Promise<void> {
  await client.query(
    `insert into access_grant (id, org_id, orgnr, scope, institution, valid_from, granted_by, reason)
     select gen_random_uuid(), id, $1, 'ot/feeds/school-dropout.write', $2, now() - interval '1 minute', 'test', 'test'
     from organisation where name = $3`,
    [orgnr, institution, ORG],
  );
}

async function ask(path: string, { token, body }: { token?: string; body?: unknown } = {}) {
  const answer = await fetch(`http://127.0.0.1:${home.settings.HTTP_PORT}/organisations/${ORG}/${path}`, {
    headers: {
      'content-type': 'application/json',
      'x-forwarded-host': 'ot.fylke.no',
      'x-forwarded-proto': 'https',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: answer.status, content: JSON.parse(await answer.text()) };
}

test('it starts without its issuer, asks for tokens, and lets each organisation do what was granted', async () => {
  const nothing = await ask(FEED, { body: [] });
  expect([nothing.status, nothing.content.type]).toEqual([401, 'urn:ot-bridge:TOKEN_MISSING']);

  await grant(CONSUMER, '40014');
  const token = await issuer.token(WRITE);
  const away = await ask(FEED, { token, body: [] });
  expect([away.status, away.content.type]).toEqual([503, 'urn:ot-bridge:ISSUER_AWAY']);
  issuer.answerWith(undefined);
  // It is asked again after ten seconds.
  await until('the issuer is asked again', async () => (await ask(FEED, { token, body: [] })).status !== 503);

  const rows = [dropout(P01, 'a'), dropout(P02, 'b', { skolenummer: '40020' })];
  const sent = await ask(FEED, { token, body: rows });
  expect(sent.status).toBe(202);
  const path = `receipts/${sent.content.receiptId}`;
  await until('the rows are decided', async () => (await ask(path, { token })).content.final === true);
  const { content } = await ask(path, { token });
  expect(content.counts).toMatchObject({ applied: 1, quarantined: 1 });
  expect(content.problems).toMatchObject([{ row: 2, problems: [{ code: 'FOREIGN_INSTITUTION' }] }]);
  expect((await ask('alerts', { token })).content.type).toBe('urn:ot-bridge:SCOPE_MISSING');

  const stranger = await issuer.token(WRITE, { consumer: organisation(SUPPLIER) });
  expect((await ask(FEED, { token: stranger, body: rows })).content.type).toBe('urn:ot-bridge:NO_GRANT');
  await grant(OTHER_CONSUMER, null);
  const other = await issuer.token(WRITE, { consumer: organisation(OTHER_CONSUMER) });
  expect((await ask(path, { token: other })).status).toBe(404);
  expect(program.screen() + program.complaint()).not.toContain(token.slice(0, 40));
});
