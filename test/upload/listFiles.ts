import { letters, type Written, type WrittenRow, workbookFile } from './workbookFile.ts';

// Lists as people's spreadsheets are, made by chance from a seed, each with what a true reading of it is. Nothing is shared with
// the reader under test.

export interface ListFile {
  name: string;
  bytes: Buffer;
  expected: readonly ExpectedRow[];
}

export interface ExpectedRow {
  number: number;
  record: Readonly<Record<string, string | boolean>>;
  /** Fields of cells that have no sure value; '' for a value outside the columns. */
  problems: readonly string[];
}

export type Chance = () => number;

export function chance(seed: number): Chance {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const NAMES = [
  'Ola Nordmann',
  'Åse Ærlig',
  'Siv "Bø" Øen',
  'Kari\nLie',
  'Per; Pål',
  'Ann, Mari',
  'Čáhcu Áhkku',
  'Lin <Wu> & co',
];
const WINDOWS_NAMES = NAMES.filter((name) => !name.startsWith('Č'));
const REASONS = ['FV', 'Feilvalg', 'Stort fravær', 'AF', '0301'];
const TITLES = ['Liste over elever som har sluttet', 'Utskrift fra skolen', 'Skoleåret 2026–27'];
const HEADINGS: readonly (readonly [field: string, ...headings: string[]])[] = [
  ['fodselsnummer', 'Fødselsnummer', 'Fnr', 'F.nr.', 'FØDSELSNUMMER (11 siffer)', 'Personnr'],
  ['navn', 'Navn', 'Elevnavn', 'NAVN'],
  ['skolenummer', 'Skolenummer', 'Skolenr', 'Skolenr.', 'skolenummer'],
  ['avbruddsdato', 'Avbruddsdato', 'Sluttdato', 'Siste skoledag'],
  ['avbruddsarsak', 'Avbruddsårsak', 'Årsak', 'Avbruddsarsak'],
  ['moteHoldt', 'Møte holdt', 'MØTE HOLDT?'],
];

interface Person {
  number: string;
  name: string;
  school: string;
  date: string;
  reason: string;
  met: '' | 'ja' | 'nei';
}

function pick<T>(random: Chance, from: readonly T[]): T {
  const picked = from[Math.floor(random() * from.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

function digits(random: Chance, count: number): string {
  return Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
}

function person(random: Chance, names: readonly string[]): Person {
  const day = String(1 + Math.floor(random() * 28)).padStart(2, '0');
  const month = String(1 + Math.floor(random() * 12)).padStart(2, '0');
  return {
    // A month of eighty and more: never a real person.
    number: `${pick(random, ['0', '1', '2'])}${digits(random, 1)}8${digits(random, 8)}`,
    name: pick(random, names),
    school: pick(random, ['40014', '03001', '42017']),
    date: `${1990 + Math.floor(random() * 40)}-${month}-${day}`,
    reason: pick(random, REASONS),
    met: pick(random, ['', 'ja', 'nei'] as const),
  };
}

function recordOf(
  { number, name, school, date, reason, met }: Person,
  written: string,
): ExpectedRow['record'] {
  return {
    type: 'avbrudd',
    fodselsnummer: number,
    navn: name,
    skolenummer: school,
    avbruddsdato: written === '' ? date : written,
    avbruddsarsak: reason,
    ...(met === '' ? {} : { moteHoldt: met === 'ja' }),
  };
}

export function listFile(seed: number): ListFile {
  const random = chance(seed);
  return random() < 0.5 ? textFile(random) : workbook(random);
}

const ENCODINGS = ['utf8', 'utf8-mark', 'windows-1252', 'utf-16le', 'utf-16be'] as const;

function textFile(random: Chance): ListFile {
  const encoding = pick(random, ENCODINGS);
  const separator = pick(random, [';', ',', '\t']);
  const end = pick(random, ['\r\n', '\n', '\r']);
  const declared = random() < 0.15;
  const names = encoding === 'windows-1252' ? WINDOWS_NAMES : NAMES;
  const lines: string[] = [];
  const quote = (cell: string) =>
    new RegExp(`["\\r\\n${separator}]`).test(cell) || random() < 0.1
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;
  const line = (cells: readonly string[]) => lines.push(cells.map(quote).join(separator));
  const blank = () => lines.push(pick(random, ['', separator.repeat(5)]));
  while (random() < 0.4) random() < 0.3 ? blank() : line([pick(random, TITLES)]);
  line(HEADINGS.map(([, ...headings]) => pick(random, headings)));
  const expected: ExpectedRow[] = [];
  for (let count = Math.floor(random() * 12) + 1; count > 0; count -= 1) {
    if (random() < 0.15) blank();
    const each = person(random, names);
    const [year, month, day] = each.date.split('-');
    const written = random() < 0.5 ? each.date : `${day}.${month}.${year}`;
    const short = random() < 0.1;
    const long = !short && random() < 0.1;
    const cells = [each.number, each.name, each.school, written, each.reason, each.met];
    line(short ? cells.slice(0, 3) : long ? [...cells, 'for mye'] : cells);
    const record = recordOf(each, written);
    const { type, fodselsnummer, navn, skolenummer } = record as Record<string, string>;
    expected.push({
      number: lines.length,
      record: short
        ? {
            type: type ?? '',
            fodselsnummer: fodselsnummer ?? '',
            navn: navn ?? '',
            skolenummer: skolenummer ?? '',
          }
        : record,
      problems: long ? [''] : [],
    });
  }
  const text = (declared ? `sep=${separator}${end}` : '') + lines.join(end) + (random() < 0.5 ? end : '');
  return {
    name: `${encoding} ${JSON.stringify(separator)} ${JSON.stringify(end)}`,
    bytes: encoded(text, encoding),
    expected,
  };
}

function encoded(text: string, encoding: (typeof ENCODINGS)[number]): Buffer {
  switch (encoding) {
    case 'utf8':
      return Buffer.from(text);
    case 'utf8-mark':
      return Buffer.from(`\uFEFF${text}`);
    case 'windows-1252':
      // The letters used are the same in Latin-1, but for the dash.
      return Buffer.from(Buffer.from(text.replaceAll('–', '\u0096'), 'latin1'));
    case 'utf-16le':
      return Buffer.from(`\uFEFF${text}`, 'utf16le');
    case 'utf-16be':
      return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();
  }
}

/** A list with what a spreadsheet can do to a value. */
function workbook(random: Chance): ListFile {
  const from1904 = random() < 0.3;
  const withoutAddresses = random() < 0.2;
  const rows: WrittenRow[] = [];
  const merged: string[] = [];
  let number = 0;
  const add = (cells: readonly Written[], hidden = false) => {
    number += 1;
    rows.push({ number, cells, hidden });
  };
  const skip = () => {
    if (withoutAddresses) add([]);
    else number += 1;
  };
  while (random() < 0.4) {
    if (random() < 0.3) skip();
    else {
      add([{ text: pick(random, TITLES) }]);
      if (random() < 0.5) merged.push(`A${number}:F${number}`);
    }
  }
  add(HEADINGS.map(([, ...headings]) => ({ text: pick(random, headings) })));
  const expected: ExpectedRow[] = [];
  for (let count = Math.floor(random() * 12) + 1; count > 0; count -= 1) {
    if (random() < 0.15) skip();
    const each = person(random, NAMES);
    const { cells, record, problems } = damaged(random, each, from1904);
    add(cells, random() < 0.15);
    if (random() < 0.06) {
      const column = Math.floor(random() * 5);
      merged.push(`${letters(column)}${number}:${letters(column + 1)}${number}`);
      for (const [field] of HEADINGS.slice(column, column + 2)) {
        delete record[field];
        problems.add(field);
      }
    }
    expected.push({ number, record, problems: [...problems] });
  }
  const prefix = random() < 0.1 ? { prefix: 'x' } : {};
  const hiddenSheet = {
    name: 'Gammelt',
    state: 'hidden' as const,
    rows: [{ number: 1, cells: [{ text: 'Fnr' }] }],
  };
  const sheets = [
    { rows, merged },
    ...(random() < 0.2 ? [hiddenSheet] : []),
    ...(random() < 0.2 ? [{ name: 'Tomt', rows: [] }] : []),
  ];
  const bytes = workbookFile({ sheets, from1904, withoutAddresses, ...prefix });
  return {
    name: `xlsx${from1904 ? ' 1904' : ''}${withoutAddresses ? ' without addresses' : ''}`,
    bytes,
    expected,
  };
}

const HOW = ['shared', 'inline', 'rich', 'formula'] as const;

function damaged(random: Chance, each: Person, from1904: boolean) {
  const text = (value: string): Written => ({ text: value, how: pick(random, HOW) });
  const record: Record<string, string | boolean> = { ...recordOf(each, '') };
  const problems = new Set<string>();
  const lose = (field: string): void => {
    delete record[field];
    problems.add(field);
  };
  let numberCell = text(each.number);
  if (random() < 0.3) {
    // As a number: the zero in front is gone, and must not come back by itself.
    numberCell = { number: random() < 0.5 ? Number(each.number) : Number(each.number).toExponential() };
    record.fodselsnummer = String(Number(each.number));
  } else if (random() < 0.05) {
    numberCell = { uncalculated: 'TEXT(A1,"0")' };
    lose('fodselsnummer');
  }
  let schoolCell = text(each.school);
  if (random() < 0.3) {
    schoolCell = { number: Number(each.school) };
    record.skolenummer = String(Number(each.school));
  }
  const serial = serialOf(each.date, from1904);
  let dateCell: Written = random() < 0.5 ? { serial } : { serial, formula: 'B1+1' };
  if (random() < 0.2) {
    const [year, month, day] = each.date.split('-');
    record.avbruddsdato = `${day}.${month}.${year}`;
    dateCell = text(record.avbruddsdato);
  } else if (random() < 0.1) {
    dateCell = pick(random, [
      { number: serial },
      { number: serial + 0.25, style: 3 },
      { error: '#N/A' },
      { uncalculated: 'B1+1' },
    ]);
    lose('avbruddsdato');
  }
  let metCell: Written = each.met === '' ? null : text(each.met.toUpperCase());
  if (each.met !== '' && random() < 0.3) metCell = { flag: each.met === 'ja' };
  else if (random() < 0.1) {
    metCell = text('kanskje');
    lose('moteHoldt');
  }
  let reasonCell = text(each.reason);
  if (random() < 0.05) {
    reasonCell = { error: '#REF!' };
    lose('avbruddsarsak');
  } else if (random() < 0.1) {
    reasonCell = null;
    delete record.avbruddsarsak;
  }
  return {
    cells: [numberCell, text(each.name), schoolCell, dateCell, reasonCell, metCell],
    record,
    problems,
  };
}

/** By the calendar of the runtime, not by the reader's own. */
function serialOf(date: string, from1904: boolean): number {
  const zero = Date.UTC(from1904 ? 1904 : 1899, from1904 ? 0 : 11, from1904 ? 1 : 30);
  return (Date.parse(date) - zero) / 86_400_000;
}
