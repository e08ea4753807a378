import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LaneStop } from '../../src/core/lane.ts';
import { orgId } from '../../src/core/organisation.ts';
import type { IsoInstant } from '../../src/core/time/date.ts';
import type { LaneTrouble } from '../../src/kafka/laneTrouble.ts';
import type { Pipeline } from '../../src/pipeline/handleBatch.ts';
import { createLaneNotes } from '../../src/pipeline/laneNotes.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';

const ORG = orgId('telemarkfylke-no');
const TOPIC = `${ORG}.ot.event.school-dropout`;
const SHORTER: LaneTrouble = {
  code: 'OFFSETS_GONE',
  reason: 'LOG_SHORTER',
  offset: 12n,
  upto: 10n,
  since: '2026-11-20T12:00:00.000Z' as IsoInstant,
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A store that answers as `database` lets it, and what was reported, with what the store then knew. */
async function stage(database: () => Promise<void>) {
  const store = createMemoryStore();
  const lane = await store.claim({ org: ORG, topic: TOPIC, partition: 0 });
  const stored = async () => (await store.lanes())[0]?.stopped?.reason ?? null;
  const reports: { reason: string | null; stored: string | null }[] = [];
  const slow: Pipeline['store'] = {
    ...store,
    async stopped(which, note: LaneStop | null) {
      await database();
      await store.stopped(which, note);
    },
    async found(which, log) {
      await database();
      return store.found(which, log);
    },
  };
  const trouble: Pipeline['trouble'] = {
    parked: () => undefined,
    waiting: () => undefined,
    dropped: () => undefined,
    stopped: (_lane, now) =>
      void stored().then((known) => reports.push({ reason: now?.reason ?? null, stored: known })),
  };
  const notes = createLaneNotes({ pipeline: { store: slow, trouble }, lane, backoff: () => 100 });
  return { notes, reports, stored, lane };
}

test('case C10: whoever reads that a lane is stopped can let it go on: it is stored before it is reported', async () => {
  const { notes, reports } = await stage(() => new Promise((resolve) => setTimeout(resolve, 400)));
  notes.stopped(SHORTER);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(reports).toEqual([{ reason: 'LOG_SHORTER', stored: 'LOG_SHORTER' }]);
});

test('a lane that stops while the database is away is reported within a second, and stored when it is back', async () => {
  let away = true;
  const { notes, reports, stored } = await stage(async () => {
    if (away) throw new Error('the database is away');
  });
  notes.stopped(SHORTER);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(reports).toEqual([{ reason: 'LOG_SHORTER', stored: null }]);
  away = false;
  await vi.advanceTimersByTimeAsync(200);
  expect(await stored()).toBe('LOG_SHORTER');
  expect(reports).toHaveLength(1);
});

test('a lane that has run again is not shown as stopped by a write that came late', async () => {
  const pauses = [500, 0];
  const { notes, reports, stored } = await stage(
    () => new Promise((resolve) => setTimeout(resolve, pauses.shift() ?? 0)),
  );
  notes.stopped(SHORTER);
  await vi.advanceTimersByTimeAsync(10);
  notes.stopped(null);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await stored()).toBeNull();
  expect(reports.map(({ reason }) => reason)).toEqual(['LOG_SHORTER', null]);
});

test('the log of a lane is stored also when the database was away at first', async () => {
  let tries = 0;
  const { notes, lane } = await stage(async () => {
    tries += 1;
    if (tries < 3) throw new Error('the database is away');
  });
  notes.found({ clusterId: 'one', topicId: 'two' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(lane).toMatchObject({ clusterId: 'one', topicId: 'two' });
});

test('a lane that is let go is not written about', async () => {
  let tries = 0;
  const { notes } = await stage(async () => {
    tries += 1;
    throw new Error('the database is away');
  });
  notes.stopped(SHORTER);
  await vi.advanceTimersByTimeAsync(10);
  notes.end();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tries).toBe(1);
});
