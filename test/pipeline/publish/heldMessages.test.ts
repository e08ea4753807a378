import { expect, test } from 'vitest';
import { bridgeRecord } from '../../../src/wire/bridgeRecord.ts';
import { agreementOf } from '../../harness/agreement.ts';
import { createTestPipeline } from '../../harness/memoryPipeline.ts';
import { bothSides, consent, followed, matchAlerts } from '../../harness/navMonth.ts';
import { person } from '../../harness/persons.ts';
import { stageOver } from '../../harness/stage.ts';

// An answer that was let through while the agreement held, and is to be published when it holds no longer.

const P02 = person('P02');
const GIVEN = '2026-10-05T08:00:00.000Z';

async function held() {
  const pipeline = await createTestPipeline({ county: '46', agreements: [] });
  const stage = stageOver(pipeline, '2026-10-01T06:00:00.000Z');
  await followed(stage, [P02], bothSides(P02, GIVEN));
  const ref = (await pipeline.youth(P02.fodselsnummer))!.ref;
  const answer = { batch: 'B-2026-11', maaned: '2026-11', registrert: 'JA', kontor: '4601' } as const;
  const { value } = bridgeRecord(pipeline.org, { type: 'nav-svar', ref, ...answer }, null);
  await pipeline.send('bridge', [value], { at: '2026-11-03T09:00:00.000Z' });
  await pipeline.settle();
  const agreed = async () => {
    await pipeline.store.registerAgreement(agreementOf(pipeline.org, { from: '2026-11-10' }));
    await stage.pass('2026-11-10T09:00:00.000Z');
    await stage.conclude();
  };
  return { pipeline, stage, ref, agreed };
}

test('it is kept, sealed, and published once when an agreement holds', async () => {
  const { pipeline, stage, ref, agreed } = await held();
  expect(await stage.open(P02.fodselsnummer)).toContain('KJENT_HOS_NAV');
  expect(await matchAlerts(stage)).toEqual([]);
  const [kept, ...others] = await pipeline.store.heldMessages(pipeline.org);
  expect([kept?.ref, others]).toEqual([ref, []]);
  expect(kept?.sealed.toString('latin1')).not.toContain('4601');
  await stage.conclude();
  expect(await matchAlerts(stage)).toEqual([]);
  await agreed();
  expect(await matchAlerts(stage)).toEqual(['REIST 4601']);
  await stage.conclude();
  expect(await matchAlerts(stage)).toEqual(['REIST 4601']);
  expect(await pipeline.store.heldMessages(pipeline.org)).toEqual([]);
});

test('it is never published when a consent has gone meanwhile, also when it came back', async () => {
  const { pipeline, stage, agreed } = await held();
  const at = '2026-11-05T08:00:00.000Z';
  await stage.send(at, 'consent', consent(P02, 'B', 'TRUKKET', at));
  const again = '2026-11-06T08:00:00.000Z';
  await stage.send(again, 'consent', consent(P02, 'B', 'SAMTYKKET', again));
  await agreed();
  expect(await matchAlerts(stage)).toEqual(['TRUKKET null']);
  expect(await pipeline.store.heldMessages(pipeline.org)).toEqual([]);
});

test('it is not published to those of a youth whose address was graded meanwhile', async () => {
  const { stage, agreed } = await held();
  await stage.send('2026-11-05T08:00:00.000Z', 'folkeregister', {
    ...{ id: 'fr-1', type: 'adressebeskyttelse', fodselsnummer: P02.fodselsnummer },
    ...{ dato: '2026-11-05', gradering: 'FORTROLIG' },
  });
  await agreed();
  expect(await matchAlerts(stage)).toEqual([]);
});
