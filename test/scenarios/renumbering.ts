import { expect } from 'vitest';
import { historyOf } from '../harness/apiAnswers.ts';
import { sheet } from '../harness/apiDocuments.ts';
import { contact, dropout, nonShow, renumbered } from '../harness/feedRecords.ts';
import { person } from '../harness/persons.ts';
import { alertsOut, staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Stage } from '../harness/stage.ts';
import { rowsOf } from '../harness/storyReports.ts';

const P07 = person('P07');
const P07F = person('P07f');
const FICTIVE = P07.fodselsnummer;
const REAL = P07F.fodselsnummer;

const counted = async (stage: Stage) =>
  rowsOf(await sheet(stage, 'stock', '2026-11-15'), 'hovedgruppe').Totalt?.antall;

export const RENUMBERING: Scenarios = {
  'I05 a number that fails its check digits is registered, and its change is the same person’s': staged(
    { county: '11' },
    async (stage) => {
      const first = nonShow(P07, '2026-09-07');
      await stage.send('2026-09-08T07:00:00.000Z', 'vigo-intake', first);
      expect(await stage.quarantine()).toEqual([]);
      expect(await stage.registrations(FICTIVE)).toEqual(['ANDRE_GRUNNER OTUK 2026-27 11']);
      const [ref, history] = [await stage.ref(FICTIVE), await historyOf(stage, FICTIVE)];

      await stage.send('2026-10-05T07:00:00.000Z', 'vigo-intake', renumbered(P07F, P07, '2026-10-05'));
      expect([await stage.ref(REAL), await stage.ref(FICTIVE)]).toEqual([ref, ref]);
      expect(await stage.registrations(REAL)).toEqual(['ANDRE_GRUNNER OTUK 2026-27 11']);
      const after = await historyOf(stage, REAL);
      expect(after.slice(0, history.length)).toEqual(history);
      expect(after.length).toBeGreaterThan(history.length);
      expect(await alertsOut(stage, REAL, 'NY_TILMELDING')).toHaveLength(1);
      expect(await alertsOut(stage, REAL, 'NUMRE_SLATT_SAMMEN')).toEqual([]);

      // The old number still finds the person: a repeat has no effect, and a new record has its own.
      const published = await stage.out('status');
      await stage.send('2026-10-06T07:00:00.000Z', 'vigo-intake', first);
      expect(await stage.out('status')).toEqual(published);
      const leaves = dropout(P07, '2026-10-07', { skolenummer: '11014' });
      await stage.send('2026-10-07T07:00:00.000Z', 'school-dropout', leaves);
      expect(await stage.registrations(REAL)).toEqual(['AVBRUTT OTUK 2026-27 11']);
      expect(await counted(stage)).toBe(1);
    },
  ),

  'I05 two who were registered under both numbers are merged with a review, and 15 November has one less':
    staged({ county: '11' }, async (stage) => {
      await stage.send('2026-09-08T07:00:00.000Z', 'vigo-intake', nonShow(P07, '2026-09-07'));
      const leaves = dropout(P07F, '2026-10-07', { skolenummer: '11014' });
      await stage.send('2026-10-08T07:00:00.000Z', 'school-dropout', leaves);
      const reached = contact(P07F, '2026-10-09', { kilde: 'ot:11201' });
      await stage.send('2026-10-09T07:00:00.000Z', 'ot-adviser', reached);
      const [stays, gone] = [await stage.ref(FICTIVE), await stage.ref(REAL)];
      expect(stays).not.toBe(gone);
      expect(await counted(stage)).toBe(2);

      await stage.send('2026-10-12T07:00:00.000Z', 'vigo-intake', renumbered(P07F, P07, '2026-10-12'));
      expect([await stage.ref(FICTIVE), await stage.ref(REAL)]).toEqual([stays, stays]);
      expect(await stage.registrations(REAL)).toEqual(['AVBRUTT OTUK 2026-27 11']);
      expect(await stage.alert(REAL, 'NUMRE_SLATT_SAMMEN')).toMatchObject({
        category: 'KONTROLL',
        rule: 'I05',
      });
      expect(await counted(stage)).toBe(1);

      // All that was published under the reference that went is taken back, under the same ids.
      const states = new Map<unknown, unknown>();
      for (const { ref, alertId, state } of await stage.out('alert'))
        if (ref === gone) states.set(alertId, state);
      expect(new Set(states.values())).toEqual(new Set(['TRUKKET']));
      const status = (await stage.out('status')).findLast(({ ref }) => ref === gone);
      expect(status).toMatchObject({ state: 'ANNULLERT', rule: 'I05' });
    }),
};
