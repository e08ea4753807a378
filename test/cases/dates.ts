import { expect } from 'vitest';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import { submitted } from '../harness/apiAnswers.ts';
import {
  applied,
  attempt,
  consent,
  contact,
  contract,
  declined,
  dropout,
  handover,
  measure,
  moved,
  nonShow,
  notApplied,
  placed,
  recode,
  referral,
  renumbered,
  started,
  status,
  terminated,
} from '../harness/feedRecords.ts';
import { leaves, P01, TELEMARK } from '../harness/leaver.ts';
import { person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Stage } from '../harness/stage.ts';

/** A12: dates judged against birth and the record’s own moment. */

const P02 = person('P02');
const P08 = person('P08');
const NOW = '2026-11-20T08:00:00.000Z';

interface Slip {
  feed: Feed;
  field: string;
  record: (date: string) => object;
}

/** Every date that says what has happened or is announced, in every feed. */
const DATES_OF: readonly Slip[] = [
  { feed: 'school-dropout', field: 'avbruddsdato', record: (date) => dropout(P02, date) },
  { feed: 'school-dropout', field: 'startdato', record: (date) => started(P02, date) },
  { feed: 'school-dropout', field: 'dato', record: (dato) => ({ ...AT_RISK, dato }) },
  { feed: 'vigo-intake', field: 'dato', record: (date) => notApplied(P02, '2026-27', date) },
  { feed: 'vigo-intake', field: 'dato', record: (date) => declined(P02, date) },
  { feed: 'vigo-intake', field: 'dato', record: (date) => nonShow(P02, date) },
  { feed: 'vigo-intake', field: 'dato', record: (date) => applied(P02, '2026-27', date) },
  { feed: 'vigo-intake', field: 'dato', record: (date) => placed(P02, date) },
  { feed: 'apprenticeship', field: 'sluttdato', record: (date) => terminated(P02, date, 'AB') },
  { feed: 'apprenticeship', field: 'startdato', record: (date) => contract(P02, date, '987654321') },
  { feed: 'ot-adviser', field: 'dato', record: (date) => contact(P02, date) },
  { feed: 'ot-adviser', field: 'dato', record: (date) => attempt(P02, date, 'SMS') },
  { feed: 'ot-adviser', field: 'dato', record: (date) => referral(P02, date) },
  { feed: 'ot-adviser', field: 'dato', record: (date) => recode(P02, date, 'AVBRUTT') },
  { feed: 'ot-adviser', field: 'dato', record: (date) => measure(P02, date, 'FYLKE') },
  { feed: 'ot-adviser', field: 'dato', record: (date) => handover(P02, date, '39', 'GODTATT') },
  { feed: 'folkeregister', field: 'dato', record: (date) => moved(P02, date, '4003') },
  {
    feed: 'lower-secondary',
    field: 'dato',
    record: (dato) => ({ ...P02, type: 'uten-planer', skole: '974565781', skolear: '2026-27', dato }),
  },
  { feed: 'private-school', field: 'startdato', record: (startdato) => ({ ...PUPIL, startdato }) },
  { feed: 'consent', field: 'tidspunkt', record: (date) => consent(P02, 'A', `${date}T08:00:00Z`) },
];
const AT_RISK = { ...P02, id: 'f-1', type: 'fare-for-avbrudd', skolenummer: '40014' };
const PUPIL = { ...P02, type: 'elev', skolenummer: '40301', dato: '2026-11-20' };

/** Dates other than the one that a record holds from. */
const SIDE_DATES: readonly Slip[] = [
  {
    feed: 'school-dropout',
    field: 'motedato',
    record: (motedato) => ({ ...AT_RISK, dato: '2026-11-19', motedato }),
  },
  { feed: 'ot-adviser', field: 'til', record: (til) => measure(P02, '2026-11-19', 'FYLKE', { til }) },
  {
    feed: 'private-school',
    field: 'sluttdato',
    record: (sluttdato) => ({ ...PUPIL, startdato: '2026-08-17', sluttdato }),
  },
  {
    feed: 'school-dropout',
    field: 'meldt',
    record: (date) => dropout(P02, '2026-11-19', { meldt: `${date}T08:00:00Z` }),
  },
  {
    feed: 'school-dropout',
    field: 'fodselsdato',
    record: (fodselsdato) => dropout(P02, '2026-11-19', { fodselsdato }),
  },
];

/** Nothing is taken in, and each problem names the field and says what to do. */
async function refuses(stage: Stage, slips: readonly Slip[], date: string): Promise<void> {
  for (const { feed, field, record } of slips) {
    const { counts, problems } = await submitted(stage, feed, record(date));
    expect(counts, `${feed} ${field}`).toMatchObject({ quarantined: 1 });
    const [row] = problems as { problems: { field: string; code: string; text: string; cure: string }[] }[];
    expect(
      row?.problems.map((each) => `${each.field} ${each.code}`),
      feed,
    ).toEqual([`${field} IMPOSSIBLE_DATE`]);
    expect(row?.problems[0]?.text).toContain(`«${field}»`);
    expect(row?.problems[0]?.cure).toMatch(/dato/i);
    expect(JSON.stringify(problems)).not.toContain(date.slice(0, 4));
  }
  expect(await stage.registrations(P02.fodselsnummer)).toEqual([]);
}

export const DATES: Scenarios = {
  'case A12: a date further ahead than is ever announced is refused in every feed, and its field named':
    staged(TELEMARK, async (stage) => {
      await stage.pass(NOW);
      await refuses(stage, [...DATES_OF, ...SIDE_DATES], '2062-10-06');
    }),

  'case A12: a change of number of an odd date joins the two from the day it came, and its date is reported':
    staged(TELEMARK, async (stage) => {
      await stage.pass(NOW);
      for (const [at, date] of ['2062-10-06', '1926-11-19'].entries()) {
        const id = `nr-${at}`;
        const receipt = await submitted(stage, 'folkeregister', renumbered(P02, P08, date, { id }));
        expect(receipt.counts).toMatchObject({ applied: 1 });
        expect(JSON.stringify(receipt.notes)).toContain('IMPOSSIBLE_DATE');
        expect(await stage.quarantine()).toContain('dato IMPOSSIBLE_DATE');
      }
      const facts = (await stage.youth(P02.fodselsnummer))?.facts ?? [];
      expect(facts.map(({ effective }) => effective)).toEqual(['2026-11-20', '2026-11-20']);
      expect(await stage.ref(P02.fodselsnummer)).toBe(await stage.ref(P08.fodselsnummer));
    }),

  'case A12: a date before birth, or before upper secondary is possible, is refused in every feed': staged(
    TELEMARK,
    async (stage) => {
      await stage.pass(NOW);
      await refuses(
        stage,
        // A county and a consent of 1926 are refused for more than their dates.
        DATES_OF.filter(({ record }) => !('tilFylke' in record('')) && !('tidspunkt' in record(''))),
        '1926-11-19',
      );
      await stage.post('feeds/school-dropout', dropout(P02, '2020-11-19'));
      await stage.post('feeds/vigo-intake', notApplied(P02, '2019-20', '2026-11-19'));
      expect(await stage.registrations(P02.fodselsnummer)).toEqual([]);
      expect(await stage.quarantine()).toContain('skolear IMPOSSIBLE_DATE');
    },
  ),

  'case A12: without a birth date the record’s own moment judges': staged(TELEMARK, async (stage) => {
    await stage.pass(NOW);
    const unknownBirth = { fodselsdato: null };
    const { problems } = await submitted(stage, 'school-dropout', [
      dropout(P02, '1926-11-19', unknownBirth),
      dropout(P02, '2062-10-06', unknownBirth),
      dropout(P02, '2026-10-06', unknownBirth),
    ]);
    expect(problems).toMatchObject([{ row: 1 }, { row: 2 }]);
    expect(await stage.registrations(P02.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
  }),

  'case A12: school years that cannot be applied for, or that lie before the youth could begin, are refused':
    staged(TELEMARK, async (stage) => {
      await stage.pass(NOW);
      const submit = (skolear: string) =>
        submitted(stage, 'vigo-intake', notApplied(P02, skolear, '2026-11-19'));
      for (const year of ['2062-63', '2028-29', '2019-20', '1926-27'])
        expect((await submit(year)).problems).toMatchObject([
          { problems: [{ field: 'skolear', code: 'IMPOSSIBLE_DATE' }] },
        ]);
      for (const year of ['2026-27', '2027-28']) expect((await submit(year)).problems).toEqual([]);
      const later = status(P02, '2026-11-19', 'OTUK', { skolear: '2062-63' });
      expect((await submitted(stage, 'ot-adviser', later)).problems).toMatchObject([
        { problems: [{ field: 'skolear', code: 'IMPOSSIBLE_DATE' }] },
      ]);
    }),

  'case A12: contact and status are never dated ahead, and such a one is not in force': staged(
    TELEMARK,
    async (stage) => {
      await leaves(stage);
      await stage.pass(NOW);
      for (const ahead of ['2027-02-01', '2062-10-06', '2026-11-21']) {
        await stage.post('feeds/ot-adviser', contact(P01, ahead));
        await stage.post('feeds/ot-adviser', attempt(P01, ahead, 'TELEFON', { besvart: true }));
        await stage.post('feeds/ot-adviser', status(P01, ahead, 'OTOV'));
      }
      expect(await stage.registrations(P01.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.quarantine()).toEqual(Array(9).fill('dato IMPOSSIBLE_DATE'));
      await stage.post('feeds/ot-adviser', contact(P01, '2026-11-20'));
      await stage.post('feeds/ot-adviser', status(P01, '2026-11-20', 'OTOV'));
      expect(await stage.registrations(P01.fodselsnummer)).toEqual(['AVBRUTT OTOV 2026-27 40']);
    },
  ),

  'case A12: a leaving that is announced weeks ahead is taken in, and a report counts it from its date':
    staged(TELEMARK, async (stage) => {
      await stage.send('2026-11-02T07:00:00.000Z', 'school-dropout', dropout(P01, '2027-01-04'));
      await stage.send('2026-11-02T08:00:00.000Z', 'school-dropout', dropout(P02, '2026-10-30'));
      expect(await stage.registrations(P01.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      await stage.pass('2026-11-20T08:00:00.000Z');
      expect((await stage.report('2026-11-15')).report).toMatchObject({
        total: 1,
        codes: { OTUK: 1 },
        everHad: { OTUK: 1 },
      });
      await stage.pass('2027-02-10T08:00:00.000Z');
      expect((await stage.report('2027-02-01')).report).toMatchObject({ total: 2, everHad: { OTUK: 2 } });
    }),

  'case A12: what protects takes effect whatever its date': staged(TELEMARK, async (stage) => {
    await leaves(stage);
    const id = 'avbrudd-1';
    const hidden = {
      id: 'p-1',
      type: 'adressebeskyttelse',
      fodselsnummer: P01.fodselsnummer,
      dato: '2062-10-06',
    };
    await stage.send(NOW, 'folkeregister', {
      ...hidden,
      gradering: 'STRENGT_FORTROLIG',
      meldt: '2062-10-06T08:00:00Z',
    });
    expect((await stage.out('ot-ungdom', P01.fodselsnummer)).at(-1)).toMatchObject({
      protection: 'STRENGT_FORTROLIG',
    });
    await stage.send('2026-11-21T08:00:00.000Z', 'school-dropout', {
      type: 'annullering',
      id: 'a-1',
      ...P01,
      skolenummer: '40014',
      annullerer: id,
      meldt: '2062-10-06T08:00:00Z',
    });
    expect(await stage.registrations(P01.fodselsnummer)).toEqual([]);
    expect(await stage.quarantine()).toEqual([]);
  }),
};
