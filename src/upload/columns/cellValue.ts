import type { ColumnKind, FeedColumn, FeedRowType } from '../../core/feedColumns.ts';
import { headingKey } from '../../core/feedColumns.ts';
import type { Problem } from '../../core/problem.ts';
import type { CellFault, SheetCell } from '../sheet.ts';

/** What a cell says, as the feed's record holds it; `undefined` for nothing. */
export type CellValue = { value: string | number | boolean | undefined } | { problem: Problem };

/** Text is handed on as it is: whether it is a date, a code or a number is the feed's to judge, under the same rules as
 *  for everything else it reads. */
export function cellValue(cell: SheetCell, column: FeedColumn, types: readonly FeedRowType[]): CellValue {
  if (cell === null || (typeof cell === 'string' && cell.trim() === '')) return { value: undefined };
  if (typeof cell === 'object' && 'fault' in cell) return { problem: faultProblem(column, cell.fault) };
  if (typeof cell === 'object') {
    return column.kind === 'date' ? { value: cell.date } : refused(column, 'er en dato', WANTED[column.kind]);
  }
  switch (typeof cell) {
    case 'string':
      return textValue(cell, column, types);
    case 'number':
      return numberValue(cell, column);
    default:
      return column.kind === 'flag'
        ? { value: cell }
        : refused(column, 'er sann eller usann', WANTED[column.kind]);
  }
}

const WANTED: Readonly<Record<ColumnKind, string>> = {
  digits: 'Formater kolonnen som tekst, og skriv nummeret med alle sifrene.',
  text: 'Formater kolonnen som tekst, og skriv teksten på nytt.',
  code: 'Skriv koden eller navnet på den som tekst.',
  date: 'Skriv datoen som dag, måned og år, for eksempel 06.10.2026.',
  'school-year': 'Formater kolonnen som tekst, og skriv begge år, for eksempel 2026-27.',
  flag: 'Skriv ja eller nei, eller la cellen være tom.',
  number: 'Skriv et helt tall.',
  type: 'Skriv hva raden gjelder, slik det står i malen.',
};

const YES = new Set(['ja', 'j', 'true', 'sann']);
const NO = new Set(['nei', 'n', 'false', 'usann']);

function textValue(text: string, column: FeedColumn, types: readonly FeedRowType[]): CellValue {
  const key = text.trim().toLowerCase();
  switch (column.kind) {
    case 'flag':
      if (YES.has(key)) return { value: true };
      return NO.has(key) ? { value: false } : refused(column, 'er verken ja eller nei', WANTED.flag);
    case 'number':
      return /^\d{1,9}$/.test(key)
        ? { value: Number(key) }
        : refused(column, 'er ikke et helt tall', WANTED.number);
    case 'type':
      return { value: typeWritten(text, types) ?? text };
    default:
      return { value: text };
  }
}

export function typeWritten(text: string, types: readonly FeedRowType[]): string | undefined {
  const key = headingKey(text);
  return types.find(({ code, label }) => headingKey(code) === key || headingKey(label) === key)?.code;
}

/** Of a number the digits, all of them, and no more: a zero it has lost is for the sender to set back. */
function numberValue(number: number, column: FeedColumn): CellValue {
  if (column.kind === 'number') return { value: number };
  if (column.kind === 'date') return refused(column, 'er et tall uten datoformat', WANTED.date);
  const written =
    column.kind === 'digits' ||
    column.kind === 'code' ||
    column.kind === 'school-year' ||
    column.kind === 'text';
  if (written && Number.isSafeInteger(number) && number >= 0) return { value: String(number) };
  return refused(column, 'er et tall', WANTED[column.kind]);
}

const FAULTS: Readonly<Record<CellFault, readonly [is: string, cure: string]>> = {
  'no-result': [
    'har en formel uten resultat',
    'Åpne filen i regnearket og lagre den på nytt, eller skriv verdien i stedet for formelen.',
  ],
  'error-value': ['viser en feil', 'Rett formelen, eller skriv verdien i stedet.'],
  merged: [
    'er slått sammen med andre celler',
    'Opphev sammenslåingen, og skriv verdien i hver rad den gjelder.',
  ],
  time: ['har både dato og klokkeslett', 'Skriv bare datoen.'],
  'no-date': ['er ikke en dato som finnes', WANTED.date],
  rounded: [
    'har flere sifre enn regnearket kan holde, så de siste er tapt',
    'Formater kolonnen som tekst, og skriv tallet på nytt.',
  ],
  'too-long': ['har for mye tekst', 'Kort ned teksten.'],
};

function faultProblem(column: FeedColumn, fault: CellFault): Problem {
  const [is, cure] = FAULTS[fault];
  return problem(column, is, cure);
}

function refused(column: FeedColumn, is: string, cure: string): CellValue {
  return { problem: problem(column, is, cure) };
}

function problem({ field, heading }: FeedColumn, is: string, cure: string): Problem {
  return { code: 'UNREADABLE_CELL', field, text: `Cellen i «${heading}» ${is}.`, cure };
}
