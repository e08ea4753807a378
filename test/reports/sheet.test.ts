import { describe, expect, test } from 'vitest';
import { sheetCsv } from '../../src/reports/sheetCsv.ts';
import { type SheetDocument, SheetSchema } from '../../src/reports/sheetShape.ts';
import { sheetText } from '../../src/text/sheetText.ts';

const SHEET: SheetDocument = {
  name: 'school-lag',
  title: 'Meldetid',
  audience: 'ekstern',
  county: '40',
  countyName: 'Telemark',
  schoolYear: '2026-27',
  on: '2027-02-15',
  cutoff: '2027-02-08T22:59:59.999Z',
  codeList: 'OT-2016-07',
  follows: ['Annullerte avbrudd telles ikke.'],
  tables: [
    {
      name: 'meldetid',
      title: 'Skole for skole',
      columns: [
        { name: 'skole', title: 'Skole', kind: 'text' },
        { name: 'antall', title: 'Avbrudd', kind: 'number' },
        { name: 'p50', title: 'p50 dager', kind: 'number' },
      ],
      rows: [
        { values: { skole: '40014', antall: null, p50: null }, hidden: ['antall', 'p50'], sum: false },
        { values: { skole: '=40022', antall: 1250, p50: 3.5 }, hidden: [], sum: false },
        { values: { skole: 'Alle', antall: 1254, p50: null }, hidden: [], sum: true },
      ],
      personal: false,
    },
  ],
};

describe('a report as CSV', () => {
  const [table] = SHEET.tables;
  if (table === undefined) throw new Error('no table');
  const lines = sheetCsv(SHEET, table).toString().slice(1).split('\r\n');

  test('every row says what report it is from', () => {
    expect(lines[0]).toBe('Skole;Avbrudd;p50 dager;rapport;fylke;skoleår;per;talt til;kodeverk;for');
    for (const line of lines.slice(1, -1))
      expect(line).toMatch(/;school-lag;40;2026-27;2027-02-15;2027-02-08T22:59:59\.999Z;OT-2016-07;ekstern$/);
  });

  test('a hidden figure is a colon and one that is not there is empty, and no cell is a formula', () => {
    expect(lines[1]).toMatch(/^40014;:;:;/);
    expect(lines[2]).toMatch(/^'=40022;1250;3,5;/);
    expect(lines[3]).toMatch(/^Alle;1254;;/);
  });
});

describe('a report on a terminal', () => {
  const text = sheetText(SHEET);

  test('says county, year, day, cut-off, code list and what it follows', () => {
    expect(text).toContain('Fylke 40 Telemark · skoleåret 2026–27 · per 15.02.2027');
    expect(text).toContain('08.02.2027 kl. 23.59 · kodeverk OT-2016-07');
    expect(text).toContain('Følger: Annullerte avbrudd telles ikke.');
  });

  test('numbers are aligned to the right, and what is hidden is explained', () => {
    expect(text).toContain('40014         :          :');
    expect(text).toMatch(/=40022 +1\u00a0250 +3,5/);
    expect(text).toContain(': = vises ikke');
  });

  test('a long list is cut, and says how much', () => {
    const [table] = SHEET.tables;
    if (table === undefined) throw new Error('no table');
    const rows = Array.from({ length: 65 }, (_, at) => ({
      values: { skole: `s${at}`, antall: at, p50: 1 },
      hidden: [],
      sum: false,
    }));
    const long = sheetText({ ...SHEET, tables: [{ ...table, rows }] });
    expect(long).toContain('… og 5 rader til.');
    expect(long).not.toContain('vises ikke');
  });

  test('a table without rows says so', () => {
    const [table] = SHEET.tables;
    if (table === undefined) throw new Error('no table');
    expect(sheetText({ ...SHEET, tables: [{ ...table, rows: [] }] })).toContain('(ingen)');
  });
});

test('the document is the shape it is read back in', () => {
  expect(SheetSchema.parse(JSON.parse(JSON.stringify(SHEET)))).toEqual(SHEET);
});
