import { WHEEL_TEXT } from '../sentences/wheel.ts';
import { dateOf, dayNumber } from '../time/calendar.ts';
import type { IsoDate } from '../time/date.ts';

// ISO 8601 weeks: from Monday, and week 1 is the one that holds 4 January. Some years have 53.

export interface IsoWeek {
  /** The year the week belongs to, which around New Year is not always the date's. */
  year: number;
  week: number;
}

const DAYS = 7;

export function isoWeekOf(date: IsoDate): IsoWeek {
  // The week belongs to the year of its Thursday.
  const thursday = mondayNumber(date) + 3;
  const year = Number(dateOf(thursday).slice(0, 4));
  return { year, week: 1 + Math.floor((thursday - dayNumber(`${yearText(year)}-01-01`)) / DAYS) };
}

/** Monday of the week that holds the date, moved by whole weeks. */
export function mondayOf(date: IsoDate, weeks = 0): IsoDate {
  return dateOf(mondayNumber(date) + DAYS * weeks);
}

/** Monday of an ISO week. */
export function mondayOfWeek(year: number, week: number): IsoDate {
  return mondayOf(`${yearText(year)}-01-04`, week - 1);
}

/** `uke 25`, `uke 36–37`; with years where the two are not of one year. */
export function weekLabel(from: IsoDate, to: IsoDate): string {
  const [first, last] = [isoWeekOf(from), isoWeekOf(to)];
  const { weeks } = WHEEL_TEXT.nb;
  if (first.year !== last.year) return weeks(`${first.week}/${first.year}–${last.week}/${last.year}`);
  return weeks(first.week === last.week ? String(first.week) : `${first.week}–${last.week}`);
}

/** 1970-01-01 was a Thursday. */
function mondayNumber(date: IsoDate): number {
  const day = dayNumber(date);
  return day - ((((day + 3) % DAYS) + DAYS) % DAYS);
}

function yearText(year: number): string {
  return String(year).padStart(4, '0');
}
