import { expect, test } from 'vitest';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { attempt, contact, dropout, renumbered, status } from '../harness/feedRecords.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import type { Person } from '../harness/persons.ts';
import { crowd } from '../harness/schoolDropouts.ts';

const [ONE, OTHER] = crowd(91, 2) as [Person, Person];

/** How each youth was written, in order. */
async function watched() {
  const plain = createMemoryStore();
  const written: { ref: PersonRef; how: 'whole' | 'appended' }[] = [];
  const store: typeof plain = {
    ...plain,
    async commit(batch) {
      const result = await plain.commit(batch);
      if (result === 'committed')
        for (const { ref, state } of batch.youths)
          written.push({ ref, how: state === null ? 'appended' : 'whole' });
      return result;
    },
  };
  const pipeline = await createTestPipeline({ store });
  /** Of the records, sent together. */
  const after = async (feed: Parameters<typeof pipeline.send>[0], records: object[]) => {
    written.length = 0;
    await pipeline.send(feed, records, { key: 'one' });
    await pipeline.settle();
    return written.map(({ how }) => how);
  };
  return { pipeline, after };
}

test('a youth in memory is appended to; a new one, and one that is not in memory, is written whole', async () => {
  const { pipeline, after } = await watched();
  expect(await after('school-dropout', [dropout(ONE, '2026-10-06')])).toEqual(['whole']);
  expect(await after('ot-adviser', [attempt(ONE, '2026-10-07', 'SMS')])).toEqual(['whole']);
  expect(await after('ot-adviser', [contact(ONE, '2026-10-07')])).toEqual(['appended']);
  await pipeline.restart();
  expect(await after('ot-adviser', [attempt(ONE, '2026-10-05', 'SMS')])).toEqual(['whole']);
  const before = (await pipeline.youth(ONE.fodselsnummer))?.tail;
  expect(before).toBe(0);
  expect(
    await after('ot-adviser', [attempt(ONE, '2026-10-04', 'SMS'), attempt(ONE, '2026-10-03', 'SMS')]),
  ).toEqual(['appended']);
  const youth = await pipeline.youth(ONE.fodselsnummer);
  expect(youth?.tail).toBeGreaterThan(0);
  expect(youth?.youth.facts).toHaveLength(6);
  await pipeline.restart();
  expect((await pipeline.youth(ONE.fodselsnummer))?.youth).toEqual(youth?.youth);
});

test('a youth whose unit changes is written whole: who may see it is read from its state', async () => {
  const { after } = await watched();
  await after('school-dropout', [dropout(ONE, '2026-10-06')]);
  await after('ot-adviser', [contact(ONE, '2026-10-06')]);
  const moved = { ...status(ONE, '2026-10-07', 'OTOV'), enhet: '40299' };
  expect(await after('ot-adviser', [moved])).toEqual(['whole']);
});

test('two youths that turn out to be one are both written whole', async () => {
  const { after } = await watched();
  for (const person of [ONE, OTHER]) {
    await after('school-dropout', [dropout(person, '2026-10-06')]);
    await after('ot-adviser', [contact(person, '2026-10-06')]);
  }
  expect(await after('folkeregister', [renumbered(ONE, OTHER, '2026-10-07')])).toEqual(['whole', 'whole']);
});
