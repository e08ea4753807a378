import { expect } from 'vitest';
import { factsOf, letterList, shownAlert } from '../harness/apiAnswers.ts';
import { attempt, dropout, started } from '../harness/feedRecords.ts';
import { P01, TELEMARK } from '../harness/leaver.ts';
import { person } from '../harness/persons.ts';
import { alertsOut, staged, statesOf } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import type { Stage } from '../harness/stage.ts';

// A pupil leaves one school and is at another: what the schools report comes in any order.

const NUMBER = P01.fodselsnummer;
const [P11, P14] = [person('P11'), person('P14')];
const B = { skolenummer: '40022' };
const LETTERS = ['W24', 'W25', 'W30', 'W30-SMS'] as const;

async function noLetters(stage: Stage): Promise<void> {
  for (const id of LETTERS) expect((await letterList(stage, id, '2026-27')).triggers, id).toEqual([]);
}

/** All that the two schools and OT report of one youth: five records, in one of their 120 orders. */
function story(pupil: (typeof PUPILS)[number], at: number): readonly FeedRecord[] {
  const id = `avbrudd-${at}`;
  const records: FeedRecord[] = [
    { feed: 'school-dropout', record: started(pupil, '2026-08-17') },
    { feed: 'school-dropout', record: dropout(pupil, '2026-10-05', { id }) },
    { feed: 'school-dropout', record: dropout(pupil, '2026-10-06', { id, version: 2 }) },
    { feed: 'school-dropout', record: started(pupil, '2026-10-08', B) },
    { feed: 'ot-adviser', record: attempt(pupil, '2026-10-07', 'SMS') },
  ];
  return orderAt(at).flatMap((which) => records[which] ?? []);
}

interface FeedRecord {
  feed: 'school-dropout' | 'ot-adviser';
  record: object;
}

const ORDERS = orders([0, 1, 2, 3, 4]);
const PUPILS = crowd(6, ORDERS.length);

function orderAt(at: number): readonly number[] {
  const order = ORDERS[at];
  if (order === undefined) throw new Error(`no order ${at}`);
  return order;
}

function orders(of: readonly number[]): number[][] {
  if (of.length === 0) return [[]];
  return of.flatMap((first, at) => orders(of.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

export const SCHOOL_MOVES: Scenarios = {
  'S06 a start at another school ends the tilmelding, and reported before the dropout prevents it: both end the same':
    staged(TELEMARK, async (stage) => {
      const [other] = crowd(5, 1);
      if (other === undefined) throw new Error('no such youth');
      await stage.send('2026-10-08T08:00:00.000Z', 'school-dropout', started(P01, '2026-10-08', B));
      await stage.send('2026-10-08T08:00:00.000Z', 'school-dropout', dropout(other, '2026-10-06'));
      expect(await stage.open(other.fodselsnummer)).toEqual(['NY_TILMELDING']);
      expect((await letterList(stage, 'W24', '2026-27')).triggers).toHaveLength(1);
      await stage.send('2026-10-08T08:05:00.000Z', 'school-dropout', dropout(P01, '2026-10-06'));
      await stage.send('2026-10-08T08:05:00.000Z', 'school-dropout', started(other, '2026-10-08', B));
      for (const number of [NUMBER, other.fodselsnummer]) {
        expect(await stage.registrations(number)).toEqual([]);
        expect(await stage.open(number)).toEqual([]);
      }
      await noLetters(stage);
      expect(await stage.out('alert', NUMBER)).toEqual([]);
      expect(await statesOf(stage, other.fodselsnummer, 'NY_TILMELDING')).toEqual(['REIST', 'TRUKKET']);
    }),

  'S06 in each of the 120 orders of two schools, a correction and an unanswered SMS the end is in training':
    staged(TELEMARK, async (stage) => {
      const stories = PUPILS.map(story);
      for (const turn of [0, 1, 2, 3, 4]) {
        const at = `2026-10-08T08:0${turn}:00.000Z`;
        for (const feed of ['school-dropout', 'ot-adviser'] as const) {
          const records = stories.flatMap((each) => (each[turn]?.feed === feed ? [each[turn].record] : []));
          await stage.send(at, feed, ...records);
        }
      }
      await stage.pass('2026-12-01T08:00:00.000Z');
      for (const [at, { fodselsnummer }] of PUPILS.entries()) {
        const order = orderAt(at).join(' ');
        expect(await stage.registrations(fodselsnummer), order).toEqual([]);
        expect(await stage.open(fodselsnummer), order).toEqual([]);
      }
      await noLetters(stage);
      expect((await letterList(stage, 'W24', '2026-27')).suppressed).toHaveLength(PUPILS.length);
      const last = new Map((await stage.out('ot-ungdom')).map(({ ref, ...shown }) => [ref, shown]));
      expect(last.size).toBeGreaterThan(0);
      for (const shown of last.values()) expect(shown).toMatchObject({ registrations: [] });
    }),

  'S07 on the same date training wins, and one review states both, in whatever order they come': async (
    play,
  ) => {
    const left = dropout(P11, '2026-10-12', { skolenummer: '31010' });
    for (const school of ['31010', '31022']) {
      const again = started(P11, '2026-10-12', { skolenummer: school });
      for (const [first, second] of [
        [left, again],
        [again, left],
      ] as const) {
        await staged({ county: '31' }, async (stage) => {
          const enrolled = started(P11, '2026-08-17', { skolenummer: '31010' });
          await stage.send('2026-08-20T08:00:00.000Z', 'school-dropout', enrolled);
          await stage.send('2026-10-13T08:00:00.000Z', 'school-dropout', first);
          await stage.send('2026-10-13T09:00:00.000Z', 'school-dropout', second);
          const number = P11.fodselsnummer;
          expect(await stage.registrations(number)).toEqual([]);
          expect(await stage.open(number)).toEqual(['SLUTT_OG_START']);
          const review = await shownAlert(stage, number, 'SLUTT_OG_START');
          expect(review).toMatchObject({ category: 'KONTROLL', rule: 'Q14', effective: '2026-10-12' });
          const facts = await factsOf(stage, number);
          const both = facts.slice(1).map(({ evidence }) => evidence ?? '');
          expect(review.evidence).toEqual(both.sort());
          const states = await statesOf(stage, number, 'NY_TILMELDING');
          expect(states).toEqual(first === left ? ['REIST', 'TRUKKET'] : []);
        })(play);
      }
    }
  },

  'S08a who leaves one of two schools is still a pupil, whichever of them it is': async (play) => {
    for (const [skolenummer, hovedskole] of [
      ['33045', false],
      ['33012', true],
    ] as const) {
      await staged({ county: '33' }, async (stage) => {
        await atTwoSchools(stage);
        const left = dropout(P14, '2026-10-02', { skolenummer });
        await stage.send('2026-10-03T08:00:00.000Z', 'school-dropout', left);
        expect(await stage.registrations(P14.fodselsnummer), String(hovedskole)).toEqual([]);
        expect(await stage.out('alert')).toEqual([]);
      })(play);
    }
  },

  'S08b when both schools report, the tilmelding is from when all had ended, with one alert and one review of the dates':
    async (play) => {
      const first = dropout(P14, '2026-09-30', { skolenummer: '33012' });
      const last = dropout(P14, '2026-10-02', { skolenummer: '33045', avbruddsarsak: 'FR' });
      for (const enrolled of [true, false]) {
        for (const [one, other] of [
          [first, last],
          [last, first],
        ] as const) {
          await staged({ county: '33' }, async (stage) => {
            if (enrolled) await atTwoSchools(stage);
            await stage.send('2026-10-03T08:00:00.000Z', 'school-dropout', one);
            await stage.send('2026-10-05T08:00:00.000Z', 'school-dropout', other);
            const number = P14.fodselsnummer;
            expect(await stage.registrations(number)).toEqual(['AVBRUTT OTUK 2026-27 33']);
            expect(await stage.registered(number)).toMatchObject([{ effective: '2026-10-02' }]);
            expect(await stage.open(number)).toEqual(['FLERE_SLUTTDATOER', 'NY_TILMELDING']);
            const alerts = await alertsOut(stage, number, 'NY_TILMELDING');
            expect(alerts.filter(({ state }) => state === 'REIST')).toHaveLength(1);
            const reports = (await factsOf(stage, number)).flatMap(({ codes, evidence }) =>
              codes.hendelse === 'Left' ? [evidence] : [],
            );
            expect(reports).toHaveLength(2);
            expect(await shownAlert(stage, number, 'FLERE_SLUTTDATOER')).toMatchObject({
              category: 'KONTROLL',
              evidence: reports.sort(),
            });
          })(play);
        }
      }
    },
};

async function atTwoSchools(stage: Stage): Promise<void> {
  const main = started(P14, '2026-08-17', { skolenummer: '33012', hovedskole: true });
  const second = started(P14, '2026-08-17', { skolenummer: '33045', hovedskole: false });
  await stage.send('2026-08-20T08:00:00.000Z', 'school-dropout', main, second);
}
