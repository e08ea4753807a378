import { expect } from 'vitest';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import { historyOf } from '../harness/apiAnswers.ts';
import { contract, dropout, nonShow, placed, started, status, terminated } from '../harness/feedRecords.ts';
import type { Person } from '../harness/persons.ts';
import { alertsOut, staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import type { Stage } from '../harness/stage.ts';

/** A1–A6: when leaving is a move. */

const NO_GRACE = { county: '40', policy: { graceDays: { apprenticeship: 0 } } } as const;
const [FIRM_A, FIRM_B] = ['987654321', '912345678'] as const;
const SECOND = { skolenummer: '40022' };

type FeedRecord = readonly [feed: Feed, record: object];

const [YOUTH] = crowd(41, 1);
if (YOUTH === undefined) throw new Error('no such person');
const P: Person = YOUTH;
const NUMBER = P.fodselsnummer;

const intake = (record: object): FeedRecord => ['vigo-intake', record];
const school = (record: object): FeedRecord => ['school-dropout', record];
const office = (record: object): FeedRecord => ['apprenticeship', record];

/** VIGO's list of active contracts, with one row: the firm's. */
const listed = (bnr: string) => ({
  errorMessage: '',
  antall: 1,
  kontrakter: [
    {
      elev: {
        fornavn: 'FLINK',
        etternavn: 'FILTHATT',
        fdato: P.fodselsdato.split('-').reverse().join('.'),
        fnr: NUMBER,
        sysId: '70011',
        epost: '',
        mobilnr: '',
      },
      type: 'L',
      promrkode: 'BABAT3----',
      promrnavn: 'Tømrerfaget',
      bnr,
      bedrnavn: 'Eksempel Bygg AS',
      start: '15.08.2025',
      slutt: '14.08.2027',
    },
  ],
});

/** Sent in each order, every record an hour after the one before. */
function orders(records: readonly FeedRecord[]): (readonly FeedRecord[])[] {
  if (records.length < 2) return [records];
  return records.flatMap((first, at) => orders(records.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

async function sendAll(stage: Stage, records: readonly FeedRecord[]): Promise<void> {
  for (const [at, [feed, record]] of records.entries())
    await stage.send(`2026-11-11T${String(8 + at).padStart(2, '0')}:00:00.000Z`, feed, record);
}

/** Whatever the order of the records, the youth is registered, alerted once, and held back by nothing that is over. */
async function registers(stage: Stage, lostRight = false): Promise<void> {
  expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 40']);
  expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING']);
  expect(await stage.alert(NUMBER, 'NY_TILMELDING')).toMatchObject({ lostRight });
  const alerts = await alertsOut(stage, NUMBER, 'NY_TILMELDING');
  expect(new Set(alerts.map(({ alertId }) => alertId)).size).toBe(1);
  expect(alerts.at(-1)).toMatchObject({ state: 'REIST' });
  const { triggers } = (await stage.get('letters/W24?schoolYear=2026-27')).body as { triggers: object[] };
  expect(triggers.length).toBeGreaterThan(0);
  expect(await leavingsOf(stage)).toMatchObject([{ codes: { utfall: 'TILMELDING' }, rule: 'R01' }]);
}

async function leavingsOf(stage: Stage) {
  return (await historyOf(stage, NUMBER)).filter(({ codes }) => codes.hendelse === 'Left');
}

const inEveryOrder =
  (records: readonly FeedRecord[], ends: (stage: Stage) => Promise<void>) =>
  async (play: Parameters<ReturnType<typeof staged>>[0]): Promise<void> => {
    for (const order of orders(records))
      await staged(NO_GRACE, async (stage) => {
        await sendAll(stage, order);
        await ends(stage);
      })(play);
  };

const FIRST_INTAKE = intake(placed(P, '2026-08-05'));
const SECOND_INTAKE = intake(placed(P, '2026-08-15', SECOND));
const LEAVES_SECOND = school(dropout(P, '2026-11-10', SECOND));

export const LEAVINGS: Scenarios = {
  'case A1: a place of the second intake ends that of the first, and who leaves it has dropped out, in any order':
    inEveryOrder([FIRST_INTAKE, SECOND_INTAKE, LEAVES_SECOND], registers),

  'case A1: reported as a tidligslutter by the intake office it is the same': inEveryOrder(
    [FIRST_INTAKE, SECOND_INTAKE, intake({ ...tidligslutter(), ...SECOND })],
    registers,
  ),

  'case A1: an annulled leaving says that it was taken back, and one sent again in another report registers':
    staged(NO_GRACE, async (stage) => {
      const left = dropout(P, '2026-11-10', SECOND);
      await sendAll(stage, [FIRST_INTAKE, SECOND_INTAKE, school(left)]);
      const annulment = {
        id: 'annullering-a1',
        type: 'annullering',
        fodselsnummer: NUMBER,
        annullerer: left.id,
        ...SECOND,
      };
      await stage.send('2026-11-12T08:00:00.000Z', 'school-dropout', annulment);
      expect(await stage.registrations(NUMBER)).toEqual([]);
      const [leaving] = await leavingsOf(stage);
      expect(leaving).toMatchObject({ codes: { utfall: 'INGEN_TILMELDING' }, rule: 'M13' });
      await stage.send('2026-11-13T08:00:00.000Z', 'school-dropout', dropout(P, '2026-11-12', SECOND));
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 40']);
    }),

  'case A1: who did not come to the second place never began there, and who then leaves the first has dropped out':
    inEveryOrder(
      [
        FIRST_INTAKE,
        SECOND_INTAKE,
        intake(nonShow(P, '2026-08-24', SECOND)),
        school(dropout(P, '2026-11-10')),
      ],
      async (stage) => {
        expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 40']);
        expect(await leavingsOf(stage)).toMatchObject([{ codes: { utfall: 'TILMELDING' } }]);
      },
    ),

  'case A1: an older place without an end, when none is known where the youth left, is a question with a proposal':
    inEveryOrder([FIRST_INTAKE, LEAVES_SECOND], async (stage) => {
      expect(await stage.registrations(NUMBER)).toEqual([]);
      expect(await stage.open(NUMBER)).toEqual(['MULIG_FLYTTING']);
      expect(await stage.alert(NUMBER, 'MULIG_FLYTTING')).toMatchObject({
        category: 'KONTROLL',
        rule: 'M06',
        proposed: ['OTUK', 'OTEV_IM'],
        effective: '2026-11-10',
      });
      expect(await leavingsOf(stage)).toMatchObject([{ codes: { utfall: 'TIL_KONTROLL' }, rule: 'M06' }]);
    }),

  'case A1: the adviser’s answer to the question is a tilmelding with the adviser’s status': staged(
    NO_GRACE,
    async (stage) => {
      await sendAll(stage, [FIRST_INTAKE, LEAVES_SECOND]);
      await stage.send('2026-11-12T08:00:00.000Z', 'ot-adviser', status(P, '2026-11-12', 'OTUK'));
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING']);
    },
  ),

  'case A2: a later start at another school ends the earlier one, though the first school says nothing':
    inEveryOrder(
      [
        school(started(P, '2026-08-17')),
        school(started(P, '2026-10-01', SECOND)),
        school(dropout(P, '2026-11-10', SECOND)),
      ],
      registers,
    ),

  'case A2: two main schools are no two places, and only a school that says it is not the main one counts in parallel':
    async (play) => {
      const main = school(started(P, '2026-08-17', { hovedskole: true }));
      const left = school(dropout(P, '2026-11-10', SECOND));
      const next = (hovedskole: boolean) => school(started(P, '2026-10-01', { ...SECOND, hovedskole }));
      await inEveryOrder([main, next(true), left], registers)(play);
      await inEveryOrder([main, next(false), left], async (stage) => {
        expect(await stage.registrations(NUMBER)).toEqual([]);
        expect(await stage.open(NUMBER)).toEqual([]);
        const [leaving] = await leavingsOf(stage);
        expect(leaving).toMatchObject({ codes: { utfall: 'INGEN_TILMELDING' }, rule: 'M02' });
      })(play);
    },

  'case A2: a start within the county’s days after the leaving is a move, and the history says so':
    inEveryOrder(
      [
        school(started(P, '2026-08-17')),
        school(dropout(P, '2026-11-10')),
        school(started(P, '2026-11-12', SECOND)),
      ],
      async (stage) => {
        expect(await stage.registrations(NUMBER)).toEqual([]);
        expect(await stage.open(NUMBER)).toEqual([]);
        const [leaving] = await leavingsOf(stage);
        expect(leaving).toMatchObject({ codes: { utfall: 'INGEN_TILMELDING' }, rule: 'M03' });
        expect(leaving?.reason).toMatch(/flyttet/);
      },
    ),

  'case A3: who is expelled by decision has not moved, whatever place there is before or after': async (
    play,
  ) => {
    const expelled = school(dropout(P, '2026-11-10', { ...SECOND, avbruddsarsak: 'AF', taptRett: true }));
    await inEveryOrder([FIRST_INTAKE, SECOND_INTAKE, expelled], (stage) => registers(stage, true))(play);
    await inEveryOrder([FIRST_INTAKE, expelled], (stage) => registers(stage, true))(play);
    const again = school(started(P, '2026-11-10', { skolenummer: '40031', skoletype: 'privat' }));
    await inEveryOrder([expelled, again], async (stage) => {
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING', 'STATUS_FORSLAG']);
      expect(await stage.alert(NUMBER, 'STATUS_FORSLAG')).toMatchObject({ proposed: ['OTVF', 'OTVF_IM'] });
    })(play);
  },

  'case A4: the next contract ends the one before, and who breaks it has dropped out': inEveryOrder(
    [
      office(contract(P, '2025-08-15', FIRM_A)),
      office(contract(P, '2026-08-20', FIRM_B)),
      office(terminated(P, '2026-11-10', 'BR', { bedriftsnummer: FIRM_B })),
    ],
    registers,
  ),

  'case A4: a contract that is broken by decision is a lost right, and no other contract makes it a move':
    inEveryOrder(
      [
        office(contract(P, '2025-08-15', FIRM_A)),
        office(terminated(P, '2026-11-10', 'AF', { bedriftsnummer: FIRM_B, taptRett: true })),
      ],
      (stage) => registers(stage, true),
    ),

  'case A5: a contract in the list ends with a heving under another organisation number, whichever comes first (M08)':
    async (play) => {
      const broken = terminated(P, '2026-11-10', 'BR', { bedriftsnummer: FIRM_B });
      await staged(NO_GRACE, async (stage) => {
        await stage.list('2026-11-08T00:05:00.000Z', 'apprenticeship', listed(FIRM_A));
        await stage.send('2026-11-11T08:00:00.000Z', 'apprenticeship', broken);
        await registers(stage);
        // The list is a day or a month behind.
        await stage.list('2026-11-12T00:05:00.000Z', 'apprenticeship', listed(FIRM_A));
        await registers(stage);
      })(play);
      await staged(NO_GRACE, async (stage) => {
        await stage.send('2026-11-11T08:00:00.000Z', 'apprenticeship', broken);
        await stage.list('2026-11-12T00:05:00.000Z', 'apprenticeship', listed(FIRM_A));
        expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 40']);
        expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING', 'STATUS_FORSLAG']);
        expect(await stage.alert(NUMBER, 'STATUS_FORSLAG')).toMatchObject({ proposed: ['OTLL', 'OTLL_IM'] });
      })(play);
    },

  'case A5: a school leaving is a move while a list from after it shows a contract, and a question when it does not':
    staged(NO_GRACE, async (stage) => {
      const left = dropout(P, '2026-11-10');
      await stage.send('2026-11-11T08:00:00.000Z', 'school-dropout', left);
      await stage.list('2026-11-12T00:05:00.000Z', 'apprenticeship', listed(FIRM_A));
      expect(await stage.registrations(NUMBER)).toEqual([]);
      const [leaving] = await leavingsOf(stage);
      expect(leaving).toMatchObject({ codes: { utfall: 'INGEN_TILMELDING' }, rule: 'M04' });
    }),

  'case A6: a contract ends the school place before it, and who breaks the contract has dropped out':
    inEveryOrder(
      [
        intake(placed(P, '2026-08-15')),
        office(contract(P, '2026-09-15', FIRM_A)),
        office(terminated(P, '2026-10-01', 'BR')),
      ],
      registers,
    ),
};

function tidligslutter(): object {
  return {
    id: 'tidligslutter-a1',
    type: 'tidligslutter',
    ...P,
    dato: '2026-11-10',
    avbruddsarsak: 'FV',
  };
}
