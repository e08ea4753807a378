import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { legacyReport } from '../../../src/cli/legacy.ts';
import { NATIONAL_CSV, nationalTable } from './nationalFile.ts';

const SOURCE = fileURLToPath(new URL('../../../../shared/domain/data/nygiv-2011.json', import.meta.url));
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const report = plain(legacyReport('nygiv-2011.csv', NATIONAL_CSV, '2011-01-01'));
const line = (start: string) => report.split('\n').find((each) => each.startsWith(start));

/** The table in the shape of the JSON file. */
function asJson(): string {
  const columns = ({ total, counties, rest }: ReturnType<typeof nationalTable>['sum']) => ({
    iAlt: total,
    fylker: counties,
    restUtenforTabellen: rest,
  });
  const { asOf, rows, sum } = nationalTable();
  const rader = rows.map((row) => ({ nr: row.number, kode: row.code, tekst: row.text, ...columns(row) }));
  return JSON.stringify({ perDato: asOf, rader, sum: columns(sum) });
}

describe('npm run legacy', () => {
  it('U05 shows the country and each county with target group, outside, quarantine and all', () => {
    expect(line('Hele landet')).toMatch(/27 149 +18 007 +12 +45 168 +25 026$/);
    expect(line('12 Hordaland')).toMatch(/2 772 +429 +0 +3 201 +\d+$/);
    expect(line('Fylker utenfor tabellen')).toMatch(/ 12 071 /);
  });

  it('U05 marks the ambiguous rows, and those that leave the target group', () => {
    expect(line('OTAR ')).toMatch(/OTAR +3 I aktivitet +6 531 +\* +eller OTAR_IM\. Var ungdommen i arbeid/);
    expect(line('OTFA ')).toMatch(/OTFA_IM .* 1 131 +→/);
    expect(line('OTFU ')).toMatch(/OTFU_IM .* 833 +\*→ +eller OTOV\./);
    expect(line('OTNO ')).toMatch(/OTNO +4 Avklart +1 650$/);
    expect(line('(ingen)')).toMatch(/karantene +Ukjent statuskode +12$/);
  });

  it('reads the same table as JSON', () => {
    expect(plain(legacyReport('nygiv-2011.json', asJson(), undefined))).toBe(report);
  });

  it('says how many lines of a text file are no rows', () => {
    const noisy = NATIONAL_CSV.replace('\n2.1;', '\n2sd3x4\n2.1;');
    expect(legacyReport('tabell.CSV', noisy, '2011-01-01')).toMatch(/1 linjer i filen er ikke rader/);
  });

  it.each([
    ['tabell.csv', NATIONAL_CSV, undefined, /Skriv datoen tallene er fra/],
    ['tabell.json', '{', undefined, /ikke gyldig JSON/],
    ['tabell.json', '{"perDato":"2011-01-01","rader":[]}', undefined, /Se på: sum\./],
    ['tabell.json', asJson().replace('8042', '8041'), undefined, /Raden 1\.1 OTUK/],
  ])('says in words what is wrong with a file (%s)', (name, text, asOf, message) => {
    expect(() => legacyReport(name, text, asOf)).toThrow(message);
  });
});

describe.skipIf(!existsSync(SOURCE))('the table of the tests', () => {
  it('is the one of the reference data', () => {
    expect(plain(legacyReport('nygiv-2011.json', readFileSync(SOURCE, 'utf8'), undefined))).toBe(report);
  });
});
