import { afterAll, expect, test } from 'vitest';
import { openParts } from '../../src/bridge/parts.ts';
import { type Permission, WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import { startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';

// The bridge's own wiring of the second fence. What each fence lets through is tested in test/access.

const pipeline = await startRealPipeline({ clock: null });
const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
  await pipeline.stop();
});

test('what reads for a caller is held to the reach by the database, without the first fence', async () => {
  const today = new Date().toISOString().slice(0, 10);
  await pipeline.submit(
    'school-dropout',
    crowd(31, 2).map((person, at) => dropout(person, `reach-${at}`, { avbruddsdato: today })),
  );
  const parts = await openParts(pipeline.options, {}, (stop) => stops.push(stop));
  const seen = async (permission: Partial<Permission>) => {
    const refs = new Set<string>();
    const { queries } = parts.readAs({ ...WHOLE_COUNTY, ...permission });
    for await (const { ref } of queries.youths(pipeline.org)) refs.add(ref);
    return refs.size;
  };
  expect(await seen({ organisations: [pipeline.org] })).toBe(2);
  expect(await seen({ organisations: null })).toBe(2);
  expect(await seen({ organisations: [] })).toBe(0);
  expect(await seen({ reach: { kind: 'units', units: ['99999'] } })).toBe(0);
  expect(await seen({ reach: { kind: 'institutions', institutions: ['40014'] } })).toBe(0);
});
