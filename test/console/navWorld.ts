import type { IsoInstant } from '../../src/core/time/date.ts';
import { agreementOf } from '../harness/agreement.ts';
import { apiInMemory, partsInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import { answer, asked, bothSides, consent, delivery, followed } from '../harness/navMonth.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import { type Stage, stageOver } from '../harness/stage.ts';

// A county that has exchanged with NAV for four months: one that was answered, one that lacks answers, one with a person NAV
// was not asked about, and one that NAV has not answered yet.

export const NOW: IsoInstant = '2027-02-05T08:00:00.000Z';
/** Synthetic. The last one has consented to nothing. */
export const YOUTHS = crowd(71, 5);
const MONTHS = ['2026-11', '2026-12', '2027-01', '2027-02'] as const;

export interface NavWorld {
  pipeline: Awaited<ReturnType<typeof createTestPipeline>>;
  parts: ReturnType<typeof partsInMemory>;
  stage: Stage;
  refOf(at: number): Promise<string>;
  api: ReturnType<typeof apiInMemory>;
  settle(): Promise<void>;
}

/** @param agreed the days of the agreement; null: there is none, and nothing has been asked */
export async function navWorld(
  agreed: { from?: string; to?: string } | null = { from: '2026-01-01', to: '2027-03-20' },
): Promise<NavWorld> {
  const pipeline = await createTestPipeline({ county: '46', agreements: [] });
  const stage = stageOver(pipeline, '2026-10-01T06:00:00.000Z');
  const asking = YOUTHS.slice(0, 4);
  const given = asking.flatMap((who) => bothSides(who, '2026-10-05T08:00:00.000Z'));
  await followed(stage, YOUTHS, given);
  if (agreed !== null) {
    await pipeline.store.registerAgreement(agreementOf(pipeline.org, agreed));
    for (const month of MONTHS) await exchanged(stage, month);
  }
  await pipeline.pass(NOW);
  await pipeline.withdrawals();
  const now = () => NOW;
  return {
    pipeline,
    parts: partsInMemory(pipeline, now),
    stage,
    refOf: (at) => stage.ref(YOUTHS[at]?.fodselsnummer ?? ''),
    api: apiInMemory(pipeline, now),
    settle: () => pipeline.settle(),
  };
}

async function exchanged(stage: Stage, month: (typeof MONTHS)[number]): Promise<void> {
  const at = (day: string) => `${month}-${day}T08:00:00.000Z`;
  const list = await asked(stage, at('02'), month);
  const about = (who: (typeof YOUTHS)[number]) =>
    answer(month, who, { matchId: list.get(who.fodselsnummer) });
  const all = YOUTHS.slice(0, 4).filter(({ fodselsnummer }) => list.has(fodselsnummer));
  const [first, , , , stranger] = YOUTHS;
  if (first === undefined || stranger === undefined) throw new Error('too small a crowd');
  switch (month) {
    case '2026-11':
      await stage.rows(at('04'), 'nav-match', delivery(month, all.map(about)));
      // After the answer: it leaves the list.
      return stage.send(at('10'), 'consent', consent(first, 'A', 'TRUKKET', at('10')));
    case '2026-12':
      return stage.rows(at('04'), 'nav-match', delivery(month, all.slice(0, 1).map(about)));
    case '2027-01':
      return stage.rows(
        at('04'),
        'nav-match',
        delivery(month, [...all.map(about), answer(month, stranger, { kontor: '4699' })]),
      );
    case '2027-02':
      return;
  }
}
