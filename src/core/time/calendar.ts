import { kept } from '../kept.ts';
import type { IsoDate, IsoInstant } from './date.ts';

// Day arithmetic on ISO text, without Temporal: deadlines are counted in every decision, and a Temporal object
// costs more than all the rest of it (2–3 µs each). Proleptic Gregorian, held to Temporal by a property test.

/** Days since 1970-01-01, of a date or of the date of a moment. */
export function dayNumber(date: IsoDate | IsoInstant): number {
  return numberOf(yearOf(date), pair(date, 5), pair(date, 8));
}

/** A day after the month's last one is one of the next month. */
function numberOf(ofYear: number, month: number, ofMonth: number): number {
  // March first, so that the leap day is the last day of the counting year.
  const year = ofYear - (month <= 2 ? 1 : 0);
  const day = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + ofMonth - 1;
  return 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + day - 719_468;
}

export function yearOf(date: IsoDate): number {
  return 100 * pair(date, 0) + pair(date, 2);
}

export function lastDayOf(year: number): IsoDate {
  return dateOf(numberOf(year, 12, 31));
}

/** Kept, because every decision counts from the same days. */
export const dateOf: (number: number) => IsoDate = kept(written);

function written(number: number): IsoDate {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const inEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const dayOfYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1;
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

export function daysAfter(date: IsoDate, days: number): IsoDate {
  return days === 0 ? date : dateOf(dayNumber(date) + days);
}

export function dayBefore(date: IsoDate): IsoDate {
  return daysAfter(date, -1);
}

/** So many times 24 hours later, in UTC. */
export function momentAfter(instant: IsoInstant, days: number): IsoInstant {
  return days === 0 ? instant : daysAfter(instant, days) + instant.slice(10);
}

/** The same day so many years later. 29 February becomes 1 March where there is none: on the day before, no youth is a
 *  year older and no year is over. */
export function yearsAfter(date: IsoDate, years: number): IsoDate {
  return dateOf(numberOf(yearOf(date) + years, pair(date, 5), pair(date, 8)));
}

/** Norway's present rule for summer time, in force since 1996: from the last Sunday in March to the last in October,
 *  changed at 01:00 UTC. */
export const SUMMER_TIME_RULE_FROM = '1996';

/** Is it summer time in Oslo when the date begins there? Both changes come after midnight. */
export function startsInSummerTime(date: IsoDate): boolean {
  const month = pair(date, 5);
  if (month !== 3 && month !== 10) return month > 3 && month < 10;
  const day = pair(date, 8);
  return month === 3 ? day > lastSunday(date) : day <= lastSunday(date);
}

/** Is it summer time in Oslo in the last two hours of that date in UTC, when Oslo is on the next day already? */
export function endsInSummerTime(date: IsoDate): boolean {
  const month = pair(date, 5);
  if (month !== 3 && month !== 10) return month > 3 && month < 10;
  const day = pair(date, 8);
  return month === 3 ? day >= lastSunday(date) : day < lastSunday(date);
}

/** The day of the month's last Sunday, of March or October. Day 0 was a Thursday. */
function lastSunday(date: IsoDate): number {
  return 31 - ((dayNumber(`${date.slice(0, 8)}31`) + 4) % 7);
}

/** Two digits as a number: four times as fast as `Number` of a slice. */
function pair(text: string, at: number): number {
  return 10 * text.charCodeAt(at) + text.charCodeAt(at + 1) - 528;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
