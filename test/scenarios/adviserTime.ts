import { expect } from 'vitest';
import { OUT_TOPICS } from '../../src/core/messages/messages.ts';
import { contact, dropout, nonShow, status } from '../harness/feedRecords.ts';
import { person } from '../harness/persons.ts';
import { alertsOut, staged, statesOf } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { nightsOf } from './nightlyRuns.ts';

// §3.4: what the clock brings, and who gets to know what.

const P10 = person('P10');
const P14 = person('P14');
const P16 = person('P16');
const P17 = person('P17');
const P20 = person('P20');

export const ADVISER_TIME: Scenarios = {
  'O09a deadlines run from receipt to the end of their day in Oslo over the night with 25 hours, and are alerted once':
    staged({ county: '42', from: '2026-10-01T06:00:00.000Z' }, async (stage) => {
      // 16.00 in Oslo, in summer time.
      const list = [P10, P14, P16].map((youth) => nonShow(youth, '2026-08-17'));
      await stage.send('2026-10-20T14:00:00.000Z', 'vigo-intake', ...list);
      const numbers = [P10, P14, P16].map(({ fodselsnummer }) => fodselsnummer);
      for (const number of numbers)
        expect((await stage.alert(number, 'NY_TILMELDING')).deadlines).toEqual([
          { what: 'KONTAKT', date: '2026-10-27', rule: 'R42' },
          { what: 'VEILEDNINGSTIME', date: '2026-11-10', rule: 'R42' },
        ]);
      // Midnight in winter time is 23.00 UTC.
      await stage.pass('2026-10-27T22:59:59.999Z');
      for (const number of numbers) expect(await statesOf(stage, number, 'FRIST_UTLOPT')).toEqual([]);
      await stage.pass('2026-10-27T23:00:00.000Z');
      for (const number of numbers)
        expect(await stage.alert(number, 'FRIST_UTLOPT')).toMatchObject({
          category: 'VARSEL',
          rule: 'R42',
          deadlines: [{ what: 'KONTAKT', date: '2026-10-27' }],
        });
      await stage.pass('2026-11-10T22:59:59.999Z');
      for (const number of numbers) expect(await statesOf(stage, number, 'FRIST_UTLOPT')).toEqual(['REIST']);
      await stage.pass('2026-11-10T23:00:00.000Z');
      // The same list once more, and half a year: no alert is published again.
      await stage.send('2026-11-20T08:00:00.000Z', 'vigo-intake', ...list);
      await stage.pass('2027-06-01T08:00:00.000Z');
      for (const number of numbers) {
        const late = await alertsOut(stage, number, 'FRIST_UTLOPT');
        expect(late.map(({ state, deadlines }) => [state, deadlines])).toEqual([
          ['REIST', [{ what: 'KONTAKT', date: '2026-10-27', rule: 'R42' }]],
          ['REIST', [{ what: 'VEILEDNINGSTIME', date: '2026-11-10', rule: 'R42' }]],
        ]);
      }
    }),

  'O09b and over the night with 23 hours': staged(
    { county: '42', from: '2027-03-01T06:00:00.000Z' },
    async (stage) => {
      const { fodselsnummer } = P16;
      await stage.send('2027-03-24T15:00:00.000Z', 'school-dropout', dropout(P16, '2027-03-23'));
      await stage.pass('2027-03-31T21:59:59.999Z');
      expect(await statesOf(stage, fodselsnummer, 'FRIST_UTLOPT')).toEqual([]);
      await stage.pass('2027-03-31T22:00:00.000Z');
      expect(await statesOf(stage, fodselsnummer, 'FRIST_UTLOPT')).toEqual(['REIST']);
    },
  ),

  'O09c the nightly job runs once on every date: not twice on 25 October and not never on 28 March':
    async () => {
      for (const at of ['02:00', '02:30', '03:00']) {
        expect(await nightsOf('2026-10-24', 3, at)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
        expect(await nightsOf('2027-03-27', 3, at)).toEqual(['2027-03-27', '2027-03-28', '2027-03-29']);
      }
    },

  'O11a OT systems get OTSY; others get «4 Avklart» and nothing more; schools and NAV get nothing': staged(
    { county: '55', from: '2026-09-01T06:00:00.000Z' },
    async (stage) => {
      const { fodselsnummer } = P17;
      await stage.send('2026-09-15T08:00:00.000Z', 'school-dropout', dropout(P17, '2026-09-14'));
      await stage.send('2026-09-20T08:00:00.000Z', 'ot-adviser', contact(P17, '2026-09-20'));
      const ill = status(P17, '2026-09-21', 'OTSY', { grunnlag: 'SYK_INSTITUSJON' });
      await stage.send('2026-09-21T08:00:00.000Z', 'ot-adviser', ill);

      expect((await stage.out('status', fodselsnummer)).map(({ code }) => code)).toEqual(['OTUK', 'OTSY']);
      const groups = await stage.out('status-group', fodselsnummer);
      expect(groups.map(({ group, groupLabel }) => `${group} ${groupLabel}`)).toEqual([
        '1 Ukjent aktivitet',
        '4 Avklart',
      ]);
      expect(Object.keys(groups[1] ?? {}).sort()).toEqual([
        ...[
          'county',
          'effective',
          'eventId',
          'group',
          'groupLabel',
          'list',
          'open',
          'org',
          'recorded',
          'ref',
        ],
        ...['schoolYear', 'targetGroup', 'version'],
      ]);
      expect(JSON.stringify(groups)).not.toMatch(/OTSY|SYK|institusjon/i);
      // Nothing is written for other consumers: these are all the topics there are.
      expect(OUT_TOPICS).toEqual(['status', 'alert', 'alert-protected', 'status-group', 'ot-ungdom']);
      // What OTSY rests on stays with the adviser.
      const everything = await Promise.all(OUT_TOPICS.map((topic) => stage.out(topic)));
      expect(JSON.stringify(everything)).not.toMatch(/SYK_INSTITUSJON|03830779875/);
    },
  ),

  'O11b a year outside to the day is band C: one alert, of high priority, for one who was in band B': staged(
    { county: '56', from: '2025-08-01T06:00:00.000Z' },
    async (stage) => {
      const { fodselsnummer } = P20;
      const away = dropout(P20, '2025-08-18', { skolenummer: '56014' });
      await stage.send('2025-10-20T08:00:00.000Z', 'school-dropout', away);
      expect((await alertsOut(stage, fodselsnummer, 'NY_TILMELDING'))[0]).toMatchObject({
        timeBand: 'B',
        priority: 'VANLIG',
      });
      await stage.pass('2026-08-17T21:59:59.999Z');
      expect(await statesOf(stage, fodselsnummer, 'PRIORITET_ENDRET')).toEqual([]);
      await stage.pass('2026-08-17T22:00:00.000Z');
      await stage.pass('2027-12-01T08:00:00.000Z');
      const [longer, ...others] = await alertsOut(stage, fodselsnummer, 'PRIORITET_ENDRET');
      expect(others).toEqual([]);
      expect(longer).toMatchObject({
        state: 'REIST',
        category: 'VARSEL',
        rule: 'R49',
        timeBand: 'C',
        priority: 'HOY',
        effective: '2026-08-18',
      });
    },
  ),
};
