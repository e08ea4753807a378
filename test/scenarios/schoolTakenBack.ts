import { expect } from 'vitest';
import { factsOf, historyOf, shownAlert, submitted } from '../harness/apiAnswers.ts';
import { contact, dropout, status } from '../harness/feedRecords.ts';
import { LEFT, leaves, P01, REPORTED, TELEMARK } from '../harness/leaver.ts';
import { alertsOut, reportRows, staged, statesOf } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import type { Stage } from '../harness/stage.ts';

// What the school takes back or corrects.

const NUMBER = P01.fodselsnummer;

const annulment = (more: object = {}) => ({
  id: 'annullering-1',
  type: 'annullering',
  fodselsnummer: NUMBER,
  skolenummer: '40014',
  annullerer: 'avbrudd-1',
  ...more,
});

const CORRECTED = { ...LEFT, version: 2, avbruddsdato: '2026-09-14' };
const DEADLINES = [
  { what: 'KONTAKT', date: '2026-10-14', rule: 'Q8' },
  { what: 'VEILEDNINGSTIME', date: '2026-10-28', rule: 'Q8' },
];

/** Days from the date of the dropout to OT's alert, as the county sees it of a school. */
const lag = async (stage: Stage, on: string) =>
  (await reportRows(stage, `reports/${on}/school-lag`, 'meldetid'))['40014'];

export const SCHOOL_TAKEN_BACK: Scenarios = {
  'S04a an annulled dropout without contact leaves no tilmelding, no alert and no youth in the report, and both in the history':
    staged(TELEMARK, async (stage) => {
      const other = crowd(4, 1).map((one) => dropout(one, '2026-10-06'));
      await leaves(stage);
      await stage.send(REPORTED, 'school-dropout', ...other);
      const { id } = await stage.alert(NUMBER, 'NY_TILMELDING');
      await stage.send('2026-10-08T08:00:00.000Z', 'school-dropout', annulment());
      expect(await stage.registrations(NUMBER)).toEqual([]);
      expect(await stage.open(NUMBER)).toEqual([]);
      const [raised, withdrawn, ...more] = await alertsOut(stage, NUMBER, 'NY_TILMELDING');
      expect([raised?.state, withdrawn?.state, more]).toEqual(['REIST', 'TRUKKET', []]);
      expect(raised?.alertId).toContain(id);
      expect(withdrawn?.alertId).toBe(raised?.alertId);
      await stage.pass('2026-11-09T06:00:00.000Z');
      expect((await stage.report('2026-11-15')).report.total).toBe(1);
      const history = await historyOf(stage, NUMBER);
      const whats = history.map(({ what, codes: { hendelse } }) => hendelse ?? what);
      for (const what of ['Left', 'TilmeldingOpened', 'Annulled', 'TilmeldingAnnulled', 'AlertWithdrawn'])
        expect(whats).toContain(what);
    }),

  'S04a only the school that reported it can annul a dropout': staged(TELEMARK, async (stage) => {
    await leaves(stage);
    const strange = annulment({ skolenummer: '40022' });
    await stage.send('2026-10-08T08:00:00.000Z', 'school-dropout', strange);
    expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 40']);
    expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING']);
  }),

  'S04b after contact an annulment deletes nothing, and the adviser is asked': staged(
    TELEMARK,
    async (stage) => {
      await leaves(stage);
      await stage.send('2026-10-07T12:00:00.000Z', 'ot-adviser', contact(P01, '2026-10-07'));
      await stage.send('2026-10-07T12:05:00.000Z', 'ot-adviser', status(P01, '2026-10-07', 'OTOV'));
      await stage.send('2026-10-08T08:00:00.000Z', 'school-dropout', annulment());
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTOV 2026-27 40']);
      expect(await stage.open(NUMBER)).toEqual(['ANNULLERT_ETTER_KONTAKT', 'NY_TILMELDING']);
      expect(await stage.alert(NUMBER, 'ANNULLERT_ETTER_KONTAKT')).toMatchObject({
        category: 'KONTROLL',
        proposed: ['OTEV_IM', 'ELVG_IM'],
      });
      const expected = (await factsOf(stage, NUMBER)).flatMap(({ codes, evidence }) =>
        codes.hendelse === 'Left' || codes.hendelse === 'Annulled' ? [evidence] : [],
      );
      expect((await shownAlert(stage, NUMBER, 'ANNULLERT_ETTER_KONTAKT')).evidence).toEqual(expected.sort());
      await stage.send('2026-10-09T08:00:00.000Z', 'ot-adviser', status(P01, '2026-10-09', 'ELVG_IM'));
      expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING']);
    },
  ),

  'S04 an annulment of an unknown event waits a day for the event, and is then shown to a human': staged(
    TELEMARK,
    async (stage) => {
      await stage.send('2026-10-08T08:00:00.000Z', 'school-dropout', annulment());
      await stage.pass('2026-10-09T07:59:59.000Z');
      expect(await stage.open(NUMBER)).toEqual([]);
      await stage.pass('2026-10-09T08:00:00.000Z');
      expect(await stage.open(NUMBER)).toEqual(['ANNULLERING_UTEN_TREFF']);
      expect(await stage.alert(NUMBER, 'ANNULLERING_UTEN_TREFF')).toMatchObject({ category: 'KONTROLL' });
      expect(await stage.out('status')).toEqual([]);
      await stage.send('2026-10-09T09:00:00.000Z', 'school-dropout', LEFT);
      expect(await stage.registrations(NUMBER)).toEqual([]);
      expect(await stage.open(NUMBER)).toEqual([]);
      expect(await alertsOut(stage, NUMBER, 'NY_TILMELDING')).toEqual([]);
    },
  ),

  'S04 an annulment that comes before its event within the day leaves no trace with OT': staged(
    TELEMARK,
    async (stage) => {
      await stage.send('2026-10-07T06:00:00.000Z', 'school-dropout', annulment());
      await leaves(stage);
      await stage.pass('2026-10-20T08:00:00.000Z');
      expect(await stage.registrations(NUMBER)).toEqual([]);
      expect(await stage.out('alert')).toEqual([]);
      expect(await stage.out('status')).toEqual([]);
    },
  ),

  'S05 a corrected date moves the one tilmelding and the lag of the school, and no deadline': staged(
    TELEMARK,
    async (stage) => {
      await leaves(stage);
      expect(await lag(stage, '2026-10-07')).toMatchObject({ antall: 1, p50: 1 });
      const { id } = await stage.alert(NUMBER, 'NY_TILMELDING');
      await stage.send('2026-10-12T08:00:00.000Z', 'school-dropout', CORRECTED);
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.registered(NUMBER)).toMatchObject([
        { effective: '2026-09-14', status: { effective: '2026-09-14' } },
      ]);
      expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING']);
      const alert = await stage.alert(NUMBER, 'NY_TILMELDING');
      expect(alert).toMatchObject({ id, effective: '2026-09-14', deadlines: DEADLINES });
      expect(await statesOf(stage, NUMBER, 'NY_TILMELDING')).toEqual(['REIST', 'ENDRET']);
      expect(await lag(stage, '2026-10-12')).toMatchObject({ antall: 1, p50: 23, p95: 23 });

      const versions = (await factsOf(stage, NUMBER)).map(({ effective, codes }) => [
        codes.versjon ?? '1',
        effective,
      ]);
      expect(versions).toEqual([
        ['1', '2026-10-06'],
        ['2', '2026-09-14'],
      ]);
      const evidence = new Set((await factsOf(stage, NUMBER)).map((fact) => fact.evidence));
      expect(evidence.size).toBe(1);
    },
  ),

  'S05 the first version that comes again after the correction changes nothing': staged(
    TELEMARK,
    async (stage) => {
      await leaves(stage);
      await stage.send('2026-10-12T08:00:00.000Z', 'school-dropout', CORRECTED);
      const before = await everythingOf(stage);
      await stage.pass('2026-10-13T08:00:00.000Z');
      const receipt = await submitted(stage, 'school-dropout', LEFT);
      expect(receipt.counts).toMatchObject({ applied: 0, duplicate: 1 });
      expect(await everythingOf(stage)).toEqual(before);
    },
  ),

  'S05 the correction that comes before what it corrects is what holds': staged(TELEMARK, async (stage) => {
    await stage.send('2026-10-12T08:00:00.000Z', 'school-dropout', CORRECTED);
    const registered = await stage.registered(NUMBER);
    expect(registered).toMatchObject([{ effective: '2026-09-14' }]);
    await stage.send('2026-10-13T08:00:00.000Z', 'school-dropout', LEFT);
    expect(await stage.registered(NUMBER)).toEqual(registered);
    expect(await statesOf(stage, NUMBER, 'NY_TILMELDING')).toEqual(['REIST']);
    const noted = (await historyOf(stage, NUMBER)).filter(({ what }) => what === 'VersionNoted');
    expect(noted).toMatchObject([{ codes: { versjon: '1', hendelse: 'Left' }, source: expect.any(String) }]);
  }),
};

/** The state, and all that was published. */
async function everythingOf(stage: Stage) {
  const topics = ['status', 'alert', 'ot-ungdom', 'status-group'] as const;
  const out = await Promise.all(topics.map((topic) => stage.out(topic)));
  return { registered: await stage.registered(NUMBER), open: await stage.open(NUMBER), out };
}
