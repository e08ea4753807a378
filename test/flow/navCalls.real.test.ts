import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Receiver, startReceiver, subscribedTo } from '../harness/calledReceiver.ts';
import { dropout } from '../harness/feedRecords.ts';
import { answer, bothSides, consent, delivery } from '../harness/navMonth.ts';
import { type Person, person } from '../harness/persons.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { until } from '../harness/until.ts';

// Calls about what NAV has answered, and to NAV about what it may no longer use.

const P02: Person = person('P02');
const P14: Person = person('P14');
const GIVEN = '2026-10-05T08:00:00.000Z';

let pipeline: RealPipeline;
let ot: Receiver;
let navs: Receiver;
beforeAll(async () => {
  pipeline = await startRealPipeline({
    clock: '2026-10-01T06:00:00.000Z',
    timetable: [0, 100, 100, 100, 100, 100, 100, 100, 100, 100],
  });
  [ot, navs] = await Promise.all([startReceiver(), startReceiver()]);
  await pipeline.moveClock('2026-10-05T09:00:00.000Z');
  const left = [P02, P14].map((who) => dropout(who, '2026-10-01', { skolenummer: '40014' }));
  await pipeline.submit('school-dropout', left);
  await pipeline.submit(
    'consent',
    [P02, P14].flatMap((who) => bothSides(who, GIVEN)),
  );
  await pipeline.moveClock('2026-11-02T08:00:00.000Z');
  await pipeline.extract('2026-11');
});
afterAll(async () => {
  ot?.stop();
  navs?.stop();
  await pipeline?.stop();
});

async function posted(path: string, body: object): Promise<void> {
  const answered = await pipeline.post(path, body);
  expect(answered.status, await answered.text()).toBeLessThan(300);
}

test('a call about an answer waits untouched while no agreement holds, and goes out once when one does', async () => {
  const id = await subscribedTo(pipeline, ot, { kinds: ['alert'], begins: 'now' });
  await posted(`subscriptions/${id}/pause`, {});
  await pipeline.moveClock('2026-11-03T09:00:00.000Z');
  const answers = [answer('2026-11', P02), answer('2026-11', P14, { registrert: 'NEI' })];
  await pipeline.submit('nav-match', delivery('2026-11', answers));
  await pipeline.listsSettled();
  await until('the answer is published', async () =>
    (await pipeline.out('alert')).some(({ decoded }) => decoded.kind === 'KJENT_HOS_NAV'),
  );
  const { agreements } = await pipeline.json('nav/agreements');
  const [
    {
      id: agreement,
      reason,
      revoked: _revoked,
      registeredBy: _by,
      approvedBy: _second,
      inForce: _now,
      ...terms
    },
  ] = agreements;
  await posted(`nav/agreements/${agreement}/revoke`, { reason });
  await posted(`subscriptions/${id}/enable`, { from: 'all' });
  const waiting = () =>
    pipeline.query<{ state: string; attempts: number; lease: number; next: string | null }>(
      `select state, attempts, lease, next_at::text as next from delivery where awaits_agreement`,
    );
  await until('it waits for an agreement', async () => (await waiting()).length === 1);
  const [held] = await waiting();
  expect(held).toMatchObject({ state: 'waiting', attempts: 0, next: null });
  await sleep(3_000);
  // Not taken again, not once.
  expect(await waiting()).toEqual([held]);
  expect(ot.received).toEqual([]);
  await posted('nav/agreements', { ...terms, reason });
  await until('it is called', async () => ot.received.length > 0, 20_000);
  await sleep(500);
  expect(ot.received.map(({ type }) => type)).toEqual(['no.otbridge.ot.alert.v1']);
  expect(ot.refused).toBe(0);
});

test('NAV is called once about a row that it may no longer use, and the topic says the same', async () => {
  await subscribedTo(pipeline, navs, { kinds: ['nav-withdrawal'], begins: 'now' });
  const { rows } = await pipeline.json('nav/batches/B-2026-11/rows');
  const { matchId } = rows.find((row: { fodselsnummer: string }) => row.fodselsnummer === P14.fodselsnummer);
  const at = '2026-11-04T09:00:00.000Z';
  await pipeline.moveClock(at);
  await pipeline.submit('consent', consent(P14, 'A', 'TRUKKET', at));
  await until('NAV is called', async () => navs.received.length > 0, 20_000);
  await pipeline.restart();
  await sleep(2_500);
  const [call, ...more] = navs.received;
  expect(more).toEqual([]);
  expect(call).toEqual({
    ...{ id: call?.id, type: 'no.otbridge.ot.nav-withdrawal.v1', org: pipeline.org },
    ...{ batch: 'B-2026-11', matchId },
  });
  expect(navs.refused).toBe(0);
  const told = await pipeline.withdrawals();
  expect(told).toEqual([{ batch: 'B-2026-11', matchId, at, id: `nav-withdrawal/B-2026-11/${matchId}` }]);
  // No person, and no reason.
  const everything = JSON.stringify([told, navs.received]);
  expect(everything).not.toContain(P14.fodselsnummer);
  expect(everything).not.toContain(await pipeline.refOf(P14.fodselsnummer));
  expect(everything).not.toContain('TRUKKET');
});
