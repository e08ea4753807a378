import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cell, csvText } from '../../src/reports/csv.ts';

describe('a table for a spreadsheet', () => {
  test('begins with a byte order mark, parts cells by semicolon and lines by CRLF', () => {
    expect([...Buffer.from(csvText(['a'], [])).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(csvText(['navn', 'antall'], [['Ikke søkt', 12]])).toBe('\uFEFFnavn;antall\r\nIkke søkt;12\r\n');
  });

  test('a number has a decimal comma, nothing is an empty cell', () => {
    expect(rows([[1.5, null, -3]])).toEqual(['1,5;;-3']);
    expect(() => csvText(['a'], [[Number.NaN]])).toThrow('finite');
  });

  test.each(['=1+1', '+47', '-SUM(A1)', '@cmd', '\tx', '\rx', '=HYPERLINK("http://x")', '＝1'])(
    'text that a spreadsheet would run is marked as text: %j',
    (text) => {
      const [shown = ''] = parse(csvText(['a'], [[text]])).slice(1);
      expect(shown[0]).toBe(`'${text}`);
    },
  );

  test('a row under the wrong names is never written', () => {
    expect(() => csvText(['a', 'b'], [['1']])).toThrow('header of 2');
  });

  test('every cell is read back as it was, and no cell begins a formula', () => {
    const text = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ';', ' ', 'a', 'ø', '1'),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 }), (table) => {
        const [, ...read] = parse(csvText(['a', 'b'], table));
        expect(read.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n])/, '')))).toEqual(
          table.map((row) => [...row]),
        );
        for (const cell of read.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });
});

function rows(table: readonly (readonly Cell[])[]): string[] {
  const header = (table[0] ?? []).map((_, index) => `k${index}`);
  return csvText(header, table).split('\r\n').slice(1, -1);
}

/** RFC 4180, as a spreadsheet reads it. */
function parse(text: string): string[][] {
  const table: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const source = text.replace(/^\uFEFF/, '');
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at];
    if (quoted && char === '"' && source[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (char === '"') quoted = !quoted;
    else if (!quoted && char === ';') {
      row.push(cell);
      cell = '';
    } else if (!quoted && char === '\r' && source[at + 1] === '\n') {
      table.push([...row, cell]);
      row = [];
      cell = '';
      at += 1;
    } else cell += char;
  }
  return table;
}
