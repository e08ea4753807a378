import { beforeAll, describe, expect, test } from 'vitest';
import { createOrganisations } from '../../src/bridge/organisations.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import { type PersonRef, personOfNumber, personRef } from '../../src/core/person/reference.ts';
import type { Youth } from '../../src/core/youth/youth.ts';
import { worklistPage } from '../../src/desk/worklists/worklists.ts';
import { youthWrite } from '../../src/pipeline/writes.ts';
import { emptyState } from '../../src/store/memory/state.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { letterLines } from '../../src/text/letterLines.ts';
import { wheelLines } from '../../src/text/wheelLines.ts';
import { worklistLines } from '../../src/text/worklistLines.ts';
import { left, type Story, story } from '../harness/story.ts';
import { appOf, bodyOf, ORG, problemOf, SAMPLE, type TestParts, testParts } from './parts.ts';

const P08_BORN = '2007-09-17';
const refs: string[] = [];
let parts: TestParts;

/** Youths as the pipeline would have stored them. */
async function store(to: TestParts, youths: readonly Youth[], org = ORG): Promise<PersonRef[]> {
  const numbers = await to.memory.resolve(
    youths.map((_, at) => ({ hmac: Buffer.alloc(32, at + 1), sealedNumber: () => Buffer.from('sealed') })),
  );
  const made = numbers.map(personOfNumber);
  const lane = await to.memory.claim({ org, topic: `${org}.ot.event.school-dropout`, partition: 0 });
  const result = await to.memory.commit({
    lane,
    nextOffset: 1n,
    publishedUpto: 0n,
    mark: null,
    applied: [],
    youths: youths.map((youth, at) =>
      youthWrite({ ref: made[at] ?? personRef(''), expectedVersion: 0, version: 1, youth }),
    ),
    quarantined: [],
    parked: [
      {
        offset: 0n,
        ref: made[1] ?? personRef(''),
        received: '2026-10-07T07:12:00.000Z',
        reason: 'decide-failed',
        sealed: Buffer.from('s'),
      },
    ],
    names: [],
    sourceKeys: [],
    receipts: [],
    listRows: [],
    counts: { applied: 0, duplicate: 0, rejected: 0, quarantined: 0, parked: 0 },
  });
  expect(result).toBe('committed');
  return made;
}

function dropout(born: string): Story {
  const youth = story({ born });
  youth.when('2026-09-05T08:00:00Z', left('40014', 'FV'), { effective: '2026-09-01' });
  return youth;
}

beforeAll(async () => {
  parts = testParts();
  const tried = dropout('2008-06-21');
  tried.when('2026-09-10T08:00:00Z', { kind: 'ContactAttempt', channel: 'BREV', answered: false });
  const hidden = dropout(P08_BORN);
  hidden.when('2026-09-10T08:00:00Z', { kind: 'Protection', grade: 'STRENGT_FORTROLIG' });
  const youths = [tried, dropout('2010-04-16'), hidden, dropout('2010-04-16')].map((each) => each.youth());
  refs.push(...(await store(parts, youths)));
});

const get = (path: string, accept = 'application/json') =>
  appOf(parts).app.request(path, { headers: { accept } });

describe('the wheel', () => {
  test('I06 is shown by date, each date with its week', async () => {
    const response = await get(`/organisations/${ORG}/wheel/2025-26`);
    expect(response.status).toBe(200);
    const { dates, county } = await bodyOf(response);
    expect(county).toBe('40');
    expect(dates.find(({ id }: { id: string }) => id === 'W19')).toMatchObject({
      reference: { date: '2026-06-15', weekLabel: 'uke 25' },
      documentWeek: '24',
      weekLabel: 'uke 25',
    });
    const text = wheelLines({ schoolYear: '2025-26', dates });
    expect(text).toContain('W19 15.06.2026–21.06.2026 (uke 25) Lever tallene');
    expect(text).toContain('per 15.06.2026 (uke 25) · rapporten kjøres 08.06.2026 · uke 24 i årshjulet');
  });

  test('I06 a county that moves a date sees its own', async () => {
    const move = { id: 'W24', schoolYear: '2026-27', from: '2026-10-05', to: '2026-10-09' } as const;
    const { policyOf } = createOrganisations([
      { id: ORG, county: countyNumber('40'), virtualClock: false, policy: { wheel: [move] } },
    ]);
    const { app } = appOf(testParts({ policyOf }));
    const { dates } = await bodyOf(await app.request(`/organisations/${ORG}/wheel/2026-27`));
    expect(dates.find(({ id }: { id: string }) => id === 'W24')).toMatchObject({
      from: '2026-10-05',
      weekLabel: 'uke 41',
      moved: true,
    });
    expect(wheelLines({ schoolYear: '2026-27', dates })).toContain('egne datoer');
  });

  test.each(['2026-28', '2026', '2026-2027', 'neste'])(
    '%s is no school year and no address',
    async (year) => {
      expect((await get(`/organisations/${ORG}/wheel/${year}`)).status).toBe(404);
    },
  );
});

describe('worklists', () => {
  test('count those in hiding to callers alone who hear of them, whatever the day', async () => {
    const organisation = { id: ORG, county: countyNumber('40'), virtualClock: false };
    for (const date of [undefined, '2026-10-01', '2026-12-01']) {
      const asked = { name: 'no-contact', date, order: 'urgency' as const, page: { limit: 10 } };
      const leftOut = async (protectedYouths: boolean) =>
        (await worklistPage(parts, organisation, { ...asked, protectedYouths })).view.leftOut;
      expect(await leftOut(true)).toBe(1);
      expect(await leftOut(false)).toBe(0);
    }
  });

  test('are listed with the entries of the wheel that use them', async () => {
    const { lists } = await bodyOf(await get(`/organisations/${ORG}/worklists`));
    expect(lists.find(({ id }: { id: string }) => id === 'stale-statuses').wheel).toEqual([
      'W02',
      'W17',
      'W26',
    ]);
  });

  test('O01 the list of those without contact shows what was tried and what was not', async () => {
    const list = await bodyOf(await get(`/organisations/${ORG}/worklists/no-contact`));
    expect(list).toMatchObject({ date: '2026-10-07', schoolYear: '2026-27', leftOut: 1, unreadable: 0 });
    expect(list.rows).toHaveLength(3);
    expect(list.rows.find(({ ref }: { ref: string }) => ref === refs[0])).toMatchObject({
      rule: 'R02',
      attempts: { BREV: 1 },
      untried: ['SMS', 'EPOST', 'TELEFON', 'SOSIALE_MEDIER', 'HJEMMEBESOK', 'OPPMOTE'],
      owner: '40200',
      deadline: '2026-09-12',
    });
    const text = worklistLines(list);
    expect(text).toContain('forsøkt uten svar: BREV 1 · prøv SMS');
    expect(text).toContain('1 med strengt fortrolig adresse');
  });

  test('D01 a strictly protected youth is in none of them', async () => {
    const { lists } = await bodyOf(await get(`/organisations/${ORG}/worklists`));
    for (const { id } of lists) {
      expect(await (await get(`/organisations/${ORG}/worklists/${id}`)).text()).not.toContain(refs[2]);
    }
  });

  test('are found by their entry of the wheel, and made for the day that is asked for', async () => {
    const list = await bodyOf(await get(`/organisations/${ORG}/worklists/W26?date=2026-10-20`));
    expect(list).toMatchObject({ id: 'stale-statuses', date: '2026-10-20', since: '2026-10-01' });
    const other = await get(`/organisations/${ORG}/worklists/no-contact?date=2026-02-30`);
    expect(await problemOf(other)).toMatchObject({ type: 'urn:ot-bridge:INVALID_REQUEST' });
    expect((await get(`/organisations/${ORG}/worklists/W04`)).status).toBe(404);
  });

  test('go to a spreadsheet when that is asked for, and JSON otherwise', async () => {
    const response = await get(`/organisations/${ORG}/worklists/no-contact`, 'text/csv');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="no-contact-2026-10-07.csv"',
    );
    const lines = (await response.text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain('Referanse;Skoleår;Fylke');
    expect(lines.find((line) => line.startsWith(refs[0] ?? '–'))).toContain(';BREV 1;');
    const any = await get(`/organisations/${ORG}/worklists/no-contact`, '*/*');
    expect(any.headers.get('content-type')).toContain('application/json');
  });

  test('today is the organisation’s own: a sample’s clock is stopped', async () => {
    const own = testParts();
    await own.memory.moveClock(SAMPLE, '2021-03-01T11:00:00.000Z');
    const list = await bodyOf(await appOf(own).get(`/organisations/${SAMPLE}/worklists/deadlines`));
    expect(list).toMatchObject({ date: '2021-03-01', schoolYear: '2020-21', rows: [] });
    expect(worklistLines(list)).toContain('Frister per 01.03.2021: 0 rader');
  });

  test('a youth that cannot be read is reported', async () => {
    const state = emptyState();
    const memory = createMemoryStore(state);
    const own = testParts({ queries: memory, operations: memory, store: memory, work: memory });
    const one = dropout('2008-06-21').youth();
    await store({ ...own, memory }, [one, one, one]);
    for (const stored of [...state.youths.values()].slice(0, 1)) stored.state = '["another form"]';
    const { get: ask } = appOf(own);
    const list = await bodyOf(await ask(`/organisations/${ORG}/worklists/no-contact`));
    expect([list.rows.length, list.unreadable]).toEqual([2, 1]);
    expect(worklistLines(list)).toContain('1 kan ikke leses');
    const mailing = await bodyOf(await ask(`/organisations/${ORG}/letters/W30?schoolYear=2026-27`));
    expect(mailing.unreadable).toBe(1);
    expect(letterLines(mailing)).toContain('1 kan ikke leses');
  });
});

describe('letters', () => {
  test('list who gets one and who does not, with the reason', async () => {
    const mailing = await bodyOf(await get(`/organisations/${ORG}/letters/W24?schoolYear=2026-27`));
    expect(mailing).toMatchObject({
      id: 'W24',
      channel: 'BREV',
      from: '2026-09-21',
      to: '2026-09-27',
      weekLabel: 'uke 39',
    });
    const listed = [
      ...mailing.triggers.map(
        ({ ref, recipient }: { ref: string; recipient: string }) => `${ref} ${recipient}`,
      ),
      ...mailing.suppressed.map(
        ({ ref, holds }: { ref: string; holds: { code: string }[] }) =>
          `${ref} ${holds.map(({ code }) => code).join()}`,
      ),
    ];
    expect(listed.sort()).toEqual(
      [
        `${refs[0]} UNGDOM`,
        `${refs[1]} MELDINGER_VENTER`,
        `${refs[2]} STRENGT_FORTROLIG`,
        `${refs[3]} FORESATT`,
        `${refs[3]} UNGDOM`,
      ].sort(),
    );
    for (const { holds } of mailing.suppressed) expect(holds[0].reason).toMatch(/\.$/);
    const text = letterLines(mailing);
    expect(text).toContain('Skal ha det: 3 (FORESATT 1, UNGDOM 2)');
    expect(text).toContain(`HOLD ${refs[2]} · Adressen er strengt fortrolig`);
  });

  test('go to a spreadsheet with one row per receiver and one per youth held back', async () => {
    const response = await get(`/organisations/${ORG}/letters/W24?schoolYear=2026-27`, 'text/csv');
    const [head, ...rows] = (await response.text()).trimEnd().split('\r\n');
    expect(head).toContain('Utfall;Referanse;');
    expect(rows.map((row) => row.split(';')[0])).toEqual(['SEND', 'SEND', 'SEND', 'HOLD', 'HOLD']);
    expect(rows.find((row) => row.includes(refs[2] ?? '–'))).not.toContain('40200');
  });

  test('are asked for by letter and school year, and nothing else', async () => {
    expect((await get(`/organisations/${ORG}/letters/W04?schoolYear=2026-27`)).status).toBe(404);
    expect((await get(`/organisations/${ORG}/letters/W24?schoolYear=2026`)).status).toBe(400);
    expect((await get(`/organisations/${ORG}/letters/W24`)).status).toBe(400);
  });
});
