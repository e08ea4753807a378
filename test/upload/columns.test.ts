import { describe, expect, test } from 'vitest';
import { PRIVATE_SCHOOL_COLUMNS } from '../../adapters/private-school/columns.ts';
import { SCHOOL_DROPOUT_COLUMNS as COLUMNS } from '../../adapters/school-dropout/columns.ts';
import { headingKey } from '../../src/core/feedColumns.ts';
import { previewOf } from '../../src/desk/uploads/sheetPreview.ts';
import { type ColumnChoices, chosenFor, planColumns, unticked } from '../../src/upload/columns/columnPlan.ts';
import { listRows } from '../../src/upload/columns/listRows.ts';
import type { Sheet, SheetCell } from '../../src/upload/sheet.ts';
import { refusal } from './reading.ts';

const sheetOf = (rows: readonly (readonly SheetCell[])[], merged: Sheet['merged'] = []): Sheet => ({
  rows: rows.map((cells, index) => ({ number: index + 1, cells, hidden: false })),
  merged,
});
const plan = (rows: readonly (readonly SheetCell[])[], choices: ColumnChoices = {}) =>
  planColumns(sheetOf(rows).rows, COLUMNS, choices);
const AVBRUDD = { constants: { type: 'Avbrudd' } };

test('of a heading no more is compared than a heading has: a cell may hold a page', () => {
  const long = 'a'.repeat(200);
  expect(headingKey(`${long}b`)).toBe(headingKey(long));
  expect(headingKey('Fødselsnummer (11 siffer)')).toBe('fodselsnummer');
});

test('a choice is the sender’s own, also for a heading that every object has', () => {
  expect(chosenFor({}, 'constructor')).toBeUndefined();
  expect(chosenFor(undefined, 'constructor')).toBeUndefined();
  expect(chosenFor({ constructor: null } as never, 'constructor')).toBeNull();
});

test('the beginning of a file shows no number, however it is grouped', () => {
  const rows = [
    { number: 1, hidden: false, cells: ['Fnr', 'Skolenr'] },
    { number: 2, hidden: false, cells: ['148309 89960', '40014'] },
    { number: 3, hidden: false, cells: ['14 83 09 899 60', '40014'] },
  ];
  const sheet = { kind: 'csv' as const, rows, merged: [], hiddenSheets: 0, otherSheets: 0 };
  const shown = JSON.stringify(previewOf(sheet, COLUMNS, { choices: {}, known: new Map() }));
  expect(shown).toContain('40014');
  expect(shown).not.toMatch(/89960|899 60/);
});

describe('headings', () => {
  test('are found below titles, and matched however they are written', () => {
    const { header, columns } = plan([
      ['Elever ved skolen'],
      ['Skrevet ut av', 'Navn'],
      ['HVA RADEN GJELDER', 'F.nr. ', 'Skole-nr', 'Avbruddsarsak (B06)', 'Sluttdato:'],
    ]);
    expect(header).toBe(3);
    expect(columns.map(({ column }) => column?.field)).toEqual([
      'type',
      'fodselsnummer',
      'skolenummer',
      'avbruddsarsak',
      'avbruddsdato',
    ]);
  });

  test('a row may be given, and a heading its field or none', () => {
    const rows = [
      ['Fnr', 'Navn'],
      ['Id-nummer', 'Navn', 'Klasse'],
    ];
    const chosen = plan(rows, {
      ...AVBRUDD,
      header: 2,
      columns: { idnummer: 'fodselsnummer', klasse: null },
    });
    expect(chosen.columns.map(({ column }) => column?.field ?? null)).toEqual([
      'fodselsnummer',
      'navn',
      null,
    ]);
    expect(unticked(chosen)).toEqual([]);
  });

  test('a column that was not chosen to be left out is named', () => {
    const left = unticked(plan([['Fnr', 'Navn', 'Klasse']], AVBRUDD));
    expect(left.map(({ heading, index }) => [heading, index])).toEqual([['Klasse', 2]]);
  });

  test.each<[string, SheetCell[][], ColumnChoices, string]>([
    [
      'no headings',
      [
        ['14830989960', 'FV'],
        ['12880877605', 'AF'],
      ],
      AVBRUDD,
      'NO_HEADER',
    ],
    ['a row that is empty', [['Fnr', 'Navn']], { ...AVBRUDD, header: 9 }, 'NO_HEADER'],
    ['the same twice', [['Fnr', 'Personnummer', 'Navn']], AVBRUDD, 'COLUMN_TWICE'],
    ['no identity number', [['Navn', 'Skolenr']], AVBRUDD, 'COLUMN_MISSING'],
    ['nothing that says what the rows are', [['Fnr', 'Navn']], {}, 'COLUMN_MISSING'],
  ])('%s: refused', (_, rows, choices, code) => {
    expect(refusal(() => plan(rows, choices))?.code).toBe(code);
  });

  test('two columns for the same are fine when one is left out', () => {
    const chosen = plan([['Fnr', 'Personnummer', 'Navn']], { ...AVBRUDD, columns: { personnummer: null } });
    expect(chosen.columns[0]?.column?.field).toBe('fodselsnummer');
  });

  test('a heading that may be a person is not repeated', () => {
    const refused = refusal(() =>
      plan([['Fnr', '14830989960', 'Navn']], {
        ...AVBRUDD,
        header: 1,
        columns: { '14830989960': 'fodselsnummer' },
      }),
    );
    expect(refused?.message).not.toContain('14830');
  });

  test('a feed with one kind of rows needs no word on it', () => {
    const { constants } = planColumns(sheetOf([['Fnr', 'Startdato']]).rows, PRIVATE_SCHOOL_COLUMNS, {});
    expect(constants).toEqual({ type: 'elev' });
  });

  test('the template says which edition it is', () => {
    expect(plan([['OT-mal for school-dropout, utgave 3'], ['Fnr', 'Navn']], AVBRUDD).edition).toBe(3);
    expect(plan([['Vår egen, utgave 3'], ['Fnr', 'Navn']], AVBRUDD).edition).toBeNull();
  });
});

describe('rows', () => {
  const readRows = (rows: readonly (readonly SheetCell[])[], merged: Sheet['merged'] = []) => {
    const sheet = sheetOf(rows, merged);
    return listRows(sheet, COLUMNS, planColumns(sheet.rows, COLUMNS, AVBRUDD));
  };
  const head = ['Fnr', 'Navn', 'Avbruddsdato', 'Møte holdt', 'Versjon', 'Hva raden gjelder', 'Årsak'];

  test('a value of a row goes before the common one, and types are known by name or code', () => {
    const { rows } = readRows([
      head,
      ['1', null, null, null, null, 'FARE for avbrudd'],
      ['2', null, null, null, null, 'oppstart'],
      ['3', null, null, null, null, 'Permisjon'],
      ['4'],
    ]);
    expect(rows.map(({ record }) => record.type)).toEqual([
      'fare-for-avbrudd',
      'oppstart',
      'Permisjon',
      'avbrudd',
    ]);
  });

  test('each kind of cell becomes what its column holds', () => {
    const { rows } = readRows([head, [14_830_989_960, 'A', { date: '2026-10-06' }, 'NEI', '2', null, 73]]);
    expect(rows[0]).toEqual({
      number: 2,
      record: {
        type: 'avbrudd',
        fodselsnummer: '14830989960',
        navn: 'A',
        avbruddsdato: '2026-10-06',
        moteHoldt: false,
        version: 2,
        avbruddsarsak: '73',
      },
      problems: [],
    });
  });

  test.each<[string, number, SheetCell, string]>([
    ['a date for a number', 0, { date: '2026-10-06' }, 'Cellen i «Fødselsnummer» er en dato.'],
    ['half a number', 0, 1.5, 'Cellen i «Fødselsnummer» er et tall.'],
    ['a number below zero', 0, -1, 'Cellen i «Fødselsnummer» er et tall.'],
    ['true for a name', 1, true, 'Cellen i «Navn» er sann eller usann.'],
    ['a number for a date', 2, 46_301, 'Cellen i «Avbruddsdato» er et tall uten datoformat.'],
    ['a word for yes or no', 3, 'x', 'Cellen i «Møte holdt» er verken ja eller nei.'],
    ['a number for yes or no', 3, 1, 'Cellen i «Møte holdt» er et tall.'],
    ['a word for a number', 4, 'to', 'Cellen i «Versjon» er ikke et helt tall.'],
    ['a number for what the row is', 5, 1, 'Cellen i «Hva raden gjelder» er et tall.'],
    ['an error', 6, { fault: 'error-value' }, 'Cellen i «Avbruddsårsak» viser en feil.'],
  ])('%s has no value and is a problem of its row', (_, column, cell, text) => {
    const cells: SheetCell[] = ['1', 'A', null, null, null, null, null];
    cells[column] = cell;
    const [row] = readRows([head, cells]).rows;
    expect(row?.problems.map((problem) => problem.text)).toEqual([text]);
    expect(Object.keys(row?.record ?? {})).toHaveLength(column < 2 ? 2 : 3);
  });

  test('a value without a heading is a problem of its row alone', () => {
    const { rows } = readRows([
      head,
      ['1'],
      ['2', ...Array<null>(6).fill(null), 'for mye'],
      ['3', ...Array<null>(6).fill(null), ' '],
    ]);
    expect(rows.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      [],
      ['CELL_WITHOUT_COLUMN'],
      [],
    ]);
  });

  test('cells that are joined below the headings have no value, those of titles do not matter', () => {
    const merged = [
      { firstRow: 1, lastRow: 1, firstColumn: 0, lastColumn: 5 },
      { firstRow: 3, lastRow: 4, firstColumn: 1, lastColumn: 1 },
      { firstRow: 5, lastRow: 5, firstColumn: 0, lastColumn: 0 },
    ];
    const { rows } = readRows([['Tittel'], head, ['1', 'A'], ['2'], ['3', 'B']], merged);
    expect(rows.map(({ problems }) => problems.map(({ field }) => field))).toEqual([['navn'], ['navn'], []]);
    expect(rows.map(({ record }) => record.navn)).toEqual([undefined, undefined, 'B']);
  });

  test('joined cells that reach over everything again and again are refused', () => {
    const long = { firstRow: 1, lastRow: 2_000, firstColumn: 0, lastColumn: 5 };
    const sheet = sheetOf([head, ...Array.from({ length: 1_500 }, () => ['1'])], Array(1_000).fill(long));
    const planned = planColumns(sheet.rows, COLUMNS, AVBRUDD);
    expect(refusal(() => listRows(sheet, COLUMNS, planned))?.code).toBe('TOO_LARGE');
  });

  test('the template’s example is left out, hidden rows are with the others; both are counted', () => {
    const sheet: Sheet = {
      rows: [
        { number: 1, cells: head, hidden: false },
        { number: 2, cells: ['eksempel ', 'A'], hidden: false },
        { number: 5, cells: ['1', 'B'], hidden: true },
      ],
      merged: [],
    };
    const read = listRows(sheet, COLUMNS, planColumns(sheet.rows, COLUMNS, AVBRUDD));
    expect(read).toMatchObject({ hidden: 1, examples: 1, rows: [{ number: 5 }] });
  });

  test('a cell that was mended here goes before what the file says', () => {
    const sheet = sheetOf([head, ['1', 'A', 46_301]]);
    const planned = planColumns(sheet.rows, COLUMNS, AVBRUDD);
    const { rows } = listRows(sheet, COLUMNS, planned, new Map([[2, { avbruddsdato: '06.10.2026' }]]));
    expect(rows[0]).toMatchObject({ record: { avbruddsdato: '06.10.2026' }, problems: [] });
  });
});
