import type { IsoDate } from '../core/time/date.ts';

// A spreadsheet as it was read: nothing calculated, nothing repaired. Rows keep the number the spreadsheet shows.

/** Why a cell has no value that can be used. */
export const CELL_FAULTS = [
  /** A formula that was never calculated. */
  'no-result',
  /** `#N/A` and the like. */
  'error-value',
  /** One of several cells that are joined. */
  'merged',
  /** A date with a time of day. */
  'time',
  /** Written as a date, and none that a calendar has. */
  'no-date',
  /** More digits than a spreadsheet keeps. */
  'rounded',
  'too-long',
] as const;

export type CellFault = (typeof CELL_FAULTS)[number];

/** Text and numbers as they are in the file; null is an empty cell. */
export type SheetCell = string | number | boolean | { date: IsoDate } | { fault: CellFault } | null;

export interface SheetRow {
  /** As the spreadsheet shows it: 1 is the first row of the sheet. */
  number: number;
  cells: readonly SheetCell[];
  hidden: boolean;
}

/** Both ends belong to it; columns from 0. */
export interface CellRange {
  firstRow: number;
  lastRow: number;
  firstColumn: number;
  lastColumn: number;
}

export interface Sheet {
  /** Without empty rows, in order. */
  rows: readonly SheetRow[];
  merged: readonly CellRange[];
}

/** What a file of a kind that is read holds. */
export interface ReadSheet extends Sheet {
  kind: 'csv' | 'xlsx';
  /** Sheets that are hidden in the workbook, and were not read. */
  hiddenSheets: number;
  /** Sheets with rows that are no list of the feed, and were not read. */
  otherSheets: number;
}

/** A list that a system wrote as JSON, taken apart so that it can be handed over in portions. */
export interface ReadDocument {
  kind: 'json';
  /** What is said around the rows, and the field that has them; null where the rows are all there is. */
  head: { fields: Readonly<Record<string, unknown>>; rows: string | null } | null;
  items: readonly unknown[];
}

export type ReadList = ReadSheet | ReadDocument;

/** Rows among which the headings are looked for. */
export const SEARCHED_ROWS = 40;

export function isEmptyRow(cells: readonly SheetCell[]): boolean {
  return cells.every((cell) => cell === null || (typeof cell === 'string' && cell.trim() === ''));
}
