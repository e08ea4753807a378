import { afterAll, beforeAll, expect, test } from 'vitest';
import { instantOf } from '../../src/core/time/date.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import type { JobMaker } from '../../src/store/bulkPort.ts';
import { createPostgresAccess } from '../../src/store/postgres/access.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { person } from '../access/callers.ts';
import { holdRole } from '../harness/heldRole.ts';
import { type JobStage, startJobStage } from '../harness/jobStage.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { until } from '../harness/until.ts';

// The same act for many on real Kafka and PostgreSQL: stopped by a person, by a role that is taken away, and by kill -9, in
// the middle.

const YOUTHS = 3_000;
const TODAY = osloDate(instantOf(Date.now()));

let stage: JobStage;

beforeAll(async () => {
  stage = await startJobStage();
}, 120_000);

afterAll(() => stage?.stop());

interface Job {
  id: string;
  state: string;
  trouble: string | null;
  youths: number;
  waiting: number;
  underWay: number;
  done: number;
  failed: number;
}

const ASKED = {
  filter: { list: 'no-contact' },
  act: { type: 'contact', date: TODAY, channel: 'BREV' },
};

test('a job goes on after a stop, a lost role and kill -9, and no youth has the act twice', async () => {
  const { ask, applied } = stage;
  const rows = crowd(17, YOUTHS).map((each, at) => dropout(each, `b-${at}`, { avbruddsdato: TODAY }));
  await ask('feeds/school-dropout', rows);
  await until('all are decided', async () => (await applied('school-dropout')) === YOUTHS, 60_000);
  const { position, youths } = await ask<{ position: string; youths: number }>('bulk-jobs/preview', ASKED);
  expect(youths).toBe(YOUTHS);
  const made = { ...ASKED, position, youths, reason: 'Brev er sendt til alle.' };
  const { id, state } = await ask<Job>('bulk-jobs', made);
  expect(state).toBe('paused');
  const at = `bulk-jobs/${id}`;
  const read = () => ask<Job>(at);
  const doneOver = (count: number) =>
    until(`more than ${count} are done`, async () => (await read()).done > count, 60_000);
  const atRest = async () => {
    await until('what was sent is decided', async () => (await read()).underWay === 0, 60_000);
    const job = await read();
    expect(job.state).toBe('paused');
    expect(job.waiting).toBeGreaterThan(0);
    expect(await applied('ot-adviser')).toBe(job.done);
    return job;
  };

  await ask(`${at}/start`, {});
  await doneOver(0);
  await ask(`${at}/stop`, {});
  const stopped = await atRest();

  const { revoke, give } = await ofALeader(id);
  await ask(`${at}/start`, {});
  await doneOver(stopped.done);
  expect(await revoke()).toBe(true);
  await until('the job stops', async () => (await read()).state === 'paused', 60_000);
  const lost = await atRest();
  expect(lost.trouble).toBe('NOT_PERMITTED');
  await give();

  await ask(`${at}/start`, {});
  await doneOver(lost.done);
  await stage.kill();
  const half = await applied('ot-adviser');
  expect(half).toBeLessThan(youths);
  await stage.startAgain();
  expect((await read()).state).toBe('running');
  await until('the job is done', async () => (await read()).state === 'done', 170_000);
  const { done, failed } = await read();
  expect([done, failed]).toEqual([youths, 0]);
  expect(await applied('ot-adviser')).toBe(youths);
}, 400_000);

/** Makes the job a person's, who has the role by the records alone: no one logs in to an open installation. */
async function ofALeader(job: string) {
  const maker = person([]);
  const kept: JobMaker = { kind: 'person', person: maker.person, orgnrs: [], groups: [] };
  await stage.rows.query('update bulk_job set maker = $2 where id = $1', [job, JSON.stringify(kept)]);
  const records = createPostgresAccess(stage.rows, organisationIds(stage.rows));
  const give = (id: string) => holdRole(records, maker, { org: stage.org, role: 'leder', id });
  const revoke = await give('10000000-0000-4000-8000-000000000001');
  return { revoke, give: () => give('10000000-0000-4000-8000-000000000002') };
}
