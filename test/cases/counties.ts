import { expect } from 'vitest';
import { WORKLIST_IDS } from '../../src/core/worklist/worklistId.ts';
import { letterList } from '../harness/apiAnswers.ts';
import {
  attempt,
  dropout,
  handover,
  measure,
  moved,
  notApplied,
  status,
  wish,
} from '../harness/feedRecords.ts';
import { TELEMARK } from '../harness/leaver.ts';
import { person } from '../harness/persons.ts';
import { staged, worklist } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { everyOrder } from './orders.ts';
import { type Counties, type Record, twoCounties } from './twoCounties.ts';

const P = person('P12');
const NUMBER = P.fodselsnummer;
/** Born in 2002: the last day in the age range is 31 December 2026. */
const OLD = person('P05a');

const NOT_APPLIED: Record = {
  to: ['39'],
  at: '2027-03-16T08:00:00.000Z',
  feed: 'vigo-intake',
  record: notApplied(P, '2027-28', '2027-03-15'),
};
const MOVES: Record = {
  to: ['39'],
  at: '2027-06-11T05:00:00.000Z',
  feed: 'folkeregister',
  record: moved(P, '2027-06-10', '4001'),
};
const answered = (on: string, county: string, svar: string, more: object = {}): Record => ({
  to: ['39', '40'],
  at: `${on}T08:00:00.000Z`,
  feed: 'ot-adviser',
  record: handover(P, on, county, svar, { fraFylke: county === '40' ? '39' : '40', ...more }),
});
const YES = answered('2027-06-20', '40', 'GODTATT', { enhet: '40201' });

async function after(records: readonly Record[], to = '2027-11-14T08:00:00.000Z'): Promise<Counties> {
  const counties = await twoCounties();
  await counties.send(records);
  await counties.pass(to);
  return counties;
}

/** Both as they came to be, and rebuilt from the topics. */
async function both(counties: Counties, check: (counties: Counties) => Promise<void>): Promise<void> {
  await check(counties);
  const again = await counties.again();
  await again.pass('2027-11-14T08:00:00.000Z');
  await check(again);
}

/** A13: between counties; D3: past the age limit. */
export const COUNTIES: Scenarios = {
  'case A13: a yes covers the year that goes and the coming one, and each youth is counted in exactly one county in November':
    async () => {
      for (const order of everyOrder([NOT_APPLIED, MOVES, YES])) {
        await both(await after(order), async (counties) => {
          expect(await counties.registrations(NUMBER)).toEqual([
            'IKKE_SOKT 2027-28 39',
            'ANDRE_GRUNNER 2026-27 40',
            'ANDRE_GRUNNER 2027-28 40',
          ]);
          expect(await counties.counted('2027-11-15')).toEqual({ 39: 0, 40: 1 });
          expect(await counties.open('39', NUMBER)).not.toContain('OVERLEVERING');
        });
      }
    },

  'case A13: a no, and no answer, leave the youth with the county that has the registration': async () => {
    for (const records of [
      [NOT_APPLIED, MOVES, answered('2027-06-20', '40', 'AVVIST')],
      [NOT_APPLIED, MOVES],
    ]) {
      await both(await after(records), async (counties) => {
        expect(await counties.counted('2027-11-15')).toEqual({ 39: 1, 40: 0 });
        expect(await counties.open('39', NUMBER)).toContain('OVERLEVERING');
      });
    }
  },

  'case A13: a yes from before next year’s registrations leaves the giver its own for that year, and is asked for again':
    async () => {
      const left: Record = {
        to: ['39'],
        at: '2026-09-10T08:00:00.000Z',
        feed: 'school-dropout',
        record: dropout(P, '2026-09-09', { skolenummer: '39014' }),
      };
      const moves = { ...MOVES, at: '2026-11-06T05:00:00.000Z', record: moved(P, '2026-11-05', '4001') };
      const early = answered('2026-11-20', '40', 'GODTATT');
      for (const order of everyOrder([left, moves, early, NOT_APPLIED])) {
        const counties = await after(order, '2027-05-01T08:00:00.000Z');
        expect(await counties.counted('2027-02-15')).toEqual({ 39: 0, 40: 1 });
        await counties.pass('2027-11-14T08:00:00.000Z');
        expect(await counties.open('39', NUMBER)).toContain('OVERLEVERING');
        expect(await counties.counted('2027-11-15')).toEqual({ 39: 1, 40: 0 });
        await counties.send([answered('2027-11-16', '40', 'GODTATT')]);
        expect(await counties.open('39', NUMBER)).not.toContain('OVERLEVERING');
        await counties.pass('2028-02-14T08:00:00.000Z');
        expect(await counties.counted('2028-02-15')).toEqual({ 39: 0, 40: 1 });
      }
    },

  'case A13: who moves back is counted where the last yes is, in one county all the while': async () => {
    const back: Record[] = [
      { ...MOVES, to: ['39', '40'], at: '2027-09-02T05:00:00.000Z', record: moved(P, '2027-09-01', '3907') },
      answered('2027-09-20', '39', 'GODTATT'),
    ];
    for (const order of everyOrder([NOT_APPLIED, YES, ...back])) {
      await both(await after(order), async (counties) => {
        expect(await counties.counted('2027-11-15')).toEqual({ 39: 1, 40: 0 });
        expect((await counties.registrations(NUMBER)).filter((row) => row.includes('2027-28'))).toHaveLength(
          2,
        );
      });
    }
  },

  'case A13: a yes that is taken back is no yes, and the giver counts the youth again': async () => {
    const taken: Record = {
      to: ['39', '40'],
      at: '2027-06-25T08:00:00.000Z',
      feed: 'ot-adviser',
      record: {
        id: 'annullering-ja',
        type: 'annullering',
        fodselsnummer: NUMBER,
        kilde: 'ot:40201',
        annullerer: (YES.record as { id: string }).id,
      },
    };
    await both(await after([NOT_APPLIED, MOVES, YES, taken]), async (counties) => {
      expect(await counties.counted('2027-11-15')).toEqual({ 39: 1, 40: 0 });
    });
  },

  'case A13: who has said yes to a place in the new county is registered in neither for that year':
    async () => {
      const place: Record = {
        to: ['40'],
        at: '2027-07-12T08:00:00.000Z',
        feed: 'vigo-intake',
        record: wish(P, '2027-07-10', 'INNTO', { skolear: '2027-28' }),
      };
      for (const order of everyOrder([NOT_APPLIED, MOVES, YES, place])) {
        const counties = await after(order);
        expect(await counties.registrations(NUMBER)).toEqual([
          'IKKE_SOKT 2027-28 39',
          'ANDRE_GRUNNER 2026-27 40',
        ]);
        expect(await counties.counted('2027-11-15')).toEqual({ 39: 0, 40: 0 });
      }
    },

  'case D3: past the age limit on 1 February a youth is in no worklist and no letter; until New Year in both':
    staged({ ...TELEMARK, from: '2026-08-01T06:00:00.000Z' }, async (stage) => {
      const ref = async () => stage.ref(OLD.fodselsnummer);
      await stage.send('2026-09-02T08:00:00.000Z', 'school-dropout', dropout(OLD, '2026-09-01'));
      await stage.send('2026-09-10T08:00:00.000Z', 'ot-adviser', attempt(OLD, '2026-09-10', 'SMS'));
      const lists = async () => {
        const found: string[] = [];
        for (const id of WORKLIST_IDS) if ((await worklist(stage, id)).some((row) => row.ref)) found.push(id);
        return found;
      };
      const letters = async () => {
        const found: string[] = [];
        for (const id of ['W24', 'W25', 'W30', 'W30-SMS']) {
          const { triggers, suppressed } = await letterList(stage, id, '2026-27');
          if (triggers.length > 0) found.push(id);
          else
            expect(suppressed.flatMap(({ holds }) => holds.map(({ code }) => code))).toEqual([
              'OVER_ALDERSGRENSEN',
            ]);
        }
        return found;
      };
      await stage.pass('2026-12-31T20:00:00.000Z');
      expect(await lists()).toEqual([
        'stale-statuses',
        'no-contact',
        'coming-year',
        'deadlines',
        'closing-for-age',
        'not-opened',
        'ask-consent',
      ]);
      expect(await letters()).toEqual(['W24', 'W25', 'W30', 'W30-SMS']);
      await stage.pass('2027-02-01T08:00:00.000Z');
      expect(await ref()).toBeDefined();
      expect(await lists()).toEqual([]);
      expect(await letters()).toEqual([]);
      await stage.pass('2027-06-05T08:00:00.000Z');
      expect(await lists()).toEqual([]);
    }),

  'case D3: a question about the age itself is still asked about a youth past the limit': staged(
    { ...TELEMARK, from: '2027-01-10T06:00:00.000Z' },
    async (stage) => {
      await stage.send('2027-02-02T08:00:00.000Z', 'school-dropout', dropout(OLD, '2027-02-01'));
      expect((await worklist(stage, 'open-questions')).map(({ kind }) => kind)).toEqual([
        'UTENFOR_ALDERSGRENSEN',
      ]);
      await stage.send('2027-02-03T08:00:00.000Z', 'ot-adviser', status(OLD, '2027-02-03', 'OTOV'));
      await stage.send('2027-02-04T08:00:00.000Z', 'ot-adviser', measure(OLD, '2027-02-04', 'FYLKE'));
      expect(await stage.open(OLD.fodselsnummer)).toContain('STATUS_UTEN_KONTAKT');
      expect((await worklist(stage, 'open-questions')).map(({ kind }) => kind)).toEqual([
        'UTENFOR_ALDERSGRENSEN',
      ]);
    },
  ),
};
