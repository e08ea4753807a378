import type { MunicipalityFacts } from './municipalityTable.ts';
import type { CountyFile, FintFile } from './sources.ts';
import { expect, header, table } from './tableText.ts';

/** Names of the numbers that are no longer in use (SSB, KLASS 104). */
const RETIRED: Readonly<Record<string, string>> = {
  '01': 'Østfold',
  '02': 'Akershus',
  '04': 'Hedmark',
  '05': 'Oppland',
  '06': 'Buskerud',
  '07': 'Vestfold',
  '08': 'Telemark',
  '09': 'Aust-Agder',
  '10': 'Vest-Agder',
  '12': 'Hordaland',
  '14': 'Sogn og Fjordane',
  '16': 'Sør-Trøndelag',
  '17': 'Nord-Trøndelag',
  '19': 'Troms',
  '20': 'Finnmark',
  '30': 'Viken',
  '38': 'Vestfold og Telemark',
  '54': 'Troms og Finnmark',
};

interface Move {
  from: string;
  to: string;
  date: string;
}

/** County numbers with their successors. @throws when the sources do not give the same changes. */
export function countyTable(file: CountyFile, fint: FintFile, facts: MunicipalityFacts): string {
  const dateOf2024 = fint.fylke_overgang.find((row) => row.fra.includes('30'))?.dato ?? '';
  const all = [
    ...file.til2018,
    ...file.til2020,
    ...file.til2024.flatMap(({ fra, til }) =>
      til.map((to) => ({ fra, til: to, dato: dateOf2024, delvis: false })),
    ),
  ];
  const whole = unique(
    all
      .filter((row) => row.fra !== row.til && !row.delvis)
      .map(({ fra, til, dato }) => ({ from: fra, to: til, date: dato })),
  );
  const given = fint.fylke_overgang.flatMap(({ dato, fra, til }) =>
    fra.flatMap((from) => til.map((to) => key({ from, to, date: dato }))),
  );
  expect('county transitions in both sources', whole.map(key).sort().join(), given.sort().join());
  const partial = partialMoves(facts, whole);
  const pairs = (moves: readonly { from: string; to: string }[]) =>
    [...new Set(moves.map(({ from, to }) => `${from}→${to}`))].sort().join();
  const listed = all.filter((row) => row.delvis).map(({ fra, til }) => ({ from: fra, to: til }));
  expect('counties between which municipalities moved', pairs(partial), pairs(listed));

  const numbers = [
    ...new Set([...all.flatMap((row) => [row.fra, row.til]), ...Object.keys(file.fylker2024)]),
  ].sort();
  const rows = numbers.map((number) => {
    const created =
      whole
        .filter((move) => move.to === number)
        .map((move) => move.date)
        .sort()[0] ?? null;
    const existed = all.some((row) => row.fra === number && (created === null || row.dato <= created));
    const goes = (moves: readonly Move[], part: boolean) =>
      moves
        .filter((move) => move.from === number)
        .map(({ to, date }) => ({ number: to, date, partial: part }));
    return {
      number,
      name: file.fylker2024[number] ?? RETIRED[number] ?? '',
      from: existed ? null : created,
      until: whole.find((move) => move.from === number)?.date ?? null,
      successors: [...goes(whole, false), ...goes(partial, true)],
    };
  });
  expect(
    'counties without a name',
    rows
      .filter((row) => row.name === '')
      .map((row) => row.number)
      .join(),
    '',
  );
  expect('county numbers of today', rows.filter((row) => row.until === null).length, 15);
  expect('county numbers until 2017', rows.filter((row) => row.from === null).length, 19);
  checkMunicipalities(rows, facts);
  return header('fylkesnummer.json and fint-codes.json (SSB, Novari)') + table('COUNTIES', rows);
}

/** A municipality that went elsewhere than its county did (Rindal 2019; Svelvik, Jevnaker, Halsa … 2020). */
function partialMoves({ changes }: MunicipalityFacts, whole: readonly Move[]): Move[] {
  const moves = changes.map(({ from, to, date }) => ({ from: from.slice(0, 2), to: to.slice(0, 2), date }));
  const known = new Set(whole.map(key));
  return unique(moves.filter((move) => move.from !== move.to && !known.has(key(move))));
}

/** On every first day there are municipalities in exactly the counties of that day. */
function checkMunicipalities(
  counties: readonly { number: string; from: string | null; until: string | null }[],
  { rows, dates }: MunicipalityFacts,
): void {
  const on = (row: { from: string | null; until: string | null }, date: string) =>
    (row.from === null || row.from <= date) && (row.until === null || row.until > date);
  for (const date of dates) {
    const found = [...new Set(rows.filter((row) => on(row, date)).map((row) => row.number.slice(0, 2)))];
    const wanted = counties.filter((row) => on(row, date)).map((row) => row.number);
    expect(`counties with municipalities on ${date}`, found.sort().join(), wanted.sort().join());
  }
}

const key = ({ from, to, date }: Move) => `${from}→${to} ${date}`;

function unique(moves: readonly Move[]): Move[] {
  return [...new Map(moves.map((move) => [key(move), move])).values()];
}
