import { describe, expect, test } from 'vitest';
import { assignment, controlOf, grant, machine, person } from '../access/callers.ts';
import { appOf, bodyOf, ORG, PERSON, problemOf, testParts } from './parts.ts';
import { ALERT, EVENTS, seedYouth } from './seed.ts';

const CAUSE = '5a1cf3b07e9d2468';
const RAISED = EVENTS.map((event) =>
  event.type === 'AlertRaised' ? { ...event, alert: { ...ALERT, id: CAUSE } } : event,
);
const SUBSCRIBER = machine([grant('ot/registrations.read', ORG)]);

async function setUp(principal: Parameters<typeof controlOf>[0] = SUBSCRIBER) {
  // A week after the alert was raised.
  const parts = testParts({ now: () => Date.UTC(2026, 9, 14, 7, 12) });
  const ref = await seedYouth(parts, PERSON, RAISED);
  const address = `/organisations/${ORG}/alerts/${CAUSE}-${ref}`;
  return { parts, ref, address, ...appOf({ ...parts, access: controlOf(principal) }) };
}

describe('the progress of an alert', () => {
  test('is shown with it: the first time it was opened, and the first time it was handled', async () => {
    const { address, get, post } = await setUp();
    expect((await bodyOf(await get(address))).alert).toMatchObject({
      delivered: null,
      opened: null,
      handled: null,
    });
    const opened = await bodyOf(
      await post(`${address}/progress`, { state: 'opened', at: '2026-10-08T10:00:00+02:00' }),
    );
    expect(opened.alert).toMatchObject({ opened: '2026-10-08T08:00:00.000Z', handled: null });
    await post(`${address}/progress`, { state: 'opened' });
    await post(`${address}/progress`, { state: 'handled' });
    const known = { opened: '2026-10-08T08:00:00.000Z', handled: '2026-10-14T07:12:00.000Z' };
    expect((await bodyOf(await get(address))).alert).toMatchObject(known);
    const { alerts } = await bodyOf(await get(`/organisations/${ORG}/alerts`));
    expect(alerts[0].alert).toMatchObject(known);
  });

  test('is reported by a subscriber’s own names as well, and answered in them', async () => {
    const { parts, ref, get, post, address } = await setUp();
    const names = parts.vault.pairwise(ORG, '0192:889640782');
    const own = `/organisations/${ORG}/alerts/${names.alertId(CAUSE, ref)}/progress`;
    const text = await (await post(own, { state: 'opened' })).text();
    expect(text).toContain(names.of(ref));
    expect(text).not.toContain(ref);
    expect((await bodyOf(await get(address))).alert.opened).toBe('2026-10-14T07:12:00.000Z');
  });

  test.each([
    ['before it was raised', '2026-10-07T07:11:59Z'],
    ['in time to come', '2026-10-14T07:18:00Z'],
  ])('is not %s', async (_when, at) => {
    const { get, post, address } = await setUp();
    const refused = await problemOf(await post(`${address}/progress`, { state: 'opened', at }));
    expect(refused).toMatchObject({ type: 'urn:ot-bridge:INVALID_REQUEST', problems: [{ field: 'at' }] });
    expect((await bodyOf(await get(address))).alert.opened).toBeNull();
  });

  test('is reported by who may see the alert, and by no others', async () => {
    const adviser = person([assignment('radgiver', ORG)]);
    const elsewhere = person([assignment('radgiver', ORG, { unit: '40300' })]);
    for (const [principal, status] of [
      [adviser, 200],
      [elsewhere, 404],
      [person([assignment('drift', ORG)]), 403],
      [machine([grant('ot/groups.read', ORG)]), 403],
    ] as const) {
      const { post, address } = await setUp(principal);
      expect((await post(`${address}/progress`, { state: 'opened' })).status).toBe(status);
    }
  });

  test('is on record before it takes effect', async () => {
    const { parts, ref, post, address } = await setUp();
    const appended: string[] = [];
    const recording = {
      ...parts,
      access: controlOf(SUBSCRIBER),
      audit: {
        ...parts.audit,
        append: async (entries: Parameters<typeof parts.audit.append>[0]) => {
          appended.push(...entries.map(({ entry }) => entry.outcome));
          throw new Error('the trail is away');
        },
      },
    };
    expect((await appOf(recording).post(`${address}/progress`, { state: 'opened' })).status).toBe(503);
    expect(appended[0]).toBe('STARTED');
    expect(await parts.memory.alertProgress(ORG, [ref])).toEqual([]);
    expect((await post(`${address}/progress`, { state: 'opened' })).status).toBe(200);
  });
});

test('an alert that none has opened for three days is on a list of its own, until it is opened', async () => {
  const { parts, address, post } = await setUp();
  const adviser = appOf({ ...parts, access: controlOf(person([assignment('radgiver', ORG)])) });
  const path = `/organisations/${ORG}/worklists/not-opened`;
  const before = await bodyOf(await adviser.get(path));
  expect(before).toMatchObject({ title: 'Ikke åpnet på tre dager', rows: [{ kind: 'NY_TILMELDING' }] });
  // By what the alert rests on, or by the day it is about.
  expect(before.rows[0].since <= '2026-10-11').toBe(true);
  expect((await bodyOf(await adviser.get(`${path}?date=2026-10-07`))).rows).toEqual([]);
  await parts.memory.noteProgress({
    ...{ org: ORG, ref: before.rows[0].ref, cause: ALERT.id },
    ...{ state: 'opened', at: '2026-10-12T08:00:00.000Z' },
  });
  expect((await bodyOf(await adviser.get(path))).rows).toEqual([]);
  expect((await post(`${address}/progress`, { state: 'opened' })).status).toBe(200);
});
