import { expect, test } from 'vitest';
import { readRegister } from '../../src/core/report/register.ts';
import { youthAt } from '../../src/core/report/youths.ts';
import type { IsoInstant } from '../../src/core/time/date.ts';
import { EVERYTHING, readHistories } from '../../src/reports/replayedHistory.ts';
import { startReading } from '../../src/reports/sheetReading.ts';
import { adviserWorld, leaving, NOW } from '../console/adviserWorld.ts';
import { crowd } from '../harness/manyPersons.ts';

const BEFORE = '2026-10-07T05:00:00.000Z';

test('what is read together is what each would read: other cut-offs, facts and youths', async () => {
  const { pipeline, settle } = await adviserWorld();
  const many = crowd(20, { first: '2008-01-01', last: '2009-12-31' });
  await pipeline.send(
    'school-dropout',
    many.map((one, at) => leaving(one, `m-${at}`)),
    { at: NOW },
  );
  await settle();
  const { org, policy, store } = pipeline;
  const replay = { policy, until: BEFORE };
  const asked = [BEFORE, EVERYTHING].flatMap((cutoff) =>
    [['Left'] as const, ['Left', 'Annulled'] as const, ['Contact'] as const].map((kinds) => ({
      ...{ replay, kinds },
      scope: { county: policy.county, schoolYear: '2026-27', cutoff },
    })),
  );
  const reading = startReading();
  const lines = asked.map((each) => reading.lines(org, each));
  const again = reading.lines(org, asked[0] ?? expect.unreachable());
  const youths: [IsoInstant, string[]][] = [
    [BEFORE, []],
    [EVERYTHING, []],
  ];
  for (const [cutoff, refs] of youths) reading.youths(org, { replay, cutoff }, ({ ref }) => refs.push(ref));
  await reading.read(store);

  const [few, all] = youths.map(([, refs]) => refs.length);
  expect(few).toBeLessThan(all ?? 0);
  expect(again).toBe(lines[0]);
  for (const [at, { scope, kinds }] of asked.entries()) {
    const register = readRegister(scope, kinds);
    await readHistories(store, org, [
      {
        ...{ replay, upto: EVERYTHING },
        read: (records) => {
          for (const record of records) register.add(record);
        },
      },
    ]);
    expect(lines[at]).toEqual(register.finish());
  }
  // Else nothing is compared: of those who came later the first cut-off knows no birth date.
  expect(lines[0]).not.toEqual(lines[3]);
  expect(lines[3]).not.toEqual(lines[5]);
  for (const [cutoff, refs] of youths) {
    const known: string[] = [];
    await readHistories(store, org, [
      {
        ...{ replay, upto: cutoff },
        read: (records) => known.push(...[youthAt(records, cutoff)].flatMap((one) => one?.ref ?? [])),
      },
    ]);
    expect(refs).toEqual(known);
  }
});
