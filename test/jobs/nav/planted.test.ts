import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { mayAsk } from '../../../src/core/nav/mayAsk.ts';
import { concludeLists } from '../../../src/jobs/lists/lists.ts';
import { SHRINKAGE_LIMIT } from '../../../src/jobs/lists/shrinkage.ts';
import { createDeliveries } from '../../../src/jobs/nav/answers.ts';
import { makeLists, openList } from '../../../src/jobs/nav/extract.ts';
import { judgeStored } from '../../../src/jobs/nav/judge.ts';
import type { NavRecords } from '../../../src/store/navPort.ts';
import type { LoadedYouth } from '../../../src/store/port.ts';
import { createVault } from '../../../src/store/vault.ts';
import type { Alarm } from '../../../src/telemetry/alarm.ts';
import { agreementOf, NAV } from '../../harness/agreement.ts';
import { contact, status } from '../../harness/feedRecords.ts';
import { createTestPipeline } from '../../harness/memoryPipeline.ts';
import { answer, consent, delivery, followed } from '../../harness/navMonth.ts';
import { crowd } from '../../harness/schoolDropouts.ts';
import { stageOver } from '../../harness/stage.ts';
import { loggerWithLines } from '../../telemetry/logLines.ts';

// One month with all that must hold, and the five ways in which it must not fail, each planted: they are found.

const GIVEN = '2026-10-05T08:00:00.000Z';
const EXTRACTED = '2026-11-02T08:00:00.000Z';
const LATER = '2026-11-05T08:00:00.000Z';

interface Plant {
  nav?: (nav: NavRecords) => Partial<NavRecords>;
  alarmed?: (alarm: Alarm, refs: readonly string[]) => Alarm;
}

/** What went wrong in the month. */
async function faultsOf({ nav: planted = () => ({}), alarmed = (alarm) => alarm }: Plant): Promise<string[]> {
  const faults: string[] = [];
  const pipeline = await createTestPipeline({ county: '46', agreements: [] });
  const { store, policy, org } = pipeline;
  const stage = stageOver(pipeline, '2026-10-01T06:00:00.000Z');
  const asked = crowd(33, 4);
  const [outside, stranger] = crowd(34, 2);
  await followed(
    stage,
    [...asked, outside!],
    [...asked, outside!].flatMap((who) => [
      consent(who, 'A', 'SAMTYKKET', GIVEN),
      consent(who, 'B', 'SAMTYKKET', GIVEN),
    ]),
  );
  const set = { kilde: 'ot:46201' };
  await stage.send(
    '2026-10-06T08:00:00.000Z',
    'ot-adviser',
    contact(outside!, '2026-10-06', set),
    status(outside!, '2026-10-06', 'OTFU_IM', set),
  );
  if ((await stage.youth(outside!.fodselsnummer))?.registrations[0]?.status.targetGroup !== false)
    throw new Error('one is to be outside the target group');

  let now = EXTRACTED;
  const nav: NavRecords = { ...store, ...planted(store) };
  const lines = loggerWithLines();
  const alarms: string[] = [];
  const refs = await Promise.all(asked.map(({ fodselsnummer }) => stage.ref(fodselsnummer)));
  const parts = {
    ...{ nav, operations: store, vault: createVault(Buffer.alloc(32, 7)), environment: 'test' as const },
    ...{ policyFor: () => policy, now: () => now, newId: randomUUID, log: lines.log },
    alarm: (code: string, alarm: Alarm) => void alarms.push(JSON.stringify([code, alarmed(alarm, refs)])),
    publisher: { publish: async () => undefined, close: async () => undefined },
  };
  const month = { month: '2026-11', by: 'loopback' };
  await store.registerAgreement(agreementOf(org, { to: '2026-10-31' }));
  if ((await openList(parts, org, month)).kind !== 'no-agreement') return ['asked without an agreement'];
  await store.registerAgreement(agreementOf(org, { from: '2026-11-01' }));
  await openList(parts, org, month);
  await makeLists(parts, org);
  if ((await store.navBatches(org))[0]?.finished?.rows !== asked.length)
    return ['asked about another than those'];

  // All of the second page withdraw between the pages.
  const rows = await store.batchRows(org, 'B-2026-11', '', 10);
  const byRef = new Map(
    await Promise.all(asked.map(async (who) => [await stage.ref(who.fodselsnummer), who] as const)),
  );
  for (const { ref } of rows.slice(2)) {
    const who = byRef.get(ref);
    if (who)
      await stage.send(
        '2026-11-03T08:00:00.000Z',
        'consent',
        consent(who, 'A', 'TRUKKET', '2026-11-03T08:00:00.000Z'),
      );
  }
  now = LATER;
  const question = { agreements: await store.agreements(org), policy, at: now, asked: EXTRACTED };
  const judge = (loaded: LoadedYouth | undefined) => judgeStored(loaded, question, mayAsk);
  const second = { after: rows[1]!.matchId, limit: 2, at: now, recipient: NAV, judge };
  if ((await nav.judgePage(org, 'B-2026-11', second)).some(({ given }) => given))
    faults.push('gave a withdrawn row');

  const used: unknown[] = [];
  const conclude = async (at: string, answers: readonly object[], letter: string) => {
    await pipeline.send('nav-match', delivery('2026-11', answers, letter), { at });
    await pipeline.settle();
    await concludeLists({
      ...parts,
      operations: store,
      publisher: { publish: async (records) => void used.push(...records), close: async () => undefined },
      deliveries: createDeliveries({
        ...parts,
        load: (id, about) => store.load(id, about),
        onHeld: () => undefined,
      }),
      openAnswer: () => ({
        kind: 'NavMatch',
        batch: 'B-2026-11',
        month: '2026-11',
        answer: 'JA',
        office: '4601',
      }),
      limitFor: () => SHRINKAGE_LIMIT,
    });
  };
  const stays = byRef.get(rows[0]!.ref)!;
  await conclude(LATER, [answer('2026-11', stays)], '');
  if (used.length > 0) faults.push('used a part of the answers');
  await conclude('2026-11-06T08:00:00.000Z', [answer('2026-11', stranger!, { letter: 'b' })], 'b');
  const said = [...lines.lines, ...alarms].join('\n');
  const names = [...refs, ...rows.map(({ matchId }) => matchId), stranger!.fodselsnummer];
  if (!said.includes('NAV_STRANGER') || names.some((name) => said.includes(name)))
    faults.push('named a stranger in the log');
  return faults;
}

test('a month in which nothing is planted has no fault', async () => {
  expect(await faultsOf({})).toEqual([]);
});

test.each<[string, Plant]>([
  [
    'asked without an agreement',
    {
      nav: (nav) => ({
        agreements: async (org) => [...(await nav.agreements(org)), { ...agreementOf(org), revoked: null }],
      }),
    },
  ],
  [
    'asked about another than those',
    {
      nav: (nav) => ({
        extractPage: (org, list, limit, judge) =>
          nav.extractPage(org, list, limit, (loaded) => judge(inGroup(loaded))),
      }),
    },
  ],
  [
    'gave a withdrawn row',
    {
      nav: (nav) => ({
        judgePage: (org, list, page) =>
          nav.judgePage(org, list, {
            ...page,
            judge: (loaded) => (page.after === '' ? page.judge(loaded) : { may: true, consentVersion: 'v' }),
          }),
      }),
    },
  ],
  ['used a part of the answers', { nav: () => ({ unanswered: async () => 0 }) }],
  ['named a stranger in the log', { alarmed: (alarm, refs) => ({ ...alarm, detail: refs[0] ?? '' }) }],
])('planted, it is found: %s', async (fault, plant) => {
  expect(await faultsOf(plant)).toContain(fault);
});

/** As if the group were not asked for. */
function inGroup(loaded: LoadedYouth): LoadedYouth {
  const { youth } = loaded;
  const registrations = youth.registrations.map((each) => ({
    ...each,
    status: { ...each.status, targetGroup: true },
  }));
  return { ...loaded, youth: { ...youth, registrations } };
}
