import { describe, expect, test } from 'vitest';
import type { Role } from '../../src/core/access/role.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { beginRelease, showBulk } from '../../src/desk/quarantine/bulk.ts';
import { person } from '../access/callers.ts';
import { holdRole } from '../harness/heldRole.ts';
import { workJobs } from '../harness/workJobs.ts';
import { batch, claimed, committed, newRef } from '../store/commits.ts';
import { type BulkWorld, bulkWorld } from './bulkWorld.ts';

// A job does what its maker may: a role that is taken away while it waits or runs stops it as it is.

async function holding({ parts, organisation }: BulkWorld, role: Role, id?: string) {
  const maker = person([]);
  const { id: org } = organisation;
  const revoke = await holdRole(parts.accessRecords, maker, { org, role, ...(id && { id }) });
  return { maker, revoke };
}

describe('a job on youths whose maker has lost the right', () => {
  test('stops in the middle: no further youth has the act, and the rest are as they were', async () => {
    const world = await bulkWorld(229);
    const { maker, revoke } = await holding(world, 'leder');
    const { id } = await world.make({ principal: maker });
    await world.move(id, 'running');
    expect(await world.work(1)).toBe(1);
    expect(world.sent()).toHaveLength(200);
    expect(await revoke()).toBe(true);
    await world.work();
    expect(world.sent()).toHaveLength(200);
    const read = () => world.parts.bulk.bulk(world.organisation.id, id);
    expect(await read()).toMatchObject({
      ...{ state: 'paused', trouble: 'NOT_PERMITTED' },
      tally: [
        { state: 'waiting', count: 30 },
        { state: 'done', count: 200 },
      ],
    });
    // Begun again by another, it is the maker's all the same.
    await world.move(id, 'running');
    await world.work();
    expect(await read()).toMatchObject({ state: 'paused', trouble: 'NOT_PERMITTED' });
    expect(world.sent()).toHaveLength(200);
    await holding(world, 'leder', 'given-again');
    await world.move(id, 'running');
    await world.work();
    expect(await read()).toMatchObject({
      state: 'done',
      trouble: null,
      tally: [{ state: 'done', count: 230 }],
    });
  });

  test('is not begun: a role that ended while it waited', async () => {
    const world = await bulkWorld(1);
    const { maker, revoke } = await holding(world, 'leder');
    const { id } = await world.make({ principal: maker });
    await revoke();
    await world.move(id, 'running');
    await world.work();
    expect(world.sent()).toEqual([]);
  });

  test('nor by a role that does not give it', async () => {
    const world = await bulkWorld(1);
    const { maker } = await holding(world, 'drift');
    const { id } = await world.make({ principal: maker });
    await world.move(id, 'running');
    await world.work();
    expect(world.sent()).toEqual([]);
    expect(world.parts.logged).toContainEqual(expect.objectContaining({ event: 'bulkStopped', item: id }));
  });
});

test('a job on a group of operations whose maker has lost the right leaves them as they were', async () => {
  const world = await bulkWorld(0);
  const { parts, organisation, pipeline } = world;
  const lane = await claimed(pipeline.store, pipeline.org, 7);
  const parked = [0n, 1n].map((at) => ({
    ...{ offset: lane.nextOffset + at, ref: newRef(), received: instantOf(parts.now()) },
    ...{ reason: 'decision-failed', sealed: Buffer.from('{}') },
  }));
  await committed(pipeline.store, batch(lane, lane.nextOffset + 2n, { parked }));
  const { maker, revoke } = await holding(world, 'drift');
  const asked = { feed: 'school-dropout' as const, reason: 'Prøv igjen.', principal: maker };
  const { view } = await beginRelease(parts, organisation, asked);
  expect(view).toMatchObject({ state: 'running', items: 2, trouble: null });
  await revoke();
  await workJobs(parts);
  expect(await showBulk(parts.bulk, organisation.id, { id: view.id })).toMatchObject({
    ...{ state: 'stopped', trouble: 'NOT_PERMITTED', items: 2, handled: 0, failed: 0 },
  });
});
