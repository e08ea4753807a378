import { afterAll, beforeAll, expect, test } from 'vitest';
import { instantOf } from '../../src/core/time/date.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import { type JobStage, startJobStage } from '../harness/jobStage.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { until } from '../harness/until.ts';

// All of a group in quarantine corrected alike, on real Kafka and PostgreSQL, with kill -9 in the middle.

const RECORDS = 600;
const TODAY = osloDate(instantOf(Date.now()));

let stage: JobStage;

beforeAll(async () => {
  stage = await startJobStage();
}, 120_000);

afterAll(() => stage?.stop());

interface Work {
  id: string;
  state: string;
  items: number;
  handled: number;
  later: number;
  failed: number;
  failures: { item: string; code: string }[];
}

test('goes on after kill -9 where it was, and each record has its effect once', async () => {
  const { ask, applied } = stage;
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
  await stage.kill();

  await stage.startAgain();
  const after = await read();
  expect(after).toMatchObject({ id: begun.id, state: 'running', items: RECORDS });
  expect(after.handled).toBeGreaterThan(0);
  expect(after.handled).toBeLessThan(RECORDS);
  await until('the work is done', async () => (await read()).state !== 'running', 170_000);
  expect(await read()).toMatchObject({ state: 'done', handled: RECORDS, failed: 0, failures: [] });
  await until('all have their effect', async () => (await applied('school-dropout')) === RECORDS, 60_000);
  expect(await groups()).toEqual([]);
}, 400_000);
