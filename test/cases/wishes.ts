import { expect } from 'vitest';
import { factsOf, letterList } from '../harness/apiAnswers.ts';
import { contact, declined, dropout, notApplied, placed, started, wish } from '../harness/feedRecords.ts';
import { TELEMARK } from '../harness/leaver.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import { type Person, person } from '../harness/persons.ts';
import { staged, worklist } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Stage } from '../harness/stage.ts';
import { everyOrder } from './orders.ts';

const P09 = person('P09');
const P11 = person('P11');
const SCHOOL = { skolenummer: '40014' };

/** One code after another, each in its turn: the last one in November. */
async function sendInTurn(stage: Stage, records: readonly object[]): Promise<void> {
  for (const [at, record] of records.entries())
    await stage.send(`2026-08-${String(5 + at).padStart(2, '0')}T08:00:00.000Z`, 'vigo-intake', record);
}

/** What follows from wishes of these codes, whatever order they come in; all orders must agree. */
async function inAnyOrder(play: Parameters<Scenarios[string]>[0], records: (who: Person) => object[]) {
  const ends = new Set<string>();
  for (const order of everyOrder(records(P09).map((_, at) => at))) {
    await staged(TELEMARK, async (stage) => {
      const all = records(P09);
      await sendInTurn(
        stage,
        order.map((at) => all[at] ?? {}),
      );
      await stage.pass('2026-11-14T08:00:00.000Z');
      const { report } = await stage.report('2026-11-15');
      const registrations = await stage.registrations(P09.fodselsnummer);
      const alerts = await stage.open(P09.fodselsnummer);
      ends.add(JSON.stringify({ registrations, alerts, counted: report.total }));
    })(play);
  }
  expect([...ends]).toHaveLength(1);
  return JSON.parse([...ends][0] ?? '') as { registrations: string[]; alerts: string[]; counted: number };
}

const wishes =
  (...codes: readonly string[]) =>
  (who: Person) =>
    codes.map((code, at) => wish(who, `2026-07-${10 + at}`, code));

const annulled = ({ fodselsnummer }: Person, annullerer: string) => ({
  id: `annullering-${annullerer}`,
  type: 'annullering',
  fodselsnummer,
  annullerer,
});

const NOTHING = { registrations: [], alerts: [], counted: 0 };

/** A7–A8: the wishes of one youth and school year, as a set. */
export const WISHES: Scenarios = {
  'case A7: a held place beats a wish that gave none and one that was struck for it, in every order': async (
    play,
  ) => {
    expect(await inAnyOrder(play, wishes('STRLPO', 'INNTO', 'UAKTU'))).toEqual(NOTHING);
  },

  'case A7: a place the intake office reports contradicts wishes that gave none, before and after them':
    async (play) => {
      const records = (who: Person) => [
        wish(who, '2026-07-10', 'STRLPO'),
        wish(who, '2026-07-11', 'STRONT'),
        placed(who, '2026-08-05'),
      ];
      expect(await inAnyOrder(play, records)).toEqual(NOTHING);
    },

  'case A7: the history says of each wish what it has come to, and why': staged(TELEMARK, async (stage) => {
    await sendInTurn(stage, wishes('STRLPO', 'INNTO', 'UAKTU')(P09));
    expect(
      (await factsOf(stage, P09.fodselsnummer)).map(({ codes, rule }) => [codes.kode, codes.utfall, rule]),
    ).toEqual(['STRLPO', 'INNTO', 'UAKTU'].map((code) => [code, 'INGEN_TILMELDING', 'Q16']));
    await sendInTurn(stage, [wish(P11, '2026-07-10', 'STRLPO')]);
    expect((await factsOf(stage, P11.fodselsnummer)).map(({ codes, rule }) => [codes.utfall, rule])).toEqual([
      ['TILMELDING', 'R01'],
    ]);
  }),

  'case A7: who has left the place is a dropout, also when a wish gave none or another place was held':
    async (play) => {
      const leaving = staged(TELEMARK, async (stage) => {
        const records = [
          wish(P09, '2026-07-10', 'STRLPO'),
          wish(P09, '2026-07-11', 'INNTO', SCHOOL),
          wish(P09, '2026-07-12', 'INNTO', { skolenummer: '40022' }),
        ];
        await sendInTurn(stage, records);
        await stage.send('2026-11-11T08:00:00.000Z', 'school-dropout', dropout(P09, '2026-11-10'));
        expect(await stage.registrations(P09.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
        expect(await stage.open(P09.fodselsnummer)).toEqual(['NY_TILMELDING']);
      });
      await leaving(play);
    },

  'case A7: a later version of a wish takes the earlier one’s place, also when it comes first': async (
    play,
  ) => {
    const given = (who: Person) => [
      wish(who, '2026-07-10', 'INNTO', { id: 'onske-a' }),
      wish(who, '2026-08-02', 'MANON', { id: 'onske-a', version: 2 }),
      wish(who, '2026-07-11', 'UAKTU', { id: 'onske-b' }),
    ];
    expect(await inAnyOrder(play, given)).toMatchObject({
      registrations: ['TAKKET_NEI OTUK 2026-27 40'],
      counted: 1,
    });
    const moved = (who: Person) => [
      wish(who, '2026-07-10', 'STRLPO', { id: 'onske-a' }),
      wish(who, '2026-08-02', 'STRTLB', { id: 'onske-a', version: 2 }),
      wish(who, '2026-08-02', 'INNTO', { id: 'onske-b' }),
    ];
    expect(await inAnyOrder(play, moved)).toEqual(NOTHING);
  },

  'case A7: a place that its source takes back contradicts nothing, and a no that is taken back says nothing':
    staged(TELEMARK, async (stage) => {
      await sendInTurn(stage, [
        wish(P09, '2026-07-10', 'STRLPO', { id: 'onske-a' }),
        wish(P09, '2026-07-11', 'INNTO', { id: 'onske-b' }),
      ]);
      expect(await stage.registrations(P09.fodselsnummer)).toEqual([]);
      await stage.send('2026-08-20T08:00:00.000Z', 'vigo-intake', annulled(P09, 'onske-b'));
      expect(await stage.registrations(P09.fodselsnummer)).toEqual(['ANDRE_GRUNNER OTUK 2026-27 40']);
      await stage.send('2026-08-21T08:00:00.000Z', 'vigo-intake', annulled(P09, 'onske-a'));
      expect(await stage.registrations(P09.fodselsnummer)).toEqual([]);
    }),

  'case A8: a no counts only when no place is held, in every order': async (play) => {
    for (const codes of [
      ['VENTOJ', 'INNTO'],
      ['STRONV', 'INNTO'],
      ['TRUKK', 'INNTO'],
      ['STRNLV', 'INNTLÆ'],
    ])
      expect(await inAnyOrder(play, wishes(...codes)), codes.join()).toEqual(NOTHING);
  },

  'case A8: a no waits for an offer that is open, and counts when the offer has been declined or struck':
    async (play) => {
      for (const [answer, kode] of [
        ['STRONT', 'TAKKET_NEI'],
        ['STROIT', 'ANDRE_GRUNNER'],
        ['INNTO', null],
      ] as const)
        await staged(TELEMARK, async (stage) => {
          const number = P09.fodselsnummer;
          await sendInTurn(stage, [
            wish(P09, '2026-07-10', 'STRLPO'),
            wish(P09, '2026-07-11', 'TILBO', { id: 'onske-b' }),
          ]);
          expect(await stage.registrations(number)).toEqual([]);
          const answered = wish(P09, '2026-08-10', answer, { id: 'onske-b', version: 2 });
          await stage.send('2026-08-10T08:00:00.000Z', 'vigo-intake', answered);
          expect(await stage.registrations(number)).toEqual(kode === null ? [] : [`${kode} OTUK 2026-27 40`]);
        })(play);
    },

  'case A8: among several noes a declined offer is TAKKET_NEI, whatever the others say and when they come':
    async (play) => {
      expect(await inAnyOrder(play, wishes('STRONT', 'STRLPO', 'UKVAL'))).toMatchObject({
        registrations: ['TAKKET_NEI OTUK 2026-27 40'],
        counted: 1,
      });
      expect(await inAnyOrder(play, wishes('STRLPO', 'VENTO', 'STRINN'))).toMatchObject({
        registrations: ['ANDRE_GRUNNER OTUK 2026-27 40'],
        counted: 1,
      });
    },

  'case A8: a neisvar counts unless another place is held or offered; a no to the very place gives it up':
    async (play) => {
      const elsewhere = (who: Person) => [
        declined(who, '2026-08-01', { skolenummer: '40022' }),
        wish(who, '2026-07-10', 'INNTO', SCHOOL),
      ];
      expect(await inAnyOrder(play, elsewhere)).toEqual(NOTHING);
      for (const school of [SCHOOL, {}]) {
        const givenUp = (who: Person) => [
          declined(who, '2026-08-01', school),
          wish(who, '2026-07-10', 'INNTO', SCHOOL),
        ];
        expect((await inAnyOrder(play, givenUp)).registrations).toEqual(['TAKKET_NEI OTUK 2026-27 40']);
      }
      const before = (who: Person) => [
        declined(who, '2026-07-01'),
        wish(who, '2026-07-10', 'TILBO', { skolenummer: '40022' }),
      ];
      expect((await inAnyOrder(play, before)).registrations).toEqual([]);
    },

  'case A8: a school’s «takket nei» is no dropout of a youth who said yes to another school': async (
    play,
  ) => {
    await staged(TELEMARK, async (stage) => {
      await sendInTurn(stage, [wish(P09, '2026-07-10', 'INNTO', SCHOOL)]);
      const no = dropout(P09, '2026-08-14', { skolenummer: '40022', avbruddsarsak: 'TN' });
      await stage.send('2026-08-17T08:00:00.000Z', 'school-dropout', no);
      expect(await stage.registrations(P09.fodselsnummer)).toEqual([]);
      const own = dropout(P09, '2026-08-14', { avbruddsarsak: 'TN' });
      await stage.send('2026-08-18T08:00:00.000Z', 'school-dropout', own);
      expect(await stage.registrations(P09.fodselsnummer)).toEqual(['TAKKET_NEI OTUK 2026-27 40']);
    })(play);
  },

  'case A8: a non-applicant who has said yes to a place has applied, and OT asks when it has acted before it':
    async (play) => {
      const late = (who: Person) => [
        notApplied(who, '2026-27', '2026-03-15'),
        wish(who, '2026-07-10', 'INNTO'),
      ];
      expect(await inAnyOrder(play, late)).toEqual(NOTHING);
      await staged({ ...TELEMARK, from: '2026-03-01T06:00:00.000Z' }, async (stage) => {
        const number = P09.fodselsnummer;
        await stage.send('2026-03-16T08:00:00.000Z', 'vigo-intake', notApplied(P09, '2026-27', '2026-03-15'));
        await stage.send('2026-05-20T08:00:00.000Z', 'ot-adviser', contact(P09, '2026-05-20'));
        await stage.send('2026-07-11T08:00:00.000Z', 'vigo-intake', wish(P09, '2026-07-10', 'INNTLÆ'));
        expect(await stage.registrations(number)).toEqual(['IKKE_SOKT OTUK 2026-27 40']);
        expect(await stage.alert(number, 'STATUS_FORSLAG')).toMatchObject({
          rule: 'R23',
          proposed: ['OTLL', 'OTLL_IM'],
        });
      })(play);
    },

  'case A8: an offer without an end, and a wish the intake never finished, are asked about when the year has begun':
    async (play) => {
      for (const codes of [['TILBO', 'STRLPO'], ['INNTOI'], ['SFORM'], ['INNTO', 'MANON']])
        await staged(TELEMARK, async (stage) => {
          const number = P09.fodselsnummer;
          await sendInTurn(stage, wishes(...codes)(P09));
          await stage.pass('2026-08-14T20:00:00.000Z');
          expect(await stage.open(number)).toEqual([]);
          await stage.pass('2026-08-15T08:00:00.000Z');
          expect(await stage.registrations(number)).toEqual([]);
          expect(await stage.alert(number, 'FORVENTET_START_UTEBLITT')).toMatchObject({
            category: 'KONTROLL',
            rule: 'Q16',
          });
          expect((await worklist(stage, 'open-questions')).map(({ kind }) => kind)).toEqual([
            'FORVENTET_START_UTEBLITT',
          ]);
          await stage.send('2026-08-20T08:00:00.000Z', 'school-dropout', started(P09, '2026-08-17'));
          expect(await stage.open(number)).toEqual([]);
        })(play);
    },

  'case A8: an applicant with a place is in no letter, and one who left it gets the letter': staged(
    TELEMARK,
    async (stage) => {
      await sendInTurn(stage, [
        ...wishes('STRLPO', 'INNTO', 'UAKTU')(P09),
        ...wishes('STRLPO', 'INNTO', 'UAKTU')(P11),
      ]);
      await stage.send('2026-09-02T08:00:00.000Z', 'school-dropout', dropout(P11, '2026-09-01'));
      await stage.pass('2026-09-22T08:00:00.000Z');
      for (const letter of ['W24', 'W30']) {
        const { triggers, suppressed } = await letterList(stage, letter, '2026-27');
        expect(new Set(triggers.map(({ ref }) => ref))).toEqual(
          new Set([await stage.ref(P11.fodselsnummer)]),
        );
        expect(suppressed).toEqual([]);
      }
    },
  ),

  'case A8: of two places each is given up by its own no, and who has given up both is without a place, in every order':
    async (play) => {
      const SECOND = { skolenummer: '40022' };
      const both = (of: (who: Person) => object[]) => (who: Person) => [
        wish(who, '2026-07-10', 'INNTO', SCHOOL),
        wish(who, '2026-07-11', 'TILBO', SECOND),
        ...of(who),
      ];
      const noes = both((who) => [declined(who, '2026-08-01', SCHOOL), declined(who, '2026-08-02', SECOND)]);
      expect(await inAnyOrder(play, noes)).toMatchObject({
        registrations: ['TAKKET_NEI OTUK 2026-27 40'],
        counted: 1,
      });
      expect(
        await inAnyOrder(
          play,
          both((who) => [declined(who, '2026-08-02', SECOND)]),
        ),
      ).toEqual(NOTHING);
    },

  'case A8: a place the intake office reported and gave up, and a no on the day of the yes, are asked about':
    async (play) => {
      const asked = { registrations: [], alerts: ['FORVENTET_START_UTEBLITT'], counted: 0 };
      const struck = (who: Person) => [placed(who, '2026-08-05'), wish(who, '2026-08-20', 'MANON', SCHOOL)];
      expect(await inAnyOrder(play, struck)).toEqual(asked);
      const sameDay = (who: Person) => [
        wish(who, '2026-07-10', 'INNTO', SCHOOL),
        declined(who, '2026-07-10', SCHOOL),
      ];
      expect(await inAnyOrder(play, sameDay)).toEqual(asked);
    },

  'case A7: the history says nothing of a name about a wish that was taken back': staged(
    TELEMARK,
    async (stage) => {
      await sendInTurn(stage, [
        wish(P09, '2026-07-10', 'INNTO', { id: 'onske-a' }),
        wish(P09, '2026-07-11', 'STRLPO', { id: 'onske-b' }),
        annulled(P09, 'onske-a'),
      ]);
      const facts = await factsOf(stage, P09.fodselsnummer);
      expect(facts.map(({ codes, rule }) => [codes.utfall, rule]).slice(0, 2)).toEqual([
        [undefined, null],
        ['TILMELDING', 'R01'],
      ]);
    },
  ),

  'case A8: a replay of the topics gives the same youth': async () => {
    const first = await createTestPipeline();
    const records = [
      ...wishes('STRLPO', 'INNTO', 'UAKTU')(P09),
      ...wishes('STRLPO', 'TILBO', 'STRONT')(P11),
      declined(P09, '2026-07-01', { skolenummer: '40022' }),
    ];
    for (const [at, record] of records.entries())
      await first.send('vigo-intake', [record], { at: `2026-08-${10 + at}T08:00:00.000Z` });
    await first.settle();
    const again = await createTestPipeline();
    await again.replay(first.records());
    await again.settle();
    for (const { fodselsnummer } of [P09, P11])
      expect((await again.youth(fodselsnummer))?.youth).toEqual((await first.youth(fodselsnummer))?.youth);
    expect((await again.youth(P09.fodselsnummer))?.youth.registrations).toEqual([]);
  },
};
