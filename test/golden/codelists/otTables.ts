import { ALIASES, DECIDES, OT_SOURCES, REVISED_TEXTS, REVISIONS } from './otTranscript.ts';
import type { CountFile, MappingFile, OtFile } from './sources.ts';
import { expect, header, table } from './tableText.ts';

/** The lists with their codes, texts, groups and spellings. @throws when a list is not as it was published. */
export function otLists(ot: OtFile): string {
  expect('codes in OT-2016-07', ot.versjoner.find((list) => list.id === 'OT-2016-07')?.koder?.length, 23);
  const codes = ot.versjoner.flatMap((list) =>
    // The row «Ukjent statuskode» of 2011 has no code: it is for a missing one, which goes to quarantine.
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
        revisions: REVISED_TEXTS.filter((text) => text.list === list.id && text.code === row.kode).map(
          ({ from, text }) => ({ from, text }),
        ),
      })),
  );
  expect('revised texts with a code', codes.flatMap((code) => code.revisions).length, REVISED_TEXTS.length);
  const groups = Object.entries(ot.hovedgrupper).flatMap(([list, labels]) =>
    Object.entries(labels).map(([group, text]) => ({ list, group: Number(group), text })),
  );
  const lists = ot.versjoner.map((list) => ({
    id: list.id,
    from: list.gjelderFra,
    to: list.gjelderTil,
    source: OT_SOURCES[list.id] ?? list.kilde,
    known: list.koder !== null,
    revisions: REVISIONS.filter((revision) => revision.list === list.id).map(({ from, source }) => ({
      from,
      source,
    })),
  }));
  checkAliases(new Set(codes.map((code) => `${code.list} ${code.code}`)));
  return (
    header('ot-kodeverk.json (Udir: Kodeverk for oppfølgingstjenesten)') +
    table('LISTS', lists) +
    table('CODES', codes) +
    table('GROUPS', groups) +
    table('ALIASES', ALIASES)
  );
}

/** A spelling that is a code of its list would read one code as another. */
function checkAliases(codes: ReadonlySet<string>): void {
  for (const { list, text, code } of ALIASES) {
    expect(`spelling ${text} is a code of ${list}`, String(codes.has(`${list} ${text}`)), 'false');
    expect(`${code} is a code of ${list}`, String(code === null || codes.has(`${list} ${code}`)), 'true');
  }
}

/** Each code of 2011 with its successor. @throws when one is missing, or a sum is not the published one. */
export function otMapping(ot: OtFile, mapping: MappingFile, counts: CountFile): string {
  const old = ot.versjoner.find((list) => list.id === 'OT-2011-01')?.koder ?? [];
  const wanted = old.flatMap((row) => (row.kode === null ? [] : [row.kode])).sort();
  expect('mapped codes', Object.keys(mapping.defaultMapping).sort().join(), wanted.join());
  checkSums(ot, mapping, counts);
  const rows = Object.entries(mapping.defaultMapping).map(([from, to]) => ({
    from,
    to: to.til,
    type: to.type,
    alternatives: to.alternativer,
    decides: DECIDES[from] ?? null,
  }));
  const unexplained = rows.filter((row) => row.alternatives.length > 0 && row.decides === null);
  expect('alternatives that nothing decides between', unexplained.map((row) => row.from).join(), '');
  return (
    header('ot-kodeverk-mapping-2011-2016.json and the domain reference §1.5.5') +
    table('MAPPING_2011_2016', rows)
  );
}

function checkSums(ot: OtFile, mapping: MappingFile, counts: CountFile): void {
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
