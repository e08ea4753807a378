import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { read, refusal } from './reading.ts';
import { type Written, type WrittenBook, workbookFile, zipFile } from './workbookFile.ts';

const oneCell = (cell: Written, book: Partial<WrittenBook> = {}) =>
  read(workbookFile({ sheets: [{ rows: [{ number: 3, cells: [{ text: 'x' }, cell] }] }], ...book })).rows[0]
    ?.cells[1];

describe('cells', () => {
  test.each<[string, Written, unknown]>([
    ['text', { text: ' 0301 ' }, ' 0301 '],
    ['text in its cell', { text: 'Å & <b>', how: 'inline' }, 'Å & <b>'],
    ['text in pieces, without how it is read aloud', { text: 'Nordmann', how: 'rich' }, 'Nordmann'],
    ['the text a formula gave', { text: 'FV', how: 'formula' }, 'FV'],
    ['a character XML cannot hold', { text: 'a\rb' }, 'a\rb'],
    ['eleven digits as a number', { number: '1.4830989960E10' }, 14_830_989_960],
    ['a formula that gave 0', { number: 0, formula: 'A1-A1' }, 0],
    ['false', { flag: false }, false],
    ['a formula that was never calculated', { uncalculated: 'A1' }, { fault: 'no-result' }],
    ['an error', { error: '#N/A' }, { fault: 'error-value' }],
    ['more digits than a spreadsheet keeps', { number: '1234567890123456' }, { fault: 'rounded' }],
    ['a date with a time of day', { number: 46_301.5, style: 3 }, { fault: 'time' }],
    ['a date and midnight', { number: 46_301, style: 3 }, { date: '2026-10-06' }],
    ['too much text', { text: 'x'.repeat(40_000) }, { fault: 'too-long' }],
  ])('%s', (_, cell, expected) => {
    expect(oneCell(cell)).toEqual(expected);
  });

  test.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [61, '1900-03-01'],
    [46_301, '2026-10-06'],
  ])('day %i of a workbook of 1900 is %s', (serial, date) => {
    expect(oneCell({ serial })).toEqual({ date });
  });

  test('the 29 February that never was, day 0 and the year 2200 are no dates', () => {
    for (const serial of [60, 0, -1, 109_575]) expect(oneCell({ serial })).toEqual({ fault: 'no-date' });
  });

  test('a workbook of 1904 counts from there', () => {
    expect(oneCell({ serial: 44_839 }, { from1904: true })).toEqual({ date: '2026-10-06' });
  });

  test('a number without a date format is no date', () => {
    expect(oneCell({ number: 46_301 })).toBe(46_301);
  });

  test('a prefix of names and missing addresses make no difference', () => {
    expect(oneCell({ text: 'FV' }, { prefix: 'x' })).toBe('FV');
    const bare = read(
      workbookFile({
        sheets: [
          {
            rows: [
              { number: 1, cells: [] },
              { number: 2, cells: [null, { text: 'y' }] },
            ],
          },
        ],
        withoutAddresses: true,
      }),
    );
    expect(bare.rows).toEqual([{ number: 2, cells: [null, 'y'], hidden: false }]);
  });
});

describe('sheets', () => {
  const rows = [{ number: 1, cells: [{ text: 'Fnr' }] }];

  test('a hidden sheet is not read, and counted; an empty one is no choice', () => {
    const file = workbookFile({
      sheets: [
        { state: 'veryHidden', rows: [{ number: 9, cells: [{ text: 'old' }] }] },
        { rows },
        { rows: [] },
      ],
    });
    expect(read(file)).toEqual({
      kind: 'xlsx',
      rows: [{ number: 1, cells: ['Fnr'], hidden: false }],
      merged: [],
      hiddenSheets: 1,
      otherSheets: 0,
    });
  });

  test('of several sheets with rows one must be chosen, by name', () => {
    const file = workbookFile({
      sheets: [
        { name: '2025', rows },
        { name: '2026', rows: [{ number: 2, cells: [{ text: 'Navn' }] }] },
        { name: '14830989960', rows },
      ],
    });
    expect(refusal(() => read(file))).toEqual({
      code: 'SHEET_NEEDED',
      message:
        'Regnearket har flere ark med innhold. Velg arket listen er på. Arkene heter: «2025», «2026», (et ark med tall i navnet).',
    });
    expect(read(file, '2026').rows[0]?.number).toBe(2);
    expect(refusal(() => read(file, '2027'))?.code).toBe('SHEET_NEEDED');
  });

  test('of several sheets with rows the one with headings of the feed is read, and the others counted', () => {
    const list = [{ number: 1, cells: [{ text: 'Fnr' }, { text: 'Navn' }] }];
    const notes = [{ number: 1, cells: [{ text: 'Fnr' }, { text: 'er fødselsnummer' }] }];
    expect(read(workbookFile({ sheets: [{ rows: notes }, { rows: list }, { rows: notes }] }))).toMatchObject({
      rows: [{ cells: ['Fnr', 'Navn'] }],
      otherSheets: 2,
    });
  });

  test('hidden rows are read, and known as hidden; joined cells are named', () => {
    const file = workbookFile({
      sheets: [{ rows: [{ number: 4, cells: [{ text: 'a' }], hidden: true }], merged: ['A4:B6'] }],
    });
    expect(read(file)).toMatchObject({
      rows: [{ number: 4, hidden: true }],
      merged: [{ firstRow: 4, lastRow: 6, firstColumn: 0, lastColumn: 1 }],
    });
  });

  test('no row, and content far outside, are refused', () => {
    expect(refusal(() => read(workbookFile({ sheets: [{ rows: [] }] })))?.code).toBe('EMPTY_LIST');
    const wide = workbookFile({
      sheets: [{ rows: [{ number: 1, cells: [...Array<null>(64).fill(null), { text: 'x' }] }] }],
    });
    expect(refusal(() => read(wide))?.code).toBe('TOO_LARGE');
  });
});

describe('what is no plain workbook', () => {
  const plain: WrittenBook = { sheets: [{ rows: [{ number: 1, cells: [{ text: 'Fnr' }] }] }] };

  test.each([
    [
      'OpenDocument',
      zipFile({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<a/>' }),
      'NOT_A_LIST',
      /\.ods/,
    ],
    ['a Word document', zipFile({ 'word/document.xml': '<a/>' }), 'NOT_A_LIST', /Word/],
    ['a binary workbook', zipFile({ 'xl/workbook.bin': 'x' }), 'NOT_A_LIST', /\.xlsb/],
    ['an archive of files', zipFile({ 'liste.csv': 'a;b' }), 'NOT_A_LIST', /pakket mappe/],
    ['macros', workbookFile({ ...plain, more: { 'xl/vbaProject.bin': 'x' } }), 'ARCHIVE_SUSPECT', /makroer/],
    [
      'values from other files',
      workbookFile({ ...plain, more: { 'xl/externalLinks/externalLink1.xml': '<a/>' } }),
      'ARCHIVE_SUSPECT',
      /andre filer/,
    ],
    [
      'a document type',
      workbookFile({ ...plain, more: { 'xl/styles.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a/>' } }),
      'ARCHIVE_SUSPECT',
      /ikke skal ha/,
    ],
    [
      'an unknown entity',
      workbookFile({ ...plain, more: { 'xl/sharedStrings.xml': '<sst><si><t>&b;</t></si></sst>' } }),
      'ARCHIVE_SUSPECT',
      /skadet/,
    ],
    [
      'tags that do not match',
      workbookFile({ ...plain, more: { 'xl/styles.xml': '<a><b></a></b>' } }),
      'ARCHIVE_SUSPECT',
      /skadet/,
    ],
    [
      'XML that ends early',
      workbookFile({ ...plain, more: { 'xl/styles.xml': '<a><b/>' } }),
      'ARCHIVE_SUSPECT',
      /skadet/,
    ],
  ])('%s is refused with what to do', (_, bytes, code, says) => {
    expect(refusal(() => read(bytes))).toEqual({ code, message: expect.stringMatching(says) });
  });

  test('rows and cells that run backwards are refused', () => {
    const backwards = (xml: string) =>
      workbookFile({
        ...plain,
        more: { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${xml}</sheetData></worksheet>` },
      });
    for (const xml of [
      '<row r="2"/><row r="2"/>',
      '<row r="x"/>',
      '<row><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
      '<row><c r="1"/></row>',
      '<row><c t="s"><v>9</v></c></row>',
    ])
      expect(refusal(() => read(backwards(xml)))?.code).toBe('ARCHIVE_SUSPECT');
  });

  test('a file that was cut off anywhere is refused, or all of the list was there', () => {
    const whole = workbookFile(plain);
    const listed = read(whole);
    let refused = 0;
    for (let length = 4; length < whole.length; length += 7) {
      const cut = () => expect(read(whole.subarray(0, length)), `first ${length} bytes`).toEqual(listed);
      if (refusal(cut) !== null) refused += 1;
    }
    expect(refused).toBeGreaterThan(100);
  });

  test('a byte that is changed is refused or changes nothing but text', () => {
    const whole = workbookFile(plain);
    for (let at = 4; at < whole.length; at += 3) {
      const changed = Buffer.from(whole);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x55, at);
      refusal(() => read(changed));
    }
  });
});

describe('what unpacks to too much', () => {
  const bomb = zipFile({
    'xl/workbook.xml': '',
    'xl/_rels/workbook.xml.rels': Buffer.alloc(128 * 1024 * 1024, 'a'),
  });

  test('is refused while it is unpacked, in little memory', () => {
    expect(bomb.length).toBeLessThan(256 * 1024);
    const before = process.memoryUsage();
    expect(refusal(() => read(bomb))).toEqual({
      code: 'ARCHIVE_SUSPECT',
      message: expect.stringContaining('pakker ut til mye mer'),
    });
    const after = process.memoryUsage();
    expect(after.rss - before.rss).toBeLessThan(64 * 1024 * 1024);
  });

  test('parts that are large in moderation, and too much together, are refused too', () => {
    const sheets = Array.from({ length: 6 }, () => ({ rows: [{ number: 1, cells: [{ text: 'Fnr' }] }] }));
    // Packs to a hundredth at least: random letters in a block that is repeated a few times.
    const block = randomBytes(20_000).toString('base64').replaceAll('-', '').slice(0, 20_000);
    const part = `<worksheet><!--${block.repeat(500)}--></worksheet>`;
    const more = Object.fromEntries(sheets.map((_, at) => [`xl/worksheets/sheet${at + 1}.xml`, part]));
    expect(refusal(() => read(workbookFile({ sheets, more })))?.code).toBe('ARCHIVE_SUSPECT');
  });
});
