import { kept } from '../kept.ts';
import { yearOf } from './calendar.ts';
import type { IsoDate } from './date.ts';

/** A school year `2026-27`: 1 August to 31 July, by effective date (decision Q10 of the domain reference). */
export type SchoolYear = string;

export function schoolYearOf(date: IsoDate): SchoolYear {
  const year = yearOf(date);
  // From August on; the month is enough.
  return schoolYearStarting(date[5] === '1' || date[6]! >= '8' ? year : year - 1);
}

/** The school year that a fact names, or else that of its date. */
export function schoolYearFor(fact: { effective: IsoDate; schoolYear?: SchoolYear }): SchoolYear {
  return fact.schoolYear ?? schoolYearOf(fact.effective);
}

export const schoolYearStarting: (year: number) => SchoolYear = kept(
  (year: number) => `${year}-${String((year + 1) % 100).padStart(2, '0')}`,
);

/** The year it begins in: 2026 of `2026-27`. */
export function startYearOf(schoolYear: SchoolYear): number {
  return yearOf(schoolYear);
}

export function yearAfter(schoolYear: SchoolYear): SchoolYear {
  return schoolYearStarting(startYearOf(schoolYear) + 1);
}

export function yearBefore(schoolYear: SchoolYear): SchoolYear {
  return schoolYearStarting(startYearOf(schoolYear) - 1);
}

/** `undefined` unless the text is `YYYY-YY` or `YYYY-YYYY` with consecutive years. */
export function parseSchoolYear(text: string): SchoolYear | undefined {
  const match = /^(\d{4})[-/](\d{4}|\d{2})$/.exec(text);
  if (!match) return undefined;
  const year = schoolYearStarting(Number(match[1]));
  return year.slice(-2) === match[2]?.slice(-2) ? year : undefined;
}

export function firstDayOf(schoolYear: SchoolYear): IsoDate {
  return firstDayStarting(startYearOf(schoolYear));
}

/** The first day of the next one. */
export function firstDayAfter(schoolYear: SchoolYear): IsoDate {
  return firstDayStarting(startYearOf(schoolYear) + 1);
}

const firstDayStarting: (year: number) => IsoDate = kept((year: number) => `${year}-08-01`);
