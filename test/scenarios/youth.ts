import { expect } from 'vitest';
import { factsOf, letterList, shownAlert } from '../harness/apiAnswers.ts';
import {
  consent,
  contact,
  dropout,
  navMonth,
  recode,
  referral,
  renumbered,
  started,
} from '../harness/feedRecords.ts';
import { person } from '../harness/persons.ts';
import { alertsOut, staged, statesOf } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';

// §3.9: the youth's own side, and who the youth is.

const P19 = person('P19');
const P06 = person('P06');
const P06F = person('P06f');
const P06R = person('P06r');
const P03A = { ...person('P03a'), navn: 'Mild Multe' };
const P03B = { ...person('P03b'), navn: 'Milde Multe' };

const FINNMARK = { county: '56', from: '2026-10-01T06:00:00.000Z' };
const OSLO = { county: '03', from: '2026-01-05T06:00:00.000Z' };
const TELEMARK = { county: '40', from: '2026-08-01T06:00:00.000Z' };

export const YOUTH: Scenarios = {
  'Y01a a youth of 16 who writes to OT is seen by an adviser, and neither school nor guardians are informed of it':
    staged(FINNMARK, async (stage) => {
      const { fodselsnummer } = P19;
      await stage.send('2026-11-03T08:00:00.000Z', 'ot-adviser', referral(P19, '2026-11-03'));
      expect(await stage.registrations(fodselsnummer)).toEqual([]);
      expect(await stage.open(fodselsnummer)).toEqual(['HENVENDELSE']);
      expect(await stage.alert(fodselsnummer, 'HENVENDELSE')).toMatchObject({
        category: 'KONTROLL',
        rule: 'R46',
        feed: 'ot-adviser',
        deadlines: [],
      });
      // Under 18, and still no reason to inform a guardian.
      expect(await shownAlert(stage, fodselsnummer, 'HENVENDELSE')).toMatchObject({
        minor: 'JA',
        guardians: 'NEI',
      });
      const [alert, ...others] = await stage.out('alert');
      expect(others).toEqual([]);
      expect(alert).toMatchObject({ minor: 'JA', guardians: 'NEI' });
      expect(alert?.reason).toContain('verken skole eller foresatte varsles');
      for (const topic of ['status', 'status-group', 'ot-ungdom'] as const)
        expect(await stage.out(topic)).toEqual([]);
      await stage.pass('2027-07-01T08:00:00.000Z');
      expect(await stage.registrations(fodselsnummer)).toEqual([]);
      for (const letter of ['W24', 'W25', 'W30'])
        expect(await letterList(stage, letter, '2026-27')).toMatchObject({ triggers: [], suppressed: [] });
    }),

  'Y01b the tilmelding is ANDRE_GRUNNER, and only after an adviser has confirmed it': staged(
    FINNMARK,
    async (stage) => {
      const { fodselsnummer } = P19;
      await stage.send('2026-11-03T08:00:00.000Z', 'ot-adviser', referral(P19, '2026-11-03'));
      await stage.send('2026-11-04T08:00:00.000Z', 'ot-adviser', contact(P19, '2026-11-04'));
      expect(await stage.registrations(fodselsnummer)).toEqual([]);
      const confirmed = recode(P19, '2026-11-05', 'ANDRE_GRUNNER');
      await stage.send('2026-11-05T08:00:00.000Z', 'ot-adviser', confirmed);
      expect(await stage.registrations(fodselsnummer)).toEqual(['ANDRE_GRUNNER OTUK 2026-27 56']);
      expect(await statesOf(stage, fodselsnummer, 'HENVENDELSE')).toEqual(['REIST', 'TRUKKET']);
      const facts = await factsOf(stage, fodselsnummer);
      expect(facts.map(({ codes }) => codes.hendelse)).toEqual(['Referral', 'Contact', 'Recode']);
      expect(facts[0]?.codes).toMatchObject({ fra: 'SELV' });
    },
  ),

  'Y01c the history shows which consents there are, whose they are and what became of them': staged(
    FINNMARK,
    async (stage) => {
      const { fodselsnummer } = P19;
      await stage.send('2026-11-03T08:00:00.000Z', 'ot-adviser', referral(P19, '2026-11-03'));
      const asked = consent(P19, 'A', '2026-11-04T09:00:00+01:00', { tilstand: 'VENTER_PAA_SVAR' });
      const mine = consent(P19, 'A', '2026-11-05T09:00:00+01:00');
      const theirs = consent(P19, 'A', '2026-11-06T09:00:00+01:00', { part: 'FORESATT' });
      const back = consent(P19, 'A', '2026-11-20T09:00:00+01:00', { tilstand: 'TRUKKET' });
      for (const record of [asked, mine, theirs, back]) {
        const at = new Date(String(record.tidspunkt)).toISOString();
        await stage.send(at, 'consent', record);
      }
      const consents = (await factsOf(stage, fodselsnummer)).filter(({ codes }) => codes.side === 'A');
      expect(consents.map(({ codes: { part, samtykke } }) => `${part} ${samtykke}`)).toEqual([
        'UNGDOM VENTER_PAA_SVAR',
        'UNGDOM SAMTYKKET',
        'FORESATT SAMTYKKET',
        'UNGDOM TRUKKET',
      ]);
    },
  ),

  'Y02a a D-number is accepted, and age comes from the birth date’s own field and not from the number':
    staged(OSLO, async (stage) => {
      // The number reads 15 January 2008, and P06r was born on 2 March: 17 years old when leaving.
      const { fodselsnummer } = P06R;
      const left = { skolenummer: '03014' };
      await stage.send('2026-01-20T08:00:00.000Z', 'school-dropout', dropout(P06R, '2026-01-19', left));
      expect(await stage.quarantine()).toEqual([]);
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2025-26 03']);
      expect(await stage.alert(fodselsnummer, 'NY_TILMELDING')).toMatchObject({ minor: 'JA' });
      await stage.pass('2026-03-01T22:59:59.999Z');
      expect(await stage.alert(fodselsnummer, 'NY_TILMELDING')).toMatchObject({ minor: 'JA' });
      await stage.pass('2026-03-01T23:00:00.000Z');
      expect(await stage.alert(fodselsnummer, 'NY_TILMELDING')).toMatchObject({ minor: 'NEI' });
      expect(await statesOf(stage, fodselsnummer, 'NY_TILMELDING')).toEqual(['REIST', 'ENDRET']);
    }),

  'Y02b without a birth date no age is guessed: what depends on it is asked of an adviser': staged(
    OSLO,
    async (stage) => {
      const { fodselsnummer } = P06;
      const left = { skolenummer: '03014', fodselsdato: undefined };
      await stage.send('2026-01-20T08:00:00.000Z', 'school-dropout', dropout(P06, '2026-01-19', left));
      expect(await stage.open(fodselsnummer)).toEqual(['ALDER_UKJENT', 'NY_TILMELDING']);
      expect(await stage.alert(fodselsnummer, 'ALDER_UKJENT')).toMatchObject({
        category: 'KONTROLL',
        rule: 'Q1',
      });
      expect(await stage.alert(fodselsnummer, 'NY_TILMELDING')).toMatchObject({ minor: 'UKJENT' });
      const known = started(P06, '2025-08-18', { skolenummer: '03014' });
      await stage.send('2026-01-22T08:00:00.000Z', 'school-dropout', known);
      expect(await stage.open(fodselsnummer)).toEqual(['NY_TILMELDING']);
      expect(await stage.alert(fodselsnummer, 'NY_TILMELDING')).toMatchObject({ minor: 'JA' });
    },
  ),

  'Y02c when a D-number becomes a fødselsnummer it is one person with the same consents, and no new alert':
    staged(OSLO, async (stage) => {
      const left = { skolenummer: '03014' };
      await stage.send('2026-10-07T08:00:00.000Z', 'school-dropout', dropout(P06, '2026-10-06', left));
      const at = '2026-10-10T10:00:00+02:00';
      const both = [consent(P06, 'A', at), consent(P06, 'B', at)];
      await stage.send('2026-10-10T08:00:00.000Z', 'consent', ...both);
      const { fodselsnummer } = P06F;
      const before = await stage.out('alert');
      const change = renumbered(P06F, P06, '2026-10-12');
      await stage.send('2026-10-13T05:10:00.000Z', 'folkeregister', change);
      expect(await stage.ref(fodselsnummer)).toBe(await stage.ref(P06.fodselsnummer));
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 03']);
      expect(await stage.out('alert')).toEqual(before);
      // What was consented to under the old number lets NAV answer under the new one.
      await stage.extract('2026-10-19T08:00:00.000Z', '2026-10');
      await stage.rows('2026-10-20T08:00:00.000Z', 'nav-match', navMonth('2026-10', [[P06F, 'JA']]));
      expect(await stage.open(fodselsnummer)).toContain('KJENT_HOS_NAV');
      const taken = consent(P06F, 'A', '2026-10-25T10:00:00+01:00', { tilstand: 'TRUKKET' });
      await stage.send('2026-10-25T09:00:00.000Z', 'consent', taken);
      expect(await stage.open(fodselsnummer)).not.toContain('KJENT_HOS_NAV');
    }),

  'Y03a of twins with the same birth date, school and nearly the same name only the one who leaves is registered':
    staged(TELEMARK, async (stage) => {
      const starts = [started(P03A, '2026-08-17'), started(P03B, '2026-08-17')];
      await stage.send('2026-08-18T08:00:00.000Z', 'school-dropout', ...starts);
      await stage.send('2026-10-07T08:00:00.000Z', 'school-dropout', dropout(P03A, '2026-10-06'));
      expect(await stage.registrations(P03A.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.open(P03A.fodselsnummer)).toEqual(['NY_TILMELDING']);
      expect(await stage.registrations(P03B.fodselsnummer)).toEqual([]);
      expect(await stage.open(P03B.fodselsnummer)).toEqual([]);
    }),

  'Y03b a row with one twin’s number and the other’s name is looked at by a human, and registers neither':
    staged(TELEMARK, async (stage) => {
      const starts = [started(P03A, '2026-08-17'), started(P03B, '2026-08-17')];
      await stage.send('2026-08-18T08:00:00.000Z', 'school-dropout', ...starts);
      const mixed = dropout({ ...P03B, ...{ navn: P03A.navn } }, '2026-10-06');
      await stage.send('2026-10-07T08:00:00.000Z', 'school-dropout', mixed);
      for (const { fodselsnummer } of [P03A, P03B])
        expect(await stage.registrations(fodselsnummer)).toEqual([]);
      expect(await stage.open(P03A.fodselsnummer)).toEqual([]);
      expect(await stage.alert(P03B.fodselsnummer, 'NAVN_AVVIK')).toMatchObject({
        category: 'KONTROLL',
        rule: 'Y03',
      });
      expect(await stage.ref(P03A.fodselsnummer)).not.toBe(await stage.ref(P03B.fodselsnummer));
      expect(JSON.stringify(await stage.out('alert'))).not.toMatch(/multe/i);
      // The school mends its row, and the review goes.
      await stage.send('2026-10-08T08:00:00.000Z', 'school-dropout', {
        ...mixed,
        version: 2,
        navn: P03B.navn,
      });
      expect(await stage.registrations(P03B.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.registrations(P03A.fodselsnummer)).toEqual([]);
      expect(await statesOf(stage, P03B.fodselsnummer, 'NAVN_AVVIK')).toEqual(['REIST', 'TRUKKET']);
    }),

  'Y03c NAV’s answer goes to the number it came with, and an answer with a name is refused': staged(
    TELEMARK,
    async (stage) => {
      const left = [dropout(P03A, '2026-10-06'), dropout(P03B, '2026-10-06')];
      await stage.send('2026-10-07T08:00:00.000Z', 'school-dropout', ...left);
      const at = '2026-10-10T10:00:00+02:00';
      const all = [P03A, P03B].flatMap((twin) => [consent(twin, 'A', at), consent(twin, 'B', at)]);
      await stage.send('2026-10-10T08:00:00.000Z', 'consent', ...all);
      const answers = navMonth('2026-11', [
        [P03A, 'NEI'],
        [P03B, 'JA'],
      ]);
      await stage.extract('2026-11-02T08:00:00.000Z', '2026-11');
      await stage.rows('2026-11-03T08:00:00.000Z', 'nav-match', answers);
      expect(await alertsOut(stage, P03A.fodselsnummer, 'KJENT_HOS_NAV')).toEqual([]);
      expect(await statesOf(stage, P03B.fodselsnummer, 'KJENT_HOS_NAV')).toEqual(['REIST']);
      const named = { ...navMonth('2026-12', [[P03A, 'JA']])[0], navn: P03B.navn };
      await stage.send('2026-12-03T08:00:00.000Z', 'nav-match', named);
      expect(await stage.quarantine()).toEqual(['navn UNKNOWN_FIELD']);
    },
  ),
};
