import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { FEED, ROWS_ABOVE, WHOLE } from '../upload/libreoffice/filled.ts';

// S11 over HTTP, Kafka and PostgreSQL: a file that LibreOffice wrote, until its receipt is final.

const file = (name: string) => readFileSync(new URL(`../upload/libreoffice/${name}`, import.meta.url));
const sheetRow = (row: number) => row + ROWS_ABOVE;

let pipeline: RealPipeline;
beforeAll(async () => {
  pipeline = await startRealPipeline({ clock: '2026-09-08T08:00:00.000Z' });
});
afterAll(async () => {
  await pipeline?.stop();
});

async function patched(path: string, body: unknown) {
  const { url } = pipeline.current();
  const answer = await fetch(`${url}/organisations/${pipeline.org}/${path}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  return JSON.parse(await answer.text());
}

async function posted(path: string, body: unknown, type = 'application/json') {
  const answer = await pipeline.post(path, body, { 'content-type': type });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

const upload = (bytes: Buffer, feed: string = FEED) =>
  posted(`feeds/${feed}/uploads`, bytes, 'application/octet-stream');

describe('a list from a spreadsheet', () => {
  test('is uploaded, checked, sent, mended and sent again, and its receipts become final', async () => {
    const { status, body: opened } = await upload(file('list.xlsx'));
    expect(status).toBe(201);
    expect(opened).toMatchObject({ rows: 42, needs: null, sentBefore: null });
    const at = `feeds/${FEED}/uploads/${opened.id}`;
    expect(await pipeline.json(`${at}/check`)).toMatchObject({
      counts: { ready: 41, duplicate: 1, mend: 1 },
      results: [{ row: sheetRow(17) }, { row: sheetRow(30), repeats: sheetRow(3) }],
    });
    const { status: taken, body: sent } = await posted(`${at}/send`, {});
    expect(taken).toBe(202);
    await pipeline.settle();
    expect(await pipeline.receipt(sent.receiptId)).toMatchObject({
      rows: 41,
      counts: { applied: 40, duplicate: 1, quarantined: 0, waiting: 0 },
      sheetRows: [
        { from: sheetRow(1), to: sheetRow(16) },
        { from: sheetRow(18), to: sheetRow(42) },
      ],
    });
    expect(await pipeline.out('status')).toHaveLength(40);

    await patched(`${at}/rows/${sheetRow(17)}`, { fields: { fodselsnummer: WHOLE } });
    const { body: alone } = await posted(`${at}/send`, {});
    await pipeline.settle();
    expect((await pipeline.receipt(alone.receiptId)).counts).toMatchObject({ applied: 1, duplicate: 0 });
    expect(await pipeline.out('status')).toHaveLength(41);

    const { body: again } = await upload(file('list.xlsx'));
    expect(again.sentBefore).toMatchObject({ receiptId: sent.receiptId });
    const { body: repeated } = await posted(`feeds/${FEED}/uploads/${again.id}/send`, {});
    expect(repeated).toMatchObject({ receiptId: sent.receiptId, repeated: true });
    await pipeline.settle();
    expect(await pipeline.out('status')).toHaveLength(41);
    const csv = await (await pipeline.get(`receipts/${sent.receiptId}?format=csv`)).text();
    expect(csv.replace('\uFEFF', '').split('\r\n').slice(0, 2)).toEqual([
      'Rad i filen;Resultat;Hva er galt;Gjør dette',
      `${sheetRow(1)};Godtatt;;`,
    ]);
  });

  test('of one’s own headings is matched once, and the match outlives a restart', async () => {
    const list = (school: string) => Buffer.from(`Person;Når;Klasse\n${WHOLE};06.09.2026;${school}\n`);
    const choices = {
      header: 1,
      columns: { Person: 'fodselsnummer', Når: 'avbruddsdato', Klasse: null },
      constants: { type: 'Avbrudd', skolenummer: '40014', avbruddsarsak: 'FV' },
    };
    const { body: first } = await upload(list('1A'), 'school-dropout');
    expect(first).toMatchObject({ remembered: false, needs: { code: 'NO_HEADER' } });
    const at = `feeds/school-dropout/uploads/${first.id}`;
    await patched(at, choices);
    const { body: sent } = await posted(`${at}/send`, {});
    await pipeline.settle();
    await pipeline.receipt(sent.receiptId);
    await pipeline.restart();
    const { body: next } = await upload(list('1B'), 'school-dropout');
    expect(next.needs).toMatchObject({ code: 'COLUMN_MISSING' });
    const { constants } = choices;
    expect(await patched(`feeds/school-dropout/uploads/${next.id}`, { constants })).toMatchObject({
      remembered: true,
      needs: null,
      rows: 1,
    });
    const stored = await pipeline.query<{ columns: object }>('select columns from column_memory');
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toMatch(/person|klasse/i);
    expect(pipeline.logLines.join('\n')).not.toContain(WHOLE);
  });
});
