import { expect, test } from 'vitest';
import { SCHOOL_DROPOUT_COLUMNS as columns } from '../../adapters/school-dropout/columns.ts';
import { createSheetReader } from '../../src/upload/sheetReader.ts';
import { sheetOf } from './reading.ts';
import { workbookFile, zipFile } from './workbookFile.ts';

const HEAD = ['Fnr', 'Navn', 'Skolenr', 'Avbruddsdato', 'Årsak'];
const ROWS = 20_000;
const text = Buffer.from(
  `${HEAD.join(';')}\n${Array.from({ length: ROWS }, (_, at) => `${10_000_000_000 + at};Navn ${at};40014;06.10.2026;FV\n`).join('')}`,
);
const workbook = workbookFile({
  sheets: [
    {
      rows: [
        HEAD.map((heading) => ({ text: heading })),
        ...Array.from({ length: ROWS }, (_, at) => [
          { text: String(10_000_000_000 + at) },
          { text: `Navn ${at}` },
          { text: '40014' },
          { serial: 46_301 },
          { text: 'FV' },
        ]),
      ].map((cells, at) => ({ number: at + 1, cells })),
    },
  ],
});

test.each([
  ['text', text],
  ['a workbook', workbook],
])('%s of 20,000 rows is read in a thread of its own, and handed over in forty turns', async (_, bytes) => {
  let turns = 0;
  let turn = setImmediate(function count() {
    turns += 1;
    turn = setImmediate(count);
  });
  const sheet = sheetOf(await createSheetReader()({ bytes, columns, sheet: null }));
  clearImmediate(turn);
  expect(sheet.rows).toHaveLength(ROWS + 1);
  expect(sheet.rows.at(-1)?.number).toBe(ROWS + 1);
  expect(sheet.rows.at(-1)?.cells.slice(0, 2)).toEqual([
    String(10_000_000_000 + ROWS - 1),
    `Navn ${ROWS - 1}`,
  ]);
  expect(turns).toBeGreaterThanOrEqual(ROWS / 500);
});

test('a refusal comes through with its words, and the next file is read', async () => {
  const read = createSheetReader();
  const bomb = zipFile({ 'xl/workbook.xml': Buffer.alloc(100 * 1024 * 1024, 'a') });
  const refused = read({ bytes: bomb, columns, sheet: null });
  const next = read({ bytes: Buffer.from('Fnr;Navn\n1;a'), columns, sheet: null });
  await expect(refused).rejects.toMatchObject({ name: 'FileFault', code: 'ARCHIVE_SUSPECT' });
  expect(sheetOf(await next).rows).toHaveLength(2);
});

test('a file that takes too long is given up', async () => {
  await expect(createSheetReader(1)({ bytes: workbook, columns, sheet: null })).rejects.toMatchObject({
    code: 'READING_SLOW',
  });
});
