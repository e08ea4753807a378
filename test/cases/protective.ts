import { expect } from 'vitest';
import { submitted } from '../harness/apiAnswers.ts';
import { dropout } from '../harness/feedRecords.ts';
import { crowd } from '../harness/manyPersons.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import {
  matchAlerts as alertsOf,
  answer,
  bothSides,
  consent,
  delivery,
  followed,
} from '../harness/navMonth.ts';
import { contracts } from '../harness/nightlyList.ts';
import { type Person, person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { inMemory, type Stage, stageOver } from '../harness/stage.ts';

const P01 = person('P01');
const P02 = person('P02');
const P08 = person('P08');
const P10 = person('P10');
const MONTHS = { county: '46', from: '2026-10-01T06:00:00.000Z' };
const GIVEN = '2026-10-05T08:00:00.000Z';
const WITHDRAWN = '2026-10-20T08:00:00.000Z';
const ASKED = '2026-10-19T08:00:00.000Z';
const ANSWERED = '2026-11-03T09:00:00.000Z';
/** Wrong in every field that the decision does not need. */
const FAULTS = { fodselsdato: '31.02.2007', meldt: 'i går', merknad: 'x' };

/** What the receipt says of rows that were taken in all the same. */
function notesOf(receipt: Record<string, unknown>): string[][] {
  const notes = receipt.notes as { problems: { field: string; code: string }[] }[];
  return notes.map(({ problems }) => problems.map(({ field, code }) => `${field} ${code}`.trim()));
}

const protection = (dato: string, more: object = {}) => ({
  id: 'fr-1',
  type: 'adressebeskyttelse',
  fodselsnummer: P08.fodselsnummer,
  dato,
  gradering: 'STRENGT_FORTROLIG',
  ...more,
});

/** The grade that OT systems received last. */
async function gradeOf(stage: Stage): Promise<unknown> {
  return (await stage.out('ot-ungdom', P08.fodselsnummer)).at(-1)?.protection;
}

const leavesInNordland = (stage: Stage) =>
  stage.send(
    '2026-10-07T07:00:00.000Z',
    'school-dropout',
    dropout(P08, '2026-10-06', { skolenummer: '18014' }),
  );

/** B1–B3: what protects takes effect; sentinel dates. */
export const PROTECTIVE: Scenarios = {
  'case B1: a withdrawn consent is in force immediately, although its end is 31.12.9999 or no moment at all':
    staged(MONTHS, async (stage) => {
      const [ended, broken, whole] = [P02, ...crowd(2, { first: '2008-01-01', last: '2008-06-30' })] as [
        Person,
        Person,
        Person,
      ];
      await followed(
        stage,
        [ended, broken, whole],
        [ended, broken, whole].flatMap((who) => bothSides(who, GIVEN)),
      );
      await stage.extract(ASKED, '2026-11');
      await stage.pass(WITHDRAWN);
      const receipt = await submitted(stage, 'consent', [
        consent(ended, 'A', 'TRUKKET', WITHDRAWN, { gyldigTil: '9999-12-31T23:59:59Z' }),
        { ...consent(broken, 'B', 'TRUKKET', WITHDRAWN, { gyldigTil: 'aldri' }), ...FAULTS, kilde: 'OT 46' },
      ]);
      expect(receipt.counts).toMatchObject({ applied: 2, quarantined: 0 });
      expect(notesOf(receipt)).toEqual([
        [
          'TOOK_EFFECT',
          'merknad UNKNOWN_FIELD',
          'gyldigTil INVALID_TIME',
          'fodselsdato INVALID_DATE',
          'meldt INVALID_TIME',
          'kilde INVALID_VALUE',
        ],
      ]);
      await stage.rows(
        ANSWERED,
        'nav-match',
        delivery(
          '2026-11',
          [ended, broken, whole].map((who) => answer('2026-11', who)),
        ),
      );
      expect(await alertsOf(stage, ended)).toEqual([]);
      expect(await alertsOf(stage, broken)).toEqual([]);
      expect(await alertsOf(stage, whole)).toEqual(['REIST 4601']);
    }),

  'case B1: a consent that is wrong in any field is none, and a withdrawal by an unknown person waits':
    staged(MONTHS, async (stage) => {
      await followed(stage, [P02], [consent(P02, 'A', 'SAMTYKKET', GIVEN)]);
      await stage.send(WITHDRAWN, 'consent', consent(P02, 'B', 'SAMTYKKET', GIVEN, { gyldigTil: 'aldri' }), {
        ...consent(P02, 'A', 'TRUKKET', WITHDRAWN),
        part: 'VERGE',
      });
      expect(await stage.quarantine()).toEqual(['gyldigTil INVALID_TIME', 'part INVALID_VALUE']);
    }),

  'case B1: a withdrawal written in small letters is in force immediately': staged(MONTHS, async (stage) => {
    await followed(stage, [P02], bothSides(P02, GIVEN));
    await stage.extract(ASKED, '2026-11');
    await stage.send(WITHDRAWN, 'consent', {
      ...consent(P02, 'A', 'TRUKKET', WITHDRAWN),
      tilstand: ' trukket',
    });
    expect(await stage.quarantine()).toEqual([]);
    await stage.rows(ANSWERED, 'nav-match', delivery('2026-11', [answer('2026-11', P02)]));
    expect(await alertsOf(stage, P02)).toEqual([]);
  }),

  'case B2: a protected address is hidden immediately, although its moment is year 1 or other fields are wrong':
    async () => {
      for (const more of [
        { meldt: '0001-01-01T00:00:00Z' },
        { ...FAULTS, version: '2' },
        { dato: 'snart' },
      ]) {
        for (const first of ['protection', 'leaving'] as const) {
          await staged({ county: '18' }, async (stage) => {
            const at = first === 'protection' ? '2026-09-02T06:00:00.000Z' : '2026-10-08T06:00:00.000Z';
            if (first === 'leaving') await leavesInNordland(stage);
            await stage.send(at, 'folkeregister', protection('2026-09-01', more));
            if (first === 'protection') await leavesInNordland(stage);
            expect(await gradeOf(stage)).toBe('STRENGT_FORTROLIG');
            expect(JSON.stringify((await stage.out('status', P08.fodselsnummer)).at(-1))).not.toContain(
              '18014',
            );
          })(inMemory);
        }
      }
    },

  'case B2: an unknown grade hides and is shown to an operator until the register has corrected it, and a grade that opens must be right':
    staged({ county: '18' }, async (stage) => {
      await leavesInNordland(stage);
      const at = (day: string) => `2026-10-${day}T06:00:00.000Z`;
      await stage.send(at('08'), 'folkeregister', protection('2026-10-01', { gradering: 'KODE_5' }));
      expect(await gradeOf(stage)).toBe('STRENGT_FORTROLIG');
      expect(await stage.quarantine()).toEqual(['TOOK_EFFECT', 'gradering UNKNOWN_CODE']);
      const opened = protection('2026-10-01', { version: 2, gradering: 'UGRADERT' });
      await stage.send(at('09'), 'folkeregister', { ...opened, ...FAULTS });
      expect(await gradeOf(stage)).toBe('STRENGT_FORTROLIG');
      await stage.send(at('10'), 'folkeregister', opened);
      expect(await gradeOf(stage)).toBe('UGRADERT');
    }),

  'case B2: an annulment and a change of number hold although other fields of theirs are wrong, also from Kafka':
    async () => {
      const pipeline = await createTestPipeline();
      const stage = stageOver(pipeline, '2026-10-07T07:00:00.000Z');
      const left = dropout(P01, '2026-10-06');
      await stage.send('2026-10-07T07:00:00.000Z', 'school-dropout', left);
      const { fodselsnummer } = P01;
      const taken = {
        id: 'an-1',
        type: 'annullering',
        fodselsnummer,
        skolenummer: '40014',
        annullerer: left.id,
      };
      await stage.send('2026-10-08T07:00:00.000Z', 'school-dropout', { ...taken, ...FAULTS });
      expect(await stage.registrations(fodselsnummer)).toEqual([]);
      const now = person('P03a').fodselsnummer;
      const changed = {
        id: 'nr-1',
        type: 'nummerendring',
        fodselsnummer: now,
        tidligereNummer: fodselsnummer,
      };
      await stage.send('2026-10-09T07:00:00.000Z', 'folkeregister', {
        ...changed,
        dato: '0001-01-01',
        meldt: 7,
      });
      expect(await stage.ref(now)).toBe(await stage.ref(fodselsnummer));
      expect(await stage.quarantine()).toEqual(
        [
          ...Array(2).fill('TOOK_EFFECT'),
          ...Array(1).fill('dato INVALID_DATE'),
          'fodselsdato INVALID_DATE',
          'meldt INVALID_TIME',
          'meldt WRONG_TYPE',
          'merknad UNKNOWN_FIELD',
        ].sort(),
      );
    },

  'case B3: a contract until 31.12.9999 is a contract without an end, and its list is concluded from': staged(
    { county: '15' },
    async (stage) => {
      const others = crowd(20, { first: '2005-01-01', last: '2008-12-31' });
      const night = (date: string, people: readonly Person[]) => {
        const { kontrakter, ...rest } = contracts(people) as { kontrakter: object[] };
        const open = kontrakter.map((row) => ({ ...row, slutt: '31.12.9999' }));
        return stage.list(`${date}T00:05:00.000Z`, 'apprenticeship', { ...rest, kontrakter: open });
      };
      await night('2026-10-01', [...others, P10]);
      expect((await stage.youth(P10.fodselsnummer))?.facts).toMatchObject([
        { kind: 'ContractSeen', from: '2025-08-15', to: null },
      ]);
      expect(await stage.quarantine()).toEqual([]);
      for (const date of ['2026-10-02', '2026-10-03']) await night(date, others);
      expect((await stage.youth(P10.fodselsnummer))?.facts).toContainEqual(
        expect.objectContaining({ kind: 'Absent', list: 'laktiv' }),
      );
    },
  ),
};
