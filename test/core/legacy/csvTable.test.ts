import { describe, expect, it } from 'vitest';
import { readCsvTable } from '../../../src/core/legacy/csvTable.ts';
import { NATIONAL_CSV, nationalTable } from './nationalFile.ts';

const read = (text: string) => readCsvTable(text, '2011-01-01');
const SMALL =
  'nr;kode;tekst;iAlt;05;12;rest\n1.1;OTUK;Skal følges opp;3;;2;1\n7;;Ukjent;1;1;;\nsum;;;4;1;2;1';

describe('a status table as text', () => {
  it('has a row per code, blank cells, and a sum row', () => {
    expect(read(SMALL)).toEqual({
      ignored: 0,
      table: {
        asOf: '2011-01-01',
        rows: [
          {
            number: '1.1',
            code: 'OTUK',
            text: 'Skal følges opp',
            total: 3,
            counties: { '05': null, '12': 2 },
            rest: 1,
          },
          { number: '7', code: null, text: 'Ukjent', total: 1, counties: { '05': 1, '12': null }, rest: 0 },
        ],
        sum: { total: 4, counties: { '05': 1, '12': 2 }, rest: 1 },
      },
    });
  });

  it('reads thousands that are parted by any space', () => {
    const parted = NATIONAL_CSV.replaceAll(/(\d) (\d)/g, '$1\u00a0$2');
    expect(parted).not.toBe(NATIONAL_CSV);
    expect(read(parted).table).toEqual(nationalTable());
    expect(nationalTable().rows[0]?.counties['12']).toBe(1439);
  });

  it('skips lines of noise between the rows, and counts them', () => {
    const noisy = SMALL.replace('\n7;', '\n2sd3x4\n imkr-7y;;\n\n7;');
    expect(read(noisy)).toEqual({ ...read(SMALL), ignored: 2 });
  });

  it('may be parted by commas or tabs, have quoted cells, another line end and a byte order mark', () => {
    const commas = `\uFEFF${SMALL.replaceAll(';', ',').replace('Skal følges opp', '"Skal ""følges"", opp"')}`;
    expect(read(commas.replaceAll('\n', '\r\n')).table.rows[0]?.text).toBe('Skal "følges", opp');
    expect(read(SMALL.replaceAll(';', '\t'))).toEqual(read(SMALL));
  });

  it('may leave out the counties that are not shown', () => {
    const text = 'nr;kode;tekst;iAlt;12\n1.1;OTUK;Skal følges opp;2;2\nsum;;;2;2\n';
    expect(read(text).table.sum).toEqual({ total: 2, counties: { '12': 2 }, rest: 0 });
  });

  it.each([
    ['a column is missing', SMALL.replace('kode', 'status'), /Kolonnen «kode» mangler/],
    ['a column is no county', SMALL.replace(';12;', ';M;'), /Kolonnen «m» er ikke et fylkesnummer/],
    ['the sum row is missing', SMALL.replace('sum;', 'alt;'), /Sumraden mangler/],
    ['a number cannot be read', SMALL.replace(';2;1\n', ';to;1\n'), /Tallet i 1\.1 12 kan ikke leses/],
    ['a number is below zero', SMALL.replace(';2;1\n', ';-2;1\n'), /Tallet i 1\.1 12 kan ikke leses/],
    ['it is empty', '', /Kolonnen «nr» mangler/],
  ])('is refused when %s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('has the date its numbers are from', () => {
    expect(() => readCsvTable(SMALL, '01.01.2011')).toThrow(/skrives slik: 2011-01-01/);
  });
});
