import { expect } from 'vitest';
import { yearsAfter } from '../../src/core/time/calendar.ts';
import { createIdentities } from '../../src/local/sample/identity.ts';
import { seededRandom } from '../../src/local/sample/random.ts';
import { letterList } from '../harness/apiAnswers.ts';
import { consent, contact, dropout, navMonth, status } from '../harness/feedRecords.ts';
import { asked } from '../harness/navMonth.ts';
import { person } from '../harness/persons.ts';
import { alertsOut, staged, statesOf, worklist } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';

// §3.9: birthdays that are not in every year, and the last year in the age range.

const P04 = person('P04');
const P05A = person('P05a');
const P05B = person('P05b');
const INNLANDET = { county: '34' };
const school = { skolenummer: '34010' };

export const YOUTH_AGE: Scenarios = {
  'Y04a born on 29 February the guardian is informed of nothing new from 28 February, and the youth decides alone from 1 March':
    staged({ county: '50', from: '2026-02-10T06:00:00.000Z' }, async (stage) => {
      const { fodselsnummer } = P04;
      const left = dropout(P04, '2026-02-12', { skolenummer: '50010' });
      await stage.send('2026-02-13T08:00:00.000Z', 'school-dropout', left);
      const guardian = { part: 'FORESATT' };
      const sides = ['A', 'B'] as const;
      const given = sides.map((side) => consent(P04, side, '2026-02-14T09:00:00+01:00', guardian));
      await stage.send('2026-02-14T08:00:00.000Z', 'consent', ...given);
      await stage.extract('2026-02-19T08:00:00.000Z', '2026-02');
      await stage.rows('2026-02-20T08:00:00.000Z', 'nav-match', navMonth('2026-02', [[P04, 'JA']]));
      expect(await stage.open(fodselsnummer)).toEqual(['KJENT_HOS_NAV', 'NY_TILMELDING']);

      await stage.pass('2026-02-27T22:59:59.999Z');
      expect(await stage.alert(fodselsnummer, 'NY_TILMELDING')).toMatchObject({ minor: 'JA' });
      expect(await stage.open(fodselsnummer)).toContain('KJENT_HOS_NAV');
      await stage.pass('2026-02-27T23:00:00.000Z');
      expect(await stage.alert(fodselsnummer, 'NY_TILMELDING')).toMatchObject({ minor: 'NEI' });
      expect(await stage.open(fodselsnummer)).not.toContain('KJENT_HOS_NAV');

      // On the 28th neither the guardian's word is enough nor the youth's own.
      const own = sides.map((side) => consent(P04, side, '2026-02-28T09:00:00+01:00'));
      await stage.send('2026-02-28T08:00:00.000Z', 'consent', ...own);
      expect((await asked(stage, '2026-02-28T09:00:00.000Z', '2026-03')).size).toBe(0);
      expect(await stage.open(fodselsnummer)).not.toContain('KJENT_HOS_NAV');
      expect((await asked(stage, '2026-03-01T08:00:00.000Z', '2026-04')).size).toBe(1);
      await stage.rows('2026-03-01T09:00:00.000Z', 'nav-match', navMonth('2026-04', [[P04, 'JA']]));
      expect(await stage.open(fodselsnummer)).toContain('KJENT_HOS_NAV');
    }),

  'Y04b a letter to a guardian is for one who may still be informed: on 27 February, and not on the 28th':
    staged({ county: '50', from: '2026-02-10T06:00:00.000Z' }, async (stage) => {
      const left = dropout(P04, '2026-02-12', { skolenummer: '50010' });
      await stage.send('2026-02-13T08:00:00.000Z', 'school-dropout', left);
      const recipients = async () =>
        (await letterList(stage, 'W30', '2025-26')).triggers.map(({ recipient }) => recipient).sort();
      await stage.pass('2026-02-27T22:59:59.999Z');
      expect(await recipients()).toEqual(['FORESATT', 'UNGDOM']);
      await stage.pass('2026-02-27T23:00:00.000Z');
      expect(await recipients()).toEqual(['UNGDOM']);
    }),

  'Y04c the youth whose guardian had consented is asked for an own consent on 1 March, once': staged(
    { county: '50', from: '2026-02-10T06:00:00.000Z' },
    async (stage) => {
      const { fodselsnummer } = P04;
      const guardian = { part: 'FORESATT' };
      const given = consent(P04, 'A', '2026-02-14T09:00:00+01:00', guardian);
      await stage.send('2026-02-14T08:00:00.000Z', 'consent', { ...given, ...P04 });
      await stage.pass('2026-02-28T22:59:59.999Z');
      expect(await statesOf(stage, fodselsnummer, 'NYTT_SAMTYKKE')).toEqual([]);
      await stage.pass('2026-02-28T23:00:00.000Z');
      await stage.pass('2028-03-01T08:00:00.000Z');
      expect(await alertsOut(stage, fodselsnummer, 'NYTT_SAMTYKKE')).toMatchObject([
        { state: 'REIST', rule: 'Q7', effective: '2026-03-01' },
      ]);
    },
  ),

  'Y04d a year without the day passes like any other, and the last year is 2032, when the day is there again':
    staged({ county: '50', from: '2026-09-01T06:00:00.000Z' }, async (stage) => {
      const { fodselsnummer } = P04;
      const left = dropout(P04, '2027-02-27', { skolenummer: '50010' });
      await stage.send('2027-02-27T12:00:00.000Z', 'school-dropout', left);
      await stage.send('2027-02-28T12:00:00.000Z', 'ot-adviser', contact(P04, '2027-02-28'));
      await stage.send('2027-03-01T12:00:00.000Z', 'ot-adviser', status(P04, '2027-03-01', 'OTOV'));
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTOV 2026-27 50']);
      expect(await stage.open(fodselsnummer)).toEqual(['NY_TILMELDING']);
      expect(yearsAfter(P04.fodselsdato, 24)).toBe('2032-02-29');
      await stage.pass('2032-11-30T22:59:59.999Z');
      expect(await statesOf(stage, fodselsnummer, 'ALDERSGRENSE')).toEqual([]);
      await stage.pass('2032-11-30T23:00:00.000Z');
      expect(await stage.alert(fodselsnummer, 'ALDERSGRENSE')).toMatchObject({ effective: '2032-12-31' });
    }),

  'Y05a the last year: an open case is to be closed before New Year, a year apart for two who are born a day apart':
    staged({ ...INNLANDET, from: '2026-08-20T06:00:00.000Z' }, async (stage) => {
      for (const youth of [P05A, P05B]) {
        await stage.send('2026-09-02T08:00:00.000Z', 'school-dropout', dropout(youth, '2026-09-01', school));
        expect(await stage.open(youth.fodselsnummer)).toEqual(['NY_TILMELDING']);
        await stage.send('2026-09-03T08:00:00.000Z', 'ot-adviser', contact(youth, '2026-09-03'));
        await stage.send('2026-09-03T09:00:00.000Z', 'ot-adviser', status(youth, '2026-09-03', 'OTOV'));
      }
      const closing = [
        [P05A.fodselsnummer, '2026-11-30', '2026-12-31'],
        [P05B.fodselsnummer, '2027-11-30', '2027-12-31'],
      ] as const;
      for (const [number, eve, last] of closing) {
        await stage.pass(`${eve}T22:59:59.999Z`);
        expect(await statesOf(stage, number, 'ALDERSGRENSE')).toEqual([]);
        await stage.pass(`${eve}T23:00:00.000Z`);
        expect(await stage.alert(number, 'ALDERSGRENSE')).toMatchObject({
          category: 'VARSEL',
          rule: 'R47',
          effective: last,
        });
        const due = await worklist(stage, 'closing-for-age');
        expect(due.map(({ ref }) => ref)).toContain(await stage.ref(number));
      }
      await stage.pass('2029-06-01T08:00:00.000Z');
      for (const [number] of closing)
        expect(await statesOf(stage, number, 'ALDERSGRENSE')).toEqual(['REIST']);
    }),

  'Y05b each date is judged by the limit of that date, also when it is reported years after': staged(
    { ...INNLANDET, from: '2026-11-01T06:00:00.000Z' },
    async (stage) => {
      const inRange = async (youth: typeof P05A | typeof P05B, on: string) => {
        const left = dropout(youth, on, school);
        await stage.send('2026-11-20T08:00:00.000Z', 'school-dropout', left);
        const outside = (await stage.open(youth.fodselsnummer)).includes('UTENFOR_ALDERSGRENSEN');
        const annulment = {
          id: `tilbake-${left.id}`,
          type: 'annullering',
          ...youth,
          ...school,
          annullerer: left.id,
        };
        await stage.send('2026-11-20T09:00:00.000Z', 'school-dropout', annulment);
        expect(await stage.registrations(youth.fodselsnummer)).toEqual([]);
        return !outside;
      };
      // The 21 rule, out from New Year 2024; the 24 rule from August.
      expect(await inRange(P05A, '2023-12-31')).toBe(true);
      expect(await inRange(P05A, '2024-01-01')).toBe(false);
      expect(await inRange(P05A, '2024-05-10')).toBe(false);
      expect(await inRange(P05A, '2024-07-31')).toBe(false);
      expect(await inRange(P05A, '2024-08-01')).toBe(true);
      // Born a day later: never out.
      for (const on of ['2023-12-31', '2024-01-01', '2024-05-10', '2024-07-31', '2024-08-01'])
        expect(await inRange(P05B, on)).toBe(true);
    },
  ),

  'Y05c a raised limit registers no youth again: those born 2000–2002 are a list for decision': staged(
    { ...INNLANDET, from: '2019-09-01T06:00:00.000Z' },
    async (stage) => {
      const born = (year: number) => createIdentities(seededRandom(year), `${year}-01-01`, `${year}-12-31`)();
      const closed = [born(2000), born(2001), P05A];
      const others = [born(1999), P05B];
      const all = [...closed, ...others];
      const records = all.map((youth) => dropout(youth, '2019-10-01', school));
      await stage.send('2019-10-02T08:00:00.000Z', 'school-dropout', ...records);
      await stage.pass('2024-07-31T21:59:59.999Z');
      expect(await worklist(stage, 'reopened-by-limit')).toEqual([]);
      const published = async () =>
        [...(await stage.out('status')), ...(await stage.out('alert'))].map(({ eventId }) => eventId).sort();
      const before = await published();
      await stage.pass('2024-08-01T06:00:00.000Z');
      expect(await published()).toEqual(before);
      for (const { fodselsnummer } of all)
        expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2019-20 34']);
      const list = await worklist(stage, 'reopened-by-limit');
      const refs = await Promise.all(closed.map(({ fodselsnummer }) => stage.ref(fodselsnummer)));
      expect(list.map(({ ref }) => ref).sort()).toEqual(refs.sort());
      expect(list.map(({ deadline }) => deadline).sort()).toEqual(['2024-12-31', '2025-12-31', '2026-12-31']);
      expect(list.every(({ rule }) => rule === 'Q1')).toBe(true);
    },
  ),
};
