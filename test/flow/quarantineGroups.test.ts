import { beforeEach, describe, expect, test } from 'vitest';
import type { Principal } from '../../src/core/access/principal.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { assignment, controlOf, person } from '../access/callers.ts';
import { bodyOf, NOW as LOGIN } from '../api/parts.ts';
import { apiInMemory } from '../harness/apiInMemory.ts';
import { holdRole } from '../harness/heldRole.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd, dropout, P02 } from '../harness/schoolDropouts.ts';
import { batch, claimed, committed, newRef } from '../store/commits.ts';

// Operations: what could not be read, by what is wrong, and the same act for all of a group.

const NOW = instantOf(LOGIN);
const REASON = 'Skolen bruker en gammel kode.';
const people = crowd(5, 40);

let pipeline: TestPipeline;
let drift: ReturnType<typeof apiInMemory>;

beforeEach(async () => {
  pipeline = await createTestPipeline({ county: '40' });
  await pipeline.pass(NOW);
  const operator = person([assignment('drift', pipeline.org)]);
  await holdRole(pipeline.store, operator, { org: pipeline.org, role: 'drift' });
  drift = as(operator);
});

const as = (principal: Principal) => apiInMemory(pipeline, () => NOW, { access: controlOf(principal) });

async function ask(method: string, path: string, body?: unknown, api = drift) {
  const json =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await api.request(path, { method, ...json });
  return { status: answer.status, body: await bodyOf(answer) };
}

/** So many records with the same reason that no one knows. */
async function keep(count: number, avbruddsarsak: string, from = 0, more: Record<string, unknown> = {}) {
  const rows = people
    .slice(from, from + count)
    .map((each, at) => dropout(each, `id-${from + at}`, { avbruddsarsak, ...more }));
  await pipeline.send('school-dropout', rows, { at: NOW });
  await pipeline.settle();
}

async function groups() {
  return (await ask('GET', 'quarantine/groups')).body.groups;
}

async function ended(id: string) {
  await drift.work();
  await pipeline.settle();
  return (await ask('GET', `quarantine/acts/${id}`)).body;
}

describe('groups in quarantine', () => {
  test('are by feed, problem and code, without what was written', async () => {
    await keep(3, 'ZZ');
    await keep(1, 'YY', 3);
    await keep(2, 'ZZ', 4, { avbruddsdato: '2026-13-41' });
    const found = await groups();
    expect(found).toMatchObject([
      {
        feed: 'school-dropout',
        code: 'UNKNOWN_CODE',
        field: 'avbruddsarsak',
        items: 3,
        alike: true,
        raw: null,
      },
      { code: 'INVALID_DATE', field: 'avbruddsdato', items: 2, alike: false },
      { code: 'UNKNOWN_CODE', items: 1, alike: true },
    ]);
    const shown = found.map(({ id, ...group }: { id: string }) => group);
    expect(JSON.stringify(shown)).not.toMatch(/ZZ|YY|\d{11}/);
    const page = await ask('GET', `quarantine?group=${found[0].id}`);
    expect(page.body.items).toHaveLength(3);
    const whole = apiInMemory(pipeline, () => NOW);
    expect((await ask('GET', 'quarantine/groups', undefined, whole)).body.groups[0].raw).toBe('ZZ');
  });

  test('are corrected alike: exactly those that were counted, each with the reason', async () => {
    await keep(3, 'ZZ');
    await keep(1, 'YY', 3);
    const [group, other] = await groups();
    const doing = { act: 'mend', value: 'FV', items: 3, reason: REASON };
    // It would be kept with the job in the clear.
    const numbered = { ...doing, value: P02.fodselsnummer };
    expect((await ask('POST', `quarantine/groups/${group.id}/acts`, numbered)).status).toBe(400);
    const begun = await ask('POST', `quarantine/groups/${group.id}/acts`, doing);
    expect(begun).toMatchObject({ status: 202, body: { act: 'mend', items: 3 } });
    expect(await ended(begun.body.id)).toMatchObject({ state: 'done', handled: 3, failures: [] });
    expect(pipeline.out('status')).toHaveLength(3);
    expect((await groups()).map(({ id }: { id: string }) => id)).toEqual([other.id]);
    expect((await ask('POST', `quarantine/groups/${group.id}/acts`, doing)).status).toBe(404);
  });

  test('are handled by one act, also when it is begun twice', async () => {
    await keep(3, 'ZZ');
    const [group] = await groups();
    const path = `quarantine/groups/${group.id}/acts`;
    const discarding = () => ask('POST', path, { act: 'discard', items: 3, reason: REASON });
    const [first, second] = [await discarding(), await discarding()];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body).toEqual(first.body);
    expect(await ended(first.body.id)).toMatchObject({ state: 'done', handled: 3, failures: [] });
  });

  test('one that another is sending is not laid aside meanwhile', async () => {
    await keep(1, 'ZZ');
    const { org, store } = pipeline;
    const [item] = await store.quarantine(org, { status: 'open', limit: 5, after: null });
    const id = item?.id ?? '';
    expect(await store.claimQuarantine(org, id)).toBe(true);
    const refused = await ask('POST', `quarantine/${id}/discard`, { reason: REASON });
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:ot-bridge:ALREADY_SETTLED' } });
    expect(refused.body.detail).toContain('om ett minutt');
    expect((await store.quarantineItem(org, id))?.status).toBe('open');
    await store.unclaimQuarantine(org, id);
    expect((await ask('POST', `quarantine/${id}/discard`, { reason: REASON })).status).toBe(200);
  });

  test('are left as they are when there are others than were counted', async () => {
    await keep(3, 'ZZ');
    const [group] = await groups();
    await keep(1, 'ZZ', 3);
    const answer = await ask('POST', `quarantine/groups/${group.id}/acts`, {
      ...{ act: 'discard', items: 3, reason: REASON },
    });
    expect(answer).toMatchObject({ status: 409, body: { type: 'urn:ot-bridge:GROUP_CHANGED' } });
    expect(answer.body.detail).toContain('nå 4 poster');
    expect((await groups())[0].items).toBe(4);
  });

  test('can be handled while others come: what came after they were seen is not included, and is said', async () => {
    await keep(3, 'ZZ');
    const [group] = await groups();
    const later = instantOf(LOGIN + 60_000);
    const rows = people.slice(3, 5).map((each, at) => dropout(each, `id-sen-${at}`, { avbruddsarsak: 'ZZ' }));
    await pipeline.send('school-dropout', rows, { at: later });
    await pipeline.settle();
    const doing = { act: 'discard', items: 3, reason: REASON };
    const path = `quarantine/groups/${group.id}/acts`;
    expect((await ask('POST', path, doing)).body.detail).toContain('nå 5 poster');
    expect((await ask('POST', path, { ...doing, upTo: 'i går' })).status).toBe(400);
    const begun = await ask('POST', path, { ...doing, upTo: group.newest });
    expect(begun).toMatchObject({ status: 202, body: { items: 3, later: 2 } });
    expect(await ended(begun.body.id)).toMatchObject({ state: 'done', handled: 3, later: 2, failures: [] });
    expect(await groups()).toMatchObject([{ items: 2, oldest: later }]);
    // Of what was seen one has been handled by another: it is not the same any more.
    const [left] = await groups();
    const less = { ...doing, items: 3, upTo: left.newest };
    expect((await ask('POST', path, less)).body.type).toBe('urn:ot-bridge:GROUP_CHANGED');
  });

  test('failures are read page by page, each once', async () => {
    await keep(5, 'ZZ');
    const [group] = await groups();
    const begun = await ask('POST', `quarantine/groups/${group.id}/acts`, {
      ...{ act: 'mend', value: 'XX', items: 5, upTo: group.newest, reason: REASON },
    });
    await ended(begun.body.id);
    const path = `quarantine/acts/${begun.body.id}?limit=2`;
    const first = (await ask('GET', path)).body;
    expect(first).toMatchObject({ failed: 5, failures: [{}, {}], next: '2' });
    const second = (await ask('GET', `${path}&after=${first.next}`)).body;
    const third = (await ask('GET', `${path}&after=${second.next}`)).body;
    expect(third.next).toBeNull();
    const items = [first, second, third].flatMap(({ failures }) =>
      failures.map((each: { item: string }) => each.item),
    );
    expect(new Set(items).size).toBe(5);
    expect((await ask('GET', `${path}&after=abc`)).status).toBe(400);
  });

  test('tell every failure, and leave it in quarantine', async () => {
    await keep(2, 'ZZ');
    await keep(1, 'ZZ', 2, { skolenummer: '1' });
    const [group] = await groups();
    expect(group).toMatchObject({ items: expect.any(Number) });
    const all = (await groups()).reduce((sum: number, { items }: { items: number }) => sum + items, 0);
    expect(all).toBe(3);
    const begun = await ask('POST', `quarantine/groups/${group.id}/acts`, {
      ...{ act: 'mend', value: 'XX', items: group.items, reason: REASON },
    });
    const done = await ended(begun.body.id);
    expect(done.failures).toHaveLength(group.items);
    expect(done.failures[0]).toMatchObject({ code: 'UNKNOWN_CODE', item: expect.any(String) });
    expect((await groups()).reduce((sum: number, { items }: { items: number }) => sum + items, 0)).toBe(3);
  });

  test('of what can be different in each are not corrected alike', async () => {
    await keep(2, 'FV', 0, { avbruddsdato: '2026-13-41' });
    const [group] = await groups();
    const answer = await ask('POST', `quarantine/groups/${group.id}/acts`, {
      ...{ act: 'mend', value: '2026-10-06', items: 2, reason: REASON },
    });
    expect(answer).toMatchObject({ status: 409, body: { type: 'urn:ot-bridge:NOT_MENDABLE' } });
  });

  test('are sent again or laid aside, and work can be stopped', async () => {
    await keep(2, 'ZZ');
    await keep(3, 'YY', 2);
    const [many, few] = await groups();
    const begun = await ask('POST', `quarantine/groups/${many.id}/acts`, {
      ...{ act: 'replay', items: 3, reason: REASON },
    });
    const { id } = begun.body;
    expect(begun.body).toMatchObject({ state: 'running', items: 3, handled: 0 });
    const stopped = await ask('POST', `quarantine/acts/${id}/stop`);
    expect(stopped.body).toMatchObject({ state: 'stopped', handled: 0, failures: [] });
    expect(await ended(id)).toEqual(stopped.body);
    expect((await groups())[0]).toMatchObject({ id: many.id, items: 3 });
    const replayed = await ask('POST', `quarantine/groups/${many.id}/acts`, {
      ...{ act: 'replay', items: 3, reason: REASON },
    });
    expect(await ended(replayed.body.id)).toMatchObject({ state: 'done', handled: 3, failures: [] });
    const discarded = await ask('POST', `quarantine/groups/${few.id}/acts`, {
      ...{ act: 'discard', items: 2, reason: REASON },
    });
    expect(await ended(discarded.body.id)).toMatchObject({ state: 'done', failures: [] });
    // They are other records now, of the same kind: the address of the group is still theirs.
    const [left, ...others] = await groups();
    expect([left.items, others]).toEqual([3, []]);
    expect((await ask('GET', `quarantine?group=${many.id}`)).body.items).toHaveLength(3);
    expect((await ask('GET', `quarantine/groups?group=${many.id}`)).body.groups).toEqual([left]);
  });

  test('are another organisation’s to none, nor is its work', async () => {
    await keep(1, 'ZZ');
    const [group] = await groups();
    const elsewhere = as(person([assignment('drift', 'vestfoldfylke-no' as never)]));
    expect((await ask('GET', 'quarantine/groups', undefined, elsewhere)).status).toBe(403);
    const school = as(person([assignment('skole', pipeline.org)]));
    for (const path of ['quarantine/groups', `quarantine?group=${group.id}`])
      expect((await ask('GET', path, undefined, school)).status).toBe(403);
  });
});

describe('one record', () => {
  test('is corrected in what is wrong alone, tried first, with a reason', async () => {
    await keep(1, 'ZZ');
    const [item] = (await ask('GET', 'quarantine')).body.items;
    const mend = (fields: Record<string, string>, send = true) =>
      ask('POST', `quarantine/${item.id}/mend`, { fields, reason: REASON, send });
    expect((await mend({ skolenummer: '40015' })).body.type).toBe('urn:ot-bridge:UNKNOWN_ROW');
    expect((await mend({ avbruddsarsak: 'YY' })).body).toMatchObject({ sent: false, outcome: 'quarantined' });
    expect((await mend({ avbruddsarsak: 'FV' }, false)).body).toMatchObject({
      sent: false,
      outcome: 'applied',
    });
    expect((await mend({ avbruddsarsak: 'FV' })).body).toMatchObject({
      sent: true,
      text: 'Ville blitt godtatt.',
    });
    await pipeline.settle();
    expect(pipeline.out('status')).toHaveLength(1);
    expect((await mend({ avbruddsarsak: 'FV' })).body.type).toBe('urn:ot-bridge:ALREADY_SETTLED');
  });

  test('that its sender may not send is not sent for it', async () => {
    const school = as(person([assignment('skole', pipeline.org)]));
    await ask('POST', 'feeds/school-dropout', dropout(people[0]!, 'a', { skolenummer: '40015' }), school);
    await pipeline.settle();
    const [item] = (await ask('GET', 'quarantine')).body.items;
    expect(item.problems).toMatchObject([{ code: 'FOREIGN_INSTITUTION' }]);
    const answer = await ask('POST', `quarantine/${item.id}/mend`, {
      ...{ fields: { skolenummer: '40014' }, reason: REASON, send: true },
    });
    expect(answer.body.type).toBe('urn:ot-bridge:NOT_MENDABLE');
  });
});

describe('who waits', () => {
  test('is grouped by the feed where a record stopped, the longest first', async () => {
    const lane = await claimed(pipeline.store, pipeline.org, 7);
    const [first, second] = [newRef(), newRef()];
    const at = (minute: number) => `2026-10-07T06:0${minute}:00.000Z`;
    const record = (ref: PersonRef, minute: number, reason: string) => ({
      ...{ ref, reason, received: at(minute), sealed: Buffer.from('{}') },
      offset: lane.nextOffset + BigInt(minute),
    });
    const parked = [
      record(second, 2, 'decision-failed'),
      record(second, 3, 'behind-parked'),
      record(first, 1, 'decision-failed'),
    ];
    await committed(pipeline.store, batch(lane, lane.nextOffset + 5n, { parked }));
    const { body } = await ask('GET', 'parked/groups');
    expect(body.groups).toEqual([
      {
        ...{ feed: 'school-dropout', count: 2, records: 3, next: null },
        persons: [
          { ref: first, records: 1, since: at(1) },
          { ref: second, records: 2, since: at(2) },
        ],
      },
    ]);
  });
});
