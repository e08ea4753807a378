import { expect } from 'vitest';
import { contract, terminated } from '../harness/feedRecords.ts';
import { crowd } from '../harness/manyPersons.ts';
import { type Person, person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Stage } from '../harness/stage.ts';

// VIGO's nightly list of active contracts, /laktiv, as VIGO answers.

const P10 = person('P10');
const NUMBER = P10.fodselsnummer;
const OTHERS = crowd(811, { first: '2005-01-01', last: '2008-12-31' });

const norwegian = (date: string) => date.split('-').reverse().join('.');

const row = ({ fodselsnummer, fodselsdato }: Person, slutt = '2027-08-14') => ({
  elev: {
    fornavn: 'FLINK',
    etternavn: 'FILTHATT',
    fdato: norwegian(fodselsdato),
    fnr: fodselsnummer,
    sysId: '70011',
    epost: '',
    mobilnr: '',
  },
  type: 'L',
  promrkode: 'BABAT3----',
  promrnavn: 'Tømrerfaget',
  bnr: '987654321',
  bedrnavn: 'Eksempel Bygg AS',
  start: '15.08.2025',
  slutt: norwegian(slutt),
});

const laktiv = (kontrakter: readonly object[], changes: object = {}) => ({
  errorMessage: '',
  antall: kontrakter.length,
  kontrakter,
  ...changes,
});

const WITHOUT = OTHERS.map((each) => row(each));
const WITH = [...WITHOUT, row(P10)];

/** The list of one night. */
const night = (stage: Stage, date: string, rows: readonly object[]) =>
  stage.list(`${date}T00:05:00.000Z`, 'apprenticeship', laktiv(rows));

/** VIGO answers 200 with half an answer; the sender is informed. */
async function refused(stage: Stage, date: string, document: object): Promise<void> {
  await stage.pass(`${date}T00:05:00.000Z`);
  const { status, body } = await stage.post('feeds/apprenticeship', document);
  expect(status).toBe(422);
  expect(JSON.stringify(body.problems)).toContain('INCOMPLETE_LIST');
}

/** Three nights with three last days, the third as the first. */
async function movedToAndFro(stage: Stage): Promise<void> {
  const nights = [
    ['2026-10-01', '2026-12-31'],
    ['2026-10-02', '2027-03-31'],
    ['2026-10-03', '2026-12-31'],
  ] as const;
  for (const [date, slutt] of nights) await night(stage, date, [row(P10, slutt)]);
}

export const CONTRACT_LIST: Scenarios = {
  'F03 of 812 contracts one is gone: a review after two nights in a row, and never a tilmelding': staged(
    { county: '15' },
    async (stage) => {
      await night(stage, '2026-10-05', WITH);
      await night(stage, '2026-10-06', WITHOUT);
      expect(await stage.open(NUMBER)).toEqual([]);
      await night(stage, '2026-10-07', WITHOUT);
      expect(await stage.alert(NUMBER, 'MULIG_HEVING')).toMatchObject({
        category: 'KONTROLL',
        rule: 'R05',
        feed: 'bridge',
        effective: '2026-10-06',
      });
      expect(await stage.registrations(NUMBER)).toEqual([]);
      await night(stage, '2026-10-08', WITHOUT);
      expect((await stage.out('alert')).map(({ kind, state }) => [kind, state])).toEqual([
        ['MULIG_HEVING', 'REIST'],
      ]);
      expect(await stage.out('status')).toEqual([]);
    },
  ),

  'F03 the county decides after how many nights an adviser is asked': staged(
    { county: '15', policy: { absencesBeforeReview: 1 } },
    async (stage) => {
      await night(stage, '2026-10-05', WITH.slice(-3));
      await night(stage, '2026-10-06', WITHOUT.slice(-2));
      expect(await stage.open(NUMBER)).toEqual(['MULIG_HEVING']);
    },
  ),

  'F03 an incomplete answer is refused whole, and no absence is concluded for anyone': staged(
    { county: '15' },
    async (stage) => {
      await night(stage, '2026-10-05', WITH);
      await refused(stage, '2026-10-06', laktiv(WITHOUT.slice(0, 640), { antall: 811 }));
      await refused(stage, '2026-10-07', laktiv(WITHOUT, { errorMessage: 'Tidsavbrudd' }));
      await refused(stage, '2026-10-08', laktiv([], { errorMessage: 'Tidsavbrudd', antall: 0 }));
      await refused(stage, '2026-10-09', { errorMessage: '', antall: 811 });
      expect(await stage.quarantine()).toEqual([]);
      expect(await stage.out('alert')).toEqual([]);
      // Had any of the four counted, this would be the second night in a row.
      await night(stage, '2026-10-10', WITHOUT);
      expect(await stage.out('alert')).toEqual([]);
      await night(stage, '2026-10-11', WITHOUT);
      expect((await stage.out('alert')).map(({ kind }) => kind)).toEqual(['MULIG_HEVING']);
      expect(await stage.open(NUMBER)).toEqual(['MULIG_HEVING']);
    },
  ),

  'F04 a last day that is moved, and moved back, raises no alert': staged({ county: '15' }, async (stage) => {
    await movedToAndFro(stage);
    await stage.pass('2026-12-30T22:59:59.000Z');
    expect(await stage.out('alert')).toEqual([]);
    expect(await stage.registrations(NUMBER)).toEqual([]);
  }),

  'F04 a contract that was prolonged is not asked about on its earlier last day': staged(
    { county: '15' },
    async (stage) => {
      await night(stage, '2026-10-01', [row(P10, '2026-12-31')]);
      await night(stage, '2026-10-02', [row(P10, '2027-03-31')]);
      await stage.pass('2027-03-30T21:59:59.000Z');
      expect(await stage.out('alert')).toEqual([]);
      await stage.pass('2027-03-30T22:00:00.000Z');
      expect(await stage.open(NUMBER)).toEqual(['KONTRAKT_UTEN_FULLFORING']);
    },
  ),

  'F04 a last day that passes without a new contract or a result is a review, not AVBRUTT': staged(
    { county: '15' },
    async (stage) => {
      await movedToAndFro(stage);
      await stage.pass('2026-12-30T23:00:00.000Z');
      expect(await stage.alert(NUMBER, 'KONTRAKT_UTEN_FULLFORING')).toMatchObject({
        category: 'KONTROLL',
        effective: '2026-12-31',
      });
      expect(await stage.registrations(NUMBER)).toEqual([]);
      // The result comes late, and answers the question.
      const passed = terminated(P10, '2026-12-18', 'AB');
      await stage.send('2027-01-04T08:00:00.000Z', 'apprenticeship', passed);
      expect(await stage.open(NUMBER)).toEqual([]);
      expect(await stage.out('status')).toEqual([]);
    },
  ),

  'F04 a contract that follows, or a result in time, leaves nothing to ask about': staged(
    { county: '15' },
    async (stage) => {
      const [graduate] = OTHERS;
      if (graduate === undefined) throw new Error('a second apprentice is needed');
      await night(stage, '2026-10-01', [row(P10, '2026-12-31'), row(graduate, '2026-12-31')]);
      const next = contract(P10, '2026-12-31', '912345678');
      const passed = terminated(graduate, '2026-12-18', 'AB');
      await stage.send('2026-12-20T08:00:00.000Z', 'apprenticeship', next, passed);
      await stage.pass('2027-06-01T08:00:00.000Z');
      expect(await stage.out('alert')).toEqual([]);
      expect(await stage.registrations(NUMBER)).toEqual([]);
    },
  ),
};
