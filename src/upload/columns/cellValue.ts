import type { ColumnKind, FeedColumn, FeedRowType } from '../../core/feedColumns.ts';
import { headingKey } from '../../core/feedColumns.ts';
import type { Problem } from '../../core/problem.ts';
import { CELL, type CellSentence } from '../../core/sentences/cells.ts';
import type { CellFault, SheetCell } from '../sheet.ts';

/** What a cell says, as the feed's record holds it; `undefined` for nothing. */
export type CellValue = { value: string | number | boolean | undefined } | { problem: Problem };

/** Text is handed on as it is: whether it is a date, a code or a number is the feed's to judge, under the same rules as
 *  for everything else it reads. */
export function cellValue(cell: SheetCell, column: FeedColumn, types: readonly FeedRowType[]): CellValue {
  if (cell === null || (typeof cell === 'string' && cell.trim() === '')) return { value: undefined };
  if (typeof cell === 'object' && 'fault' in cell) return { problem: faultProblem(column, cell.fault) };
  if (typeof cell === 'object') {
    return column.kind === 'date'
      ? { value: cell.date }
      : refused(column, CELL.nb.isDate, WANTED[column.kind]);
  }
  switch (typeof cell) {
    case 'string':
      return textValue(cell, column, types);
    case 'number':
      return numberValue(cell, column);
    default:
      return column.kind === 'flag' ? { value: cell } : refused(column, CELL.nb.isFlag, WANTED[column.kind]);
  }
}

const WANTED: Readonly<Record<ColumnKind, string>> = {
  digits: CELL.nb.digitsCure,
  text: CELL.nb.textCure,
  code: CELL.nb.codeCure,
  date: CELL.nb.dateCure,
  'school-year': CELL.nb.yearCure,
  flag: CELL.nb.flagCure,
  number: CELL.nb.numberCure,
  type: CELL.nb.typeCure,
};

const YES = new Set(['ja', 'j', 'true', 'sann']);
const NO = new Set(['nei', 'n', 'false', 'usann']);

function textValue(text: string, column: FeedColumn, types: readonly FeedRowType[]): CellValue {
  const key = text.trim().toLowerCase();
  switch (column.kind) {
    case 'flag':
      if (YES.has(key)) return { value: true };
      return NO.has(key) ? { value: false } : refused(column, CELL.nb.notFlag, WANTED.flag);
    case 'number':
      return /^\d{1,9}$/.test(key)
        ? { value: Number(key) }
        : refused(column, CELL.nb.notWhole, WANTED.number);
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
  if (column.kind === 'date') return refused(column, CELL.nb.bareNumber, WANTED.date);
  const written =
    column.kind === 'digits' ||
    column.kind === 'code' ||
    column.kind === 'school-year' ||
    column.kind === 'text';
  if (written && Number.isSafeInteger(number) && number >= 0) return { value: String(number) };
  return refused(column, CELL.nb.isNumber, WANTED[column.kind]);
}

const FAULTS: Readonly<Record<CellFault, readonly [is: CellSentence, cure: string]>> = {
  'no-result': [CELL.nb.noResult, CELL.nb.noResultCure],
  'error-value': [CELL.nb.errorValue, CELL.nb.errorValueCure],
  merged: [CELL.nb.merged, CELL.nb.mergedCure],
  time: [CELL.nb.time, CELL.nb.timeCure],
  'no-date': [CELL.nb.noDate, WANTED.date],
  rounded: [CELL.nb.rounded, CELL.nb.roundedCure],
  'too-long': [CELL.nb.tooLong, CELL.nb.tooLongCure],
};

function faultProblem(column: FeedColumn, fault: CellFault): Problem {
  const [is, cure] = FAULTS[fault];
  return problem(column, is, cure);
}

function refused(column: FeedColumn, is: CellSentence, cure: string): CellValue {
  return { problem: problem(column, is, cure) };
}

function problem({ field, heading }: FeedColumn, is: CellSentence, cure: string): Problem {
  return { code: 'UNREADABLE_CELL', field, text: is(heading), cure };
}
