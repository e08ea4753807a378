import { expect, test } from 'vitest';
import { worklistCounts } from '../../src/desk/worklists/worklistCounts.ts';
import { worklistPage } from '../../src/desk/worklists/worklists.ts';
import { agreementOf } from '../harness/agreement.ts';
import { partsInMemory } from '../harness/apiInMemory.ts';
import { contact } from '../harness/feedRecords.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import { bothSides, followed } from '../harness/navMonth.ts';
import { participation } from '../harness/navRegisters.ts';
import { person } from '../harness/persons.ts';
import { stageOver } from '../harness/stage.ts';

// A proposal that rests on one of NAV's registers is in a list, and in its figures, only while it may be shown.

const P02 = person('P02');

async function proposed() {
  const pipeline = await createTestPipeline({ county: '46', agreements: [] });
  const { org, store } = pipeline;
  const stage = stageOver(pipeline, '2026-10-01T06:00:00.000Z');
  const agreement = agreementOf(org);
  await store.registerAgreement(agreement);
  await followed(stage, [P02], bothSides(P02, '2026-10-05T08:00:00.000Z', { omfang: ['TILTAK'] }));
  await stage.send(
    '2026-10-20T10:00:00.000Z',
    'ot-adviser',
    contact(P02, '2026-10-20', { kilde: 'ot:46201' }),
  );
  await stage.send('2026-11-03T08:00:00.000Z', 'nav-deltaker', participation(P02));
  let now = '2026-11-03T09:00:00.000Z';
  const parts = partsInMemory(pipeline, () => now);
  const organisation = parts.organisations.find(({ id }) => id === org);
  if (organisation === undefined) throw new Error('no such organisation');
  return {
    org,
    store,
    agreement,
    stage,
    at: (moment: string) => {
      now = moment;
    },
    async open() {
      const { view } = await worklistPage(parts, organisation, {
        ...{ name: 'open-questions', protectedYouths: true, order: 'urgency' },
        page: { limit: 20 },
      });
      const { counts } = await worklistCounts(parts, organisation);
      const counted = counts.find(({ id }) => id === 'open-questions')?.rows ?? 0;
      expect(view.total).toBe(counted);
      expect(view.rows).toHaveLength(counted);
      return view.rows.filter(({ kind }) => kind === 'STATUS_FORSLAG').length;
    },
  };
}

test('while an agreement and consents hold it is there', async () => {
  expect(await (await proposed()).open()).toBe(1);
});

test('the agreement revoked: it is gone from rows and figures with the next reading, and back with a new one', async () => {
  const { open, store, org, agreement, at } = await proposed();
  expect(await open()).toBe(1);
  await store.revokeAgreement(org, agreement.id, {
    ...{ at: '2026-11-03T09:30:00.000Z', by: 'a', reason: 'Sagt opp.' },
  });
  at('2026-11-03T09:31:00.000Z');
  expect(await open()).toBe(0);
  await store.registerAgreement(agreementOf(org, { from: '2026-11-05' }));
  expect(await open()).toBe(0);
  at('2026-11-05T09:00:00.000Z');
  expect(await open()).toBe(1);
});

test('on the day after the last of the agreement it is gone, without any record', async () => {
  const { open, store, org, agreement, at } = await proposed();
  await store.revokeAgreement(org, agreement.id, {
    at: '2026-11-03T08:30:00.000Z',
    by: 'a',
    reason: 'Byttes.',
  });
  await store.registerAgreement(agreementOf(org, { to: '2026-11-10' }));
  at('2026-11-10T20:00:00.000Z');
  expect(await open()).toBe(1);
  at('2026-11-11T01:00:00.000Z');
  expect(await open()).toBe(0);
});
