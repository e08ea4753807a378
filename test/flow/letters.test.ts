import { describe, expect, test } from 'vitest';
import { LETTERS } from '../../src/core/letters/letter.ts';
import type { LetterId } from '../../src/core/letters/letterId.ts';
import { type Mailing, startMailing } from '../../src/core/letters/mailing.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import type { WorklistId } from '../../src/core/worklist/worklistId.ts';
import type { MadeWorklist } from '../../src/core/worklist/worklists.ts';
import { startWorklist, WORKLISTS } from '../../src/core/worklist/worklists.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';

// Records in by Kafka, letters and lists out of the store: the whole way.

const P15 = { fodselsnummer: '12880877605', fodselsdato: '2008-08-12' };
const P16 = { fodselsnummer: '25850578535', fodselsdato: '2005-05-25' };
const P20 = { fodselsnummer: '20920483098', fodselsdato: '2004-12-20' };

let next = 0;
const record = (fields: object) => {
  next += 1;
  return { id: `e-${next}`, version: 1, ...fields };
};

async function mailing(
  pipeline: TestPipeline,
  county: string,
  id: LetterId,
  schoolYear: string,
  today: string,
): Promise<Mailing> {
  const making = startMailing(LETTERS[id], {
    schoolYear,
    today,
    policy: defaultPolicy(countyNumber(county)),
  });
  for await (const { ref, youth, parked } of pipeline.store.youths(pipeline.org))
    making.add(ref, youth, parked);
  return making.finish();
}

async function worklist(
  pipeline: TestPipeline,
  county: string,
  id: WorklistId,
  today: string,
): Promise<MadeWorklist> {
  const making = startWorklist(WORKLISTS[id], { today, policy: defaultPolicy(countyNumber(county)) });
  for await (const { ref, youth } of pipeline.store.youths(pipeline.org)) making.add(ref, youth);
  return making.finish();
}

describe('through the whole pipeline', () => {
  test('I01 the letter to non-applicants is about next year and passes this year’s registration by', async () => {
    const pipeline = await createTestPipeline({ org: orgId('agderfylke-no'), county: '42' });
    const ikkesoker = (skolear: string, dato: string) => record({ type: 'ikkesoker', ...P16, skolear, dato });
    await pipeline.send('vigo-intake', [ikkesoker('2026-27', '2026-08-20')], { at: '2026-08-20T08:00:00Z' });
    await pipeline.send('vigo-intake', [ikkesoker('2027-28', '2027-03-15')], { at: '2027-03-16T08:00:00Z' });
    await pipeline.settle();
    const { triggers, from } = await mailing(pipeline, '42', 'W13', '2027-28', '2027-05-10');
    expect(triggers.map(({ schoolYear, recipient }) => [schoolYear, recipient])).toEqual([
      ['2027-28', 'UNGDOM'],
    ]);
    expect(from).toBe('2027-05-17');
  });

  test('I03 a private school’s list holds the letter of week 39 back, pending review', async () => {
    const pipeline = await createTestPipeline({ org: orgId('vestlandfylke-no'), county: '46' });
    const neisvar = record({ type: 'neisvar', ...P15, skolear: '2026-27', dato: '2026-09-14' });
    await pipeline.send('vigo-intake', [neisvar], { at: '2026-09-15T08:00:00Z' });
    await pipeline.settle();
    expect((await mailing(pipeline, '46', 'W24', '2026-27', '2026-09-16')).triggers).toHaveLength(1);
    const elev = { type: 'elev', skolenummer: '46301', dato: '2026-09-18', ...P15, startdato: '2026-08-17' };
    await pipeline.send('private-school', [elev], { at: '2026-09-18T08:00:00Z' });
    await pipeline.settle();
    const { triggers, suppressed } = await mailing(pipeline, '46', 'W24', '2026-27', '2026-09-20');
    expect(triggers).toEqual([]);
    expect(suppressed.map(({ holds }) => holds)).toEqual([['PRIVAT_SKOLELISTE', 'TIL_KONTROLL']]);
    expect((await worklist(pipeline, '46', 'open-questions', '2026-09-20')).rows).toMatchObject([
      { kind: 'STATUS_FORSLAG', proposed: ['OTVF_IM'] },
    ]);
    expect(JSON.stringify(suppressed)).not.toContain(P15.fodselsnummer);
  });

  test('I04 a late application holds the letters back and opens nothing', async () => {
    const pipeline = await createTestPipeline();
    const skolear = '2027-28';
    const ikkesoker = record({ type: 'ikkesoker', ...P15, skolear, dato: '2027-03-15' });
    const sen = record({ type: 'sen-soknad', ...P15, skolear, dato: '2027-04-20' });
    await pipeline.send('vigo-intake', [ikkesoker], { at: '2027-03-16T08:00:00Z' });
    await pipeline.send('vigo-intake', [sen], { at: '2027-04-20T08:00:00Z' });
    await pipeline.settle();
    for (const id of ['W13', 'W14'] as const) {
      const { triggers, suppressed } = await mailing(pipeline, '40', id, skolear, '2027-05-30');
      expect(triggers).toEqual([]);
      expect(suppressed[0]?.holds).toContain('SEN_SOKNAD');
    }
  });

  test('O01 after letter, SMS, reminder and e-mail without an answer the list suggests the telephone', async () => {
    const pipeline = await createTestPipeline({ org: orgId('finnmarkfylke-no'), county: '56' });
    const neisvar = record({ type: 'neisvar', ...P20, skolear: '2026-27', dato: '2026-09-14' });
    await pipeline.send('vigo-intake', [neisvar], { at: '2026-09-15T08:00:00Z' });
    const attempts = ['BREV', 'SMS', 'BREV', 'EPOST'].map((kanal, at) =>
      record({
        type: 'kontaktforsok',
        kilde: 'ot:56201',
        ...P20,
        dato: `2026-10-0${at + 1}`,
        kanal,
        besvart: false,
      }),
    );
    await pipeline.send('ot-adviser', attempts, { at: '2026-10-08T08:00:00Z' });
    await pipeline.settle();
    const [row] = (await worklist(pipeline, '56', 'no-contact', '2026-10-20')).rows;
    expect(row).toMatchObject({ attempts: { BREV: 2, EPOST: 1, SMS: 1 } });
    expect(row?.untried[0]).toBe('TELEFON');
    expect((await mailing(pipeline, '56', 'W30', '2026-27', '2026-10-20')).triggers).toHaveLength(1);
  });
});
