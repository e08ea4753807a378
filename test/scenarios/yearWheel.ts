import { expect } from 'vitest';
import { WHEEL_IDS } from '../../src/core/wheel/wheelId.ts';
import { letter, wheel } from '../harness/apiDocuments.ts';
import { declined, dropout } from '../harness/feedRecords.ts';
import { crowd } from '../harness/manyPersons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Stage } from '../harness/stage.ts';

const [EARLY, LATE] = crowd(2, { first: '2007-01-01', last: '2007-12-31' });
if (EARLY === undefined || LATE === undefined) throw new Error('two youths are needed');

const MOVES = [
  { id: 'W24', schoolYear: '2026-27', from: '2026-10-05', to: '2026-10-09' },
  { id: 'W28', schoolYear: '2026-27', from: '2026-11-03', to: '2026-11-04' },
] as const;

const EVERY_ENTRY = WHEEL_IDS.map((id) => ({
  id,
  schoolYear: '2026-27',
  from: '2026-12-28',
  to: '2026-12-29',
}));

async function entry(stage: Stage, id: string, schoolYear: string) {
  const found = (await wheel(stage, schoolYear)).find((each) => each.id === id);
  if (found === undefined) throw new Error(`no ${id} in ${schoolYear}`);
  return found;
}

export const YEAR_WHEEL: Scenarios = {
  'I06 in a year of 53 weeks the dates hold and the weeks are shown with them': staged(
    { county: '40' },
    async (stage) => {
      // 15 June 2026 lies in week 25, where the document says 24; 15 February 2027 in week 7, where it says 8.
      expect(await entry(stage, 'W19', '2025-26')).toMatchObject({
        documentWeek: '24',
        weekLabel: 'uke 25',
        reference: { date: '2026-06-15', weekLabel: 'uke 25', reportRun: '2026-06-08' },
      });
      expect(await entry(stage, 'W04', '2026-27')).toMatchObject({
        documentWeek: '8',
        reference: { date: '2027-02-15', weekLabel: 'uke 7' },
      });
      for (const schoolYear of ['2025-26', '2026-27']) {
        for (const { id, from, to, weekLabel } of await wheel(stage, schoolYear)) {
          expect(weekLabel, id).toMatch(/^uke \d/);
          expect(from <= to, id).toBe(true);
        }
      }
    },
  ),

  'I06 a county moves the work of a year, and the letter goes with it; a reference date stays': staged(
    { county: '40', policy: { wheel: MOVES } },
    async (stage) => {
      expect(await entry(stage, 'W24', '2026-27')).toMatchObject({
        from: '2026-10-05',
        to: '2026-10-09',
        weekLabel: 'uke 41',
        documentWeek: '39',
        moved: true,
      });
      expect(await entry(stage, 'W24', '2027-28')).toMatchObject({ weekLabel: 'uke 39', moved: false });
      expect(await entry(stage, 'W28', '2026-27')).toMatchObject({
        from: '2026-11-03',
        moved: true,
        reference: { date: '2026-11-15', reportRun: '2026-11-08' },
      });
      await stage.send('2026-09-15T08:00:00.000Z', 'vigo-intake', declined(EARLY, '2026-09-14'));
      expect(await letter(stage, 'W24', '2026-27')).toMatchObject({
        from: '2026-10-05',
        to: '2026-10-09',
        weekLabel: 'uke 41',
        triggers: [{ recipient: 'UNGDOM' }],
      });
    },
  ),

  'I06 a county may move every date of the wheel': staged(
    { county: '40', policy: { wheel: EVERY_ENTRY } },
    async (stage) => {
      const dates = await wheel(stage, '2026-27');
      expect(dates.map(({ id }) => id).sort()).toEqual([...WHEEL_IDS]);
      for (const { id, from, to, weekLabel, moved } of dates)
        expect([from, to, weekLabel, moved], id).toEqual(['2026-12-28', '2026-12-29', 'uke 53', true]);
    },
  ),

  'I06 the report of June 2026 is run a week before its date and not in a numbered week': staged(
    { county: '40', from: '2026-04-01T06:00:00.000Z' },
    async (stage) => {
      // Both within week 24: the day of the run counts, the day after does not.
      await stage.send('2026-06-08T21:00:00.000Z', 'school-dropout', dropout(EARLY, '2026-06-05'));
      await stage.send('2026-06-09T07:00:00.000Z', 'school-dropout', dropout(LATE, '2026-06-05'));
      await stage.pass('2026-06-10T07:00:00.000Z');
      const { report } = await stage.report('2026-06-15');
      expect(report).toMatchObject({
        referenceDate: '2026-06-15',
        cutoff: '2026-06-08T21:59:59.999Z',
        schoolYear: '2025-26',
        total: 1,
      });
    },
  ),
};
