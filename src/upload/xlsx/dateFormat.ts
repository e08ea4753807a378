import { dateOf, dayNumber } from '../../core/time/calendar.ts';
import type { SheetCell } from '../sheet.ts';

// A date in a workbook is a number of days with a number format that shows a date. Which day 0 is, the workbook says.

/** Built-in formats that show a date, those of time alone left out. */
const BUILT_IN: readonly (readonly [first: number, last: number])[] = [
  [14, 17],
  [22, 22],
  [27, 31],
  [34, 36],
  [50, 58],
];

export function isBuiltInDate(format: number): boolean {
  return BUILT_IN.some(([first, last]) => format >= first && format <= last);
}

/** Shows a day: what is quoted, escaped or in brackets is no part of the date. */
export function showsDate(code: string): boolean {
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').toLowerCase();
  return /[dy]/.test(bare) && !/general/.test(bare);
}

const DAY_ZERO = { 1900: dayNumber('1899-12-30'), 1904: dayNumber('1904-01-01') };
/** The workbook of 1900 has a 29 February that never was. */
const NEVER = 60;
const LAST = dayNumber('2199-12-31');

/** @param from1904 whether day 0 is 1 January 1904 */
export function dateCell(serial: number, from1904: boolean): SheetCell {
  if (!Number.isInteger(serial)) return { fault: 'time' };
  if (serial < 1 || (!from1904 && serial === NEVER)) return { fault: 'no-date' };
  const early = !from1904 && serial < NEVER ? 1 : 0;
  const day = DAY_ZERO[from1904 ? 1904 : 1900] + serial + early;
  return day > LAST ? { fault: 'no-date' } : { date: dateOf(day) };
}
