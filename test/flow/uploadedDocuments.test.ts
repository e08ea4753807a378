import { beforeEach, describe, expect, test } from 'vitest';
import { bodyOf } from '../api/parts.ts';
import { apiInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd } from '../harness/schoolDropouts.ts';

// Lists that systems write, uploaded as files, and a school's whole list from a spreadsheet.

let now = '2026-09-08T08:00:00.000Z';
let pipeline: TestPipeline;
let api: ReturnType<typeof apiInMemory>;

beforeEach(async () => {
  now = '2026-09-08T08:00:00.000Z';
  pipeline = await createTestPipeline({ county: '40' });
  await pipeline.pass(now);
  api = apiInMemory(pipeline, () => now);
});

async function ask(method: string, path: string, body?: unknown) {
  const json =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await api.request(path, { method, ...json });
  return { status: answer.status, body: await bodyOf(answer) };
}

async function upload(feed: string, content: unknown) {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const answer = await api.request(`feeds/${feed}/uploads`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: text,
  });
  const body = await bodyOf(answer);
  return { status: answer.status, body, at: `feeds/${feed}/uploads/${body.id}` };
}

async function receipt(id: string) {
  await pipeline.settle();
  return (await ask('GET', `receipts/${id}`)).body;
}

const people = crowd(21, 3).map(({ fodselsnummer }) => fodselsnummer);

function contracts(changes: object = {}, numbers = people) {
  const kontrakter = numbers.map((fnr) => ({
    elev: { fornavn: 'Ola', etternavn: 'Etternavnesen', fdato: '', fnr, sysId: '1', epost: '', mobilnr: '' },
    ...{ type: 'L', promrkode: 'BUTRL', promrnavn: '', bnr: '974603268', bedrnavn: 'Bedrift' },
    ...{ start: '01.08.2026', slutt: '31.07.2028' },
  }));
  return { errorMessage: '', antall: kontrakter.length, kontrakter, ...changes };
}

describe('VIGO’s list of contracts as a file', () => {
  test('is known by its content, checked, mended and sent whole, with the rows’ own numbers', async () => {
    const numbers = people.with(1, people[1]!.slice(0, 10));
    const { status, body, at } = await upload('apprenticeship', contracts({}, numbers));
    expect(status).toBe(201);
    expect(body).toMatchObject({ kind: 'json', wholeList: true, rows: 3, header: null, needs: null });
    const checked = await ask('GET', `${at}/check`);
    expect(checked.body).toMatchObject({
      counts: { ready: 2, mend: 1 },
      list: { verdict: 'concluded' },
      results: [{ row: 2, problems: [{ code: 'INVALID_IDENTITY_NUMBER', field: 'elev.fnr' }] }],
    });
    expect((await ask('POST', `${at}/send`, { which: 'all' })).body.type).toBe(
      'urn:ot-bridge:ROWS_NEED_MENDING',
    );
    for (const field of ['bedrift.navn', 'elev.fnr.x'])
      expect((await ask('PATCH', `${at}/rows/2`, { fields: { [field]: 'x' } })).body.type).toBe(
        'urn:ot-bridge:UNKNOWN_ROW',
      );
    await ask('PATCH', `${at}/rows/2`, { fields: { 'elev.fnr': people[1] } });
    expect((await ask('GET', `${at}/check`)).body).toMatchObject({ counts: { ready: 3, mend: 0 } });
    const sent = await ask('POST', `${at}/send`, { which: 'all' });
    expect(sent).toMatchObject({ status: 202, body: { rows: 3, repeated: false } });
    expect(await receipt(sent.body.receiptId)).toMatchObject({
      counts: { applied: 3 },
      sheetRows: [{ from: 1, to: 3 }],
      lists: [{ list: 'laktiv', seen: 3, bad: 0 }],
    });
    expect(JSON.stringify([body, checked.body, sent.body]) + api.logged()).not.toMatch(
      /Etternavnesen|\d{11}/,
    );
  });

  test('with a row that is not mended goes whole, and the row to quarantine: no one in it counts as missing', async () => {
    const numbers = people.with(1, people[1]!.slice(0, 10));
    const { at } = await upload('apprenticeship', contracts({}, numbers));
    const sent = await ask('POST', `${at}/send`, {});
    expect(await receipt(sent.body.receiptId)).toMatchObject({
      counts: { applied: 2, quarantined: 1 },
      lists: [{ seen: 3, bad: 1 }],
    });
  });

  test('of the same content is one list on its day, and another the next day', async () => {
    const send = async () => {
      const { at } = await upload('apprenticeship', contracts());
      return (await ask('POST', `${at}/send`, {})).body;
    };
    const first = await send();
    expect(await send()).toMatchObject({ receiptId: first.receiptId, repeated: true });
    now = '2026-09-09T08:00:00.000Z';
    const next = await send();
    expect(next.repeated).toBe(false);
    expect(next.receiptId).not.toBe(first.receiptId);
  });

  test('has a file of what must be mended, under the paths of its fields', async () => {
    const { at } = await upload('apprenticeship', contracts({}, people.with(1, '1')));
    const answer = await api.request(`${at}/error-file?format=csv`, {});
    const [head = '', ...rows] = (await answer.text()).trim().split('\r\n');
    expect(head).toMatch(/^Rad i filen;elev\.fornavn;elev\.etternavn;.*;Resultat;Hva er galt;Gjør dette$/);
    expect(rows[1]).toMatch(/^2;Ola;Etternavnesen;;1;.*;Må rettes;/);
  });
});

describe('is refused, and nothing is concluded of it:', () => {
  const RECORD = { type: 'ikkemott', fodselsnummer: people[0], skolear: '2026-27', dato: '2026-08-17' };
  test.each([
    ['a list that does not add up', 'apprenticeship', contracts({ antall: 4 }), 'INVALID_DOCUMENT', 'antall'],
    ['VIGO’s error', 'apprenticeship', contracts({ errorMessage: 'x' }), 'INVALID_DOCUMENT', 'feilmelding'],
    ['another feed’s list', 'ot-adviser', contracts(), 'NOT_A_LIST', 'strømmen apprenticeship'],
    ['a list on a feed without any', 'vigo-intake', contracts(), 'NOT_A_LIST', 'apprenticeship'],
    ['a single record', 'vigo-intake', RECORD, 'NOT_A_LIST', 'JSON'],
    ['half a file', 'apprenticeship', '{"antall": 1, "kontrakter": [{', 'NOT_A_LIST', 'ikke hel'],
    ['a field that is there twice', 'vigo-intake', '[{"a": 1, "a": 2}]', 'INVALID_DOCUMENT', 'to ganger'],
    ['a row with too much in it', 'vigo-intake', [{ a: Array(300).fill(1) }], 'INVALID_DOCUMENT', 'verdier'],
    [
      'as much beside the rows',
      'apprenticeship',
      contracts({ x: { y: Array(300).fill(1) } }),
      'INVALID_DOCUMENT',
      'verdier',
    ],
    [
      'rows that have nothing in common',
      'vigo-intake',
      Array.from({ length: 300 }, (_, at) => ({ [`felt${at}`]: 1 })),
      'INVALID_DOCUMENT',
      'ulike felt',
    ],
    ['an empty list', 'apprenticeship', contracts({}, []), 'EMPTY_LIST', 'tom liste'],
    ['a spreadsheet where systems write', 'ot-adviser', 'Fnr;Navn\n1;a', 'NO_LIST_FEED', 'regneark'],
  ])('%s', async (_, feed, content, code, word) => {
    const { body } = await upload(feed, content);
    expect(body.type).toBe(`urn:ot-bridge:${code}`);
    expect(body.detail).toContain(word);
    expect(body.detail).not.toMatch(/\d{11}/);
  });
});

test('VIGO’s OT list and a feed’s own records are read too', async () => {
  const ungdom = {
    person: { fornavn: '', etternavn: '', fdato: '', fnr: people[0], epost: '', mobilnr: '' },
    otData: { tilknytningnr: '40200', tilknytningnavn: '', aktivitetskode: 'OTUK' },
    elevkurs: { promrkode: '', promrnavn: '', start: '', slutt: '' },
  };
  const register = await upload('ot-adviser', { errorMessage: '', antall: 1, otungdommer: [ungdom] });
  expect(register.body).toMatchObject({ kind: 'json', wholeList: true, rows: 1 });
  expect((await ask('GET', `${register.at}/check`)).body.counts).toMatchObject({ ready: 1, mend: 0 });
  const records = people.map((fodselsnummer) => ({
    ...{ type: 'ikkemott', fodselsnummer, skolear: '2026-27', dato: '2026-08-17', skolenummer: '40014' },
  }));
  const plain = await upload('vigo-intake', records.with(1, { ...records[1]!, dato: 'i går' }));
  expect(plain.body).toMatchObject({ wholeList: false, rows: 3 });
  const checked = (await ask('GET', `${plain.at}/check`)).body;
  expect(checked).toMatchObject({ counts: { ready: 2, mend: 1 }, list: null, results: [{ row: 2 }] });
  const sent = await ask('POST', `${plain.at}/send`, {});
  expect(await receipt(sent.body.receiptId)).toMatchObject({ rows: 2, counts: { applied: 2 } });
});

describe('a private school’s list from a spreadsheet', () => {
  const rowOf = (number: string | undefined, school = '40014', day = '01.09.2026') =>
    `${number};${school};${day};17.08.2026;`;
  const fileOf = (rows: readonly string[]) =>
    ['Fødselsnummer;Skolenummer;Dato;Startdato;Sluttdato', ...rows].join('\n');

  test('is sent pupil by pupil, and as the whole list by the sender’s choice alone', async () => {
    const single = await upload('private-school', fileOf([rowOf(people[0])]));
    expect(single.body.wholeList).toBe(false);
    const rows = people.map((number) => rowOf(number));
    const first = await upload('private-school', fileOf(rows));
    expect((await ask('PATCH', first.at, { whole: 'yes' })).body).toMatchObject({ wholeList: true, rows: 3 });
    expect((await ask('GET', `${first.at}/check`)).body.list).toMatchObject({ verdict: 'concluded' });
    const sent = (await ask('POST', `${first.at}/send`, {})).body;
    expect(await receipt(sent.receiptId)).toMatchObject({
      counts: { applied: 3 },
      sheetRows: [{ from: 2, to: 4 }],
      lists: [{ list: 'private-school:40014', seen: 3 }],
    });
  });

  test('says who would be missing from it', async () => {
    const first = await upload('private-school', fileOf(people.map((number) => rowOf(number))));
    await ask('PATCH', first.at, { whole: 'yes' });
    await ask('POST', `${first.at}/send`, {});
    await pipeline.conclude();
    now = '2026-09-22T08:00:00.000Z';
    await pipeline.pass(now);
    const kept = people.slice(0, 2).map((number) => rowOf(number, '40014', '22.09.2026'));
    const next = await upload('private-school', fileOf(kept));
    expect((await ask('GET', `${next.at}/check`)).body.list).toBeNull();
    await ask('PATCH', next.at, { whole: 'yes' });
    expect((await ask('GET', `${next.at}/check`)).body.list).toMatchObject({ missing: 1 });
    await ask('PATCH', next.at, { whole: 'no' });
    expect((await ask('GET', `${next.at}/check`)).body.list).toBeNull();
  });

  test('is whole only when every row can be read, and all are of one school and day', async () => {
    const mixed = await upload('private-school', fileOf([rowOf(people[0]), rowOf(people[1], '40001')]));
    expect((await ask('PATCH', mixed.at, { whole: 'yes' })).body.needs).toMatchObject({
      code: 'INVALID_DOCUMENT',
      text: expect.stringContaining('den samme skolen'),
    });
    const broken = await upload('private-school', fileOf([rowOf(people[0]), rowOf('1')]));
    await ask('PATCH', broken.at, { whole: 'confirmed-shorter' });
    expect((await ask('POST', `${broken.at}/send`, {})).body.type).toBe('urn:ot-bridge:ROWS_NEED_MENDING');
    await ask('PATCH', `${broken.at}/rows/3`, { fields: { fodselsnummer: people[1] } });
    expect((await ask('POST', `${broken.at}/send`, {})).body).toMatchObject({ rows: 2 });
  });

  test('no other list can be chosen as a whole one, nor one of which rows have been sent', async () => {
    const events = await upload('school-dropout', 'Hva raden gjelder;Fnr\nAvbrudd;1');
    const document = await upload('apprenticeship', contracts());
    const part = await upload('private-school', fileOf([rowOf(people[0]), rowOf('1')]));
    await ask('POST', `${part.at}/send`, {});
    for (const { at } of [events, document, part])
      expect((await ask('PATCH', at, { whole: 'yes' })).body.type).toBe('urn:ot-bridge:INVALID_REQUEST');
  });
});
