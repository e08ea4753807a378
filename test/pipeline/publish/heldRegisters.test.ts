import { expect, test } from 'vitest';
import { agreementOf } from '../../harness/agreement.ts';
import { contact, measure } from '../../harness/feedRecords.ts';
import { createTestPipeline } from '../../harness/memoryPipeline.ts';
import { bothSides, consent, followed } from '../../harness/navMonth.ts';
import { participation } from '../../harness/navRegisters.ts';
import { person } from '../../harness/persons.ts';
import { statesOf } from '../../harness/published.ts';
import { stageOver } from '../../harness/stage.ts';

// A proposal that rests on one of NAV's registers, decided under an agreement that is revoked before it is published.

const P02 = person('P02');
const GIVEN = '2026-10-05T08:00:00.000Z';
const SAID = '2026-11-03T08:00:00.000Z';

/** @param takesPart the county has a part in the measure */
async function revokedMeanwhile(takesPart: boolean) {
  const pipeline = await createTestPipeline({ county: '46', agreements: [] });
  const { org, store } = pipeline;
  const stage = stageOver(pipeline, '2026-10-01T06:00:00.000Z');
  const agreement = agreementOf(org);
  await store.registerAgreement(agreement);
  await followed(stage, [P02], bothSides(P02, GIVEN, { omfang: ['TILTAK'] }));
  const met = contact(P02, '2026-10-20', { kilde: 'ot:46201' });
  await stage.send('2026-10-20T10:00:00.000Z', 'ot-adviser', met);
  if (takesPart) {
    const together = measure(P02, '2026-10-21', 'FYLKE', { kilde: 'ot:46201' });
    await stage.send('2026-10-21T10:00:00.000Z', 'ot-adviser', together);
  }
  const { agreements } = store;
  store.agreements = async (of) => {
    // As the decision sees it; it is gone at the next look, which is that of publishing.
    const seen = await agreements(of);
    store.agreements = agreements;
    await store.revokeAgreement(org, agreement.id, { at: SAID, by: 'a', reason: 'Sagt opp.' });
    return seen.map((each) => ({ ...each, revoked: null }));
  };
  await stage.send(SAID, 'nav-deltaker', participation(P02));
  const proposed = () => statesOf(stage, P02.fodselsnummer, 'STATUS_FORSLAG');
  const agreedAgain = async () => {
    await store.registerAgreement(agreementOf(org, { from: '2026-11-10' }));
    await stage.pass('2026-11-10T09:00:00.000Z');
    await stage.conclude();
  };
  return { stage, proposed, agreedAgain, held: async () => (await store.heldMessages(org)).length };
}

test.each([
  ['OTAP', false],
  ['OTKO', true],
] as const)(
  'the proposal of %s is held while none holds, and is published once when one does',
  async (code, takesPart) => {
    const { stage, proposed, agreedAgain, held } = await revokedMeanwhile(takesPart);
    const before = (await proposed()).length;
    expect(await stage.alert(P02.fodselsnummer, 'STATUS_FORSLAG')).toMatchObject({
      ...{ proposed: [code], feed: 'nav-deltaker' },
    });
    expect(await held()).toBe(1);
    await stage.conclude();
    expect(await proposed()).toHaveLength(before);
    await agreedAgain();
    expect((await proposed()).slice(before)).toEqual(['REIST']);
    const [last] = (await stage.out('alert', P02.fodselsnummer)).slice(-1);
    expect(last).toMatchObject({ kind: 'STATUS_FORSLAG', proposed: [code], feed: 'nav-deltaker' });
    await stage.conclude();
    expect([(await proposed()).length - before, await held()]).toEqual([1, 0]);
  },
);

test('it is never published when a consent has gone meanwhile', async () => {
  const { stage, proposed, agreedAgain, held } = await revokedMeanwhile(false);
  const at = '2026-11-05T08:00:00.000Z';
  await stage.send(at, 'consent', consent(P02, 'A', 'TRUKKET', at));
  await agreedAgain();
  expect(await proposed()).not.toContain('REIST');
  expect(await held()).toBe(0);
});
