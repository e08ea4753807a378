import type { Policy } from '../policy.ts';
import { daysAfter } from '../time/calendar.ts';
import type { IsoDate } from '../time/date.ts';
import { type SchoolYear, yearBefore } from '../time/schoolYear.ts';
import { wheelDate } from '../wheel/wheel.ts';
import type { Letter } from './letter.ts';

/** When the letter about a school year's registrations goes, both inclusive. */
export function letterPeriod(
  letter: Letter,
  schoolYear: SchoolYear,
  policy: Policy,
): { from: IsoDate; to: IsoDate } {
  const year = letter.about === 'this' ? schoolYear : yearBefore(schoolYear);
  const date = wheelDate(letter.wheel, year, policy);
  if (date === undefined) throw new Error(`the wheel of ${year} has no ${letter.wheel}`);
  const days = letter.channel === 'SMS' ? policy.letterSmsDays : 0;
  return { from: daysAfter(date.from, days), to: daysAfter(date.to, days) };
}
