import { beforeEach, describe, expect, test } from 'vitest';
import { WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import type { Principal } from '../../src/core/access/principal.ts';
import { bodyOf } from '../api/parts.ts';
import { apiInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import { read } from '../upload/reading.ts';
import { type Written, workbookFile } from '../upload/workbookFile.ts';

const NOW = '2026-09-08T08:00:00.000Z';
const FEED = 'feeds/vigo-intake';
const FILE_NAME = 'Ikkemøtte 2026 Nordmann.xlsx';

let pipeline: TestPipeline;
let api: ReturnType<typeof apiInMemory>;

beforeEach(async () => {
  pipeline = await createTestPipeline({ county: '40' });
  await pipeline.pass(NOW);
  api = apiInMemory(pipeline, () => NOW);
});

async function ask(method: string, path: string, body?: unknown) {
  const json =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await api.request(path, { method, ...json });
  return { status: answer.status, body: await bodyOf(answer) };
}

async function upload(bytes: Buffer, at = FEED, type = 'application/octet-stream') {
  const answer = await api.request(`${at}/uploads`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: new Uint8Array(bytes),
  });
  const body = await bodyOf(answer);
  return { status: answer.status, body, at: `${at}/uploads/${body.id}` };
}

const HEAD = ['Hva raden gjelder', 'Fødselsnummer', 'Navn', 'Skoleår', 'Dato', 'Skolenummer'];

/** 42 non-shows: the row of the sheet is three more than the row of the list. The 17th has ten digits, the 30th is the 3rd. */
function nonShows() {
  const people = crowd(11, 41).map(({ fodselsnummer }, at) => ({
    number: fodselsnummer,
    name: `Ola Etternavnesen ${at}`,
  }));
  const listed = people.toSpliced(29, 0, people[2]!);
  const whole = listed[16]!.number;
  const rows = listed.with(16, { ...listed[16]!, number: whole.slice(0, 10) });
  return { rows, whole, numbers: people.map(({ number }) => number) };
}

function workbookOf(rows: readonly { number: string; name: string }[]): Buffer {
  const text = (value: string): Written => ({ text: value });
  return workbookFile({
    sheets: [
      {
        rows: [
          { number: 1, cells: [text('Ikkemøtte')] },
          { number: 3, cells: HEAD.map(text) },
          ...rows.map(({ number, name }, at) => ({
            number: at + 4,
            cells: [
              text('Ikke møtt'),
              text(number),
              text(name),
              text('2026-27'),
              { serial: 46_251 },
              text('40014'),
            ],
          })),
        ],
      },
    ],
  });
}

function csvOf(rows: readonly { number: string; name: string }[]): Buffer {
  const lines = rows.map(({ number, name }) => `Ikke møtt;${number};${name};2026-27;17.08.2026;40014`);
  return Buffer.from(['Ikkemøtte', '', HEAD.join(';'), ...lines].join('\r\n'), 'latin1');
}

async function receipt(id: string) {
  await pipeline.settle();
  return (await ask('GET', `receipts/${id}`)).body;
}

describe.each([
  ['a workbook', workbookOf],
  ['semicolons in Windows-1252', csvOf],
])('a list as %s', (_, fileOf) => {
  test('is checked, sent in part, mended on the way, and the mended row counts alone (S11)', async () => {
    const { rows, whole, numbers } = nonShows();
    const opened = await upload(fileOf(rows));
    expect(opened).toMatchObject({
      status: 201,
      body: { rows: 42, header: 3, needs: null, notes: [], sent: 0 },
    });
    const { at } = opened;

    const checked = await ask('GET', `${at}/check`);
    expect(checked.body).toMatchObject({
      rows: 42,
      counts: { ready: 41, duplicate: 1, mend: 1, notOurs: 0, sent: 0 },
      text: '42 rader: 41 rader kan sendes, 1 av dem sier det samme som en annen rad eller er kjent fra før, 1 må rettes først. Dette er en prøve: ingenting er lagret eller sendt.',
      results: [
        {
          row: 20,
          outcome: 'quarantined',
          problems: [
            {
              code: 'INVALID_IDENTITY_NUMBER',
              field: 'fodselsnummer',
              heading: 'Fødselsnummer',
              text: expect.stringMatching(/ti sifre/),
            },
          ],
        },
        { row: 33, outcome: 'duplicate', repeats: 6, text: 'Sier det samme som rad 6.' },
      ],
    });
    expect(pipeline.out('status')).toEqual([]);

    const all = await ask('POST', `${at}/send`, { which: 'all' });
    expect(all).toMatchObject({ status: 409, body: { type: 'urn:ot-bridge:ROWS_NEED_MENDING' } });
    const sent = await ask('POST', `${at}/send`, {});
    expect(sent).toMatchObject({ status: 202, body: { rows: 41, repeated: false } });
    expect(await receipt(sent.body.receiptId)).toMatchObject({
      rows: 41,
      final: true,
      counts: { applied: 40, duplicate: 1, quarantined: 0, waiting: 0 },
      problems: [],
    });
    expect(pipeline.out('status')).toHaveLength(40);

    expect(await ask('POST', `${at}/send`, {})).toMatchObject({
      status: 409,
      body: { type: 'urn:ot-bridge:NOTHING_TO_SEND' },
    });
    const mended = await ask('PATCH', `${at}/rows/20`, { fields: { fodselsnummer: whole } });
    expect(mended).toMatchObject({ status: 200, body: { sent: 41 } });
    const alone = await ask('POST', `${at}/send`, {});
    expect(alone).toMatchObject({ status: 202, body: { rows: 1 } });
    expect((await receipt(alone.body.receiptId)).counts).toMatchObject({
      applied: 1,
      duplicate: 0,
      quarantined: 0,
    });
    expect(pipeline.out('status')).toHaveLength(41);

    // The same file again has the first receipt, and nothing happens twice.
    const again = await upload(fileOf(rows));
    const repeated = await ask('POST', `${again.at}/send`, {});
    expect(repeated.body).toMatchObject({ receiptId: sent.body.receiptId, repeated: true });
    await pipeline.settle();
    expect(pipeline.out('status')).toHaveLength(41);
    const said = JSON.stringify([opened.body, checked.body, sent.body, mended.body]) + api.logged();
    for (const canary of [...numbers, whole.slice(0, 10), 'Etternavnesen', FILE_NAME])
      expect(said).not.toContain(canary);
  });
});

describe('what must be chosen', () => {
  test('is asked for one after the other, and then the rows can be checked', async () => {
    const number = crowd(3, 1)[0]!.fodselsnummer;
    const file = Buffer.from(`Person;Når;Skole-nr;Klasse;Orsak\n${number};06.09.2026;40014;1A;Feilvalg\n`);
    const { at, body } = await upload(file, 'feeds/school-dropout', 'text/csv');
    expect(body.needs.code).toBe('NO_HEADER');
    expect((await ask('GET', `${at}/check`)).status).toBe(422);
    const header = await ask('PATCH', at, { header: 1 });
    expect(header.body.needs.code).toBe('COLUMN_MISSING');
    const columns = { Person: 'fodselsnummer', Når: 'avbruddsdato', orsak: 'avbruddsarsak' };
    expect((await ask('PATCH', at, { columns })).body.needs).toMatchObject({
      code: 'COLUMN_MISSING',
      text: expect.stringContaining('Avbrudd'),
    });
    for (const unknown of [{ constants: { klasse: '1A' } }, { columns: { Klasse: 'klasse' } }])
      expect(await ask('PATCH', at, unknown)).toMatchObject({
        status: 400,
        body: { type: 'urn:ot-bridge:INVALID_REQUEST' },
      });
    const dropped = await ask('PATCH', at, { constants: { type: 'Avbrudd' } });
    expect(dropped.body.needs).toMatchObject({
      code: 'COLUMN_DROPPED',
      text: expect.stringContaining('«Klasse»'),
    });
    expect((await ask('POST', `${at}/send`, {})).body.type).toBe('urn:ot-bridge:COLUMN_DROPPED');
    const ready = await ask('PATCH', at, { columns: { klasse: null } });
    expect(ready.body).toMatchObject({ needs: null, rows: 1 });
    expect((await ask('GET', `${at}/check`)).body).toMatchObject({
      counts: { ready: 1, mend: 0 },
      results: [],
    });
  });

  test('a sheet is chosen by its name', async () => {
    const cells = HEAD.map((heading) => ({ text: heading }));
    const row = { number: 2, cells: [{ text: 'Ikke møtt' }, { text: '1' }] };
    const file = workbookFile({
      sheets: [
        { name: 'Vår', rows: [{ number: 1, cells }] },
        { name: 'Høst', rows: [{ number: 1, cells }, row] },
      ],
    });
    const { at, body } = await upload(file);
    expect(body.needs.code).toBe('SHEET_NEEDED');
    expect((await ask('PATCH', at, { sheet: 'Vinter' })).body.type).toBe('urn:ot-bridge:SHEET_NEEDED');
    expect((await ask('PATCH', at, { sheet: 'Høst' })).body).toMatchObject({ needs: null, rows: 1 });
  });
});

describe('what is remembered', () => {
  const numbers = crowd(3, 2).map(({ fodselsnummer }) => fodselsnummer);
  const HEADINGS = 'Person;Når;Klasse;Orsak;Skolenr';
  const listOf = (number: string | undefined, headings = HEADINGS) =>
    Buffer.from(`Avbrudd 1A\n\n${headings}\n${number};06.09.2026;1A;Feilvalg;40014\n`);
  const columns = {
    ...{ Person: 'fodselsnummer', Når: 'avbruddsdato', Orsak: 'avbruddsarsak' },
    Klasse: null,
  };
  const constants = { type: 'Avbrudd' };

  async function matched(at: string) {
    await ask('PATCH', at, { header: 3, columns, constants });
    return ask('POST', `${at}/send`, {});
  }

  test('the match of columns is used for the same headings once a list has been sent with it', async () => {
    const first = await upload(listOf(numbers[0]), 'feeds/school-dropout');
    expect(first.body).toMatchObject({ remembered: false, needs: { code: 'NO_HEADER' } });
    await ask('PATCH', first.at, { header: 3, columns, constants });
    const before = await upload(listOf(numbers[1]), 'feeds/school-dropout');
    expect(before.body).toMatchObject({ remembered: false, needs: { code: 'NO_HEADER' } });
    expect(await ask('POST', `${first.at}/send`, {})).toMatchObject({ status: 202 });

    const second = await upload(listOf(numbers[1]), 'feeds/school-dropout');
    // What the rows report is of each file, and asked for again.
    expect(second.body).toMatchObject({ needs: { code: 'COLUMN_MISSING' } });
    const chosen = await ask('PATCH', second.at, { constants });
    expect(chosen.body).toMatchObject({ remembered: true, header: 3, needs: null, rows: 1 });
    expect(chosen.body.notes).toEqual([expect.stringContaining('forrige gang')]);
    expect((await ask('GET', `${second.at}/check`)).body.counts).toMatchObject({ ready: 1, mend: 0 });

    const otherHeadings = await upload(listOf(numbers[1], `${HEADINGS};Nr`), 'feeds/school-dropout');
    expect(otherHeadings.body).toMatchObject({ remembered: false, needs: { code: 'NO_HEADER' } });
  });

  test('a choice made now holds over what is remembered, and is what is remembered after', async () => {
    const first = await upload(listOf(numbers[0]), 'feeds/school-dropout');
    await matched(first.at);
    const second = await upload(listOf(numbers[1]), 'feeds/school-dropout');
    const changed = await ask('PATCH', second.at, { columns: { Klasse: 'navn' }, constants });
    const fieldOf = (body: { columns: { heading: string; field: string | null }[] }) =>
      body.columns.find(({ heading }) => heading === 'Klasse')?.field;
    expect(fieldOf(changed.body)).toBe('navn');
    await ask('POST', `${second.at}/send`, {});
    const third = await upload(
      Buffer.concat([listOf(numbers[1]), Buffer.from('\n')]),
      'feeds/school-dropout',
    );
    expect(fieldOf((await ask('PATCH', third.at, { constants })).body)).toBe('navn');
  });

  test('the same file again names the first receipt, and when', async () => {
    const first = await upload(listOf(numbers[0]), 'feeds/school-dropout');
    expect(first.body.sentBefore).toBeNull();
    const unsent = await upload(listOf(numbers[0]), 'feeds/school-dropout');
    expect(unsent.body.sentBefore).toBeNull();
    const { body: sent } = await matched(first.at);
    const again = await upload(listOf(numbers[0]), 'feeds/school-dropout');
    expect(again.body.sentBefore).toEqual({
      receiptId: sent.receiptId,
      received: NOW,
      text: expect.stringMatching(/^Filen er sendt før 8\. september 2026 kl\. 10:00\./),
    });
    expect((await upload(listOf(numbers[1]), 'feeds/school-dropout')).body.sentBefore).toBeNull();
  });

  test('the receipt has the rows of the file, also as a table with what became of each', async () => {
    const { rows } = nonShows();
    const { at } = await upload(csvOf(rows));
    const { body: sent } = await ask('POST', `${at}/send`, {});
    expect(await receipt(sent.receiptId)).toMatchObject({
      sheetRows: [
        { from: 4, to: 19 },
        { from: 21, to: 45 },
      ],
    });
    const csv = await api.request(`receipts/${sent.receiptId}?format=csv`, {});
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="kvittering.csv"');
    const table = read(Buffer.from(await csv.arrayBuffer())).rows.map(({ cells }) => cells);
    expect(table[0]).toEqual(['Rad i filen', 'Resultat', 'Hva er galt', 'Gjør dette']);
    expect(table).toHaveLength(42);
    expect(table.slice(1, 3).map(([row, result]) => [row, result])).toEqual([
      ['4', 'Godtatt'],
      ['5', 'Godtatt'],
    ]);
    expect(table.find(([row]) => row === '33')?.[1]).toBe('Duplikat');
    expect(table.some(([row]) => row === '20')).toBe(false);
    expect((await api.request(`receipts/${sent.receiptId}?format=pdf`, {})).status).toBe(400);
  });
});

describe('refusals', () => {
  test.each([
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 422, 'NOT_A_LIST'],
    ['nothing', Buffer.alloc(0), 400, 'EMPTY_LIST'],
    ['headings alone', Buffer.from(HEAD.join(';')), 201, null],
  ])('%s', async (_, bytes, status, code) => {
    const { body, ...answer } = await upload(bytes);
    expect(answer.status).toBe(status);
    if (code !== null) expect(body.type).toBe(`urn:ot-bridge:${code}`);
    else expect(body.needs.code).toBe('EMPTY_LIST');
  });

  test('a feed without lists, another type of content, an upload that is not there, a row that is not there', async () => {
    expect((await upload(csvOf([]), 'feeds/nav-match')).body.type).toBe('urn:ot-bridge:NO_LIST_FEED');
    expect((await upload(csvOf([]), FEED, 'multipart/form-data')).status).toBe(415);
    const { at } = await upload(csvOf(nonShows().rows));
    expect((await ask('PATCH', `${at}/rows/3`, { fields: { dato: '1' } })).body.type).toBe(
      'urn:ot-bridge:UNKNOWN_ROW',
    );
    expect((await ask('PATCH', `${at}/rows/4`, { fields: { klasse: '1' } })).body.type).toBe(
      'urn:ot-bridge:UNKNOWN_ROW',
    );
    expect((await api.request(at, { method: 'DELETE' })).status).toBe(204);
    for (const [method, path] of [
      ['GET', at],
      ['DELETE', at],
      ['GET', `${at}/check`],
    ] as const)
      expect((await ask(method, path)).body.type).toBe('urn:ot-bridge:UPLOAD_GONE');
  });

  test('the address of a feed says what kind of file it was sent, and where lists go', async () => {
    const types = {
      'text/csv': 'CSV',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
      'application/vnd.ms-excel': 'Excel',
      'application/vnd.oasis.opendocument.spreadsheet': 'ODS',
    };
    for (const [type, kind] of Object.entries(types)) {
      const answer = await api.request(FEED, {
        method: 'POST',
        headers: { 'content-type': type },
        body: 'x',
      });
      const { detail } = await bodyOf(answer);
      expect(answer.status).toBe(415);
      expect(detail).toContain(kind);
      expect(detail).toContain('/uploads');
    }
  });

  test('a school sends rows about itself alone', async () => {
    const reach = { kind: 'institutions' as const, institutions: ['40014'] };
    const permission = { ...WHOLE_COUNTY, reach };
    const principal: Principal = {
      ...{ kind: 'person', name: 'a', key: 'a', person: 'a' as never, roles: [], high: true },
      ...{ authenticated: NOW, session: 'session', orgnrs: [], groups: [] },
    };
    const access = {
      principalOf: () => principal,
      decide: () => ({ permitted: true as const, permission }),
      challenge: 'Bearer',
    };
    api = apiInMemory(pipeline, () => NOW, { access });
    const [one, other] = crowd(4, 2);
    const line = (number: string | undefined, school: string) => `Avbrudd;${number};${school};06.09.2026;FV`;
    const file = [
      'Hva raden gjelder;Fnr;Skolenr;Sluttdato;Årsak',
      line(one?.fodselsnummer, '40014'),
      line(other?.fodselsnummer, '40001'),
    ];
    const { at } = await upload(Buffer.from(file.join('\n')), 'feeds/school-dropout');
    const checked = await ask('GET', `${at}/check`);
    expect(checked.body).toMatchObject({
      counts: { ready: 1, mend: 1 },
      results: [{ row: 3, problems: [{ code: 'FOREIGN_INSTITUTION' }] }],
    });
    expect((await ask('POST', `${at}/send`, {})).body).toMatchObject({ rows: 1 });
    await pipeline.settle();
    expect(pipeline.out('status')).toHaveLength(1);
  });

  test('an upload is its sender’s own', async () => {
    const { rows } = nonShows();
    const caller = (name: string): Principal => ({
      ...{ kind: 'person', name, key: name, person: name as never, roles: [], high: true },
      ...{ authenticated: NOW, session: 'session', orgnrs: [], groups: [] },
    });
    let principal = caller('one');
    const access = {
      principalOf: () => principal,
      decide: () => ({ permitted: true as const, permission: WHOLE_COUNTY }),
      challenge: 'Bearer',
    };
    api = apiInMemory(pipeline, () => NOW, { access });
    const { at } = await upload(csvOf(rows));
    expect((await ask('GET', at)).status).toBe(200);
    principal = caller('another');
    for (const path of [at, `${at}/check`, `${at}/error-file`])
      expect((await ask('GET', path)).body.type).toBe('urn:ot-bridge:UPLOAD_GONE');
  });
});

describe('the file of what must be mended', () => {
  const active = ['=1+1', '+1', '-1', '@a', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠1'];

  test.each(['csv', 'xlsx'])(
    'as %s has the file’s own columns and what to do, and no cell of it is calculated',
    async (format) => {
      const rows = active.map((name, at) => `"Ikke møtt";${at};"${name}";2026-27;17.08.2026;40014`);
      const { at } = await upload(Buffer.from([HEAD.join(';'), ...rows].join('\n')));
      const answer = await api.request(`${at}/error-file?format=${format}`, {});
      expect(answer.headers.get('content-disposition')).toBe(
        `attachment; filename="rettes-vigo-intake.${format}"`,
      );
      const bytes = Buffer.from(await answer.arrayBuffer());
      const table = read(bytes).rows.map(({ cells }) => cells);
      expect(table[0]).toEqual(['Rad i filen', ...HEAD, 'Resultat', 'Hva er galt', 'Gjør dette']);
      expect(table[1]?.[0]).toBe('2');
      expect(table[1]?.slice(7)).toEqual([
        'Må rettes',
        expect.stringMatching(/elleve/),
        expect.stringMatching(/\.$/),
      ]);
      expect(table).toHaveLength(active.length + 1);
      if (format === 'csv') for (const row of table.slice(1)) expect(row[3]).toMatch(/^'/);
      else expect(bytes.includes('<f>')).toBe(false);
    },
  );

  test('comes back with its own columns ignored, and only what was mended counts', async () => {
    const { rows, whole } = nonShows();
    const first = await upload(workbookOf(rows));
    await ask('POST', `${first.at}/send`, {});
    const file = await api.request(`${first.at}/error-file`, {});
    const table = read(Buffer.from(await file.arrayBuffer())).rows.map(({ cells }) =>
      cells.map((cell) => String(cell ?? '')),
    );
    expect(table).toHaveLength(2);
    const mended = table.map((cells) =>
      cells.map((cell) => (cell === whole.slice(0, 10) ? whole : cell)).join(';'),
    );
    const back = await upload(Buffer.from(mended.join('\n')));
    expect(back.body).toMatchObject({ rows: 1, needs: null });
    const sent = await ask('POST', `${back.at}/send`, { which: 'all' });
    expect((await receipt(sent.body.receiptId)).counts).toMatchObject({ applied: 1, duplicate: 0 });
  });
});

test.each(['csv', 'xlsx'])(
  'a template as %s is read back: its examples are left out, and the edition is known',
  async (format) => {
    for (const feed of [
      'vigo-intake',
      'school-dropout',
      'private-school',
      'lower-secondary',
      'apprenticeship',
    ]) {
      const answer = await api.request(`feeds/${feed}/template?format=${format}`, {});
      expect(answer.headers.get('content-disposition')).toBe(
        `attachment; filename="mal-${feed}-1.${format}"`,
      );
      const { body } = await upload(Buffer.from(await answer.arrayBuffer()), `feeds/${feed}`);
      expect(body).toMatchObject({ header: null, needs: { code: 'EMPTY_LIST' } });
    }
  },
);
