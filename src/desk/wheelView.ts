import type { SchoolYear } from '../core/time/schoolYear.ts';
import type { WheelDate } from '../core/wheel/wheel.ts';

/** The dates of a school year, with the county's own. */
export interface WheelView {
  county: string;
  schoolYear: string;
  dates: WheelDate[];
}

export function wheelView(county: string, schoolYear: SchoolYear, dates: readonly WheelDate[]): WheelView {
  return { county, schoolYear, dates: dates.map((date) => ({ ...date })) };
}
