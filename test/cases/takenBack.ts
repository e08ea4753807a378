import { expect } from 'vitest';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import { historyOf, submitted } from '../harness/apiAnswers.ts';
import { contact, dropout, notApplied, status } from '../harness/feedRecords.ts';
import { P01, TELEMARK } from '../harness/leaver.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import { type Person, person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Stage } from '../harness/stage.ts';

/** A9–A11: annulled, sent again, and rows without an id. */

const SCHOOL = 'school-dropout';
const AVB = (version: number, avbruddsdato: string) =>
  dropout(P01, avbruddsdato, { id: 'elevforhold-1', version });

const annulled = (about: Person, id: string, annullerer: string, more: object = {}) => ({
  id,
  type: 'annullering',
  ...about,
  annullerer,
  ...more,
});
const AT_SCHOOL = { skolenummer: '40014' };
const ANNULLED = annulled(P01, 'annullering-1', 'elevforhold-1', AT_SCHOOL);

/** One record a day, from 10 November 2026. */
async function sendDaily(stage: Stage, feed: Feed, records: readonly object[]): Promise<void> {
  for (const [day, record] of records.entries())
    await stage.send(`2026-11-${10 + day}T07:00:00.000Z`, feed, record);
}

const effectives = async (stage: Stage, number = P01.fodselsnummer) =>
  (await stage.registered(number)).map(({ effective }) => effective);

/** A row of a school's list: the school gives it no id. */
const row = (avbruddsdato: string, avbruddsarsak = 'FV', more: object = {}) => ({
  type: 'avbrudd',
  ...P01,
  ...AT_SCHOOL,
  avbruddsdato,
  avbruddsarsak,
  ...more,
});
const ROW_ANNULLED = {
  type: 'annullering',
  ...P01,
  ...AT_SCHOOL,
  annullererType: 'avbrudd',
  skolear: '2026-27',
};

const HIDDEN = (version: number) => ({
  id: 'p-1',
  version,
  type: 'adressebeskyttelse',
  fodselsnummer: P01.fodselsnummer,
  dato: '2026-11-01',
  gradering: 'STRENGT_FORTROLIG',
});

const publishedGrade = async (stage: Stage) =>
  (await stage.out('ot-ungdom', P01.fodselsnummer)).at(-1)?.protection;

export const TAKEN_BACK: Scenarios = {
  'case A9: an event that is sent again after it was annulled holds, from the date of its newest version':
    staged(TELEMARK, async (stage) => {
      await sendDaily(stage, SCHOOL, [AVB(1, '2026-10-06'), ANNULLED]);
      expect(await effectives(stage)).toEqual([]);
      await stage.send('2026-11-12T07:00:00.000Z', SCHOOL, AVB(2, '2026-10-06'));
      expect(await stage.registrations(P01.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await effectives(stage)).toEqual(['2026-10-06']);
      await stage.send('2026-11-13T07:00:00.000Z', SCHOOL, AVB(3, '2026-09-14'));
      expect(await effectives(stage)).toEqual(['2026-09-14']);
      expect(await stage.open(P01.fodselsnummer)).toContain('NY_TILMELDING');
    }),

  'case A9: an annulment that comes before its event takes back the first version, and no later one': staged(
    TELEMARK,
    async (stage) => {
      await sendDaily(stage, SCHOOL, [ANNULLED, AVB(1, '2026-10-06')]);
      expect(await effectives(stage)).toEqual([]);
      await stage.send('2026-11-12T07:00:00.000Z', SCHOOL, AVB(2, '2026-10-07'));
      expect(await effectives(stage)).toEqual(['2026-10-07']);
    },
  ),

  'case A9: an annulment of the first version that comes after the second leaves the second': staged(
    TELEMARK,
    async (stage) => {
      const early = { meldt: '2026-11-10T08:00:00+01:00' };
      await sendDaily(stage, SCHOOL, [
        { ...AVB(1, '2026-10-06'), meldt: '2026-11-09T08:00:00+01:00' },
        { ...AVB(2, '2026-10-07'), meldt: '2026-11-10T09:00:00+01:00' },
        { ...ANNULLED, ...early },
      ]);
      expect(await effectives(stage)).toEqual(['2026-10-07']);
    },
  ),

  'case A9: what is sent again can be annulled again': staged(TELEMARK, async (stage) => {
    const again = { ...ANNULLED, id: 'annullering-2' };
    await sendDaily(stage, SCHOOL, [AVB(1, '2026-10-06'), ANNULLED, AVB(2, '2026-10-07'), again]);
    expect(await effectives(stage)).toEqual([]);
    await stage.send('2026-11-14T07:00:00.000Z', SCHOOL, AVB(3, '2026-10-08'));
    expect(await effectives(stage)).toEqual(['2026-10-08']);
  }),

  'case A9: an annulment that is sent once more after the event was sent again takes nothing back, and says so':
    staged(TELEMARK, async (stage) => {
      await sendDaily(stage, SCHOOL, [AVB(1, '2026-10-06'), ANNULLED, AVB(2, '2026-10-07')]);
      expect(await submitted(stage, SCHOOL, ANNULLED)).toMatchObject({
        counts: { duplicate: 1 },
        notes: [{ row: 1, problems: [{ code: 'ANNULS_NOTHING', field: 'annullerer' }] }],
      });
      expect(await effectives(stage)).toEqual(['2026-10-07']);
    }),

  'case A9: annulled and sent again in one submission, the last word holds, whichever it is': staged(
    TELEMARK,
    async (stage) => {
      await sendDaily(stage, SCHOOL, [AVB(1, '2026-10-06')]);
      await submitted(stage, SCHOOL, [ANNULLED, AVB(2, '2026-10-07')]);
      expect(await effectives(stage)).toEqual(['2026-10-07']);
      await submitted(stage, SCHOOL, [AVB(3, '2026-10-08'), { ...ANNULLED, id: 'annullering-2' }]);
      expect(await effectives(stage)).toEqual([]);
    },
  ),

  'case A9: an annulment sent as the next version of the event itself is an annulment': staged(
    TELEMARK,
    async (stage) => {
      const second = { ...annulled(P01, 'elevforhold-1', 'elevforhold-1', AT_SCHOOL), version: 2 };
      await sendDaily(stage, SCHOOL, [AVB(1, '2026-10-06'), second]);
      expect(await effectives(stage)).toEqual([]);
      await stage.send('2026-11-12T07:00:00.000Z', SCHOOL, AVB(3, '2026-10-08'));
      expect(await effectives(stage)).toEqual(['2026-10-08']);
    },
  ),

  'case A9: what an intake office, the apprenticeship office and an adviser annul and send again holds':
    staged(TELEMARK, async (stage) => {
      const P02 = person('P02');
      const ended = { id: 'h-1', bedriftsnummer: '987654321', sluttaarsak: 'FV' };
      await sendDaily(stage, 'vigo-intake', [
        notApplied(P01, '2026-27', '2026-10-01', { id: 'v-1' }),
        annulled(P01, 'v-2', 'v-1'),
        notApplied(P01, '2026-27', '2026-10-02', { id: 'v-1', version: 2 }),
      ]);
      await sendDaily(stage, 'apprenticeship', [
        { ...ended, type: 'heving', ...P02, sluttdato: '2026-10-05' },
        annulled(P02, 'h-2', 'h-1'),
        { ...ended, type: 'heving', ...P02, version: 2, sluttdato: '2026-10-06' },
      ]);
      expect(await effectives(stage)).toEqual(['2026-10-02']);
      expect(await effectives(stage, P02.fodselsnummer)).toEqual(['2026-10-06']);
      const ot = { kilde: 'ot:40201' };
      await stage.send('2026-11-16T07:00:00.000Z', 'ot-adviser', contact(P01, '2026-11-15'));
      await stage.send(
        '2026-11-16T08:00:00.000Z',
        'ot-adviser',
        status(P01, '2026-11-16', 'OTOV', { id: 's-1' }),
      );
      await stage.send('2026-11-17T07:00:00.000Z', 'ot-adviser', annulled(P01, 's-2', 's-1', ot));
      expect((await stage.registered(P01.fodselsnummer)).map((each) => each.status.code)).toEqual(['OTUK']);
      const again = status(P01, '2026-11-16', 'OTOV', { id: 's-1', version: 2 });
      await stage.send('2026-11-18T07:00:00.000Z', 'ot-adviser', again);
      expect((await stage.registered(P01.fodselsnummer)).map((each) => each.status.code)).toEqual(['OTOV']);
    }),

  'case A10: a protected address that is annulled and sent again is published as protected': staged(
    TELEMARK,
    async (stage) => {
      await stage.send('2026-11-09T07:00:00.000Z', SCHOOL, AVB(1, '2026-10-06'));
      await sendDaily(stage, 'folkeregister', [HIDDEN(1), annulled(P01, 'p-2', 'p-1')]);
      expect(await publishedGrade(stage)).toBe('UGRADERT');
      await stage.send('2026-11-12T07:00:00.000Z', 'folkeregister', HIDDEN(2));
      expect(await publishedGrade(stage)).toBe('STRENGT_FORTROLIG');
    },
  ),

  'case A10: a protected address is protected in its second version, also when the annulment comes first':
    staged(TELEMARK, async (stage) => {
      await stage.send('2026-11-09T07:00:00.000Z', SCHOOL, AVB(1, '2026-10-06'));
      await sendDaily(stage, 'folkeregister', [annulled(P01, 'p-2', 'p-1'), HIDDEN(2), HIDDEN(1)]);
      expect(await publishedGrade(stage)).toBe('STRENGT_FORTROLIG');
    }),

  'case A11: of rows without an id about one pupil, school and school year the newest holds': staged(
    TELEMARK,
    async (stage) => {
      await sendDaily(stage, SCHOOL, [row('2026-11-10')]);
      expect(await effectives(stage)).toEqual(['2026-11-10']);
      await stage.send('2026-11-12T07:00:00.000Z', SCHOOL, row('2026-09-14'));
      expect(await effectives(stage)).toEqual(['2026-09-14']);
      expect((await stage.youth(P01.fodselsnummer))?.facts).toHaveLength(1);
      // The same list on the next night changes nothing; the first date again does.
      const same = await submitted(stage, SCHOOL, row('2026-09-14'));
      expect(same).toMatchObject({ counts: { duplicate: 1 }, notes: [] });
      await stage.send('2026-11-13T07:00:00.000Z', SCHOOL, row('2026-11-10'));
      expect(await effectives(stage)).toEqual(['2026-11-10']);
      await stage.send('2026-11-14T07:00:00.000Z', SCHOOL, row('2026-11-10', 'AS'));
      expect(await stage.registrations(P01.fodselsnummer)).toEqual([]);
    },
  ),

  'case A11: when a row without an id was first sent is the same in whatever order its rows are read':
    async () => {
      const moments = ['2026-11-10T07:00:00.000Z', '2026-11-11T07:00:00.000Z'] as const;
      const rows = [row('2026-11-10'), row('2026-09-14')] as const;
      const ends: unknown[] = [];
      for (const order of [
        [0, 1],
        [1, 0],
      ] as const) {
        const pipeline = await createTestPipeline();
        for (const at of order) {
          await pipeline.send(SCHOOL, [rows[at]], { at: moments[at] });
          await pipeline.settle();
        }
        const { facts, registrations } = (await pipeline.youth(P01.fodselsnummer))?.youth ?? {};
        expect(facts).toMatchObject([{ firstReceived: moments[0], effective: '2026-09-14' }]);
        ends.push({ facts, registrations });
      }
      expect(ends[1]).toEqual(ends[0]);
    },

  'case A11: a row without an id is annulled by what it is about, and counts when it is sent again': staged(
    TELEMARK,
    async (stage) => {
      await sendDaily(stage, SCHOOL, [row('2026-10-06')]);
      expect(await submitted(stage, SCHOOL, ROW_ANNULLED)).toMatchObject({
        counts: { applied: 1 },
        notes: [],
      });
      expect(await stage.registrations(P01.fodselsnummer)).toEqual([]);
      await stage.send('2026-11-12T07:00:00.000Z', SCHOOL, row('2026-10-06'));
      expect(await effectives(stage)).toEqual(['2026-10-06']);
      await stage.send('2026-11-13T07:00:00.000Z', SCHOOL, ROW_ANNULLED);
      expect(await stage.registrations(P01.fodselsnummer)).toEqual([]);
    },
  ),

  'case A11: an annulment that meets nothing is reported to its sender, and takes its event back when that comes':
    staged(TELEMARK, async (stage) => {
      await stage.pass('2026-11-10T07:00:00.000Z');
      const receipt = await submitted(stage, SCHOOL, ANNULLED);
      expect(receipt).toMatchObject({
        counts: { applied: 1 },
        problems: [],
        notes: [{ row: 1, problems: [{ code: 'ANNULS_NOTHING', field: 'annullerer' }] }],
        text: '1 rad: 1 godtatt. Se merknaden til 1 rad.',
      });
      await stage.send('2026-11-11T07:00:00.000Z', SCHOOL, AVB(1, '2026-10-06'));
      expect(await stage.registrations(P01.fodselsnummer)).toEqual([]);
      expect((await historyOf(stage, P01.fodselsnummer)).map(({ what }) => what)).toContain('FactRecorded');
    }),

  'case A11: an annulment that names neither an id nor a row is refused with what to write': staged(
    TELEMARK,
    async (stage) => {
      const { skolear: _, annullererType: __, ...nameless } = ROW_ANNULLED;
      const { problems } = await submitted(stage, SCHOOL, nameless);
      expect(problems).toMatchObject([
        { row: 1, problems: [{ field: 'annullerer', code: 'MISSING_FIELD' }] },
      ]);
      expect(JSON.stringify(problems)).toContain('annullererType');
    },
  ),

  'case A11: rows of the intake office and of a lower secondary school are replaced and annulled alike':
    staged(TELEMARK, async (stage) => {
      const intake = (dato: string) => ({ type: 'ikkesoker', ...P01, skolear: '2026-27', dato });
      await sendDaily(stage, 'vigo-intake', [intake('2026-10-01'), intake('2026-10-02')]);
      expect(await effectives(stage)).toEqual(['2026-10-02']);
      const back = { type: 'annullering', ...P01, annullererType: 'ikkesoker', skolear: '2026-27' };
      await stage.send('2026-11-12T07:00:00.000Z', 'vigo-intake', back);
      expect(await stage.registrations(P01.fodselsnummer)).toEqual([]);

      const P19 = person('P19');
      const plan = (motedato: string) => ({
        type: 'uten-planer',
        ...P19,
        skole: '974565781',
        skolear: '2027-28',
        dato: '2026-11-13',
        motedato,
      });
      await stage.send('2026-11-13T07:00:00.000Z', 'lower-secondary', plan('2026-12-01'));
      await stage.send('2026-11-14T07:00:00.000Z', 'lower-secondary', plan('2026-12-08'));
      const { deadlines } = await stage.alert(P19.fodselsnummer, 'UTEN_PLANER');
      expect(deadlines.map(({ date }) => date)).toEqual(['2026-12-08']);
      const noPlan = {
        type: 'annullering',
        ...P19,
        skole: '974565781',
        annullererType: 'uten-planer',
        skolear: '2027-28',
      };
      await stage.send('2026-11-15T07:00:00.000Z', 'lower-secondary', noPlan);
      expect(await stage.open(P19.fodselsnummer)).toEqual([]);
    }),
};
