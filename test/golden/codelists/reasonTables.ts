import { B06_TEXTS } from './otTranscript.ts';
import type { FintFile } from './sources.ts';
import { expect, header, table } from './tableText.ts';

/** B06, C12 and B01. @throws when a version has more or fewer codes than was published. */
export function reasonCodes(fint: FintFile): string {
  const rows = (texts: Record<string, string>) =>
    Object.entries(texts).map(([code, text]) => ({
      code,
      text: text.charAt(0).toUpperCase() + text.slice(1),
    }));
  const school = Object.entries(fint.avbruddsarsak_B06).map(([from, codes]) => ({
    list: `B06-${from.slice(0, 7)}`,
    from,
    codes: [...codes].sort(),
  }));
  const apprenticeship = Object.entries(fint.avslutning_C12).flatMap(([from, texts]) =>
    typeof texts === 'string' ? [] : [{ list: `C12-${from.slice(0, 7)}`, from, codes: rows(texts) }],
  );
  expect('codes in the versions of B06', school.map((version) => version.codes.length).join(), '19,11,13');
  expect('codes in the versions of C12', apprenticeship.map((version) => version.codes.length).join(), '15');
  expect('codes of B01', Object.keys(fint.ajourhold_B01).join(), 'I,N,S,V');
  const different = [...new Set(school.flatMap((version) => version.codes))].sort();
  expect('codes of B06 with a text', Object.keys(B06_TEXTS).sort().join(), different.join());
  return (
    header('fint-codes.json (Udir: registreringshåndboka, felt B01, B06 og C12)') +
    table('B06_VERSIONS', school) +
    table('B06_TEXTS', rows(B06_TEXTS)) +
    table('C12_VERSIONS', apprenticeship) +
    table('B01_CODES', rows(fint.ajourhold_B01))
  );
}

/** VIGO's 55 wish statuses. @throws when one is missing or given twice. */
export function wishStatuses(fint: FintFile): string {
  const rows = fint.wish_statuses.rows.map((row) => ({
    number: row.nr,
    code: row.kode.normalize('NFC'),
    text: row.tekst,
  }));
  expect('wish statuses', rows.length, 55);
  expect('different wish statuses', new Set(rows.flatMap((row) => [row.code, String(row.number)])).size, 110);
  return header('fint-codes.json (kodeverk.vigo.no: wish-statuses)') + table('WISH_STATUSES', rows);
}
