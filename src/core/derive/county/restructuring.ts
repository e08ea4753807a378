import { successors } from '../../codelists/county.ts';
import { COUNTIES } from '../../codelists/data/counties.ts';
import { type CountyNumber, countyNumber } from '../../organisation.ts';
import type { IsoDate, IsoInstant } from '../../time/date.ts';
import { startOfOsloDay } from '../../time/oslo.ts';
import {
  firstDayAfter,
  firstDayOf,
  type SchoolYear,
  schoolYearOf,
  yearAfter,
} from '../../time/schoolYear.ts';

// When counties were split or joined, and the school year under way then.

/** A county number that goes out of use, or one that goes on with fewer municipalities. */
export interface Restructuring {
  county: CountyNumber;
  date: IsoDate;
  /** The date's first moment in Oslo. */
  moment: IsoInstant;
  /** False: the number goes on, and only some municipalities belong elsewhere from then. */
  ends: boolean;
  /** Where its municipalities are from then on; itself when it goes on. */
  into: readonly CountyNumber[];
  /** The school year under way. */
  schoolYear: SchoolYear;
  /** Its first day. */
  opened: IsoDate;
  /** The first day of the next one. */
  closed: IsoDate;
}

const ALL: readonly Restructuring[] = COUNTIES.flatMap(({ number, successors: next }) => {
  const dates = [...new Set<IsoDate>(next.map(({ date }) => date))];
  return dates.map((date) => restructuring(countyNumber(number), date, next));
});

function restructuring(
  county: CountyNumber,
  date: IsoDate,
  next: readonly { number: string; date: string; partial: boolean }[],
): Restructuring {
  const then = next.filter((each) => each.date === date);
  const ends = then.some(({ partial }) => !partial);
  const into = [...(ends ? [] : [county]), ...then.map(({ number }) => countyNumber(number))];
  const schoolYear = schoolYearOf(date);
  return {
    county,
    date,
    moment: startOfOsloDay(date),
    ends,
    into,
    schoolYear,
    opened: firstDayOf(schoolYear),
    closed: firstDayAfter(schoolYear),
  };
}

const OF_COUNTY: ReadonlyMap<CountyNumber, readonly Restructuring[]> = Map.groupBy(
  ALL,
  ({ county }) => county,
);

/** Restructurings of a county number, ascending by date; `undefined` for a current number without any. */
export function restructuringsOf(county: CountyNumber): readonly Restructuring[] | undefined {
  return OF_COUNTY.get(county);
}

/** The dates on which a municipality may have come to another county, ascending. */
export const RESTRUCTURING_DATES: readonly IsoDate[] = [...new Set(ALL.map(({ date }) => date))].sort();

/** Have people of county `before` got the number `after` without moving? */
export function follows(before: CountyNumber, after: CountyNumber): boolean {
  return (OF_COUNTY.get(before) ?? []).some(({ into }) =>
    into.some((next) => next !== before && (next === after || follows(next, after))),
  );
}

/** Every current number that people of a former county may have. */
export function heirsOf(county: CountyNumber): readonly CountyNumber[] {
  const own = successors(county, '9999-12-31');
  if (own.includes(county)) return own;
  return (OF_COUNTY.get(county) ?? []).flatMap(({ into }) =>
    into.flatMap((next) => [next, ...heirsOf(next)]),
  );
}

const NAMED: ReadonlyMap<string, IsoDate> = new Map(
  ALL.flatMap(({ county, into, date, schoolYear }) =>
    [schoolYear, yearAfter(schoolYear)].flatMap((year) =>
      [county, ...into].map((number): [string, IsoDate] => [`${year} ${number}`, date]),
    ),
  ),
);

/**
 * The county in an alert's id. Where one number becomes another while the school year is under way (or ahead), the number
 * is not part of the id: the same alert goes on under the new one, without a new notification (O07).
 */
export function countyInName(schoolYear: SchoolYear, county: CountyNumber): string {
  if (schoolYear > LAST_NAMED) return county;
  return NAMED.get(`${schoolYear} ${county}`) ?? county;
}

const LAST_NAMED = ALL.reduce<SchoolYear>((last, { schoolYear }) => {
  const year = yearAfter(schoolYear);
  return year > last ? year : last;
}, '');
