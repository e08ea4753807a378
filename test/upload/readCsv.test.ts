import { expect, test } from 'vitest';
import { read, refusal } from './reading.ts';

const rowsOf = (bytes: Buffer | string) => read(bytes).rows.map(({ number, cells }) => [number, ...cells]);

test('a semicolon, a comma or a tab separates, whatever else the cells hold', () => {
  expect(rowsOf('Fnr;Navn\n1;"Lie, Per"\n2;Å, B')).toEqual([
    [1, 'Fnr', 'Navn'],
    [2, '1', 'Lie, Per'],
    [3, '2', 'Å, B'],
  ]);
  expect(rowsOf('Fnr,Navn\n1,a;b')).toEqual([
    [1, 'Fnr', 'Navn'],
    [2, '1', 'a;b'],
  ]);
  expect(rowsOf('Fnr\tNavn\n1\ta,b;c')[1]).toEqual([2, '1', 'a,b;c']);
});

test('without a known heading the separator that cuts the rows alike is taken', () => {
  expect(rowsOf('a,b\nc,d')).toEqual([
    [1, 'a', 'b'],
    [2, 'c', 'd'],
  ]);
  expect(rowsOf('bare én kolonne\nx')).toEqual([
    [1, 'bare én kolonne'],
    [2, 'x'],
  ]);
});

test('the line that declares a separator is no row', () => {
  expect(rowsOf('sep=|\r\nFnr|Navn\r\n1|x')).toEqual([
    [1, 'Fnr', 'Navn'],
    [2, '1', 'x'],
  ]);
});

test('a line break in quotes is within its row, and an empty line is a row', () => {
  expect(rowsOf('Fnr;Navn\r\n\r\n1;"a\nb ""c"""\r\n;\r\n2;d\r\n')).toEqual([
    [1, 'Fnr', 'Navn'],
    [3, '1', 'a\nb "c"'],
    [5, '2', 'd'],
  ]);
});

test('a quote within a cell is a character, and spaces and zeros are kept', () => {
  expect(rowsOf('Fnr;Navn\n0301; 5" rør ')).toEqual([
    [1, 'Fnr', 'Navn'],
    [2, '0301', ' 5" rør '],
  ]);
});

test('a quote that never ends is refused with its row', () => {
  expect(refusal(() => read('Fnr;Navn\n1;a\n2;"b\n3;c'))).toEqual({
    code: 'NOT_A_LIST',
    message:
      'En celle i rad 3 begynner med et anførselstegn som aldri sluttes. Rett cellen, eller lagre listen som .xlsx.',
  });
});

test.each([
  ['UTF-8', Buffer.from('Fnr;Navn\n1;Åse Ærø')],
  ['UTF-8 with a mark', Buffer.from('\uFEFFFnr;Navn\n1;Åse Ærø')],
  ['Windows-1252', Buffer.from('Fnr;Navn\n1;Åse Ærø', 'latin1')],
  ['UTF-16', Buffer.from('\uFEFFFnr;Navn\n1;Åse Ærø', 'utf16le')],
  ['UTF-16, the other order', Buffer.from('\uFEFFFnr;Navn\n1;Åse Ærø', 'utf16le').swap16()],
])('text in %s is read', (_, bytes) => {
  expect(rowsOf(bytes)).toEqual([
    [1, 'Fnr', 'Navn'],
    [2, '1', 'Åse Ærø'],
  ]);
});

test.each([
  ['DOS', Buffer.from([...Buffer.from('Fnr;Navn\n1;B'), 0x86, ...Buffer.from('rd')])],
  ['a byte that Windows-1252 does not have', Buffer.from([...Buffer.from('Fnr;Navn\n1;B'), 0x81])],
  ['UTF-16 without a mark', Buffer.from('Fnr;Navn\n1;Åse', 'utf16le')],
  ['half a UTF-16', Buffer.concat([Buffer.from('\uFEFFFnr', 'utf16le'), Buffer.from([0x41])])],
])('letters that would be guessed are refused: %s', (_, bytes) => {
  expect(refusal(() => read(bytes))?.code).toBe('ENCODING_UNKNOWN');
});

test('a cell beyond what a cell may hold has no value, and its row is there', () => {
  expect(read(`Fnr;Navn\n1;${'x'.repeat(40_000)}`).rows[1]?.cells).toEqual(['1', { fault: 'too-long' }]);
});

test('content beyond the columns that are read is refused, empty cells there are not', () => {
  expect(refusal(() => read(`Fnr;Navn\n1;2${';'.repeat(80)}x`))?.code).toBe('TOO_LARGE');
  expect(read(`Fnr;Navn\n1;2${';'.repeat(80)}`).rows).toHaveLength(2);
});

test('a list of more rows than may be sent is refused', () => {
  expect(refusal(() => read(`Fnr;Navn\n${'1;a\n'.repeat(25_001)}`))?.code).toBe('TOO_MANY_ROWS');
  expect(read(`Fnr;Navn\n${'1;a\n'.repeat(25_000)}`).rows).toHaveLength(25_001);
});

test.each([
  ['nothing', '', 'EMPTY_LIST'],
  ['lines without a value', '\n;;\n', 'EMPTY_LIST'],
  ['a PDF', '%PDF-1.7\n', 'NOT_A_LIST'],
  ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'NOT_A_LIST'],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'NOT_A_LIST'],
  ['a page named as a workbook', '\uFEFF<html><table>', 'NOT_A_LIST'],
  ['a packed file', Buffer.from('1f8b0800', 'hex'), 'NOT_A_LIST'],
])('%s is no list', (_, bytes, code) => {
  expect(refusal(() => read(bytes))?.code).toBe(code);
});

test('a file above the limit is refused before it is read', () => {
  expect(refusal(() => read(Buffer.alloc(20 * 1024 * 1024 + 1, 0x20)))?.code).toBe('TOO_LARGE');
});
