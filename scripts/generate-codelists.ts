import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type CountFile,
  type CountyFile,
  countFile,
  countyFile,
  type FintFile,
  fintFile,
  type MappingFile,
  mappingFile,
  type OtFile,
  otFile,
} from './codelist-sources.ts';

// The published code lists, from the reference data to TypeScript tables. The tables are committed: the program
// never reads the reference data. A sum that does not agree stops the run, because a code list with a slip in it
// moves people in or out of the target group without a sound.

// The reference data names its documents by letters; whoever reads the table needs their titles.
const OT_SOURCES: Record<string, string> = {
  'OT-2011-01':
    'Ny GIV, statustall for OT per 01.01.2011; siste dag følger av at neste liste gjaldt fra 15.09.2011',
  'OT-2011-09': 'Nevnt av Udir («Gjeldende fra 15. september 2011»); innholdet er ikke funnet',
  'OT-2016-07':
    'Udir, Kodeverk for oppfølgingstjenesten: gjelder fra 01.07.2016, tekst oppdatert februar 2019 og april 2021',
};

/** File name under src/core/codelists/data → its text. @throws when a file or a check sum is not as expected. */
export function generateCodelists(dataFolder: string): Map<string, string> {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(dataFolder, name), 'utf8'));
  const ot = otFile.parse(read('ot-kodeverk.json'));
  const mapping = mappingFile.parse(read('ot-kodeverk-mapping-2011-2016.json'));
  const fint = fintFile.parse(read('fint-codes.json'));
  const counties = countyFile.parse(read('fylkesnummer.json'));
  checkMapping(ot, mapping, countFile.parse(read('nygiv-2011.json')));
  return new Map([
    ['otLists.ts', otLists(ot)],
    ['otMapping.ts', otMapping(mapping)],
    ['reasonCodes.ts', reasonCodes(fint)],
    ['wishStatuses.ts', wishStatuses(fint)],
    ['counties.ts', countyTable(counties, fint)],
  ]);
}

function otLists(ot: OtFile): string {
  expect('codes in OT-2016-07', ot.versjoner.find((list) => list.id === 'OT-2016-07')?.koder?.length, 23);
  const codes = ot.versjoner.flatMap((list) =>
    // The row «Ukjent statuskode» of 2011 has no code: it stands for a missing one, which goes to quarantine.
    (list.koder ?? [])
      .filter((row) => row.kode !== null)
      .map((row) => ({
        list: list.id,
        number: row.nr,
        code: row.kode,
        text: row.tekst,
        group: row.gruppe,
        targetGroup: row.maalgruppe,
        viaOtQuestion: row.viaOTSporsmaal,
        passive: false,
      })),
  );
  const groups = Object.entries(ot.hovedgrupper).flatMap(([list, labels]) =>
    Object.entries(labels).map(([group, text]) => ({ list, group: Number(group), text })),
  );
  const lists = ot.versjoner.map((list) => ({
    id: list.id,
    from: list.gjelderFra,
    to: list.gjelderTil,
    source: OT_SOURCES[list.id] ?? list.kilde,
  }));
  return (
    header('ot-kodeverk.json (Udir: Kodeverk for oppfølgingstjenesten)') +
    table('LISTS', lists) +
    table('CODES', codes) +
    table('GROUPS', groups)
  );
}

function otMapping(mapping: MappingFile): string {
  const rows = Object.entries(mapping.defaultMapping).map(([from, to]) => ({
    from,
    to: to.til,
    type: to.type,
    alternatives: to.alternativer,
  }));
  return header('ot-kodeverk-mapping-2011-2016.json') + table('MAPPING_2011_2016', rows);
}

function reasonCodes(fint: FintFile): string {
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
  return (
    header('fint-codes.json (Udir: registreringshåndboka, felt B01, B06 og C12)') +
    table('B06_VERSIONS', school) +
    table('C12_VERSIONS', apprenticeship) +
    table('B01_CODES', rows(fint.ajourhold_B01))
  );
}

function wishStatuses(fint: FintFile): string {
  const rows = fint.wish_statuses.rows.map((row) => ({
    number: row.nr,
    code: row.kode.normalize('NFC'),
    text: row.tekst,
  }));
  expect('wish statuses', rows.length, 55);
  expect('different wish statuses', new Set(rows.flatMap((row) => [row.code, String(row.number)])).size, 110);
  return header('fint-codes.json (kodeverk.vigo.no: wish-statuses)') + table('WISH_STATUSES', rows);
}

function countyTable(file: CountyFile, fint: FintFile): string {
  const dateOf2024 = fint.fylke_overgang.find((row) => row.fra.includes('30'))?.dato ?? '';
  const all = [
    ...file.til2018,
    ...file.til2020,
    ...file.til2024.flatMap(({ fra, til }) =>
      til.map((to) => ({ fra, til: to, dato: dateOf2024, delvis: false })),
    ),
  ];
  const key = (row: { fra: string; til: string; dato: string }) => `${row.fra}→${row.til} ${row.dato}`;
  const moved = [...new Map(all.filter((row) => row.fra !== row.til).map((row) => [key(row), row])).values()];
  const told = fint.fylke_overgang.flatMap(({ dato, fra, til }) =>
    fra.flatMap((from) => til.map((to) => key({ fra: from, til: to, dato }))),
  );
  const whole = moved.filter((row) => !row.delvis);
  expect('county transitions in both sources', whole.map(key).sort().join(), told.sort().join());
  const numbers = [
    ...new Set([...all.flatMap((row) => [row.fra, row.til]), ...Object.keys(file.fylker2024)]),
  ].sort();
  const rows = numbers.map((number) => {
    const created =
      moved
        .filter((row) => row.til === number)
        .map((row) => row.dato)
        .sort()[0] ?? null;
    const existed = all.some((row) => row.fra === number && (created === null || row.dato <= created));
    const successors = moved
      .filter((row) => row.fra === number)
      .map((row) => ({ number: row.til, date: row.dato, partial: row.delvis }));
    return {
      number,
      name: file.fylker2024[number] ?? null,
      from: existed ? null : created,
      until: whole.find((row) => row.fra === number)?.dato ?? null,
      successors,
    };
  });
  expect('county numbers of today', rows.filter((row) => row.until === null).length, 15);
  expect('county numbers until 2017', rows.filter((row) => row.from === null).length, 19);
  return header('fylkesnummer.json and fint-codes.json (SSB, Novari)') + table('COUNTIES', rows);
}

function checkMapping(ot: OtFile, mapping: MappingFile, counts: CountFile): void {
  const today = new Map(
    ot.versjoner.find((list) => list.id === 'OT-2016-07')?.koder?.map((row) => [row.kode, row]),
  );
  const perCode: Record<string, number> = {};
  const sums = { inside: 0, outside: 0, quarantine: 0 };
  for (const row of counts.rader) {
    const to =
      row.kode === null
        ? 'QUARANTINE'
        : (mapping.defaultMapping[row.kode]?.til ?? `(no mapping of ${row.kode})`);
    perCode[to] = (perCode[to] ?? 0) + row.iAlt;
    const inside = today.get(to)?.maalgruppe;
    sums[inside === true ? 'inside' : inside === false ? 'outside' : 'quarantine'] += row.iAlt;
  }
  const { perKode, maalgruppe, utenfor, karantene, sum } = mapping.kontrollsum;
  expect('mapped persons per code', JSON.stringify(sorted(perCode)), JSON.stringify(sorted(perKode)));
  expect('target group after mapping', `${sums.inside} ${maalgruppe}`, '27149 27149');
  expect('outside after mapping', `${sums.outside} ${utenfor}`, '18007 18007');
  expect('quarantine after mapping', `${sums.quarantine} ${karantene}`, '12 12');
  expect('all persons', `${sums.inside + sums.outside + sums.quarantine} ${sum}`, '45168 45168');
}

function sorted(record: Record<string, number>): [string, number][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function expect(what: string, found: string | number | undefined, wanted: string | number): void {
  if (found !== wanted) throw new Error(`${what}: found ${found}, expected ${wanted}`);
}

function header(source: string): string {
  return `// Source: ${source}.\n// Generated by scripts/generate-codelists.ts, do not edit.\n`;
}

function table(name: string, rows: readonly object[]): string {
  return `\nexport const ${name} = [\n${rows.map((row) => `  ${literal(row)},\n`).join('')}] as const;\n`;
}

function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, entry]) => `${key}: ${literal(entry)}`)
    .join(', ')} }`;
}

if (import.meta.main) {
  const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const files = generateCodelists(process.argv[2] ?? fromHere('../../shared/domain/data'));
  for (const [name, text] of files) writeFileSync(join(fromHere('../src/core/codelists/data'), name), text);
  console.log(`${files.size} files written`);
}
