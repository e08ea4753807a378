import { beforeEach, describe, expect, test } from 'vitest';
import type { PersonKey } from '../../src/core/access/principal.ts';
import { assignment, controlOf, person } from '../access/callers.ts';
import { LEFT } from '../console/adviserWorld.ts';
import { type BulkWorld, bulkWorld } from '../desk/bulkWorld.ts';
import { holdRole } from '../harness/heldRole.ts';
import { appOf, bodyOf, problemOf } from './parts.ts';

const REASON = 'Brev er sendt til alle.';
const ASKED = {
  filter: { list: 'no-contact' },
  act: { type: 'contact', date: '2026-10-06', channel: 'BREV' },
};

let world: BulkWorld;
let at: string;
beforeEach(async () => {
  world = await bulkWorld(4);
  at = `/organisations/${world.organisation.id}/bulk-jobs`;
  const { org } = world.pipeline;
  await holdRole(world.parts.accessRecords, { person: keyOf('Leder') }, { org, role: 'leder' });
});

const keyOf = (name: string) => Buffer.from(name).toString('hex').padEnd(64, '0') as PersonKey;

const as = (role: 'leder' | 'radgiver', name = 'Leder') => {
  const { org } = world.pipeline;
  const key = keyOf(name);
  const principal = person([assignment(role, org)], { key, person: key, name });
  return appOf({ ...world.parts, access: controlOf(principal) });
};

async function made(api = as('leder')) {
  const { position, youths } = await bodyOf(await api.post(`${at}/preview`, ASKED));
  return bodyOf(await api.post(at, { ...ASKED, position, youths, reason: REASON }));
}

describe('jobs on many youths', () => {
  test('are a leader’s: an adviser may do it for one, and not for many', async () => {
    const { get, post } = as('radgiver');
    for (const response of [
      await get(at),
      await post(`${at}/preview`, ASKED),
      await post(at, { ...ASKED, position: 'x', youths: 1, reason: REASON }),
    ])
      expect(response.status).toBe(403);
  });

  test('are made of what was shown to the same caller alone', async () => {
    const { position, youths } = await bodyOf(await as('leder', 'Leder').post(`${at}/preview`, ASKED));
    const body = { ...ASKED, position, youths, reason: REASON };
    const response = await as('leder', 'En annen').post(at, body);
    expect(response.status).toBe(400);
    expect((await problemOf(response)).problems).toMatchObject([{ field: 'position' }]);
  });

  test('leave one entry each in the audit trail, with the count and the reason, and whom they are to reach', async () => {
    const api = as('leder');
    const { id } = await made(api);
    await api.post(`${at}/${id}/start`, {});
    const ref = (await world.pipeline.youth(LEFT.fodselsnummer))?.ref;
    if (ref === undefined) throw new Error('no such youth');
    const seen = { access: null, before: null, limit: 50 };
    const all = await world.pipeline.store.seenBy(world.organisation.id, ref, seen);
    expect(all).toContainEqual(
      expect.objectContaining({
        ...{ access: 'bulk:act', item: `bulk-job:${id} youths:5`, purpose: REASON, outcome: 'OK' },
        operation: 'POST /organisations/{org}/bulk-jobs/{id}/start',
      }),
    );
  });

  test('answer with references alone, and say what the filter left out', async () => {
    const api = as('leder');
    const text = await (await api.post(`${at}/preview`, ASKED)).text();
    expect(text).not.toContain(LEFT.fodselsnummer);
    const job = await made(api);
    expect(job).toMatchObject({ state: 'paused', youths: 5, waiting: 5, shown: 5, left: 0, by: 'Leder' });
    await api.post(`${at}/${job.id}/start`, {});
    await world.work();
    expect(await bodyOf(await api.get(`${at}/${job.id}`))).toMatchObject({ state: 'done', done: 5 });
    expect((await api.post(`${at}/${job.id}/stop`, {})).status).toBe(409);
    const { jobs, next } = await bodyOf(await api.get(at));
    expect([jobs.length, next]).toEqual([1, null]);
  });

  test.each([
    { ...ASKED, filter: { list: 'unknown' } },
    { ...ASKED, filter: { list: 'no-contact', owner: LEFT.fodselsnummer } },
    { ...ASKED, act: { ...ASKED.act, channel: 'ROP' } },
    { ...ASKED, act: { ...ASKED.act, date: '2026-13-01' } },
    { ...ASKED, more: 1 },
    { filter: ASKED.filter },
  ])('refuse %j', async (body) => {
    expect((await as('leder').post(`${at}/preview`, body)).status).toBe(400);
  });
});
