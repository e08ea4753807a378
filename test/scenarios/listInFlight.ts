import { expect, vi } from 'vitest';
import type { OtCode, Succession } from '../../src/core/codelists/otCode.ts';
import { historyOf } from '../harness/apiAnswers.ts';
import { contact, nonShow, status } from '../harness/feedRecords.ts';
import { crowd } from '../harness/manyPersons.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Stage } from '../harness/stage.ts';

// U04 by a program whose tables hold a list of the future: rows of data, and nothing else of it is another. In memory only:
// it is not the program that the other scenarios run on.

const ID = 'OT-2027-07';
const ACTIVATED = '2027-08-10';
const [OLD, EXACT, AMBIGUOUS, LATE, PASSIVE] = crowd(5, { first: '2006-01-01', last: '2007-12-31' });
if (!OLD || !EXACT || !AMBIGUOUS || !LATE || !PASSIVE) throw new Error('five youths are needed');
const EVERYBODY = [OLD, EXACT, AMBIGUOUS, LATE, PASSIVE];

/** All are registered in the autumn, and OT has talked with them. */
async function registered(stage: Stage): Promise<void> {
  const [rows, talks] = [
    EVERYBODY.map((each) => nonShow(each, '2026-09-07')),
    EVERYBODY.map((each) => contact(each, '2026-09-14')),
  ];
  await stage.send('2026-09-08T08:00:00.000Z', 'vigo-intake', ...rows);
  await stage.send('2026-09-14T08:00:00.000Z', 'ot-adviser', ...talks);
}

export const LIST_IN_FLIGHT: Scenarios = {
  'U04 a code is read by the list of its own date, and translated until the register has the new list':
    async () => {
      const stage = await withTheList();
      await registered(stage);
      // Both arrive on 3 July: the list has begun, and is not taken into use.
      await stage.send(
        '2027-07-03T08:00:00.000Z',
        'ot-adviser',
        status(OLD, '2027-06-28', 'OTIF'),
        status(EXACT, '2027-07-02', 'OTIF'),
        status(AMBIGUOUS, '2027-07-02', 'OTOA'),
      );
      // What a consumer sees: the code, its list and the group in it.
      expect((await stage.out('status', OLD.fodselsnummer)).at(-1)).toMatchObject({
        code: 'OTIF',
        list: 'OT-2016-07',
        group: 4,
      });
      expect((await stage.out('status', EXACT.fodselsnummer)).at(-1)).toMatchObject({
        code: 'OTKU',
        list: ID,
        group: 4,
        targetGroup: true,
      });
      expect((await stage.out('status-group', EXACT.fodselsnummer)).at(-1)).toMatchObject({
        list: ID,
        group: 4,
      });
      expect(await stage.quarantine()).toEqual(['kode AMBIGUOUS_CODE']);
      expect(await stage.registrations(AMBIGUOUS.fodselsnummer)).toEqual(['ANDRE_GRUNNER OTUK 2026-27 40']);

      // From the day the register has it, the old code is no code.
      await stage.send('2027-08-11T08:00:00.000Z', 'ot-adviser', status(LATE, ACTIVATED, 'OTIF'));
      expect(await stage.quarantine()).toEqual(['kode AMBIGUOUS_CODE', 'kode UNKNOWN_CODE']);
      // What was reported of June is still read by the list of June.
      expect(await stage.registrations(OLD.fodselsnummer)).toEqual(['ANDRE_GRUNNER OTIF 2026-27 40']);
    },

  'U04 a passive code is readable where it is stored and refused for a new registration': async () => {
    const stage = await withTheList();
    await registered(stage);
    const chosen = status(PASSIVE, '2027-07-05', 'OTGA');
    await stage.send('2027-07-05T08:00:00.000Z', 'ot-adviser', chosen);
    expect(await stage.quarantine()).toEqual(['kode CODE_NOT_VALID_ON_DATE']);
    expect(await stage.registrations(PASSIVE.fodselsnummer)).toEqual(['ANDRE_GRUNNER OTUK 2026-27 40']);

    // The register has it from before, and its nightly list says so.
    const row = {
      person: { fdato: PASSIVE.fodselsdato.split('-').reverse().join('.'), fnr: PASSIVE.fodselsnummer },
      otData: { tilknytningnr: '40201', tilknytningnavn: 'OT Telemark', aktivitetskode: 'OTGA' },
    };
    const list = { errorMessage: '', antall: 1, otungdommer: [row] };
    await stage.list('2027-07-06T00:05:00.000Z', 'ot-adviser', list);
    expect(await stage.quarantine()).toEqual(['kode CODE_NOT_VALID_ON_DATE']);
    const seen = (await historyOf(stage, PASSIVE.fodselsnummer)).filter(
      ({ what, source }) => what === 'FactRecorded' && source === 'vigo-ot',
    );
    expect(seen.map(({ codes }) => [codes.kode, codes.kodeliste])).toEqual([['OTGA', ID]]);
  },
};

const NEW_CODES: Readonly<Record<string, Partial<OtCode>>> = {
  OTKU: { group: 4, text: 'Ikke-formell opplæring eller kurs' },
  OTFT: { group: 3, text: 'Tiltak i regi av fylket' },
  OTGA: { group: 4, text: 'Gammel kode', passive: true },
};
const CHANGED: Readonly<Record<string, Partial<Succession>>> = {
  OTIF: { to: 'OTKU', type: 'renamed' },
  OTOA: { to: 'OTFT', type: 'split', alternatives: ['OTKO'], decides: 'Hvem betaler?' },
};
const LISTS = '../../src/core/codelists/data/otLists.ts';
const SUCCESSIONS = '../../src/core/codelists/otSuccessions.ts';

/** The stage of a program that has the list; the policy says when the register took it into use. */
async function withTheList(): Promise<Stage> {
  vi.resetModules();
  const { CODES, ...rest } =
    await vi.importActual<typeof import('../../src/core/codelists/data/otLists.ts')>(LISTS);
  const today = CODES.filter(({ list }) => list === 'OT-2016-07');
  const kept = today.filter(({ code }) => !(code in CHANGED)).map((each) => ({ ...each, list: ID }));
  const added = Object.entries(NEW_CODES).map(([code, row]) => ({
    list: ID,
    number: `${row.group}.9`,
    code,
    targetGroup: true,
    viaOtQuestion: false,
    passive: false,
    revisions: [],
    ...row,
  }));
  vi.doMock(LISTS, () => ({
    ...rest,
    LISTS: [
      ...rest.LISTS.map((list) => (list.id === 'OT-2016-07' ? { ...list, to: '2027-06-30' } : list)),
      { id: ID, from: '2027-07-01', to: null, source: 'prøve', known: true, revisions: [] },
    ],
    CODES: [...CODES, ...kept, ...added],
    GROUPS: [
      ...rest.GROUPS,
      ...rest.GROUPS.filter(({ list }) => list === 'OT-2016-07').map((each) => ({ ...each, list: ID })),
    ],
  }));
  vi.doMock(SUCCESSIONS, async (original) => {
    const before = await original<typeof import('../../src/core/codelists/otSuccessions.ts')>();
    const rows = today.map(({ code }) => {
      const same = { from: code, to: code, type: 'exact', alternatives: [], decides: null };
      return { ...same, ...CHANGED[code] };
    });
    return { SUCCESSIONS: { ...before.SUCCESSIONS, [ID]: rows } };
  });
  try {
    const { inMemory } = await import('../harness/stage.ts');
    return await inMemory({ county: '40', policy: { activations: { [ID]: ACTIVATED } } });
  } finally {
    vi.doUnmock(LISTS);
    vi.doUnmock(SUCCESSIONS);
    vi.resetModules();
  }
}
