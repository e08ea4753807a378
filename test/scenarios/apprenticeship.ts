import { expect } from 'vitest';
import { contract, dropout, nonShow, started, terminated } from '../harness/feedRecords.ts';
import { crowd } from '../harness/manyPersons.ts';
import { type Person, person } from '../harness/persons.ts';
import { alertsOut, staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Setting, Stage } from '../harness/stage.ts';

const P10 = person('P10');
const NUMBER = P10.fodselsnummer;
const OTHER_FIRM = '912345678';
const COUNTY: Setting = { county: '15' };
const NO_GRACE: Setting = { county: '15', policy: { graceDays: { apprenticeship: 0 } } };

const RECEIVED = '2026-10-02T08:00:00.000Z';
const send = (stage: Stage, record: object, at = RECEIVED) => stage.send(at, 'apprenticeship', record);

/** A new contract that begins the day the old one ended, and is reported two days later. */
const next = contract(P10, '2026-10-01', OTHER_FIRM);
const NEXT_RECEIVED = '2026-10-03T08:00:00.000Z';

export const APPRENTICESHIP: Scenarios = {
  'F01 a broken contract opens AVBRUTT with OTUK, and the alert comes from fagopplæring after the grace':
    staged(COUNTY, async (stage) => {
      await send(stage, contract(P10, '2025-08-15', '987654321'), '2026-09-01T08:00:00.000Z');
      await send(stage, terminated(P10, '2026-10-01', 'FV'));
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 15']);
      const [registration] = await stage.registered(NUMBER);
      expect(registration).toMatchObject({ effective: '2026-10-01', owner: '15200' });
      expect(registration?.status).toMatchObject({ setBy: 'REGEL', rule: 'R01' });
      await stage.pass('2026-10-07T08:00:00.000Z');
      expect(await stage.alert(NUMBER, 'NY_TILMELDING')).toMatchObject({
        category: 'VARSEL',
        rule: 'R01',
        feed: 'apprenticeship',
        effective: '2026-10-01',
        lostRight: false,
        minor: 'NEI',
      });
      const [alert, ...more] = await alertsOut(stage, NUMBER, 'NY_TILMELDING');
      expect([alert?.feed, more]).toEqual(['apprenticeship', []]);
      // Neither the firm nor why.
      expect(JSON.stringify(await stage.out('alert'))).not.toMatch(/987654321|"FV"|23840672131/);
    }),

  'F01 a contract ended by decision is the same with a lost right, whatever the reason': staged(
    NO_GRACE,
    async (stage) => {
      // AS by itself opens nothing.
      await send(stage, terminated(P10, '2026-10-01', 'AS', { taptRett: true }));
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 15']);
      expect(await stage.alert(NUMBER, 'NY_TILMELDING')).toMatchObject({
        feed: 'apprenticeship',
        lostRight: true,
      });
      expect(await alertsOut(stage, NUMBER, 'NY_TILMELDING')).toMatchObject([{ lostRight: true }]);
    },
  ),

  'F01 a pupil sent away by decision is a dropout with a lost right': staged(COUNTY, async (stage) => {
    const decided = { skolenummer: '15014', avbruddsarsak: 'AF', taptRett: true };
    await stage.send(RECEIVED, 'school-dropout', dropout(P10, '2026-10-01', decided));
    expect(await stage.quarantine()).toEqual([]);
    expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 15']);
    expect(await stage.alert(NUMBER, 'NY_TILMELDING')).toMatchObject({
      feed: 'school-dropout',
      lostRight: true,
    });
  }),

  'F02 ON, EK and AB are silent': staged(COUNTY, async (stage) => {
    const [on, ek, ab] = crowd(3, { first: '2006-01-01', last: '2007-12-31' });
    const ended: [Person | undefined, string][] = [
      [on, 'ON'],
      [ek, 'EK'],
      [ab, 'AB'],
    ];
    for (const [who, reason] of ended) if (who) await send(stage, terminated(who, '2026-10-01', reason));
    await stage.pass('2026-12-01T08:00:00.000Z');
    expect(await stage.out('alert')).toEqual([]);
    expect(await stage.out('status')).toEqual([]);
    for (const [who] of ended) {
      expect(await stage.registrations(who?.fodselsnummer ?? '')).toEqual([]);
      expect(await stage.ref(who?.fodselsnummer ?? '')).toBeTypeOf('string');
    }
  }),

  'F02 AB of a youth who is registered proposes FEIL, and sets nothing': staged(COUNTY, async (stage) => {
    await stage.send('2026-09-02T08:00:00.000Z', 'vigo-intake', nonShow(P10, '2026-09-01'));
    await send(stage, terminated(P10, '2026-10-01', 'AB'));
    expect(await stage.alert(NUMBER, 'STATUS_FORSLAG')).toMatchObject({
      category: 'FORSLAG',
      proposed: ['FEIL'],
      rule: 'R39',
    });
    expect(await stage.registrations(NUMBER)).toEqual(['ANDRE_GRUNNER OTUK 2026-27 15']);
  }),

  'F02 AS watches for an enrolment, and asks when none is seen': staged(COUNTY, async (stage) => {
    const [seen] = crowd(1, { first: '2006-01-01', last: '2007-12-31' });
    if (seen === undefined) throw new Error('a second youth is needed');
    await send(stage, terminated(P10, '2026-10-01', 'AS'));
    await send(stage, terminated(seen, '2026-10-01', 'AS'));
    const school = { skolenummer: '15014' };
    await stage.send('2026-10-12T08:00:00.000Z', 'school-dropout', started(seen, '2026-10-09', school));
    await stage.pass('2026-10-16T07:59:59.000Z');
    expect(await stage.open(NUMBER)).toEqual([]);
    await stage.pass('2026-10-16T08:00:00.000Z');
    expect(await stage.alert(NUMBER, 'FORVENTET_START_UTEBLITT')).toMatchObject({ category: 'KONTROLL' });
    expect(await stage.open(seen.fodselsnummer)).toEqual([]);
    expect(await stage.registrations(NUMBER)).toEqual([]);
  }),

  'F02 S1 is a review until training goes on': staged(COUNTY, async (stage) => {
    await send(stage, terminated(P10, '2026-10-01', 'S1'));
    expect(await stage.alert(NUMBER, 'KONTRAKT_UTEN_FULLFORING')).toMatchObject({ category: 'KONTROLL' });
    expect(await stage.registrations(NUMBER)).toEqual([]);
    await send(stage, contract(P10, '2026-10-12', OTHER_FIRM), '2026-10-12T08:00:00.000Z');
    expect(await stage.open(NUMBER)).toEqual([]);
  }),

  'F02 a new contract within the grace period: no alert is raised, and no OTUK is open': staged(
    COUNTY,
    async (stage) => {
      await send(stage, terminated(P10, '2026-10-01', 'FV'));
      await send(stage, next, NEXT_RECEIVED);
      await stage.pass('2026-12-01T08:00:00.000Z');
      expect(await stage.out('alert')).toEqual([]);
      expect(await stage.registrations(NUMBER)).toEqual([]);
    },
  ),

  'F02 without grace the new contract withdraws the alert under the same id, and no OTUK is open': staged(
    NO_GRACE,
    async (stage) => {
      await send(stage, terminated(P10, '2026-10-01', 'FV'));
      expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING']);
      await send(stage, next, NEXT_RECEIVED);
      const [raised, withdrawn, ...more] = await alertsOut(stage, NUMBER, 'NY_TILMELDING');
      expect([raised?.state, withdrawn?.state, more]).toEqual(['REIST', 'TRUKKET', []]);
      expect(withdrawn).toMatchObject({ alertId: raised?.alertId, rule: 'R40' });
      expect(await stage.registrations(NUMBER)).toEqual([]);
      expect((await stage.out('status', NUMBER)).at(-1)).toMatchObject({ state: 'ANNULLERT' });
    },
  ),
};
