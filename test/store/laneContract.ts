import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { LaneResumption } from '../../src/store/operationsPort.ts';
import { type AnyStore, AT, batch, change, claimed, committed, NONE, newOrg, newRef } from './commits.ts';

const LOG = { clusterId: 'cluster', topicId: 'f'.repeat(32) };
const NOTE = {
  code: 'BATCH_UNREADABLE',
  reason: 'CHECKSUM',
  offset: '1',
  upto: '3',
  since: AT,
  text: 'meldingene fra 1 til 2 kan ikke leses (CHECKSUM)',
};

/** What every store promises of the log that a lane is read from. */
export function laneContract(create: () => Promise<AnyStore>): void {
  describe('a lane and its log', () => {
    const goesOn = (topic: string, act: Partial<LaneResumption>): LaneResumption => ({
      topic,
      partition: 0,
      code: 'BATCH_UNREADABLE',
      stoppedAt: 1n,
      from: 3n,
      otherLog: false,
      reason: 'Avsenderen sender på nytt.',
      ...act,
    });

    test('the log and the last record handled are kept with the cursor', async () => {
      const store = await create();
      const lane = await claimed(store);
      expect(lane).toMatchObject({ shift: 0n, clusterId: null, topicId: null, mark: null });
      expect(await store.found(lane, LOG)).toBe(true);
      const mark = { offset: 0n, digest: 5_000_000_000_000_000_000n };
      await committed(store, { ...change(lane, newRef(), 1), mark });
      // Offsets without a record move the cursor alone.
      await committed(store, batch(lane, 4n));
      expect(await store.claim(lane)).toMatchObject({ ...LOG, mark, nextOffset: 4n, shift: 0n });
      expect(await store.found(lane, { ...LOG, topicId: '0' })).toBe(false);
    });

    test('why a lane is stopped is seen by every process, and forgotten by its next owner', async () => {
      const store = await create();
      const lane = await claimed(store);
      const stands = async () => (await store.lanes()).find(({ topic }) => topic === lane.topic)?.stopped;
      await store.stopped(lane, NOTE);
      expect(await stands()).toEqual(NOTE);
      await store.stopped(lane, null);
      expect(await stands()).toBeNull();
      await store.stopped(lane, NOTE);
      await store.claim(lane);
      expect(await stands()).toBeNull();
    });

    test('a lane goes on behind what is skipped, under a new epoch, once', async () => {
      const store = await create();
      const lane = await claimed(store);
      await store.found(lane, LOG);
      await committed(store, { ...change(lane, newRef(), 1), mark: { offset: 0n, digest: 7n } });
      expect(await store.resumeLane(goesOn(lane.topic, { from: 1n }))).toBe(false);
      expect(await store.resumeLane(goesOn(lane.topic, {}))).toBe(true);
      expect(await store.resumeLane(goesOn(lane.topic, {}))).toBe(false);
      expect(await store.commit(change(lane, newRef(), 1))).toBe('fenced');
      const next = await store.claim(lane);
      expect(next).toMatchObject({ ...LOG, nextOffset: 3n, shift: 0n, mark: { offset: 0n } });
    });

    test('in another log it goes on counting, and knows nothing of the old one', async () => {
      const store = await create();
      const lane = await claimed(store);
      await store.found(lane, LOG);
      await committed(store, { ...change(lane, newRef(), 1), mark: { offset: 0n, digest: 7n } });
      expect(await store.resumeLane(goesOn(lane.topic, { from: 0n, otherLog: true }))).toBe(true);
      const next = await store.claim(lane);
      expect(next).toMatchObject({ nextOffset: 1n, shift: 1n, clusterId: null, topicId: null, mark: null });
      await committed(store, change(next, newRef(), 1));
      // A second time: the shift is the whole of it.
      const again = goesOn(lane.topic, { stoppedAt: 1n, from: 0n, otherLog: true });
      expect(await store.resumeLane(again)).toBe(true);
      expect(await store.claim(lane)).toMatchObject({ nextOffset: 2n, shift: 2n });
    });

    test('submissions that Kafka has and that lack an outcome are found by their time', async () => {
      const store = await create();
      const org = newOrg();
      const lane = await claimed(store, org);
      const open = async (rows: number, received: string, sent = true) => {
        const id = randomUUID();
        const entry = { id, org, feed: 'school-dropout' as const, rows, idempotencyKey: null };
        await store.openReceipt({
          ...entry,
          sender: 'loopback',
          institution: null,
          bodyHash: Buffer.alloc(32),
          received,
        });
        if (sent) await store.receiptSent(id);
        return id;
      };
      const done = await open(1, '2026-10-07T07:00:00.000Z');
      const half = await open(2, '2026-10-07T07:01:00.000Z');
      await open(1, '2026-10-07T07:02:00.000Z', false);
      await open(1, '2026-10-07T07:30:00.000Z');
      const receipts = [done, half].map((receipt) => ({
        receipt,
        row: 1,
        outcome: 'applied' as const,
        problems: [],
      }));
      await committed(store, batch(lane, 2n, { receipts, counts: { ...NONE, duplicate: 2 } }));
      const between = { from: '2026-10-07T06:00:00.000Z', to: '2026-10-07T07:10:00.000Z' };
      expect(await store.waitingReceipts(org, between)).toEqual([
        { id: half, feed: 'school-dropout', received: '2026-10-07T07:01:00.000Z', waiting: 1 },
      ]);
    });
  });
}
