import type { Organisation } from '../core/organisation.ts';
import type { SchoolYear } from '../core/time/schoolYear.ts';
import { type WheelDate, wheelFor } from '../core/wheel/wheel.ts';
import type { DeskParts } from './parts.ts';

/** The dates of a school year, with the county's own. */
export interface WheelView {
  county: string;
  schoolYear: string;
  dates: WheelDate[];
}

export function wheelOf(
  { policyOf }: Pick<DeskParts, 'policyOf'>,
  { id, county }: Organisation,
  schoolYear: SchoolYear,
): WheelView {
  const dates = wheelFor(schoolYear, policyOf(id));
  return { county, schoolYear, dates: dates.map((date) => ({ ...date })) };
}
