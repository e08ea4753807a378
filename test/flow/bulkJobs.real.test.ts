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

// The same act for many on real Kafka and PostgreSQL: stopped by a person, and by kill -9, in the middle.

const ORG = `test-${randomBytes(4).toString('hex')}`;
const YOUTHS = 3_000;
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

async function ask<T = Job>(path: string, body?: unknown): Promise<T> {
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

interface Job {
  id: string;
  state: string;
  youths: number;
  waiting: number;
  underWay: number;
  done: number;
  failed: number;
}

/** Records of a feed that had an effect, and those that repeated one. */
async function decided(
  feed: 'school-dropout' | 'ot-adviser',
): Promise<{ applied: number; repeated: number }> {
  const { rows } = await lanes.query<{ applied: string; repeated: string }>(
    `select coalesce(sum(applied), 0) as applied, coalesce(sum(duplicate), 0) as repeated from lane where topic = $1`,
    [feedTopic(orgId(ORG), feed)],
  );
  return { applied: Number(rows[0]?.applied), repeated: Number(rows[0]?.repeated) };
}

const ASKED = {
  filter: { list: 'no-contact' },
  act: { type: 'contact', date: TODAY, channel: 'BREV' },
};

test('a job goes on after a stop and after kill -9, and no youth has the act twice', async () => {
  const rows = crowd(17, YOUTHS).map((person, at) => dropout(person, `b-${at}`, { avbruddsdato: TODAY }));
  await ask('feeds/school-dropout', rows);
  await until('all are decided', async () => (await decided('school-dropout')).applied === YOUTHS, 60_000);
  const { position, youths } = await ask<{ position: string; youths: number }>('bulk-jobs/preview', ASKED);
  expect(youths).toBe(YOUTHS);
  const made = { ...ASKED, position, youths, reason: 'Brev er sendt til alle.' };
  const { id, state } = await ask('bulk-jobs', made);
  expect(state).toBe('paused');
  const at = `bulk-jobs/${id}`;
  const read = () => ask(at);
  const doneOver = (count: number) =>
    until(`more than ${count} are done`, async () => (await read()).done > count, 60_000);

  await ask(`${at}/start`, {});
  await doneOver(0);
  await ask(`${at}/stop`, {});
  await until('what was sent is decided', async () => (await read()).underWay === 0, 60_000);
  const stopped = await read();
  expect(stopped.state).toBe('paused');
  expect(stopped.waiting).toBeGreaterThan(0);
  expect((await decided('ot-adviser')).applied).toBe(stopped.done);

  await ask(`${at}/start`, {});
  await doneOver(stopped.done);
  await bridge.kill();
  const half = (await decided('ot-adviser')).applied;
  expect(half).toBeLessThan(youths);
  bridge = await start();
  expect((await read()).state).toBe('running');
  await until('the job is done', async () => (await read()).state === 'done', 170_000);
  const { done, failed } = await read();
  expect([done, failed]).toEqual([youths, 0]);
  expect((await decided('ot-adviser')).applied).toBe(youths);
}, 400_000);
