import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { createMemorySource } from '../../src/kafka/memorySource.ts';
import type { Pipeline } from '../../src/pipeline/handleBatch.ts';
import { startLaneWorker } from '../../src/pipeline/laneWorker.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';

const ORG = orgId('telemarkfylke-no');
const KEY = { org: ORG, topic: `${ORG}.ot.event.consent`, partition: 0 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a lane without records lets go within a minute when its epoch is ended, as the runbook does to publish a time again', async () => {
  const store = createMemoryStore();
  const dropped: string[] = [];
  const pipeline = {
    store,
    trouble: {
      parked: () => undefined,
      waiting: () => undefined,
      stopped: () => undefined,
      dropped: (_lane: unknown, reason: string) => void dropped.push(reason),
    },
  } as unknown as Pipeline;
  const lane = await store.claim(KEY);
  const source = createMemorySource({ read: () => [[]] });
  const worker = startLaneWorker({ pipeline, source, lane, backoff: () => 100 });
  await vi.advanceTimersByTimeAsync(59_000);
  await store.claim(KEY);
  expect(dropped).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(dropped).toEqual(['fenced']);
  await worker.ended;
});
