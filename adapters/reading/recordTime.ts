import { type IsoDate, type IsoInstant, parseInstant } from '../../src/core/time/date.ts';

// Dates and moments as the sources write them. No Temporal and no Date on the common forms: a record has
// two or three of them, and a date is never moved through a time zone (VIGO's «01.02.2003» stays the first).

const ISO = /^\d{4}-\d{2}-\d{2}$/;
const DOTTED = /^\d{2}\.\d{2}\.\d{4}$/;
const WRITTEN = /^(\d{1,2})\. ?(?:(\d{1,2})\. ?|(\p{L}{3,9})\.? )(\d{4})$/u;
const NOON = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;
const CANONICAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const MONTHS = [
  'januar',
  'februar',
  'mars',
  'april',
  'mai',
  'juni',
  'juli',
  'august',
  'september',
  'oktober',
  'november',
  'desember',
] as const;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * `YYYY-MM-DD`, `dd.MM.yyyy`, FINT's date as a moment (`2026-03-29T12:00:00Z`), or as people write it (`6.11.2026`,
 * `6. november 2026`).
 * `undefined` for anything else, for what no calendar has, and for a moment from 22:00Z on: there the date
 * is another one in Oslo, so the day the sender meant is uncertain (a known fault of older adapters).
 */
export function parseRecordDate(text: string): IsoDate | undefined {
  if (ISO.test(text)) return isCalendarDate(text) ? text : undefined;
  if (DOTTED.test(text)) {
    const date = `${text.slice(6)}-${text.slice(3, 5)}-${text.slice(0, 2)}`;
    return isCalendarDate(date) ? date : undefined;
  }
  if (!NOON.test(text)) return writtenDate(text);
  if (Number(text.slice(11, 13)) >= 22) return undefined;
  const date = text.slice(0, 10);
  return isCalendarDate(date) && isClock(text) ? date : undefined;
}

/** Day first, the year in full: with two digits of it, or with slashes, the order of the parts is uncertain. */
function writtenDate(text: string): IsoDate | undefined {
  const found = WRITTEN.exec(text);
  if (found === null) return undefined;
  const [, day = '', number, name = '', year = ''] = found;
  const month = number === undefined ? monthNamed(name.toLowerCase()) : number;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : undefined;
}

/** `november`, or its first three letters; no two months share them. */
function monthNamed(name: string): string {
  const at = MONTHS.findIndex((month) => month === name || (name.length === 3 && month.startsWith(name)));
  return String(at + 1);
}

/** A moment with `Z` or an offset, as UTC with milliseconds. */
export function parseRecordInstant(text: string): IsoInstant | undefined {
  if (!isCalendarDate(text.slice(0, 10))) return undefined;
  if (CANONICAL.test(text)) return isClock(text) ? text : undefined;
  const moment = parseInstant(text);
  return moment?.length === 24 ? moment : undefined;
}

/** Years 1900 to 2199: outside it a year is a slip of the keyboard, and text order would no longer be time order. */
function isCalendarDate(text: string): boolean {
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  if (!(year >= 1900 && year < 2200 && month >= 1 && month <= 12 && day >= 1)) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (leap ? 29 : (DAYS[month - 1] ?? 0));
}

function isClock(text: string): boolean {
  return (
    Number(text.slice(11, 13)) < 24 && Number(text.slice(14, 16)) < 60 && Number(text.slice(17, 19)) < 60
  );
}
