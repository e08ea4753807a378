import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { bodyOf } from '../api/parts.ts';
import { apiInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { FEED, FILLED, ROWS_ABOVE, WHOLE } from '../upload/libreoffice/filled.ts';

// S11 on files that LibreOffice itself has written, of our own template (test/upload/libreoffice/make.sh).

const NOW = '2026-09-08T08:00:00.000Z';
const fileOf = (name: string) => readFileSync(new URL(`../upload/libreoffice/${name}`, import.meta.url));
const sheetRow = (row: number) => row + ROWS_ABOVE;

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

async function upload(bytes: Buffer) {
  const answer = await api.request(`feeds/${FEED}/uploads`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  const body = await bodyOf(answer);
  return { status: answer.status, body, at: `feeds/${FEED}/uploads/${body.id}` };
}

async function countsOf(receiptId: string) {
  await pipeline.settle();
  return (await ask('GET', `receipts/${receiptId}`)).body.counts;
}

describe.each([
  ['list-windows-1252.csv', 'csv'],
  ['list-utf-8.csv', 'csv'],
  ['list.xlsx', 'xlsx'],
])('%s', (name, kind) => {
  test('has 40 new, one duplicate and one to mend, and the mended row alone is exactly one more (S11)', async () => {
    const { status, body, at } = await upload(fileOf(name));
    expect(status).toBe(201);
    expect(body).toMatchObject({ kind, rows: 42, header: 2, needs: null });
    expect(body.notes).toContain('9 eksempelrader fra malen er ikke lest.');
    const checked = await ask('GET', `${at}/check`);
    expect(checked.body).toMatchObject({
      counts: { ready: 41, duplicate: 1, mend: 1 },
      results: [
        { row: sheetRow(17), problems: [{ code: 'INVALID_IDENTITY_NUMBER', field: 'fodselsnummer' }] },
        { row: sheetRow(30), outcome: 'duplicate', repeats: sheetRow(3) },
      ],
    });
    const sent = await ask('POST', `${at}/send`, {});
    expect(await countsOf(sent.body.receiptId)).toMatchObject({ applied: 40, duplicate: 1, quarantined: 0 });
    expect(pipeline.out('status')).toHaveLength(40);
    await ask('PATCH', `${at}/rows/${sheetRow(17)}`, { fields: { fodselsnummer: WHOLE } });
    const alone = await ask('POST', `${at}/send`, {});
    expect(await countsOf(alone.body.receiptId)).toMatchObject({ applied: 1, duplicate: 0 });
    expect(pipeline.out('status')).toHaveLength(41);
  });

  test('gives back every letter that was typed', async () => {
    const { at } = await upload(fileOf(name));
    const answer = await api.request(`${at}/error-file?format=csv`, {});
    const text = await answer.text();
    for (const { navn = '' } of FILLED) expect(text).toContain(navn.replaceAll('"', '""'));
  });
});

test('the same list as ODS is refused, with what to do', async () => {
  const { status, body } = await upload(fileOf('list.ods'));
  expect(status).toBe(422);
  expect(body).toMatchObject({ type: 'urn:ot-bridge:NOT_A_LIST' });
  expect(body.detail).toContain('OpenDocument-regneark (.ods)');
  expect(body.detail).toContain('.xlsx');
});
