import { expect, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { createLaneWatch } from '../../src/pipeline/laneWatch.ts';
import type { LaneWorker } from '../../src/pipeline/laneWorker.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import type { Alarm } from '../../src/telemetry/alarm.ts';

const ORG = orgId('telemarkfylke-no');
const TOPIC = `${ORG}.ot.event.school-dropout`;
const NOON = Date.parse('2026-11-20T12:00:00.000Z');

async function stage() {
  const store = createMemoryStore();
  const lane = await store.claim({ org: ORG, topic: TOPIC, partition: 0 });
  const alarms: (Alarm & { code: string })[] = [];
  const state = { end: 0n, now: NOON, waits: 0 };
  const watch = createLaneWatch({
    operations: store,
    queries: store,
    source: { endOffsets: async () => new Map([[0, state.end]]) },
    alarm: (code, alarm) => void alarms.push({ code, ...alarm }),
    now: () => state.now,
  });
  const worker: LaneWorker = {
    lane,
    highWatermark: () => 5n,
    stillFor: () => 0,
    trouble: () => null,
    waitsFor: () => state.waits,
    stop: async () => undefined,
    abandon: () => undefined,
    ended: Promise.resolve(),
  };
  const submit = async (id: string) => {
    const entry = { id, org: ORG, feed: 'school-dropout' as const, rows: 1, idempotencyKey: null };
    await store.openReceipt({
      ...entry,
      sender: 'loopback',
      institution: null,
      bodyHash: Buffer.alloc(32),
      received: new Date(state.now).toISOString(),
    });
    await store.receiptSent(id);
  };
  return { state, alarms, submit, look: () => watch.look([worker], [ORG]) };
}

test('case C10: a submission without an outcome for a minute is reported once, when nothing in the topic waits', async () => {
  const { state, alarms, submit, look } = await stage();
  await submit('one');
  await submit('two');
  state.now += 59_000;
  await look();
  expect(alarms).toEqual([]);
  state.now += 2_000;
  state.end = 1n;
  await look();
  expect(alarms).toEqual([]);
  state.end = 0n;
  await look();
  await look();
  expect(alarms).toMatchObject([{ code: 'RECEIPT_WAITING', org: ORG, topic: TOPIC, count: 2 }]);
  await submit('three');
  state.now += 61_000;
  await look();
  expect(alarms[1]).toMatchObject({ code: 'RECEIPT_WAITING', count: 1 });
});

test('a lane that has not moved for a minute is reported once, and again when it stops again', async () => {
  const { state, alarms, look } = await stage();
  for (const [waits, reported] of [
    [59_000, 0],
    [61_000.25, 1],
    [66_000, 1],
    [0, 1],
    [61_000, 2],
  ] as const) {
    state.waits = waits;
    await look();
    expect(alarms).toHaveLength(reported);
  }
  expect(alarms[0]).toMatchObject({ code: 'LANE_STANDS', topic: TOPIC, partition: 0 });
});
