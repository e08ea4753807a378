import { MUNICIPALITIES_2016, REFORMS } from './municipalitySource.ts';
import { expect, header, table } from './tableText.ts';

export interface MunicipalityFacts {
  rows: readonly { number: string; name: string; from: string | null; until: string | null }[];
  changes: readonly Change[];
  /** First days of the reforms. */
  dates: readonly string[];
}

/** `from` = `to` for a number that was kept when others came to it. */
interface Change {
  date: string;
  from: string;
  to: string;
  /** The part of `from` that went to `to` is known to be what had these numbers before; empty = not known. */
  of: readonly string[];
}

interface Row {
  number: string;
  name: string;
  from: string | null;
  until: string | null;
}

/** The source's short notation as rows. @throws when a number is unknown, used again, or a count is not the published one. */
export function municipalityFacts(): MunicipalityFacts {
  const rows = new Map<string, Row>();
  for (const { number, name } of entries(MUNICIPALITIES_2016).map(numberAndName)) {
    rows.set(number, { number, name, from: null, until: null });
  }
  expect('municipalities of 2016', rows.size, 428);
  const changes: Change[] = [];
  for (const reform of REFORMS) {
    const read = entries(reform.changes).map((entry) => readChange(entry, rows));
    for (const from of read.flatMap(({ sources }) => sources)) end(rows, from.number, reform.date);
    for (const { number, name, sources } of read) {
      const kept = sources.some((from) => from.number === number);
      if (!kept) expect(`number ${number} is used again`, String(rows.has(number)), 'false');
      rows.set(number, {
        number,
        name,
        from: kept ? (rows.get(number)?.from ?? null) : reform.date,
        until: null,
      });
      for (const { number: from, of } of sources) changes.push({ date: reform.date, from, to: number, of });
    }
    const open = [...rows.values()].filter((row) => row.until === null).length;
    expect(`municipalities from ${reform.date}`, open, reform.count);
    checkParts(reform.date, read);
  }
  return {
    rows: [...rows.values()].sort((a, b) => (a.number < b.number ? -1 : 1)),
    changes,
    dates: REFORMS.map((reform) => reform.date),
  };
}

export function municipalityTable({ rows, changes }: MunicipalityFacts): string {
  return (
    header(
      'SSB, KLASS 131, and Kommunal- og distriktsdepartementet, by test/golden/codelists/municipalitySource.ts',
    ) +
    table('MUNICIPALITIES', rows, 8) +
    table('MUNICIPALITY_CHANGES', changes, 8)
  );
}

interface ReadChange {
  number: string;
  name: string;
  sources: readonly { number: string; part: boolean; of: readonly string[] }[];
}

function readChange(entry: string, rows: ReadonlyMap<string, Row>): ReadChange {
  const [left = '', right = ''] = entry.split(' = ');
  const sources = [...right.matchAll(/(~?)(\d{4})(?:\(([\d ]+)\))?/g)].map(([, tilde, number = '', of]) => ({
    number,
    part: tilde === '~',
    of: of?.split(' ') ?? [],
  }));
  for (const { number } of sources) {
    expect(`${number} exists before ${entry}`, rows.get(number)?.until === null ? 'yes' : 'no', 'yes');
  }
  const { number, name } = numberAndName(left);
  const inherited = sources.length === 1 ? rows.get(sources[0]?.number ?? '')?.name : undefined;
  const known = name || inherited;
  if (known === undefined || known === '') throw new Error(`${entry} has no name`);
  return { number, name: known, sources };
}

/** A part is marked in every place it went to, and a whole municipality goes to one place. */
function checkParts(date: string, changes: readonly ReadChange[]): void {
  const places = Map.groupBy(
    changes.flatMap(({ sources }) => sources),
    (from) => from.number,
  );
  for (const [number, ways] of places) {
    const wanted = ways.length > 1 ? 'part' : 'whole';
    expect(`${number} on ${date}`, ways.every((way) => way.part) ? 'part' : 'whole', wanted);
    expect(`${number} on ${date}, given twice`, new Set(ways.map((way) => way.part)).size, 1);
  }
}

function end(rows: Map<string, Row>, number: string, date: string): void {
  const row = rows.get(number);
  if (row !== undefined) rows.set(number, { ...row, until: date });
}

function entries(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function numberAndName(text: string): { number: string; name: string } {
  const [number = '', ...words] = text.trim().split(' ');
  return { number, name: words.join(' ') };
}
