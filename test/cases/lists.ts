import { expect } from 'vitest';
import type { ListEnvelope } from '../../src/core/feedAdapter.ts';
import { consent, followed } from '../harness/navMonth.ts';
import type { Person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import type { Stage } from '../harness/stage.ts';

/** C4–C7: nightly lists. */

const COUNTY = { county: '15', from: '2026-10-01T06:00:00.000Z' };
const PEOPLE = crowd(94, 20);
const [GONE, BROKEN, OTHER] = PEOPLE as [Person, Person, Person, ...Person[]];

const norwegian = (date: string) => date.split('-').reverse().join('.');

/** One list there is: how a person is listed in it, and what being gone from it twice in a row leads to. */
interface Kind {
  feed: 'apprenticeship' | 'ot-adviser' | 'private-school';
  list: ListEnvelope['list'];
  review: string;
  /** Lists in a row before the adviser is asked. */
  limit: number;
  row(person: Person, changes?: object): object;
  document(rows: readonly object[]): object;
  /** The row with something in it that cannot be used, the number apart. */
  broken(person: Person): object;
  /** The row with a number whose check digits are wrong. */
  nameless(person: Person): object;
}

const wrongDigit = ({ fodselsnummer }: Person) =>
  fodselsnummer.slice(0, 10) + String((Number(fodselsnummer[10]) + 1) % 10);

const CONTRACTS: Kind = {
  feed: 'apprenticeship',
  list: 'laktiv',
  review: 'MULIG_HEVING',
  limit: 2,
  row: ({ fodselsnummer, fodselsdato }, changes) => ({
    elev: { fnr: fodselsnummer, fdato: norwegian(fodselsdato) },
    ...{ type: 'L', bnr: '987654321', start: '15.08.2025', slutt: '14.08.2028' },
    ...changes,
  }),
  document: (kontrakter) => ({ errorMessage: '', antall: kontrakter.length, kontrakter }),
  broken: (person) => CONTRACTS.row(person, { bnr: '12' }),
  nameless: (person) => CONTRACTS.row({ ...person, fodselsnummer: wrongDigit(person) }),
};

const REGISTER: Kind = {
  feed: 'ot-adviser',
  list: 'ot',
  review: 'BORTE_FRA_REGISTER',
  limit: 2,
  row: ({ fodselsnummer, fodselsdato }, changes) => ({
    person: { fnr: fodselsnummer, fdato: norwegian(fodselsdato) },
    otData: { aktivitetskode: 'OTUK', ...changes },
  }),
  document: (otungdommer) => ({ errorMessage: '', antall: otungdommer.length, otungdommer }),
  broken: (person) => REGISTER.row(person, { tilknytningnr: 'x' }),
  nameless: (person) => REGISTER.row({ ...person, fodselsnummer: wrongDigit(person) }),
};

const PUPILS: Kind = {
  feed: 'private-school',
  list: 'private-school:15301',
  review: 'BORTE_FRA_SKOLELISTE',
  limit: 1,
  row: ({ fodselsnummer }, changes) => ({ fodselsnummer, startdato: '2026-08-17', ...changes }),
  document: (elever) => ({ skole: '15301', dato: '2026-10-01', antall: elever.length, elever }),
  broken: (person) => PUPILS.row(person, { startdato: 'i høst' }),
  nameless: (person) => PUPILS.row({ ...person, fodselsnummer: wrongDigit(person) }),
};

const KINDS = [CONTRACTS, REGISTER, PUPILS];

const day = (night: number) => `2026-10-${String(night + 1).padStart(2, '0')}`;
const at = (night: number, time = '06:00:00.000') => `${day(night)}T${time}Z`;

/** A night's list over HTTP, and what the sender then reads on the receipt. */
async function night(stage: Stage, kind: Kind, n: number, rows: readonly object[]) {
  await stage.pass(at(n));
  const answer = await stage.post(`feeds/${kind.feed}`, kind.document(rows));
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  await stage.conclude();
  return (await stage.get(`receipts/${String(answer.body.receiptId)}`)).body;
}

/** The same rows by a producer on the topic. */
const rowsOf = (kind: Kind, rows: readonly object[]) =>
  kind === PUPILS
    ? rows.map((row) => ({ type: 'elev', skolenummer: '15301', dato: '2026-10-01', ...row }))
    : rows;

const envelope = (kind: Kind, run: string, total: number): ListEnvelope => ({
  list: kind.list,
  run,
  type: 'FULL',
  total,
});

const all = (kind: Kind, people: readonly Person[] = PEOPLE) => people.map((each) => kind.row(each));
const without = (...gone: Person[]) => PEOPLE.filter((each) => !gone.includes(each));
const open = async (stage: Stage, { fodselsnummer }: Person) => stage.open(fodselsnummer);

async function lists(stage: Stage): Promise<Record<string, unknown>[]> {
  return (await stage.get('lists')).body.lists as Record<string, unknown>[];
}

/** A case for every list there is. */
function each(title: string, act: (stage: Stage, kind: Kind) => Promise<void>): Scenarios {
  return Object.fromEntries(
    KINDS.map((kind) => [`${title} (${kind.list})`, staged(COUNTY, (stage) => act(stage, kind))]),
  );
}

const DOUBLES = {
  ...each(
    'case C4: a list that names a person twice is whole, and who is gone from it is reported',
    async (stage, kind) => {
      const twice = kind.row(OTHER, kind === CONTRACTS ? { start: '15.08.2024' } : {});
      const rows = [...all(kind, without(GONE)), twice, kind.row(BROKEN)];
      await night(stage, kind, 0, all(kind));
      for (let n = 1; n <= kind.limit; n += 1) await night(stage, kind, n, rows);
      expect(await open(stage, GONE)).toEqual([kind.review]);
      for (const person of without(GONE)) expect(await open(stage, person)).toEqual([]);
      expect((await lists(stage))[0]).toMatchObject({
        state: 'concluded',
        announced: 21,
        seen: 21,
        affected: 1,
      });
      expect(await stage.alarms()).toEqual([]);
    },
  ),
  ...each(
    'case C4: rows that are on the topic twice make the list whole when no more have come for a while',
    async (stage, kind) => {
      const rows = rowsOf(kind, [...all(kind, without(GONE)), kind.row(OTHER)]);
      await stage.listed(at(0), kind.feed, envelope(kind, 'first', 20), rowsOf(kind, all(kind)));
      for (let n = 1; n <= kind.limit; n += 1) {
        await stage.listed(at(n), kind.feed, envelope(kind, `night-${n}`, 20), rows);
        expect((await lists(stage))[0]).toMatchObject({
          state: 'incomplete',
          announced: 20,
          seen: 19,
          double: 1,
        });
        await stage.pass(at(n, '06:10:00.000'));
        await stage.conclude();
        expect((await lists(stage))[0]).toMatchObject({ state: 'concluded' });
      }
      expect(await open(stage, GONE)).toEqual([kind.review]);
    },
  ),
  ...each(
    'case C4: a producer that begins again in the middle of a list has sent every row before it is whole',
    async (stage, kind) => {
      const rows = rowsOf(kind, all(kind));
      await stage.listed(at(0), kind.feed, envelope(kind, 'first', 20), rows);
      for (let n = 1; n <= kind.limit; n += 1) {
        const run = envelope(kind, `night-${n}`, 20);
        await stage.listed(at(n), kind.feed, run, rows.slice(0, 18));
        await stage.listed(at(n, '06:00:05.000'), kind.feed, run, rows.slice(0, 18));
        await stage.listed(at(n, '06:00:09.000'), kind.feed, run, rows.slice(18));
      }
      expect(await stage.out('alert')).toEqual([]);
      expect((await lists(stage))[0]).toMatchObject({
        state: 'concluded',
        seen: 20,
        double: 18,
        affected: 0,
      });
    },
  ),
};

const BROKEN_ROWS = {
  ...each(
    'case C5: a row that cannot be used every night keeps no other absence from being reported, and the person in it counts as present',
    async (stage, kind) => {
      await night(stage, kind, 0, all(kind));
      const rows = [...all(kind, without(GONE, BROKEN)), kind.broken(BROKEN)];
      for (let n = 1; n <= kind.limit; n += 1) await night(stage, kind, n, rows);
      expect(await open(stage, GONE)).toEqual([kind.review]);
      expect(await open(stage, BROKEN)).toEqual([]);
      expect((await lists(stage))[0]).toMatchObject({ state: 'concluded', bad: 1, nameless: 0, doubtful: 0 });
    },
  ),
  ...each(
    'case C5: a row whose number cannot be read, night after night, replaces no person who goes missing later',
    async (stage, kind) => {
      const rows = [...all(kind, without(GONE)), kind.nameless(BROKEN)];
      await night(stage, kind, 0, [...rows, kind.row(GONE)]);
      for (let n = 1; n <= kind.limit; n += 1) await night(stage, kind, n, rows);
      expect(await open(stage, GONE)).toEqual([kind.review]);
      expect(await stage.alarms()).toEqual([]);
    },
  ),
  ...each(
    'case C5: who goes missing when a row becomes unreadable is not reported gone before an operator has said that it is another',
    async (stage, kind) => {
      await night(stage, kind, 0, all(kind));
      const rows = [...all(kind, without(GONE, BROKEN)), kind.nameless(BROKEN)];
      for (let n = 1; n <= 4; n += 1) await night(stage, kind, n, rows);
      expect(await stage.out('alert')).toEqual([]);
      expect(await stage.alarms()).toEqual([
        'LIST_DOUBTFUL',
        'LIST_DOUBTFUL',
        'LIST_DOUBTFUL',
        'LIST_DOUBTFUL',
      ]);
      const [list] = await lists(stage);
      expect(list).toMatchObject({ state: 'concluded', doubtful: 2, nameless: 1 });
      expect(list?.text).toMatch(/2 mangler, men kan stå i en rad som ikke kan leses/);

      // The row is mended: its person is there, and the other one is gone.
      const mended = [...all(kind, without(GONE, BROKEN)), kind.row(BROKEN)];
      for (let n = 5; n < 5 + kind.limit; n += 1) await night(stage, kind, n, mended);
      expect(await open(stage, GONE)).toEqual([kind.review]);
      expect(await open(stage, BROKEN)).toEqual([]);
    },
  ),
  ...each(
    'case C5: an operator who knows that no missing person is in the row settles the list',
    async (stage, kind) => {
      await night(stage, kind, 0, all(kind));
      const rows = [...all(kind, without(GONE)), kind.nameless({ ...GONE, fodselsnummer: '14830989960' })];
      for (let n = 1; n <= kind.limit; n += 1) {
        await night(stage, kind, n, rows);
        expect(await open(stage, GONE)).toEqual([]);
        const [list] = await lists(stage);
        const path = `lists/${String(list?.list)}/${String(list?.run)}/settle`;
        const said = { how: 'conclude', reason: 'Raden gjelder en annen; skolen retter den.' };
        expect(await stage.post(path, said)).toMatchObject({ status: 200, body: { state: 'complete' } });
        await stage.conclude();
        expect(await stage.post(path, said)).toMatchObject({
          status: 409,
          body: { type: 'urn:ot-bridge:LIST_NOT_HELD' },
        });
      }
      expect(await open(stage, GONE)).toEqual([kind.review]);
      expect((await lists(stage))[0]).toMatchObject({
        doubtful: 0,
        acts: [{ act: 'conclude', who: 'loopback', reason: 'Raden gjelder en annen; skolen retter den.' }],
      });
    },
  ),
  'case C5: a broken row that is discarded was seen, and one that is replayed takes its own place': staged(
    COUNTY,
    async (stage) => {
      const kind = CONTRACTS;
      await night(stage, kind, 0, all(kind));
      await night(stage, kind, 1, [...all(kind, without(GONE, BROKEN)), kind.nameless(BROKEN)]);
      const items = (await stage.get('quarantine')).body.items as { id: string }[];
      const why = { reason: 'Fagopplæringskontoret retter raden.' };
      for (const { id } of items) await stage.post(`quarantine/${id}/replay`, why);
      expect((await lists(stage))[0]).toMatchObject({ state: 'concluded', seen: 19, bad: 1, surplus: 0 });
      const again = (await stage.get('quarantine')).body.items as { id: string }[];
      expect(again).toHaveLength(1);
      for (const { id } of again) await stage.post(`quarantine/${id}/discard`, why);
      await stage.conclude();
      expect((await lists(stage))[0]).toMatchObject({ state: 'concluded', announced: 19, seen: 19, bad: 1 });
      expect(await stage.alarms()).toEqual(['LIST_DOUBTFUL']);
    },
  ),
  'case C5: of a NAV delivery with a row that cannot be read nothing is used until an operator leaves the row out':
    staged(COUNTY, async (stage) => {
      const batch = { batchId: 'B-2026-10', maaned: '2026-10' };
      await night(stage, CONTRACTS, 0, all(CONTRACTS));
      const [one, other] = crowd(57, 2) as [Person, Person];
      await followed(
        stage,
        [one, other],
        [one, other].map((who) => consent(who, 'A', 'SAMTYKKET', '2026-10-05T08:00:00.000Z')),
      );
      await stage.extract(at(1), '2026-10');
      await stage.rows(at(1), 'nav-match', [
        { type: 'manifest', ...batch, antall: 2 },
        {
          type: 'svar',
          ...batch,
          id: 'm-1',
          fodselsnummer: one.fodselsnummer,
          registrert: 'JA',
          kontor: '1501',
        },
        { type: 'svar', ...batch, id: 'm-2', fodselsnummer: wrongDigit(other), registrert: 'NEI' },
      ]);
      expect(await stage.alarms()).toEqual(['NAV_BAD_ROWS']);
      expect(await stage.get('lists/nav/B-2026-10')).toMatchObject({
        body: { state: 'held', reason: 'NAV_BAD_ROWS', seen: 2, bad: 1 },
      });
      const said = { how: 'conclude', reason: 'NAV sier at raden skal utgå.' };
      expect((await stage.post('lists/nav/B-2026-10/settle', said)).status).toBe(200);
      await stage.conclude();
      const { body } = await stage.get('lists/nav/B-2026-10');
      expect(body).toMatchObject({ state: 'concluded', affected: 1 });
      expect(body.text).toBe(
        'Leveransen er brukt: 1 svar. 1 rad må rettes; den som står der, regnes som til stede.',
      );
    }),
};

const SHRUNK = {
  ...each(
    'case C6: the sender of a list that has shrunk reads that it is held and why, and a person confirms it',
    async (stage, kind) => {
      await night(stage, kind, 0, all(kind));
      const rows = all(kind, PEOPLE.slice(16));
      for (let n = 1; n <= kind.limit; n += 1) {
        const receipt = await night(stage, kind, n, rows);
        if (n === 1) {
          expect(receipt).toMatchObject({
            final: true,
            lists: [{ state: 'held', reason: 'LIST_SHRUNK', announced: 4, seen: 4, affected: 16 }],
          });
          expect(receipt.text).toMatch(
            /^4 rader: .* Listen er holdt tilbake: 16 som sto i forrige liste, mangler i denne\. Ingen er meldt som borte\./,
          );
          expect(await stage.alarms()).toEqual(['LIST_SHRUNK']);
          expect(await stage.out('alert')).toEqual([]);
          const { list, run } = (receipt.lists as { list: string; run: string }[])[0] ?? {
            list: '',
            run: '',
          };
          const path = `lists/${list}/${run}/confirm`;
          expect((await stage.post(path, { reason: '' })).status).toBe(400);
          const confirmed = await stage.post(path, { reason: 'Fylket har lagt ned en bedrift.' });
          expect(confirmed).toMatchObject({
            status: 200,
            body: { state: 'complete', acts: [{ act: 'confirm' }] },
          });
          await stage.conclude();
          expect(await stage.post(path, { reason: 'Fylket har lagt ned en bedrift.' })).toMatchObject({
            status: 409,
          });
        }
      }
      for (const person of PEOPLE.slice(0, 16)) expect(await open(stage, person)).toEqual([kind.review]);
      for (const person of PEOPLE.slice(16)) expect(await open(stage, person)).toEqual([]);
    },
  ),
  ...each(
    'case C6: a list of five that loses three is held, and one that loses two is not',
    async (stage, kind) => {
      await night(stage, kind, 0, all(kind, PEOPLE.slice(0, 5)));
      await night(stage, kind, 1, all(kind, PEOPLE.slice(3, 5)));
      expect(await stage.alarms()).toEqual(['LIST_SHRUNK']);
      await night(stage, kind, 2, all(kind, PEOPLE.slice(2, 5)));
      expect(await stage.alarms()).toEqual(['LIST_SHRUNK']);
      expect((await lists(stage)).map(({ state }) => state)).toEqual(['concluded', 'held', 'concluded']);
    },
  ),
  'case C6: a list that is held can be laid away, and an unknown one cannot be settled': staged(
    COUNTY,
    async (stage) => {
      await night(stage, CONTRACTS, 0, all(CONTRACTS));
      await night(stage, CONTRACTS, 1, all(CONTRACTS, PEOPLE.slice(16)));
      const [list] = await lists(stage);
      const path = `lists/laktiv/${String(list?.run)}`;
      const reason = 'VIGO sendte en halv liste.';
      expect(await stage.post(`${path}/settle`, { how: 'drop', reason })).toMatchObject({
        status: 200,
        body: { state: 'dropped', text: 'Listen er lagt bort. Ingen er meldt som borte på grunn av den.' },
      });
      expect(await stage.post(`${path}/confirm`, { reason })).toMatchObject({ status: 409 });
      expect(await stage.post('lists/laktiv/ukjent/confirm', { reason })).toMatchObject({
        status: 404,
        body: { type: 'urn:ot-bridge:UNKNOWN_LIST' },
      });
      await stage.conclude();
      expect(await stage.out('alert')).toEqual([]);
    },
  ),
  'case C6: a list that never becomes whole is used as it is when a person says so': staged(
    COUNTY,
    async (stage) => {
      const kind = CONTRACTS;
      await stage.listed(at(0), kind.feed, envelope(kind, 'first', 20), all(kind));
      for (let n = 1; n <= 2; n += 1) {
        const run = `night-${n}`;
        await stage.listed(at(n), kind.feed, envelope(kind, run, 25), all(kind, without(GONE)));
        expect(await stage.get(`lists/laktiv/${run}`)).toMatchObject({
          body: { state: 'incomplete', text: expect.stringMatching(/^19 av 25 rader er kommet/) },
        });
        const reason = 'Systemet talte feil; 19 er riktig.';
        const answer = await stage.post(`lists/laktiv/${run}/settle`, { how: 'conclude', reason });
        expect(answer.status).toBe(200);
        await stage.conclude();
      }
      expect(await open(stage, GONE)).toEqual([kind.review]);
    },
  ),
};

const RUNS = {
  ...each(
    'case C7: an id used again on a later night is reported, and the later list is concluded from',
    async (stage, kind) => {
      const send = (n: number, people: readonly Person[]) =>
        stage.listed(
          at(n),
          kind.feed,
          envelope(kind, 'nattens-liste', people.length),
          rowsOf(kind, all(kind, people)),
        );
      await send(0, PEOPLE);
      for (let n = 1; n <= kind.limit; n += 1) await send(n, without(GONE));
      expect(await stage.alarms()).toEqual(Array(kind.limit).fill('LIST_REUSED'));
      expect(await open(stage, GONE)).toEqual([kind.review]);
      expect((await lists(stage)).map(({ run }) => run)).toContain('nattens-liste~2');
    },
  ),
  ...each(
    'case C7: of two lists under way at the same time the one begun last holds, whichever is whole first',
    async (stage, kind) => {
      const [older, newer] = [envelope(kind, 'eldre', 19), envelope(kind, 'nyere', 20)];
      const [fewer, more] = [rowsOf(kind, all(kind, without(GONE))), rowsOf(kind, all(kind))];
      await stage.listed(at(0), kind.feed, envelope(kind, 'first', 20), more);
      await stage.listed(at(1), kind.feed, older, fewer.slice(0, 10));
      await stage.listed(at(1, '06:05:00.000'), kind.feed, newer, more);
      await stage.listed(at(1, '06:09:00.000'), kind.feed, older, fewer.slice(10));
      expect(await stage.alarms()).toEqual(['LIST_OUTDATED']);
      expect(await stage.out('alert')).toEqual([]);
      expect((await lists(stage)).map(({ run, state }) => [run, state])).toEqual([
        ['nyere', 'concluded'],
        ['eldre', 'superseded'],
        ['first', 'concluded'],
      ]);
      const reason = 'Den eldre er riktig.';
      expect((await stage.post(`lists/${kind.list}/eldre/confirm`, { reason })).status).toBe(409);
    },
  ),
  ...each(
    'case C7: rows that come when their list has been used are reported, and who is in one is there again',
    async (stage, kind) => {
      const run = envelope(kind, 'natt', 18);
      const rows = rowsOf(kind, all(kind));
      await stage.listed(at(0), kind.feed, envelope(kind, 'first', 20), rows);
      await stage.listed(at(1), kind.feed, run, rows.slice(2));
      await stage.listed(at(1, '06:03:00.000'), kind.feed, run, rows.slice(0, 1));
      expect(await stage.alarms()).toEqual(['LIST_SURPLUS']);
      if (kind.limit === 1) expect(await open(stage, BROKEN)).toEqual([kind.review]);
      expect(await open(stage, GONE)).toEqual([]);
      await stage.listed(at(2), kind.feed, envelope(kind, 'neste', 20), rows);
      expect(await open(stage, BROKEN)).toEqual([]);
      expect(await open(stage, GONE)).toEqual([]);
    },
  ),
};

export const LISTS: Scenarios = { ...DOUBLES, ...BROKEN_ROWS, ...SHRUNK, ...RUNS };
