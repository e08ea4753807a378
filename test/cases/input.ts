import { expect } from 'vitest';
import { submitted } from '../harness/apiAnswers.ts';
import { dropout, referral, terminated } from '../harness/feedRecords.ts';
import { TELEMARK } from '../harness/leaver.ts';
import { crowd } from '../harness/manyPersons.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import { type Person, person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { inMemory, stageOver } from '../harness/stage.ts';

const P01 = person('P01');
const TOLD = '2026-11-20T08:00:00.000Z';

interface ShownProblem {
  code: string;
  field: string;
  text: string;
  cure: string;
}

/** The problems of a row, as its sender reads them on the receipt. */
function problemsOf(receipt: Record<string, unknown>, row: number): ShownProblem[] {
  const rows = receipt.problems as { row: number; problems: ShownProblem[] }[];
  return rows.find((each) => each.row === row)?.problems ?? [];
}

/** D5–D8: what people and machines write. */
export const INPUT: Scenarios = {
  'case D5: a date, a reason and a number as people write them are taken for what they can only mean': staged(
    TELEMARK,
    async (stage) => {
      const [short, worded, named, apprentice] = crowd(4, {
        first: '2008-01-01',
        last: '2008-12-31',
      }) as [Person, Person, Person, Person];
      await stage.pass(TOLD);
      const receipt = await submitted(stage, 'school-dropout', [
        dropout(short, '6.11.2026'),
        dropout(worded, '6. november 2026'),
        dropout(named, '2026-11-06', { avbruddsarsak: ' stort Fravær' }),
        dropout(P01, '06.11.2026', { fodselsnummer: Number(P01.fodselsnummer) }),
      ]);
      expect(receipt.counts).toMatchObject({ applied: 4, quarantined: 0 });
      await stage.send(TOLD, 'apprenticeship', terminated(apprentice, '6.11.2026', 'feilvalg'));
      for (const who of [short, worded, named, P01, apprentice]) {
        expect(await stage.registered(who.fodselsnummer)).toMatchObject([
          { effective: '2026-11-06', tilmeldingskode: 'AVBRUTT' },
        ]);
      }
    },
  ),

  'case D5: what may mean two things, or is no code, is refused with the codes that may be chosen that day':
    staged(TELEMARK, async (stage) => {
      await stage.pass(TOLD);
      const receipt = await submitted(stage, 'school-dropout', [
        dropout(P01, '2026-11-06', { avbruddsarsak: 'FLYTT' }),
        dropout(P01, '2022-09-01', { avbruddsarsak: 'Takket nei til tilbud' }),
        dropout(P01, '6/11/2026'),
        dropout(P01, '2026-01-31T23:00:00Z'),
        dropout(P01, '2026-11-06', { fodselsnummer: 2910788054 }),
        dropout(P01, '2026-11-06', { fodselsnummer: 14830989960.5 }),
      ]);
      expect(receipt.counts).toMatchObject({ applied: 0, quarantined: 6 });
      expect(problemsOf(receipt, 1)).toMatchObject([
        {
          code: 'UNKNOWN_CODE',
          cure: expect.stringContaining('FL (Flyttet), FR (Stort fravær), FV (Feilvalg)'),
        },
      ]);
      const [then] = problemsOf(receipt, 2);
      expect(then).toMatchObject({ code: 'CODE_NOT_VALID_ON_DATE' });
      expect(then?.cure).toContain('PM (Permisjon)');
      expect(then?.cure).not.toContain('TN');
      for (const row of [3, 4]) expect(problemsOf(receipt, row)).toMatchObject([{ code: 'INVALID_DATE' }]);
      expect(problemsOf(receipt, 5)).toMatchObject([
        { code: 'INVALID_IDENTITY_NUMBER', cure: expect.stringContaining('nullen foran nummeret') },
      ]);
      expect(problemsOf(receipt, 6)).toMatchObject([{ code: 'WRONG_TYPE', field: 'fodselsnummer' }]);
      expect(await stage.registrations(P01.fodselsnummer)).toEqual([]);
    }),

  'case D6: an Avro body whose schema is named in a header is refused with the serializer setting to change':
    async () => {
      const pipeline = await createTestPipeline();
      const stage = stageOver(pipeline, TOLD);
      const body = Buffer.from([0x02, 0xff, 0xfe, 0x0e]);
      // Byte 1 and the GUID of the sender's own registry.
      const headers = { __value_schema_id: `\u0001${'g'.repeat(16)}` };
      await pipeline.send('school-dropout', [body], { at: TOLD, headers });
      await pipeline.settle();
      expect(await stage.quarantine()).toEqual(['__value_schema_id NOT_AVRO']);
      const [item] = await pipeline.store.quarantine(pipeline.org, { status: 'open', limit: 1, after: null });
      expect(item?.problems[0]?.cure).toContain('value.schema.id.serializer');
      expect(item?.problems[0]?.cure).toContain('PrefixSchemaIdSerializer');
    },

  'case D7: the same name in another alphabet deviates from nothing, and twins with a letter between them do':
    async () => {
      for (const [one, other, fits] of [
        [['Kari', 'Åsen'], ['KARI', 'AASEN'], true],
        [['Ola', 'Bjørnstad'], ['OLA', 'BJORNSTAD'], true],
        [['Jörg', 'Müller'], ['JORG', 'MULLER'], true],
        [['Mild', 'Multe'], ['Milde', 'Multe'], false],
      ] as const) {
        for (const [first, then] of [
          [one, other],
          [other, one],
        ] as const) {
          await staged(TELEMARK, async (stage) => {
            const named = ([fornavn, etternavn]: readonly [string, string]) => ({ fornavn, etternavn });
            await stage.send(
              '2026-10-05T07:00:00.000Z',
              'ot-adviser',
              referral(P01, '2026-10-05', named(first)),
            );
            await stage.send(TOLD, 'school-dropout', dropout(P01, '2026-11-06', named(then)));
            expect((await stage.open(P01.fodselsnummer)).includes('NAVN_AVVIK')).toBe(!fits);
            expect(await stage.registrations(P01.fodselsnummer)).toEqual(
              fits ? ['AVBRUTT OTUK 2026-27 40'] : [],
            );
          })(inMemory);
        }
      }
    },

  'case D8: a field that occurs twice in a record is refused by name, over HTTP and from Kafka': async () => {
    const twice = JSON.stringify(dropout(P01, '2026-11-06')).replace('{', `{"fodselsnummer":"29820869980",`);
    const spelled = twice.replace('"fodselsnummer":"29', '"fodselsnumme\\u0072":"29');
    const good = dropout(person('P03a'), '2026-11-06');
    const stage = await inMemory(TELEMARK);
    await stage.pass(TOLD);
    const receipt = await submitted(stage, 'school-dropout', `[${twice},${spelled},${JSON.stringify(good)}]`);
    expect(receipt.counts).toMatchObject({ applied: 1, quarantined: 2 });
    for (const row of [1, 2])
      expect(problemsOf(receipt, row)).toMatchObject([
        {
          code: 'REPEATED_FIELD',
          field: 'fodselsnummer',
          text: 'Feltet «fodselsnummer» står to ganger i raden.',
        },
      ]);
    const pipeline = await createTestPipeline();
    await pipeline.send('school-dropout', [Buffer.from(twice)], { at: TOLD });
    await pipeline.settle();
    expect(await stageOver(pipeline, TOLD).quarantine()).toEqual(['fodselsnummer REPEATED_FIELD']);
    for (const number of [P01.fodselsnummer, '29820869980'])
      expect(await pipeline.youth(number)).toBeUndefined();
  },

  'case D8: a list with a field that occurs twice is refused whole, and so is a body of the API': staged(
    TELEMARK,
    async (stage) => {
      await stage.pass(TOLD);
      const row = `{"elev":{"fnr":"${P01.fodselsnummer}","fnr":"29820869980"},"bnr":"987654321","start":"15.08.2025","slutt":""}`;
      const list = await stage.post('feeds/apprenticeship', `{"antall":1,"kontrakter":[${row}]}`);
      expect(list).toMatchObject({
        status: 422,
        body: { problems: [{ code: 'REPEATED_FIELD', field: 'kontrakter[0].elev.fnr' }] },
      });
      const twice = `{"fodselsnummer":"${P01.fodselsnummer}","fodselsnummer":"29820869980"}`;
      expect(await stage.post('youths/search', twice)).toMatchObject({
        status: 400,
        body: { problems: [{ code: 'REPEATED_FIELD', field: 'fodselsnummer' }] },
      });
    },
  ),
};
