import type { Policy } from '../policy.ts';
import { addDays, epochOf, type IsoDate, type IsoInstant, instantOf } from '../time/date.ts';
import { startOfOsloDay } from '../time/oslo.ts';
import { type SchoolYear, schoolYearOf, startYearOf } from '../time/schoolYear.ts';
import { canonicalJson } from './canonical.ts';
import type { Stock } from './stock.ts';
import type { View } from './view.ts';

// The report to Udir as of a reference date. A report is final: what arrives after the cut-off counts in the next one,
// and the same cut-off always gives the same bytes (S09).

export interface Report extends Stock {
  view: View;
  /** What the figures follow, in words (bokmål): the age limit of the date, how duplicates are counted. */
  follows: string[];
  county: string;
  schoolYear: SchoolYear;
  referenceDate: IsoDate;
  cutoff: IsoInstant;
}

/** The three dates figures are collected for: 15 November, 15 February and 15 June. */
export function referenceDates(schoolYear: SchoolYear): readonly [IsoDate, IsoDate, IsoDate] {
  const year = startYearOf(schoolYear);
  return [`${year}-11-15`, `${year + 1}-02-15`, `${year + 1}-06-15`];
}

/** The last moment that counts: the report is run `reportDaysBefore` days before its reference date (W04),
 *  when that day in Oslo has ended. */
export function cutoffOf(referenceDate: IsoDate, policy: Pick<Policy, 'reportDaysBefore'>): IsoInstant {
  const dayAfterRun = addDays(referenceDate, 1 - policy.reportDaysBefore);
  return instantOf(epochOf(startOfOsloDay(dayAfterRun)) - 1);
}

/** The school year a reference date reports on. */
export function reportedSchoolYear(referenceDate: IsoDate): SchoolYear {
  return schoolYearOf(referenceDate);
}

export function reportBytes(report: Report): Uint8Array {
  return canonicalJson(report);
}
