import { expect, test } from 'vitest';
import { createTestPipeline } from '../harness/memoryPipeline.ts';

const P01 = '14830989960';
const DROPOUT = {
  id: '40014-1',
  type: 'avbrudd',
  fodselsnummer: P01,
  fodselsdato: '2009-03-14',
  skolenummer: '40014',
  avbruddsdato: '2026-10-06',
  avbruddsarsak: 'FV',
};

test('S01: a dropout becomes one tilmelding, one status and one alert with its rule', async () => {
  const pipeline = await createTestPipeline();
  await pipeline.send('school-dropout', [DROPOUT], { at: '2026-10-07T07:12:00.000Z' });
  await pipeline.settle();
  expect(pipeline.out('status')).toMatchObject([
    {
      code: 'OTUK',
      tilmeldingskode: 'AVBRUTT',
      schoolYear: '2026-27',
      county: '40',
      effective: '2026-10-06',
      rule: 'R01',
    },
  ]);
  expect(pipeline.out('alert')).toMatchObject([
    { kind: 'NY_TILMELDING', state: 'REIST', minor: 'JA', timeBand: 'A' },
  ]);
  expect(pipeline.out('status-group')).toMatchObject([{ group: 1, targetGroup: true }]);
  expect(pipeline.out('ot-ungdom')).toHaveLength(1);
});

test('a record that is sent again, and one read again after a restart, has no second effect', async () => {
  const pipeline = await createTestPipeline();
  await pipeline.send('school-dropout', [DROPOUT, DROPOUT]);
  await pipeline.settle();
  await pipeline.restart();
  await pipeline.send('school-dropout', [DROPOUT]);
  await pipeline.settle();
  expect(pipeline.out('status')).toHaveLength(1);
  const counts = (await pipeline.store.lanes()).reduce(
    (sum, { counts: each }) => ({
      applied: sum.applied + each.applied,
      duplicate: sum.duplicate + each.duplicate,
    }),
    { applied: 0, duplicate: 0 },
  );
  expect(counts).toEqual({ applied: 1, duplicate: 2 });
});

test('a youth whose decision fails waits with all that follows, and every other youth flows', async () => {
  const pipeline = await createTestPipeline();
  const other = { ...DROPOUT, id: '40014-2', fodselsnummer: '21860876016', fodselsdato: '2008-06-21' };
  await pipeline.send('school-dropout', [DROPOUT]);
  await pipeline.settle();
  const [first] = pipeline.out('status');
  const ref = String(first?.ref);
  await pipeline.breakYouth(ref);
  const contact = {
    id: 'k-1',
    type: 'kontakt',
    kilde: 'ot:40201',
    fodselsnummer: P01,
    dato: '2026-10-07',
    via: 'UNGDOM',
  };
  await pipeline.send('ot-adviser', [contact, { ...contact, id: 'k-2' }]);
  await pipeline.send('school-dropout', [other]);
  await pipeline.settle();
  // In one lane or in two: the first of each fails, what is behind it waits.
  expect(new Set(pipeline.parked)).toEqual(new Set([ref]));
  expect(await pipeline.store.parked(pipeline.org, { limit: 100, after: null })).toMatchObject([
    { ref },
    { ref },
  ]);
  expect(pipeline.out('status')).toHaveLength(2);
});
