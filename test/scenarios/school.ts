import { expect } from 'vitest';
import { factsOf, historyOf, shownAlert, submitted } from '../harness/apiAnswers.ts';
import { contact, dropout, started, status } from '../harness/feedRecords.ts';
import { LEFT, leaves, P01, REPORTED, TELEMARK } from '../harness/leaver.ts';
import { staged, statesOf } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import type { Stage } from '../harness/stage.ts';

const NUMBER = P01.fodselsnummer;

const atRisk = {
  id: 'fare-1',
  type: 'fare-for-avbrudd',
  ...P01,
  skolenummer: '40014',
  dato: '2026-09-21',
  motedato: '2026-09-25',
};
const enrolled = (stage: Stage) =>
  stage.send('2026-08-20T08:00:00.000Z', 'school-dropout', started(P01, '2026-08-17'));

/** The county has turned the default of two weeks into one. */
const WEEK = { ...TELEMARK, policy: { watchDays: 7 } };
const REASONS = ['AS', 'AP', 'LA', 'PM', 'UV'] as const;
const PUPILS = crowd(2, REASONS.length);
const leaver = (reason: (typeof REASONS)[number]) => {
  const pupil = PUPILS[REASONS.indexOf(reason)];
  if (pupil === undefined) throw new Error(reason);
  return pupil;
};

async function allLeave(stage: Stage): Promise<void> {
  const starts = PUPILS.map((pupil) => started(pupil, '2026-08-17'));
  await stage.send('2026-08-20T08:00:00.000Z', 'school-dropout', ...starts);
  const reports = REASONS.map((avbruddsarsak) =>
    dropout(leaver(avbruddsarsak), '2026-10-06', { avbruddsarsak }),
  );
  await stage.send(REPORTED, 'school-dropout', ...reports);
}

export const SCHOOL: Scenarios = {
  'S01 a minor who leaves gets one tilmelding and one alert, without phone, address or reason': staged(
    TELEMARK,
    async (stage) => {
      await enrolled(stage);
      expect(await stage.registrations(NUMBER)).toEqual([]);
      await stage.pass(REPORTED);
      const receipt = await submitted(stage, 'school-dropout', LEFT);
      expect(receipt).toMatchObject({ final: true, counts: { applied: 1 }, text: '1 rad: 1 godtatt.' });
      expect(receipt.id).toMatch(/^[0-9a-f-]{36}$/);

      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.registered(NUMBER)).toMatchObject([
        { effective: '2026-10-06', owner: '40200', status: { effective: '2026-10-06', rule: 'R01' } },
      ]);
      expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING']);
      expect(await stage.alert(NUMBER, 'NY_TILMELDING')).toMatchObject({
        category: 'VARSEL',
        owner: '40200',
        minor: 'JA',
        timeBand: 'A',
        effective: '2026-10-06',
        rule: 'R01',
      });
      expect((await shownAlert(stage, NUMBER, 'NY_TILMELDING')).guardians).toBe('JA');
      expect(await stage.out('status')).toHaveLength(1);
      const alerts = await stage.out('alert');
      expect(alerts).toHaveLength(1);
      expect(JSON.stringify(alerts)).not.toMatch(/40014|"FV"|Feilvalg|14830989960|2009-03-14/);
      expect(Object.keys(alerts[0] ?? {}).join(' ')).not.toMatch(/phone|mobil|address|adresse|name|arsak/i);
    },
  ),

  'S01 a report that carries a phone number is not let in': staged(TELEMARK, async (stage) => {
    await stage.send(REPORTED, 'school-dropout', { ...LEFT, mobilnummer: '90000000' });
    expect(await stage.quarantine()).toEqual(['mobilnummer UNKNOWN_FIELD']);
    expect(await stage.out('alert')).toEqual([]);
  }),

  'S02 leaving for another school, an apprenticeship, a leave or an exchange is no dropout, and AP is not OTAP':
    staged(WEEK, async (stage) => {
      await allLeave(stage);
      const open = () => Promise.all(PUPILS.map(({ fodselsnummer }) => stage.open(fodselsnummer)));
      for (const { fodselsnummer } of PUPILS) expect(await stage.registrations(fodselsnummer)).toEqual([]);
      const quiet = ['PERMISJON_ELLER_UTVEKSLING'];
      expect(await open()).toEqual([[], [], [], quiet, quiet]);
      for (const reason of ['PM', 'UV'] as const) {
        const { fodselsnummer } = leaver(reason);
        expect(await shownAlert(stage, fodselsnummer, 'PERMISJON_ELLER_UTVEKSLING')).toMatchObject({
          category: 'KONTROLL',
          rule: 'R40',
          timeBand: null,
          priority: 'VANLIG',
          deadlines: [],
        });
      }
      await stage.pass('2026-10-14T07:11:59.000Z');
      expect(await open()).toEqual([[], [], [], quiet, quiet]);
      await stage.pass('2026-10-14T07:12:00.000Z');
      expect(await open()).toEqual([
        ['FORVENTET_START_UTEBLITT'],
        [],
        ['FORVENTET_START_UTEBLITT'],
        quiet,
        quiet,
      ]);
      const { fodselsnummer } = leaver('AS');
      expect(await stage.alert(fodselsnummer, 'FORVENTET_START_UTEBLITT')).toMatchObject({
        category: 'KONTROLL',
        rule: 'R40',
      });
      await stage.pass('2027-01-15T08:00:00.000Z');
      expect(await stage.out('status')).toEqual([]);
      expect(JSON.stringify(await stage.out('alert'))).not.toMatch(/OTAP|OTUK/);
      expect(await stage.out('alert', leaver('AP').fodselsnummer)).toEqual([]);
    }),

  'S02 a start that is seen in time ends the watch, and one that is seen later withdraws the review': staged(
    WEEK,
    async (stage) => {
      await allLeave(stage);
      const pupil = leaver('AS');
      const apprentice = leaver('LA');
      const moved = started(pupil, '2026-10-12', { skolenummer: '40022' });
      await stage.send('2026-10-13T08:00:00.000Z', 'school-dropout', moved);
      await stage.pass('2026-10-14T07:12:00.000Z');
      expect(await stage.open(pupil.fodselsnummer)).toEqual([]);
      expect(await stage.out('alert', pupil.fodselsnummer)).toEqual([]);
      expect(await stage.open(apprentice.fodselsnummer)).toEqual(['FORVENTET_START_UTEBLITT']);
      await stage.send('2026-10-15T08:00:00.000Z', 'apprenticeship', {
        id: 'kontrakt-1',
        type: 'kontrakt',
        fodselsnummer: apprentice.fodselsnummer,
        bedriftsnummer: '987654321',
        startdato: '2026-10-12',
      });
      expect(await stage.open(apprentice.fodselsnummer)).toEqual([]);
      expect(await statesOf(stage, apprentice.fodselsnummer, 'FORVENTET_START_UTEBLITT')).toEqual([
        'REIST',
        'TRUKKET',
      ]);
    },
  ),

  'S03 a pupil at risk gets a meeting with guardians and a proposal, and no tilmelding before leaving':
    staged(TELEMARK, async (stage) => {
      await enrolled(stage);
      await stage.send('2026-09-21T10:00:00.000Z', 'school-dropout', atRisk);
      expect(await stage.registrations(NUMBER)).toEqual([]);
      expect(await stage.open(NUMBER)).toEqual(['AVKLARINGSSAMTALE', 'STATUS_FORSLAG']);
      expect(await stage.alert(NUMBER, 'AVKLARINGSSAMTALE')).toMatchObject({
        category: 'VARSEL',
        rule: 'R41',
        minor: 'JA',
        timeBand: 'A',
        deadlines: [{ what: 'AVKLARINGSSAMTALE', date: '2026-09-25', rule: 'R41' }],
      });
      expect((await shownAlert(stage, NUMBER, 'AVKLARINGSSAMTALE')).guardians).toBe('JA');
      expect(await stage.alert(NUMBER, 'STATUS_FORSLAG')).toMatchObject({
        category: 'FORSLAG',
        rule: 'R33',
        proposed: ['ELVG_IM'],
      });
      expect(await stage.out('status')).toEqual([]);
      await leaves(stage);
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING']);
      for (const kind of ['AVKLARINGSSAMTALE', 'STATUS_FORSLAG'])
        expect(await statesOf(stage, NUMBER, kind)).toEqual(['REIST', 'TRUKKET']);
    }),

  'S03 who leaves while ELVG_IM is current is registered, the code must change, and the preventive work is kept':
    staged(TELEMARK, async (stage) => {
      await enrolled(stage);
      await stage.send('2026-09-21T10:00:00.000Z', 'school-dropout', atRisk);
      await stage.send('2026-09-26T10:00:00.000Z', 'ot-adviser', status(P01, '2026-09-26', 'ELVG_IM'));
      expect(await stage.registrations(NUMBER)).toEqual(['null ELVG_IM 2026-27 40']);
      expect(await stage.open(NUMBER)).toEqual(['AVKLARINGSSAMTALE']);
      await leaves(stage);
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING', 'STATUS_MA_ENDRES']);
      expect(await stage.alert(NUMBER, 'STATUS_MA_ENDRES')).toMatchObject({
        category: 'KONTROLL',
        rule: 'R34',
        effective: '2026-10-06',
      });
      const history = await historyOf(stage, NUMBER);
      const codes = history.filter(({ what }) => what === 'StatusSet').map(({ codes: { kode } }) => kode);
      expect(codes).toEqual(['ELVG_IM', 'OTUK']);
      expect((await factsOf(stage, NUMBER)).map(({ codes: { hendelse } }) => hendelse)).toEqual([
        'Started',
        'AtRisk',
        'AdviserStatus',
        'Left',
      ]);
      await stage.send('2026-10-09T10:00:00.000Z', 'ot-adviser', contact(P01, '2026-10-09'));
      await stage.send('2026-10-09T10:05:00.000Z', 'ot-adviser', status(P01, '2026-10-09', 'OTOV'));
      expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING']);
    }),
};
