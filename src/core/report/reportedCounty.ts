import { countyOn, successors } from '../codelists/county.ts';
import { COUNTIES } from '../codelists/data/counties.ts';
import { type CountyNumber, countyNumber } from '../organisation.ts';
import type { IsoDate } from '../time/date.ts';

/**
 * The numbers an organisation's county had on a date. A report on a past year says the number of that year (O07): 40
 * was 38 in 2021. Several where counties have been joined since: each has its own report.
 */
export function numbersOn(county: CountyNumber, on: IsoDate): CountyNumber[] {
  if (countyOn(county, on)) return [county];
  return COUNTIES.map(({ number }) => countyNumber(number)).filter(
    (number) => countyOn(number, on) && LATER.some((date) => successors(number, date).includes(county)),
  );
}

/** A day after each reform of the numbers. */
const LATER: readonly IsoDate[] = [
  ...new Set(COUNTIES.flatMap((county) => county.successors.map(({ date }) => date))),
];
