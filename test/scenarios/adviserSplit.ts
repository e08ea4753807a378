import { expect } from 'vitest';
import { contact, dropout, moved, nonShow, status } from '../harness/feedRecords.ts';
import { person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';

// §3.4, O07: Vestfold og Telemark (38) becomes Vestfold (39) and Telemark (40) at New Year 2024, and no youth has
// moved.

const P10 = person('P10');
const P12 = person('P12');
const P14 = person('P14');
const P17 = person('P17');
const P20 = person('P20');

const EVE = '2023-12-31T22:59:59.999Z';
const NEW_YEAR = '2023-12-31T23:00:00.000Z';
const LIVES = [
  [P12, '3803', '39'],
  [P10, '3807', '40'],
] as const;

export const ADVISER_SPLIT: Scenarios = {
  'O07a when a county is split each registration follows its municipality at New Year, with no OTFA_IM and no alert':
    staged({ county: '38', from: '2023-08-01T06:00:00.000Z' }, async (stage) => {
      for (const [youth, municipality] of LIVES) {
        await stage.send(
          '2023-08-20T05:10:00.000Z',
          'folkeregister',
          moved(youth, '2020-01-01', municipality),
        );
        const at38 = dropout(youth, '2023-10-01', { skolenummer: '38014' });
        await stage.send('2023-10-02T08:00:00.000Z', 'school-dropout', at38);
        await stage.send('2023-10-03T08:00:00.000Z', 'ot-adviser', contact(youth, '2023-10-03'));
        const guided = status(youth, '2023-10-04', 'OTOV', { enhet: '38201' });
        await stage.send('2023-10-04T08:00:00.000Z', 'ot-adviser', guided);
      }
      await stage.pass(EVE);
      for (const [{ fodselsnummer }] of LIVES)
        expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTOV 2023-24 38']);
      const before = (await stage.out('alert')).length;
      await stage.pass(NEW_YEAR);
      for (const [{ fodselsnummer }, , county] of LIVES) {
        expect(await stage.registrations(fodselsnummer)).toEqual([`AVBRUTT OTOV 2023-24 ${county}`]);
        expect((await stage.registered(fodselsnummer))[0]?.owner).toBe('38201');
        expect(await stage.open(fodselsnummer)).toEqual(['NY_TILMELDING']);
      }
      const since = (await stage.out('alert')).filter(({ recorded }) => String(recorded) >= NEW_YEAR);
      expect((await stage.out('alert')).length - before).toBe(since.length);
      expect(since.map(({ state }) => state)).toEqual(since.map(() => 'ENDRET'));
      expect(JSON.stringify([await stage.out('status'), since])).not.toContain('OTFA_IM');
    }),

  'O07b a row whose municipality is unknown goes to review and to no county by default; the answer moves it silently':
    staged({ county: '38', from: '2023-08-01T06:00:00.000Z' }, async (stage) => {
      const { fodselsnummer } = P14;
      const at38 = dropout(P14, '2023-10-01', { skolenummer: '38014' });
      await stage.send('2023-10-02T08:00:00.000Z', 'school-dropout', at38);
      await stage.pass(NEW_YEAR);
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2023-24 38']);
      expect(await stage.alert(fodselsnummer, 'KOMMUNE_MANGLER')).toMatchObject({
        category: 'KONTROLL',
        rule: 'Q15',
      });
      const known = moved(P14, '2021-06-01', '3803');
      await stage.send('2024-01-15T05:10:00.000Z', 'folkeregister', known);
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2023-24 39']);
      expect(await stage.open(fodselsnummer)).not.toContain('KOMMUNE_MANGLER');
      const raised = (await stage.out('alert', fodselsnummer)).filter(({ state }) => state === 'REIST');
      expect(raised.filter(({ kind }) => kind === 'NY_TILMELDING')).toHaveLength(1);
    }),

  'O07c what is dated 2023 under 38 and comes in 2024 finds its county, also on the new county’s own topic':
    staged({ county: '40', from: '2024-01-10T06:00:00.000Z' }, async (stage) => {
      await stage.send('2024-01-20T05:10:00.000Z', 'folkeregister', moved(P17, '2020-01-01', '3807'));
      const late = nonShow(P17, '2023-11-30', { skolear: '2023-24', fylkesnummer: '38' });
      await stage.send('2024-02-01T08:00:00.000Z', 'vigo-intake', late);
      const { fodselsnummer } = P17;
      expect(await stage.registrations(fodselsnummer)).toEqual(['ANDRE_GRUNNER OTUK 2023-24 40']);
      expect(await stage.open(fodselsnummer)).toEqual(['NY_TILMELDING']);
      expect(await stage.quarantine()).toEqual([]);
    }),

  'O07d a finished year keeps the number it was reported with: the report of 2020-21 still says 38': staged(
    { county: '38', from: '2020-09-01T06:00:00.000Z' },
    async (stage) => {
      const { fodselsnummer } = P20;
      await stage.send('2020-09-20T05:10:00.000Z', 'folkeregister', moved(P20, '2020-01-01', '3807'));
      const at38 = dropout(P20, '2020-10-01', { skolenummer: '38014' });
      await stage.send('2020-10-02T08:00:00.000Z', 'school-dropout', at38);
      await stage.pass('2021-06-09T08:00:00.000Z');
      const reported = await stage.report('2021-06-15');
      expect(reported).toMatchObject({ outcome: 'saved', report: { county: '38', total: 1 } });
      await stage.pass('2024-06-01T08:00:00.000Z');
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2020-21 38']);
      expect((await stage.report('2021-06-15')).outcome).toBe('same');
      const { body } = await stage.get('reports/2021-06-15/stock');
      expect(body).toMatchObject({ county: '38', countyName: 'Vestfold og Telemark', schoolYear: '2020-21' });
    },
  ),
};
