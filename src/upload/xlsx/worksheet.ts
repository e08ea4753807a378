import { FILE } from '../../core/sentences/files.ts';
import { daysAfter } from '../../core/time/calendar.ts';
import { parseDate } from '../../core/time/date.ts';
import { FileFault } from '../fileFault.ts';
import { FILE_LIMITS } from '../fileLimits.ts';
import { type CellRange, isEmptyRow, type Sheet, type SheetCell, type SheetRow } from '../sheet.ts';
import { dateCell } from './dateFormat.ts';
import { textPieces, unescaped, type Workbook } from './workbook.ts';
import { readXml } from './xml.ts';
import { broken } from './zip.ts';

interface OpenCell {
  column: number;
  type: string;
  isDate: boolean;
  formula: boolean;
  /** Of `v`; undefined when there is none. */
  value: string | undefined;
  /** Of `is`. */
  inline: string | undefined;
}

type Shared = Pick<Workbook, 'strings' | 'dateStyles' | 'from1904'>;

const MOST_MERGED = 20_000;

/** One sheet, in the order it is written; what runs backwards is broken. @throws FileFault */
export function readWorksheet(xml: string, workbook: Shared): Sheet {
  const rows: SheetRow[] = [];
  const merged: CellRange[] = [];
  let number = 0;
  let hidden = false;
  let cells: SheetCell[] = [];
  let nextColumn = 0;
  let cell: OpenCell | null = null;
  let inValue = false;
  const inline = textPieces((piece) => {
    if (cell !== null) cell.inline = (cell.inline ?? '') + piece;
  });

  function openRow(written: string | undefined): void {
    const next = written === undefined ? number + 1 : Number(written);
    if (!Number.isInteger(next) || next <= number) throw broken();
    number = next;
    cells = [];
    nextColumn = 0;
  }

  function openCell(attribute: (key: string) => string | undefined): void {
    const reference = attribute('r');
    const column = reference === undefined ? nextColumn : columnOf(reference);
    if (column < nextColumn) throw broken();
    nextColumn = column + 1;
    const isDate = workbook.dateStyles[Number(attribute('s') ?? 0)] ?? false;
    cell = {
      column,
      type: attribute('t') ?? 'n',
      isDate,
      formula: false,
      value: undefined,
      inline: undefined,
    };
  }

  function closeCell(): void {
    if (cell === null) return;
    const value = cellOf(cell, workbook);
    const { column } = cell;
    cell = null;
    if (value === null) return;
    if (column >= FILE_LIMITS.columns) throw tooWide();
    while (cells.length < column) cells.push(null);
    cells.push(value);
  }

  readXml(xml, {
    open(name, attribute) {
      if (name === 'row') {
        openRow(attribute('r'));
        hidden = /^(1|true)$/.test(attribute('hidden') ?? '');
      } else if (name === 'c') openCell(attribute);
      else if (name === 'f' && cell !== null) cell.formula = true;
      else if (name === 'v' && cell !== null) {
        inValue = true;
        cell.value = '';
      } else if (name === 'mergeCell' && merged.length < MOST_MERGED)
        merged.push(rangeOf(attribute('ref') ?? ''));
      inline.open(name);
    },
    text(text) {
      if (inValue && cell !== null) cell.value += text;
      inline.text(text);
    },
    close(name) {
      inline.close(name);
      if (name === 'v') inValue = false;
      else if (name === 'c') closeCell();
      else if (name === 'row' && !isEmptyRow(cells)) {
        if (rows.length > FILE_LIMITS.rows) throw tooLong();
        rows.push({ number, cells, hidden });
      }
    },
  });
  return { rows, merged };
}

function cellOf({ type, isDate, formula, value, inline }: OpenCell, workbook: Shared): SheetCell {
  if (type === 'inlineStr') return textOf(unescaped(inline ?? ''));
  if (value === undefined || (value === '' && type !== 'str')) return formula ? { fault: 'no-result' } : null;
  switch (type) {
    case 's': {
      const text = workbook.strings[Number(value)];
      if (text === undefined) throw broken();
      return textOf(text);
    }
    case 'str':
      return textOf(unescaped(value));
    case 'b':
      return value.trim() === '1' || value.trim() === 'true';
    case 'e':
      return { fault: 'error-value' };
    case 'd':
      return isoDate(value.trim());
    default:
      return numberOf(value.trim(), isDate, workbook.from1904);
  }
}

function textOf(text: string): SheetCell {
  if (text.length > FILE_LIMITS.cell) return { fault: 'too-long' };
  return text === '' ? null : text;
}

/** A spreadsheet keeps fifteen digits: of a longer whole number the last ones are noughts. */
function numberOf(text: string, isDate: boolean, from1904: boolean): SheetCell {
  const number = Number(text);
  if (!Number.isFinite(number)) throw broken();
  if (isDate) return dateCell(number, from1904);
  return Math.abs(number) >= 1e15 ? { fault: 'rounded' } : number;
}

function isoDate(text: string): SheetCell {
  const [, day = '', clock = ''] = /^(\d{4}-\d{2}-\d{2})(?:T([\d:.]+)Z?)?$/.exec(text) ?? [];
  if (parseDate(day) === undefined) return { fault: 'no-date' };
  return /[1-9]/.test(clock) ? { fault: 'time' } : { date: daysAfter(day, 0) };
}

/** `C17` → 2. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '';
  if (letters === '') throw broken();
  let column = 0;
  for (const letter of letters) column = column * 26 + (letter.charCodeAt(0) - 64);
  return column - 1;
}

function rangeOf(reference: string): CellRange {
  const [, first = '', firstRow, last = first, lastRow = firstRow] =
    /^([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?$/.exec(reference) ?? [];
  if (first === '') throw broken();
  return {
    firstRow: Number(firstRow),
    lastRow: Number(lastRow),
    firstColumn: columnOf(first),
    lastColumn: columnOf(last),
  };
}

export function tooLong(): FileFault {
  return new FileFault('TOO_MANY_ROWS', FILE.nb.tooManyRows(String(FILE_LIMITS.rows)));
}

export function tooWide(): FileFault {
  return new FileFault('TOO_LARGE', FILE.nb.tooManyColumns(String(FILE_LIMITS.columns)));
}
