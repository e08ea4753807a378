import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Receiver, startReceiver, subscribedTo } from '../harness/calledReceiver.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { until } from '../harness/until.ts';

// As an OT system and its developer meet it: register a receiver, prove it, be called, read what the call is about.

let pipeline: RealPipeline;
beforeAll(async () => {
  pipeline = await startRealPipeline({
    clock: null,
    timetable: [0, 100, 100, 100, 100, 100, 100, 100, 100, 100],
  });
});
afterAll(() => pipeline?.stop());

const subscribed = (receiver: Receiver, changes: object = {}) => subscribedTo(pipeline, receiver, changes);

const today = new Date().toISOString().slice(0, 10);
const report = (seed: number, count: number) =>
  pipeline.submit(
    'school-dropout',
    crowd(seed, count).map((person, at) => dropout(person, `call-${seed}-${at}`, { avbruddsdato: today })),
  );

test('a receiver is called about each change, signed, once and in order, and reads it by the name it was given', async () => {
  const receiver = await startReceiver();
  const id = await subscribed(receiver);
  await report(71, 5);
  await until('all is delivered', async () => receiver.received.length >= 10, 30_000);
  expect(receiver.refused).toBe(0);
  expect(new Set(receiver.received.map((each) => each.id)).size).toBe(10);
  const alert = receiver.received.find(({ type }) => type === 'no.otbridge.ot.alert.v1');
  expect(alert?.ref).toMatch(/^pw_[a-z2-7]{26}$/);
  const read = await fetch(alert?.href ?? '');
  expect(read.status).toBe(200);
  const shown = (await read.json()) as { ref: string; alert: { kind: string } };
  expect(shown).toMatchObject({ ref: alert?.ref, alert: { kind: 'NY_TILMELDING' } });
  const again = (await (await fetch(alert?.href ?? '')).json()) as { alert: { delivered: string | null } };
  expect(again.alert.delivered).toMatch(/^\d{4}-/);
  const { deliveries } = await pipeline.json(`subscriptions/${id}/deliveries?state=delivered`);
  expect(deliveries).toHaveLength(10);
  receiver.stop();
});

test('what is refused is tried again under the same id, and the youth’s next call waits for it', async () => {
  const receiver = await startReceiver();
  receiver.answers = [500, 429, 503, 301];
  const id = await subscribed(receiver);
  await report(72, 1);
  await until('both are delivered', async () => receiver.received.length >= 2, 30_000);
  const [first, second] = receiver.received;
  expect([first?.type, second?.type]).toEqual(['no.otbridge.ot.status.v1', 'no.otbridge.ot.alert.v1']);
  const { deliveries } = await pipeline.json(`subscriptions/${id}/deliveries`);
  const tried = await pipeline.json(`subscriptions/${id}/deliveries/${deliveries.at(-1).id}`);
  expect(tried.log.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    ...['refused', 'throttled', 'throttled', 'redirected', 'delivered'],
  ]);
  expect(tried.webhookId).toBe(first?.id);
  receiver.stop();
});

test('410 disables, and nothing is lost: enabled again, all of it comes', async () => {
  const receiver = await startReceiver();
  receiver.answers = [410];
  const id = await subscribed(receiver, { kinds: ['alert'] });
  await report(73, 3);
  const state = async () => (await pipeline.json(`subscriptions/${id}`)).state;
  await until('it is disabled', async () => (await state()) === 'disabled', 30_000);
  receiver.answers = [];
  const before = receiver.received.length;
  await report(74, 2);
  expect((await pipeline.json(`subscriptions/${id}`)).backlog.all).toBe(5 - before);
  const proven = await pipeline.post(`subscriptions/${id}/verify`, {});
  expect(proven.status, await proven.text()).toBe(200);
  if ((await state()) !== 'active') {
    const enabled = await pipeline.post(`subscriptions/${id}/enable`, { from: 'all' });
    expect(enabled.status, await enabled.text()).toBe(200);
  }
  await until('all five have come', async () => receiver.received.length >= 5, 30_000);
  expect(new Set(receiver.received.map((each) => each.id)).size).toBe(5);
  receiver.stop();
});

test('what is not proven is never called', async () => {
  const receiver = await startReceiver();
  const made = await pipeline.post('subscriptions', {
    ...{ name: 'Ubekreftet', url: receiver.url, kinds: ['status'], begins: 'all' },
  });
  expect(made.status).toBe(201);
  await report(75, 1);
  const proven = await startReceiver();
  await subscribed(proven, { begins: 'all', kinds: ['status'] });
  await until('the proven one has been called', async () => proven.received.length > 0, 30_000);
  expect(receiver.received).toEqual([]);
  receiver.stop();
  proven.stop();
});
