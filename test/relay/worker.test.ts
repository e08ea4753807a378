import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTraceparent } from '../../src/core/traceparent.ts';
import { createConnect } from '../../src/relay/connect.ts';
import { until } from '../harness/until.ts';
import { HEARING, relayWorld } from './workerWorld.ts';

let world: ReturnType<typeof relayWorld>;
beforeEach(() => {
  world = relayWorld();
});
afterEach(() => world.stop());

test('a receiver that hangs with more waiting than it has places is not asked about all the time, and others are served', async () => {
  let hanging = 0;
  const url = await world.receiver(() => {
    hanging += 1;
  });
  const silent = await world.subscribed(url);
  await world.raised(20);
  world.start();
  await until('all its places are taken', async () => hanging === 8);
  const before = world.asked.take ?? 0;
  await sleep(1_000);
  // Once a second, and what is under way.
  expect((world.asked.take ?? 0) - before).toBeLessThanOrEqual(3);
  const other = await world.subscribed(await world.receiver((_request, response) => response.end()));
  await world.raised(12);
  await until(
    'the other has all of its own',
    async () => world.ended.filter(({ subscription }) => subscription === other.id).length === 32,
  );
  expect(hanging).toBe(8);
  expect(world.ended.filter(({ subscription }) => subscription === silent.id)).toEqual([]);
});

test('a place that is given back is taken by what waits for it, without a pause', async () => {
  const answers: (() => void)[] = [];
  await world.subscribed(
    await world.receiver((_request, response) => void answers.push(() => response.end())),
  );
  await world.raised(30);
  world.start();
  await until('all its places are taken', async () => answers.length === 8);
  await sleep(50);
  const began = performance.now();
  for (let sent = 0; sent < 22; sent += 1) {
    answers.shift()?.();
    await until('the next has its place', async () => answers.length === 8 || world.ended.length >= 22);
  }
  expect(performance.now() - began).toBeLessThan(5_000);
  for (const answer of answers) answer();
});

test('each call has a trace: of all its attempts, of no other call and no other receiver’s', async () => {
  const seen: { id: string; traceparent: string }[] = [];
  const refusing = () =>
    world.receiver((request, response) => {
      const { headers } = request;
      seen.push({ id: String(headers['webhook-id']), traceparent: String(headers.traceparent) });
      response.writeHead(500).end();
    });
  for (const name of ['one', 'other']) await world.subscribed(await refusing(), { subscriber: name });
  await world.raised(3);
  world.start({ timetable: [0, 1, 1] });
  await until('all have been tried three times', async () => world.ended.length === 18);
  const traces = seen.map((each) => ({ ...each, read: readTraceparent(each.traceparent) }));
  const byCall = Map.groupBy(traces, ({ id }) => id);
  expect(byCall.size).toBe(6);
  for (const attempts of byCall.values()) {
    expect(new Set(attempts.map(({ read }) => read?.traceId)).size).toBe(1);
    expect(new Set(attempts.map(({ read }) => read?.spanId)).size).toBe(3);
  }
  expect(new Set(traces.map(({ read }) => read?.traceId)).size).toBe(6);
});

test('a call whose rights cannot be read is given back after a pause, and the others of its receiver are not tried meanwhile', async () => {
  let connections = 0;
  const url = await world.receiver((_request, response) => response.end());
  const subscription = await world.subscribed(url);
  await world.raised(30);
  let away = true;
  const connect = createConnect({ ports: [443], loopback: true, lookUp: async () => [] });
  const began = performance.now();
  world.start({
    async connect(...asked) {
      connections += 1;
      return connect(...asked);
    },
    hearing: async () => {
      if (away) throw new Error('the database is away');
      return HEARING;
    },
  });
  await until('its places are taken', async () => world.faults.length === 8);
  await sleep(1_000);
  expect([connections, world.ended.length]).toEqual([8, 0]);
  away = false;
  await until('all has been sent', async () => world.ended.length === 30);
  // Well before the lease has run out.
  expect(performance.now() - began).toBeLessThan(10_000);
  const log = await world.records.deliveries(world.org, subscription.id, {
    ...{ state: 'delivered', after: null, limit: 100 },
  });
  expect(log.map(({ attempts }) => attempts)).toEqual(Array(30).fill(1));
});

test('a relay that is stopped gives such a call back without the pause', async () => {
  await world.subscribed(await world.receiver((_request, response) => response.end()));
  await world.raised(1);
  const worker = world.start({
    hearing: async () => {
      throw new Error('the database is away');
    },
  });
  await until('it could not be read', async () => world.faults.length === 1);
  await worker.stop();
  expect(world.asked.release).toBe(1);
  const now = new Date().toISOString();
  const leased = await world.queue.take({ now, leasedUntil: now, most: 8, perSubscription: 8 });
  expect(leased).toHaveLength(1);
});
