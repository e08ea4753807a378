import type { IsoDate } from './date.ts';

/** A school year `2026-27`: 1 August to 31 July, by effective date (decision Q10 of the domain reference). */
export type SchoolYear = string;

export function schoolYearOf(date: IsoDate): SchoolYear {
  const year = Number(date.slice(0, 4));
  return schoolYearStarting(date.slice(5) >= '08-01' ? year : year - 1);
}

/** The school year that a fact names, or else that of its date. */
export function schoolYearFor(fact: { effective: IsoDate; schoolYear?: SchoolYear }): SchoolYear {
  return fact.schoolYear ?? schoolYearOf(fact.effective);
}

export function schoolYearStarting(year: number): SchoolYear {
  return `${year}-${String((year + 1) % 100).padStart(2, '0')}`;
}

/** The year it begins in: 2026 of `2026-27`. */
export function startYearOf(schoolYear: SchoolYear): number {
  return Number(schoolYear.slice(0, 4));
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
  return `${schoolYear.slice(0, 4)}-08-01`;
}

/** The first day of the next one. */
export function firstDayAfter(schoolYear: SchoolYear): IsoDate {
  return `${startYearOf(schoolYear) + 1}-08-01`;
}
