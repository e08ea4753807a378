import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { orgId } from '../../src/core/organisation.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import { type BridgeProcess, startBridgeProcess } from '../harness/bridgeProcess.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { createTestDatabase, testBrokers } from '../harness/sharedParts.ts';
import { until } from '../harness/until.ts';

// All of a group in quarantine corrected alike, on real Kafka and PostgreSQL, with kill -9 in the middle.

const ORG = `test-${randomBytes(4).toString('hex')}`;
const RECORDS = 600;
const TODAY = osloDate(instantOf(Date.now()));

const database = await createTestDatabase();
let lanes: Client;
let bridge: BridgeProcess;
const start = async () =>
  startBridgeProcess({ brokers: await testBrokers(), databaseUrl: database.url, org: ORG });

beforeAll(async () => {
  bridge = await start();
  lanes = new Client({ connectionString: database.url });
  await lanes.connect();
}, 120_000);

afterAll(async () => {
  await bridge?.stop();
  await lanes?.end();
  await database.drop();
});

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${bridge.url}/organisations/${ORG}/${path}`, {
    ...(body !== undefined && {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: JSON.stringify(body),
    }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}

interface Work {
  id: string;
  state: string;
  items: number;
  handled: number;
  later: number;
  failed: number;
  failures: { item: string; code: string }[];
}

async function applied(): Promise<number> {
  const { rows } = await lanes.query<{ applied: string }>(
    `select coalesce(sum(applied), 0) as applied from lane where topic = $1`,
    [feedTopic(orgId(ORG), 'school-dropout')],
  );
  return Number(rows[0]?.applied);
}

test('goes on after kill -9 where it was, and each record has its effect once', async () => {
  const rows = crowd(23, RECORDS).map((person, at) =>
    dropout(person, `k-${at}`, { avbruddsdato: TODAY, avbruddsarsak: 'ZZ' }),
  );
  await ask('feeds/school-dropout', rows);
  interface Group {
    id: string;
    items: number;
    newest: string;
  }
  const groups = async () => (await ask<{ groups: Group[] }>('quarantine/groups')).groups;
  await until('all are in quarantine', async () => (await groups())[0]?.items === RECORDS, 60_000);
  const [group] = await groups();
  const begun = await ask<Work>(`quarantine/groups/${group?.id}/acts`, {
    ...{
      act: 'mend',
      value: 'FV',
      items: RECORDS,
      upTo: group?.newest,
      reason: 'Skolen bruker gammel kode.',
    },
  });
  const read = () => ask<Work>(`quarantine/acts/${begun.id}?limit=500`);
  expect(begun).toMatchObject({ state: 'running', items: RECORDS });
  await until('some are corrected', async () => (await read()).handled > 0, 60_000);
  await bridge.kill();

  bridge = await start();
  const after = await read();
  expect(after).toMatchObject({ id: begun.id, state: 'running', items: RECORDS });
  expect(after.handled).toBeGreaterThan(0);
  expect(after.handled).toBeLessThan(RECORDS);
  await until('the work is done', async () => (await read()).state !== 'running', 170_000);
  expect(await read()).toMatchObject({ state: 'done', handled: RECORDS, failed: 0, failures: [] });
  await until('all have their effect', async () => (await applied()) === RECORDS, 60_000);
  expect(await groups()).toEqual([]);
}, 400_000);
