import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { countyName } from '../core/codelists/county.ts';
import { groupLabel } from '../core/codelists/otStatus.ts';
import { readCsvTable } from '../core/legacy/csvTable.ts';
import { type MappedRow, type MappedTable, mapTable, type Sums } from '../core/legacy/mappedTable.ts';
import { type NationalTable, TableFault } from '../core/legacy/nationalTable.ts';
import { norwegianNumber } from '../text/norwegian.ts';

// An aggregated table of old statuses, shown as it will be after the mapping to the list of today. Loads nothing.

const USAGE = `Bruk: npm run legacy -- <fil.json>
      npm run legacy -- <fil.csv> <dato tallene er fra>

Viser hva en tabell over gamle OT-statuser blir i kodelisten fra 2016. Ingenting lagres.
CSV: første linje nr;kode;tekst;iAlt;01;02;…;rest, siste rad med «sum» som nummer.`;

const NEW = 'OT-2016-07';
const count = z.int().min(0);
const cells = {
  iAlt: count,
  fylker: z.record(z.string(), count.nullable()),
  restUtenforTabellen: count.default(0),
};
const tableFile = z.object({
  perDato: z.iso.date(),
  rader: z.array(
    z.object({ nr: z.string().min(1), kode: z.string().nullable(), tekst: z.string(), ...cells }),
  ),
  sum: z.object(cells),
});

/** What the command prints for a file's text. @throws TableFault for the file's owner. */
export function legacyReport(fileName: string, text: string, asOf: string | undefined): string {
  if (!fileName.toLowerCase().endsWith('.csv')) return print(mapTable(readJson(text)), 0);
  if (asOf === undefined)
    throw new TableFault('En CSV-fil har ingen dato. Skriv datoen tallene er fra, etter filnavnet.');
  const { table, ignored } = readCsvTable(text, asOf);
  return print(mapTable(table), ignored);
}

function readJson(text: string): NationalTable {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TableFault('Filen er ikke gyldig JSON.');
  }
  const read = tableFile.safeParse(value);
  if (!read.success) {
    const places = read.error.issues.map((issue) => issue.path.join('.')).join(', ');
    throw new TableFault(`Filen har ikke formen til en statustabell. Se på: ${places}.`);
  }
  const { perDato, rader, sum } = read.data;
  const columns = (row: z.infer<typeof tableFile>['sum']) => ({
    total: row.iAlt,
    counties: row.fylker,
    rest: row.restUtenforTabellen,
  });
  const rows = rader.map((row) => ({ number: row.nr, code: row.kode, text: row.tekst, ...columns(row) }));
  return { asOf: perDato, rows, sum: columns(sum) };
}

function print(mapped: MappedTable, ignored: number): string {
  const lines = [
    `Omkoding til ${NEW}`,
    '',
    ...aligned([['Kode', 'blir', 'hovedgruppe', 'antall', '', 'merknad'], ...mapped.rows.map(codeLine)], [3]),
    '',
    ...aligned(
      [['', 'målgruppe', 'utenfor', 'karantene', 'i alt', 'flertydig'], ...[...mapped.sums].map(sumLine)],
      [1, 2, 3, 4, 5],
    ),
    '',
    '* Flertydig: mer enn én ny kode er mulig. Den som står her, gjelder til noen har sett på saken.',
    '→ Var i målgruppen etter den gamle listen, og er utenfor etter den nye.',
  ];
  if (ignored > 0)
    lines.push(`${norwegianNumber(ignored)} linjer i filen er ikke rader i tabellen, og er hoppet over.`);
  return lines.join('\n');
}

function codeLine(row: MappedRow): string[] {
  const alternatives = row.alternatives.length === 0 ? '' : `eller ${row.alternatives.join(', ')}. `;
  return [
    row.from ?? '(ingen)',
    row.to ?? 'karantene',
    row.group === null ? row.text : `${row.group} ${groupLabel(NEW, row.group)}`,
    norwegianNumber(row.cells.total),
    `${row.ambiguous ? '*' : ' '}${row.leaves ? '→' : ''}`,
    `${alternatives}${row.decides ?? ''}`.trim(),
  ];
}

function sumLine([column, sums]: [string, Sums]): string[] {
  const name =
    column === 'total'
      ? 'Hele landet'
      : column === 'rest'
        ? 'Fylker utenfor tabellen'
        : `${column} ${countyName(column) ?? ''}`;
  const { target, outside, quarantine, all, ambiguous } = sums;
  return [name, ...[target, outside, quarantine, all, ambiguous].map(norwegianNumber)];
}

/** Columns two spaces apart; `right`: those with numbers. */
function aligned(rows: readonly (readonly string[])[], right: readonly number[]): string[] {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, at) => (right.includes(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function run([file, asOf, ...more]: readonly string[]): number {
  if (file === undefined || file === 'hjelp' || file === '--help' || more.length > 0) {
    console.log(USAGE);
    return file === undefined || more.length > 0 ? 2 : 0;
  }
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    console.error(`Filen «${file}» kan ikke leses.`);
    return 1;
  }
  try {
    console.log(legacyReport(file, text, asOf));
    return 0;
  } catch (error) {
    if (!(error instanceof TableFault)) throw error;
    console.error(error.message);
    return 1;
  }
}

if (import.meta.main) process.exitCode = run(process.argv.slice(2));
