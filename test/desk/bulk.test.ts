import { describe, expect, test } from 'vitest';
import { makeBulk, newcomers } from '../../src/desk/bulk/bulk.ts';
import { createBulkRun } from '../../src/desk/bulk/bulkRun.ts';
import { PublishTimeout } from '../../src/kafka/publisher.ts';
import { AT_RISK, LEFT, leaving } from '../console/adviserWorld.ts';
import { crowd } from '../harness/manyPersons.ts';
import { ALL, bulkWorld, CONTACT, LEADER, REASON } from './bulkWorld.ts';

describe('what a job would be about', () => {
  test('is counted exactly, with a sample of ten and what the rules would make of it', async () => {
    const world = await bulkWorld(24);
    const seen = await world.preview();
    expect(seen).toMatchObject({ listed: 25, youths: 25, leftFor: [], behind: false });
    expect(seen.sample).toHaveLength(10);
    expect(seen.consequence).toMatchObject({ tried: 25, accepted: 25, refused: [], numberless: 0 });
    expect(JSON.stringify(seen)).not.toContain(LEFT.fodselsnummer);
    expect(world.sent()).toEqual([]);
  });

  test('is what the filter lets through: unit, kind, deadline, main group', async () => {
    const world = await bulkWorld(5);
    const count = async (filter: object) =>
      (await world.preview({ filter: { ...ALL, list: 'deadlines', ...filter } })).listed;
    const all = await count({});
    expect(all).toBeGreaterThan(5);
    expect(await count({ owner: '40200' })).toBe(all);
    expect(await count({ owner: '40999' })).toBe(0);
    expect(await count({ kind: 'NY_TILMELDING' })).toBe(6);
    expect(await count({ kind: 'SAMTYKKE_MANGLER' })).toBe(0);
    expect(await count({ deadline: '2026-10-09' })).toBeGreaterThan(0);
    expect(await count({ deadline: '2026-10-01' })).toBe(0);
    const groups = await Promise.all([1, 2, 3, 4, 5].map((group) => count({ kind: 'NY_TILMELDING', group })));
    expect(groups.reduce((sum, each) => sum + each)).toBe(6);
  });

  test('says who cannot take the act and why, and what the feed would turn away', async () => {
    const world = await bulkWorld(3);
    const accept = { type: 'accept', date: '2026-10-06', code: 'OTAR', viaOT: null, ground: null } as const;
    const seen = await world.preview({ act: accept });
    expect(seen).toMatchObject({ listed: 4, youths: 0 });
    expect(seen.leftFor).toEqual([expect.objectContaining({ why: 'NO_PROPOSAL', count: 4 })]);
    const tomorrow = await world.preview({ act: { ...CONTACT, date: '2026-10-20' } });
    expect(tomorrow.consequence).toMatchObject({
      accepted: 0,
      refused: [expect.objectContaining({ code: 'IMPOSSIBLE_DATE', field: 'dato', count: 4 })],
    });
  });
});

describe('a job', () => {
  test('is paused until it is begun, and then reports each youth once', async () => {
    const world = await bulkWorld(9);
    const job = await world.make();
    expect(job).toMatchObject({ state: 'paused', youths: 10, waiting: 10, done: 0 });
    expect(await world.work()).toBe(0);
    expect(world.sent()).toEqual([]);
    const { waiting } = await world.move(job.id, 'running');
    expect(waiting).toHaveLength(10);
    await world.work();
    const done = await world.parts.bulk.bulk(world.organisation.id, job.id);
    expect(done).toMatchObject({ state: 'done', tally: [{ state: 'done', count: 10 }] });
    const sent = world.sent();
    expect(new Set(sent.map(({ id }) => id)).size).toBe(10);
    expect(sent[0]).toMatchObject({
      type: 'kontaktforsok',
      kanal: 'BREV',
      besvart: false,
      kilde: 'ot:konsoll',
    });
    const youth = await world.pipeline.youth(LEFT.fodselsnummer);
    expect(JSON.stringify(youth?.youth.facts)).toContain('ContactAttempt');
  });

  test('takes no one who came after it was seen, and names them', async () => {
    const world = await bulkWorld(3);
    const { position, youths } = await world.preview();
    const [late] = crowd(5, { first: '2007-01-01', last: '2007-12-31' });
    await world.pipeline.send('school-dropout', [leaving(late!, 'late')], { at: '2026-10-07T07:40:00.000Z' });
    await world.settle('2026-10-07T07:50:00.000Z');
    const job = await makeBulk(world.parts, world.organisation, {
      ...{ filter: ALL, act: CONTACT, principal: LEADER, position, shown: youths, reason: REASON },
    });
    expect(job).toMatchObject({ shown: 4, youths: 4, left: 1 });
    expect(job.leftFor).toEqual([expect.objectContaining({ why: 'CAME_AFTER', count: 1 })]);
    await world.move(job.id, 'running');
    await world.work();
    expect(world.sent().map(({ fodselsnummer }) => fodselsnummer)).not.toContain(late!.fodselsnummer);
    const kept = await world.parts.bulk.bulk(world.organisation.id, job.id);
    expect(await newcomers(world.parts, world.organisation, kept!)).toEqual([
      await world.refOf(late!.fodselsnummer),
    ]);
  });

  test('overwrites no youth that has changed since it was chosen', async () => {
    const world = await bulkWorld(3);
    const job = await world.make();
    const changed = { ...leaving(LEFT), version: 2, avbruddsdato: '2026-09-28' };
    await world.pipeline.send('school-dropout', [changed], { at: '2026-10-07T07:40:00.000Z' });
    await world.settle();
    await world.move(job.id, 'running');
    await world.work();
    const members = await world.members(job.id);
    const ref = await world.refOf(LEFT.fodselsnummer);
    expect(members.find((each) => each.ref === ref)).toMatchObject({ state: 'failed', why: 'CHANGED' });
    expect(members.filter(({ state }) => state === 'done')).toHaveLength(3);
    expect(world.sent().map(({ fodselsnummer }) => fodselsnummer)).not.toContain(LEFT.fodselsnummer);
  });

  test('names what the feed would turn away, with the cure, and sends nothing of it', async () => {
    const world = await bulkWorld(2);
    const job = await world.make({ act: { ...CONTACT, date: '2026-10-20' } });
    await world.move(job.id, 'running');
    await world.work();
    const members = await world.members(job.id);
    expect(members).toHaveLength(3);
    for (const member of members)
      expect(member).toMatchObject({
        ...{ state: 'failed', why: 'TURNED_AWAY' },
        problems: [expect.objectContaining({ code: 'IMPOSSIBLE_DATE' })],
      });
    expect(world.sent()).toEqual([]);
  });

  test('accepts the proposal of each, and leaves out those who have none', async () => {
    const world = await bulkWorld(2);
    const accept = { type: 'accept', date: '2026-10-06', code: null, viaOT: null, ground: null } as const;
    const filter = { ...ALL, list: 'not-opened' as const };
    const seen = await world.preview({ filter, act: accept });
    expect(seen).toMatchObject({ youths: 1, leftFor: [{ why: 'NO_PROPOSAL', count: 3 }] });
    expect(seen.sample).toMatchObject([{ ref: await world.refOf(AT_RISK.fodselsnummer), code: 'ELVG_IM' }]);
    expect(seen.consequence.effects).toContainEqual({
      ...{ what: 'VARSEL_TREKKES', kind: 'STATUS_FORSLAG', count: 1 },
    });
    const other = await world.preview({ filter, act: { ...accept, code: 'OTAR' } });
    expect(other.leftFor.map(({ why }) => why)).toEqual(['NO_PROPOSAL', 'OTHER_PROPOSAL']);
    const job = await world.make({ filter, act: accept });
    await world.move(job.id, 'running');
    await world.work();
    expect(world.sent()).toMatchObject([{ type: 'status', kode: 'ELVG_IM', skolear: '2026-27' }]);
    await expect(world.alertOf(AT_RISK.fodselsnummer, 'STATUS_FORSLAG')).rejects.toThrow();
  });

  test('that a process left in the middle of sending goes on in another, and nothing takes effect twice', async () => {
    const world = await bulkWorld(9);
    const job = await world.make();
    await world.move(job.id, 'running');
    // Kafka has the records; the process dies before it has written that down.
    const { publisher } = world.parts;
    const dying = createBulkRun(
      {
        ...world.parts,
        publisher: {
          ...publisher,
          publish: async (records, options) => {
            await publisher.publish(records, options);
            throw new PublishTimeout();
          },
        },
      },
      '00000000-0000-4000-8000-00000000000b',
    );
    await dying.step();
    await world.settle();
    const half = await world.parts.bulk.bulk(world.organisation.id, job.id);
    expect(half).toMatchObject({ trouble: 'KAFKA_SLOW', tally: [{ state: 'sending', count: 10 }] });
    expect(world.sent()).toHaveLength(10);
    const before = await world.pipeline.youth(LEFT.fodselsnummer);
    await world.work();
    expect(world.sent()).toHaveLength(20);
    expect(new Set(world.sent().map(({ id }) => id)).size).toBe(10);
    const after = await world.pipeline.youth(LEFT.fodselsnummer);
    expect(after?.youth).toEqual(before?.youth);
    expect(await world.parts.bulk.bulk(world.organisation.id, job.id)).toMatchObject({
      ...{ state: 'done', trouble: null, tally: [{ state: 'done', count: 10 }] },
    });
  });

  test('of one organisation takes no row of another in the same store', async () => {
    const world = await bulkWorld(4);
    const { store } = world.pipeline;
    const other = await bulkWorld(6, { org: 'vestfoldfylke-no', county: '39', store });
    expect((await other.preview()).listed).toBe(7);
    expect((await world.preview()).listed).toBe(5);
    const [job, theirs] = [await world.make(), await other.make()];
    await world.move(job.id, 'running');
    await world.work();
    expect(world.sent()).toHaveLength(5);
    expect(other.sent()).toEqual([]);
    const own = new Set((await world.members(job.id)).map(({ number }) => number));
    expect(own.size).toBe(5);
    await expect(world.move(theirs.id, 'running')).rejects.toMatchObject({ code: 'UNKNOWN_BULK' });
    expect(await world.members(theirs.id)).toEqual([]);
  });
});
