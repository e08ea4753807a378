import { beforeEach, describe, expect, test } from 'vitest';
import type { Principal } from '../../src/core/access/principal.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { beginBulk, showBulk, stopBulk } from '../../src/desk/quarantine/bulk.ts';
import { DeskRefusal } from '../../src/desk/refusal.ts';
import { NOW as LOGIN, type TestParts } from '../api/parts.ts';
import { partsInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { workJobs } from '../harness/workJobs.ts';

// A group in quarantine as a job: taken over where another process died, and stopped in the middle.

const NOW = instantOf(LOGIN);
const OTHER = '00000000-0000-4000-8000-00000000000b';
const DRIFT: Principal = { kind: 'local', name: 'Drift', key: 'drift' } as Principal;
const REASON = 'Skolen bruker en gammel kode.';

let pipeline: TestPipeline;
let parts: TestParts;
/** Milliseconds that the processes' clock has gone. */
let gone: number;

beforeEach(async () => {
  pipeline = await createTestPipeline({ county: '40' });
  await pipeline.pass(NOW);
  gone = 0;
  parts = partsInMemory(pipeline, () => instantOf(LOGIN + gone));
});

async function begin(count: number, act: 'replay' | 'discard' = 'discard') {
  const rows = crowd(5, count).map((each, at) => dropout(each, `id-${at}`, { avbruddsarsak: 'ZZ' }));
  await pipeline.send('school-dropout', rows, { at: NOW });
  await pipeline.settle();
  const [organisation] = parts.organisations;
  const items = await pipeline.store.quarantine(pipeline.org, { status: 'open', limit: 500, after: null });
  if (organisation === undefined) throw new Error('no organisation');
  const asked = { group: items[0]?.id ?? '', act: { act }, items: count, reason: REASON, principal: DRIFT };
  const { id } = await beginBulk(parts, organisation, asked);
  const open = async () =>
    (await pipeline.store.quarantine(pipeline.org, { status: 'open', limit: 500, after: null })).length;
  return {
    id,
    items: items.map((item) => item.id),
    open,
    show: () => showBulk(parts.bulk, pipeline.org, { id }),
  };
}

/** A process that dies when it would write down what has become of a portion. */
const dying = (): TestParts => ({
  ...parts,
  bulk: {
    ...parts.bulk,
    settleMembers: () => Promise.reject(new Error('killed')),
    returnBulk: () => Promise.reject(new Error('killed')),
  },
});

describe('a job on a group in quarantine', () => {
  test('is taken over where a process died: what it had done counts as done, once', async () => {
    const { show, open } = await begin(70, 'replay');
    await expect(workJobs(dying())).rejects.toThrow('killed');
    expect(await open()).toBe(20);
    await workJobs(parts, OTHER);
    expect(await show()).toMatchObject({ state: 'running', handled: 0 });
    gone = 31_000;
    const before = pipeline.records().length;
    await workJobs(parts, OTHER);
    expect(await show()).toMatchObject({ state: 'done', items: 70, handled: 70, failed: 0, failures: [] });
    expect(pipeline.records().length - before).toBe(20);
  });

  test('waits for one that another has in hand, instead of calling it a failure', async () => {
    const { show, items } = await begin(3);
    const [first = ''] = items;
    const operations = {
      ...parts.operations,
      claimQuarantine: () => Promise.reject(new Error('killed')),
    };
    const killed = { ...dying(), operations };
    await expect(workJobs(killed)).rejects.toThrow('killed');
    gone = 31_000;
    await pipeline.store.claimQuarantine(pipeline.org, first);
    await workJobs(parts, OTHER);
    expect(await show()).toMatchObject({ state: 'running', handled: 2, failed: 0 });
    await pipeline.store.unclaimQuarantine(pipeline.org, first);
    await workJobs(parts, OTHER);
    expect(await show()).toMatchObject({ state: 'done', handled: 3, failed: 0 });
  });

  test('that is stopped leaves the rest in quarantine, and what is begun after is another', async () => {
    const { id, show, open, items } = await begin(70);
    let portions = 0;
    const stopping: TestParts = {
      ...parts,
      bulk: {
        ...parts.bulk,
        async returnBulk(held, note) {
          portions += 1;
          await stopBulk(parts, pipeline.org, id);
          return parts.bulk.returnBulk(held, note);
        },
      },
    };
    await workJobs(stopping);
    expect(portions).toBe(1);
    expect(await show()).toMatchObject({ state: 'stopped', handled: 50 });
    expect(await open()).toBe(20);
    const [organisation] = parts.organisations;
    if (organisation === undefined) throw new Error('no organisation');
    const asked = { act: { act: 'discard' as const }, items: 20, reason: REASON, principal: DRIFT };
    const next = await beginBulk(parts, organisation, { ...asked, group: items[0] ?? '' });
    expect(next.id).not.toBe(id);
    await workJobs(parts);
    expect(await open()).toBe(0);
    expect(await show()).toMatchObject({ state: 'stopped', handled: 50 });
  });

  test('stops when Kafka does not answer, with the one it did not take', async () => {
    const { show, open } = await begin(5, 'replay');
    const publisher = {
      ...parts.publisher,
      publish: () => Promise.reject(new DeskRefusal('KAFKA_SLOW', 'Kafka svarer ikke.')),
    } as TestParts['publisher'];
    await workJobs({ ...parts, publisher });
    expect(await show()).toMatchObject({ state: 'stopped', handled: 1, failures: [{ code: 'KAFKA_SLOW' }] });
    expect(await open()).toBe(5);
    expect(parts.logged).toContainEqual(
      expect.objectContaining({ event: 'bulkEnded', act: 'replay', items: 5, handled: 1, failed: 1 }),
    );
  });
});
