import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapTable } from '../../../src/core/legacy/mappedTable.ts';
import type { NationalRow, NationalTable } from '../../../src/core/legacy/nationalTable.ts';
import { nationalTable } from './nationalFile.ts';

const mapped = mapTable(nationalTable());

/** A table of one county that adds up. */
function tableOf(counts: readonly (readonly [string | null, number])[]): NationalTable {
  const rows: NationalRow[] = counts.map(([code, count], at) => ({
    number: `9.${at}`,
    code,
    text: 'Tekst',
    total: count,
    counties: { '12': count },
    rest: 0,
  }));
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  return { asOf: '2011-01-01', rows, sum: { total: all, counties: { '12': all }, rest: 0 } };
}

describe('U05 migrating 2011', () => {
  it('U05 the country: 27 149 in the target group, 18 007 outside, 12 in quarantine of 45 168', () => {
    expect(mapped.sums.get('total')).toMatchObject({
      target: 27149,
      outside: 18007,
      quarantine: 12,
      all: 45168,
    });
  });

  it('U05 Hordaland becomes 2 772 and 429, and no person is quarantined', () => {
    expect(mapped.sums.get('12')).toMatchObject({ target: 2772, outside: 429, quarantine: 0, all: 3201 });
  });

  it('U05 Hordaland’s 900 OTNO and Oppland’s 12 OTUK are not unreasonable', () => {
    const cell = (code: string, county: string) =>
      mapped.rows.find((row) => row.from === code)?.cells.counties[county];
    expect([cell('OTNO', '12'), cell('OTUK', '05')]).toEqual([900, 12]);
  });

  it('U05 every row is loaded, and every ambiguous one is marked, with what decides', () => {
    expect(mapped.rows).toHaveLength(24);
    const ambiguous = mapped.rows.filter((row) => row.ambiguous);
    expect(ambiguous.map((row) => row.from).sort()).toEqual(
      'ELEV OTAP OTAR OTFU OTHL OTLA OTLE OTLK OTOA OTOI OTVA OTVE OTVF OTVU'.split(' '),
    );
    for (const row of ambiguous) {
      expect(row.alternatives.length).toBeGreaterThan(0);
      expect(row.decides).not.toBeNull();
    }
    // 300 + 834 + 648 + 2 879 + 6 531 + 12 666 + 335, and 833 OTFU.
    expect(mapped.sums.get('total')?.ambiguous).toBe(24193 + 833);
  });

  it('U05 per new code and group the sums are the published ones', () => {
    expect(Object.fromEntries(mapped.perCode)).toEqual({
      OTUK: 8042,
      OTOV: 4439,
      OTSY: 980,
      OTOA: 648,
      OTAP: 2879,
      OTAR: 6531,
      OTIF: 813,
      OTMI: 409,
      OTBA: 758,
      OTFA_IM: 1131,
      OTFU_IM: 833,
      OTNO: 1650,
      OTEV_IM: 5817,
      OTVF_IM: 4107,
      OTLL_IM: 2742,
      ELVG_IM: 335,
      FEIL: 3042,
    });
    const groups = Map.groupBy(mapped.rows, (row) => row.group);
    const counted = [...groups].map(([group, rows]) => [
      group,
      rows.reduce((all, row) => all + row.cells.total, 0),
    ]);
    expect(Object.fromEntries(counted)).toEqual({ 1: 8042, 2: 4439, 3: 10058, 4: 4610, 5: 18007, null: 12 });
  });

  it('U05 the target group shrinks by OTFA and OTFU, 1 964 people, and by no other person', () => {
    const leaves = mapped.rows.filter((row) => row.leaves);
    expect(leaves.map((row) => [row.from, row.cells.total])).toEqual([
      ['OTFA', 1131],
      ['OTFU', 833],
    ]);
  });

  it('U05 the sums cross-foot in every column', () => {
    expect(mapped.sums.size).toBe(15);
    const [country, ...others] = mapped.sums.values();
    for (const key of ['target', 'outside', 'quarantine', 'all', 'ambiguous'] as const) {
      expect(
        others.reduce((all, sums) => all + sums[key], 0),
        key,
      ).toBe(country?.[key]);
    }
  });
});

describe('any old table', () => {
  it('loses no person and adds none, whatever the counts', () => {
    const code = fc.constantFrom('OTUK', 'otnr', ' otno ', 'OTFA', 'OTVF', 'ELEV', 'OTKO', 'Ukjent', null);
    const counts = fc.array(fc.tuple(code, fc.integer({ min: 0, max: 50_000 })), { maxLength: 9 });
    fc.assert(
      fc.property(counts, (rows) => {
        const sums = mapTable(tableOf(rows)).sums.get('12');
        const all = rows.reduce((sum, [, count]) => sum + count, 0);
        expect(sums?.all).toBe(all);
        expect((sums?.target ?? 0) + (sums?.outside ?? 0) + (sums?.quarantine ?? 0)).toBe(all);
      }),
    );
  });

  it('quarantines what is no code of its list, and never guesses', () => {
    const { rows } = mapTable(
      tableOf([
        ['OTKO', 3],
        ['Ukjent', 2],
        [null, 1],
        ['otno', 4],
      ]),
    );
    expect(rows.map((row) => [row.from, row.to, row.side])).toEqual([
      [null, null, 'quarantine'],
      [null, null, 'quarantine'],
      [null, null, 'quarantine'],
      ['OTNO', 'OTNO', 'target'],
    ]);
  });

  const spoilt = (change: (table: NationalTable) => NationalTable) => () => mapTable(change(nationalTable()));
  const first = (table: NationalTable, change: Partial<NationalRow>) => ({
    ...table,
    rows: table.rows.map((row, at) => (at === 0 ? { ...row, ...change } : row)),
  });

  it.each<[string, (table: NationalTable) => NationalTable, RegExp]>([
    [
      'a row does not add up',
      (t) => first(t, { total: 8043 }),
      /Raden 1\.1 OTUK: fylkene er til sammen 8042/,
    ],
    ['a column does not add up', (t) => first(t, { total: 8043, rest: 2724 }), /Kolonnen total: radene/],
    ['a row occurs twice', (t) => ({ ...t, rows: [...t.rows, ...t.rows.slice(0, 1)] }), /står to ganger/],
    ['a county has no sum', (t) => first(t, { counties: { '21': 1 } }), /fylke 21, som ikke står i sumraden/],
    ['a count is negative', (t) => first(t, { rest: -1 }), /ikke er et antall personer \(rest\)/],
    ['a count is a part of a person', (t) => first(t, { rest: 0.5 }), /ikke er et antall personer/],
    ['the sum row is wrong', (t) => ({ ...t, sum: { ...t.sum, total: 45169 } }), /Raden sum sum/],
    ['the date is of another list', (t) => ({ ...t, asOf: '2014-01-01' }), /OT-2011-01 gjaldt ikke da/],
  ])('is refused when %s', (_, change, message) => {
    expect(spoilt(change)).toThrow(message);
  });
});
