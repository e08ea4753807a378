import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { personRef } from '../../src/core/person/reference.ts';
import { assignment, controlOf, grant, machine, person } from '../access/callers.ts';
import { CONSUMER } from '../access/world.ts';
import { delivery } from './fakeRelay.ts';
import { appOf, bodyOf, ORG, problemOf, testParts } from './parts.ts';

const REF = personRef(randomUUID());
const CAUSE = '5a1cf3b07e9d2468';
const SUBSCRIBER = machine([grant('ot/subscriptions.write', ORG)]);

async function setUp(state: 'active' | 'disabled' = 'active') {
  const parts = testParts();
  const id = randomUUID();
  parts.subscriptions.made.set(id, {
    ...{
      id,
      org: ORG,
      subscriber: `0192:${CONSUMER}`,
      orgnr: CONSUMER as never,
      name: 'OT',
      url: 'https://a.no',
    },
    ...{
      kinds: ['status', 'alert'],
      owners: null,
      protectedYouths: false,
      begins: 'now',
      beginsAt: null,
      state,
    },
    ...{ reason: null, wantedUrl: null, failingSince: null, created: '2026-10-01T00:00:00.000Z' },
    ...{ createdBy: 'x', version: 1 },
  });
  const plan = (changes: Parameters<typeof delivery>[1] = {}) => {
    const planned = { ...delivery(id, { ref: REF, ...changes }), log: [] };
    parts.subscriptions.planned.push(planned);
    return planned;
  };
  const at = `/organisations/${ORG}/subscriptions/${id}`;
  return {
    parts,
    id,
    at,
    plan,
    names: parts.vault.pairwise(ORG, `0192:${CONSUMER}`),
    ...appOf({ ...parts, access: controlOf(SUBSCRIBER) }),
  };
}

describe('a delivery', () => {
  test('is shown by the subscriber’s own names, to people too, and never by topic or reference', async () => {
    const { parts, at, plan, names, get } = await setUp();
    plan();
    plan({ kind: 'alert', subject: CAUSE, version: 2, state: 'delivered', attempts: 1 });
    const operator = appOf({ ...parts, access: controlOf(person([assignment('drift', ORG)])) });
    for (const read of [get, operator.get]) {
      const text = await (await read(`${at}/deliveries`)).text();
      expect(text).not.toMatch(new RegExp(`${REF}|${CAUSE}|nav-match|eventId|disclosesNav|withheldFor`));
      expect(JSON.parse(text).deliveries).toMatchObject([
        { kind: 'status', ref: names.of(REF), version: 1, subject: null, state: 'waiting' },
        { kind: 'alert', ref: names.of(REF), subject: names.alertId(CAUSE, REF), state: 'delivered' },
      ]);
    }
  });

  test('that was withheld says neither whom it was about nor why', async () => {
    const { at, plan, names, get } = await setUp();
    for (const withheldFor of ['CONSENT', 'PROTECTED', 'GRANT'] as const)
      plan({ kind: 'alert', subject: CAUSE, state: 'withheld', withheldFor, disclosesNav: true });
    const text = await (await get(`${at}/deliveries?state=withheld`)).text();
    expect(text).not.toMatch(/CONSENT|PROTECTED|GRANT/);
    expect(text).not.toContain(names.of(REF));
    const { deliveries } = JSON.parse(text);
    expect(deliveries).toHaveLength(3);
    for (const each of deliveries) expect(each).toMatchObject({ ref: null, version: null, subject: null });
    // Alike in every word but what names the call itself.
    const alike = deliveries.map(({ id: _id, ...rest }: { id: string }) => JSON.stringify(rest));
    expect(new Set(alike).size).toBe(1);
  });

  test('comes page by page, each once, by state', async () => {
    const { at, plan, get } = await setUp();
    const all = Array.from({ length: 7 }, (_, n) => plan({ state: n === 3 ? 'exhausted' : 'delivered' }).id);
    const seen: string[] = [];
    let after = '';
    for (;;) {
      const page = await bodyOf(await get(`${at}/deliveries?limit=3${after}`));
      seen.push(...page.deliveries.map(({ id }: { id: string }) => id));
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect(seen).toEqual(all);
    const failed = await bodyOf(await get(`${at}/deliveries?state=exhausted`));
    expect(failed.deliveries.map(({ id }: { id: string }) => id)).toEqual([all[3]]);
    expect((await get(`${at}/deliveries?after=x`)).status).toBe(400);
  });

  test('is shown with its attempts, and another is unknown', async () => {
    const { at, plan, get } = await setUp();
    const planned = plan({ state: 'waiting', attempts: 1 });
    planned.log.push({
      number: 1,
      at: '2026-10-07T07:12:00.000Z',
      ms: 15_000,
      outcome: 'timeout',
      httpStatus: null,
    } as never);
    const shown = await bodyOf(await get(`${at}/deliveries/${planned.id}`));
    expect(shown.log).toEqual([
      { number: 1, at: '2026-10-07T07:12:00.000Z', ms: 15_000, outcome: 'timeout', httpStatus: null },
    ]);
    expect((await problemOf(await get(`${at}/deliveries/999999`))).type).toBe(
      'urn:ot-bridge:UNKNOWN_DELIVERY',
    );
  });
});

describe('a replay', () => {
  const reason = 'feil hos oss';

  test('counts and shows a sample first, waits for start, is stopped and goes on', async () => {
    const { at, plan, post, get, send } = await setUp();
    for (let n = 0; n < 8; n += 1) plan({ state: 'exhausted', attempts: 10 });
    plan({ state: 'delivered' });
    const made = await bodyOf(await post(`${at}/replays`, { code: 'exhausted', reason }));
    expect(made).toMatchObject({
      replay: { state: 'paused', total: 8, sent: 0, filter: { failure: 'exhausted' } },
    });
    expect(made.sample).toHaveLength(5);
    const one = `${at}/replays/${made.replay.id}`;
    expect((await bodyOf(await send('POST', `${one}/start`))).state).toBe('running');
    expect((await bodyOf(await send('POST', `${one}/stop`))).state).toBe('stopped');
    expect((await bodyOf(await send('POST', `${one}/start`))).state).toBe('running');
    expect((await bodyOf(await get(`${at}/replays`))).replays).toHaveLength(1);
    plan({ state: 'exhausted', replay: made.replay.id });
    plan({ state: 'exhausted', replay: made.replay.id });
    const first = await bodyOf(await get(`${one}/failures?limit=1`));
    expect(first.deliveries).toHaveLength(1);
    const second = await bodyOf(await get(`${one}/failures?limit=1&after=${first.next}`));
    expect([second.deliveries.length, second.next]).toEqual([1, null]);
  });

  test('is by id, by range or by how the last attempt went: exactly one of them', async () => {
    const { at, plan, post } = await setUp();
    const { webhookId } = plan({ state: 'delivered' });
    const range = { from: '2026-10-07T00:00:00Z', to: '2026-10-08T00:00:00+02:00' };
    for (const filter of [{ ids: [webhookId] }, range])
      expect((await post(`${at}/replays`, { ...filter, reason })).status).toBe(201);
    for (const filter of [
      {},
      { ids: [webhookId], ...range },
      { from: range.from },
      { ids: [] },
      { ids: ['x'] },
    ])
      expect((await post(`${at}/replays`, { ...filter, reason })).status, JSON.stringify(filter)).toBe(400);
    const backwards = { from: range.to, to: range.from, reason };
    expect((await problemOf(await post(`${at}/replays`, backwards))).problems).toEqual([
      expect.objectContaining({ field: 'to' }),
    ]);
    const none = { from: '2025-01-01T00:00:00Z', to: '2025-01-02T00:00:00Z', reason };
    expect((await problemOf(await post(`${at}/replays`, none))).detail).toContain('Rett');
  });

  test('of a disabled subscription goes to a proven test address alone', async () => {
    const { parts, at, plan, post, send } = await setUp('disabled');
    plan({ state: 'exhausted' });
    const made = await bodyOf(await post(`${at}/replays`, { code: 'exhausted', reason }));
    const start = await problemOf(await send('POST', `${at}/replays/${made.replay.id}/start`));
    expect(start.type).toBe('urn:ot-bridge:SUBSCRIPTION_STATE');
    const testUrl = 'https://test.example.no/webhook';
    const http = await problemOf(
      await post(`${at}/replays`, { code: 'exhausted', reason, testUrl: 'http://a' }),
    );
    expect(http.problems).toEqual([expect.objectContaining({ field: 'testUrl' })]);
    parts.relay.outcome = 'not-proven';
    expect((await post(`${at}/replays`, { code: 'exhausted', reason, testUrl })).status).toBe(409);
    parts.relay.outcome = 'delivered';
    const tried = await bodyOf(await post(`${at}/replays`, { code: 'exhausted', reason, testUrl }));
    expect(parts.relay.called.at(-1)).toEqual({ act: 'prove', url: testUrl });
    expect((await bodyOf(await send('POST', `${at}/replays/${tried.replay.id}/start`))).state).toBe(
      'running',
    );
  });
});
