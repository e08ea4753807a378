import { describe, expect, test } from 'vitest';
import { report } from '../../../src/cli/report.ts';
import type { SheetDocument } from '../../../src/reports/sheetShape.ts';

// `ot rapport`, against an API that answers one report.

const SHEET: SheetDocument = {
  name: 'reconciliation',
  title: 'Avstemming mellom VIGO-visning og Udir-visning',
  audience: 'ot',
  county: '38',
  countyName: 'Vestfold og Telemark',
  schoolYear: '2020-21',
  on: '2021-06-15',
  cutoff: '2021-06-08T21:59:59.999Z',
  codeList: 'OT-2016-07',
  follows: ['Aldersgrense 21.'],
  tables: [
    {
      name: 'avstemming',
      title: 'Fra alle registrerte til Udirs tall',
      columns: [
        { name: 'rad', title: 'Hvem', kind: 'text' },
        { name: 'tilmeldt', title: 'Tilmeldt', kind: 'number' },
      ],
      rows: [
        { values: { rad: 'Alle registrerte (VIGO)', tilmeldt: 2968 }, hidden: [], sum: false },
        { values: { rad: 'I Udirs tall', tilmeldt: 2794 }, hidden: [], sum: true },
      ],
      personal: false,
    },
  ],
};

describe('ot rapport', () => {
  test('prints a report by its Norwegian name', async () => {
    const { out, asked } = await run(['vtfk-no', 'avstemming', '2021-06-15']);
    expect(asked).toEqual(['/organisations/vtfk-no/reports/2021-06-15/reconciliation']);
    expect(out).toContain('Alle registrerte (VIGO)     2\u00a0968');
    expect(out).toContain('I Udirs tall                2\u00a0794');
  });

  test('passes on the choices, and gives a table as CSV', async () => {
    const { out, asked } = await run([
      'vtfk-no',
      'tidsserie',
      '2021-06-15',
      'ekstern',
      'uke',
      'fylke=38',
      'csv=avstemming',
    ]);
    expect(asked).toEqual([
      '/organisations/vtfk-no/reports/2021-06-15/series?audience=ekstern&step=uke&county=38',
    ]);
    expect(out.slice(1)).toMatch(/^Hvem;Tilmeldt;rapport;/);
  });

  test.each([
    [['vtfk-no', 'alt', '2021-06-15'], 'etterslep'],
    [['vtfk-no', 'flyt', '2021-06-31'], 'er ikke en dato'],
    [['vtfk-no', 'flyt', '2021-06-15', 'alt'], 'Valget «alt» finnes ikke'],
  ])('what cannot be asked never reaches the bridge: %j', async (args, hint) => {
    const asked: string[] = [];
    await expect(
      report.run(async (path) => {
        asked.push(path);
        return { status: 200, value: SHEET };
      }, args),
    ).rejects.toThrow(hint);
    expect(asked).toEqual([]);
  });

  test('a table that the report does not have is answered with those it has', async () => {
    await expect(run(['vtfk-no', 'avstemming', '2021-06-15', 'csv=alt'])).rejects.toThrow(
      'Velg en av: avstemming.',
    );
  });

  test('passes on why the bridge does not know', async () => {
    const value = { title: 'Ukjent organisasjon', detail: 'Ikke satt opp her.' };
    await expect(
      report.run(async () => ({ status: 404, value }), ['x-no', 'flyt', '2021-06-15']),
    ).rejects.toThrow('Ukjent organisasjon. Ikke satt opp her.');
  });
});

async function run(args: readonly string[]): Promise<{ out: string; asked: string[] }> {
  const asked: string[] = [];
  const out = await report.run(async (path) => {
    asked.push(path);
    return { status: 200, value: SHEET };
  }, args);
  return { out, asked };
}
