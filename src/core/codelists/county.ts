import { type CountyNumber, countyNumber } from '../organisation.ts';
import type { IsoDate } from '../time/date.ts';
import { COUNTIES } from './data/counties.ts';

// County numbers in their time. A restructuring is not a move: no person moved when 38 became 39 and 40, and only the
// kommunenummer says which of them a person belongs to.

interface County {
  number: string;
  name: string;
  /** Half-open [from, until); null = since before 2018, or until further notice. */
  from: IsoDate | null;
  until: IsoDate | null;
  /** `partial`: only some municipalities went there. */
  successors: readonly { number: string; date: IsoDate; partial: boolean }[];
}

const BY_NUMBER: ReadonlyMap<string, County> = new Map(COUNTIES.map((county) => [county.number, county]));

/** Is it the number of a county on that date? */
export function countyOn(number: string, date: IsoDate): boolean {
  const county = BY_NUMBER.get(number);
  return county !== undefined && started(county, date) && !ended(county, date);
}

/** The numbers of that date. */
export function countyNumbersOn(date: IsoDate): CountyNumber[] {
  return COUNTIES.map(({ number }) => countyNumber(number)).filter((number) => countyOn(number, date));
}

/**
 * The counties that have taken over a whole number by that date: itself while it is valid, several after a split,
 * none when it is unknown or not yet in use.
 */
export function successors(number: string, date: IsoDate): readonly CountyNumber[] {
  const county = BY_NUMBER.get(number);
  if (county === undefined || !started(county, date)) return [];
  if (!ended(county, date)) return [countyNumber(number)];
  return county.successors.filter((next) => !next.partial).flatMap((next) => successors(next.number, date));
}

/** Other counties to which some municipalities of the number have gone by that date (Svelvik: 07 → 30). */
export function partialSuccessors(number: string, date: IsoDate): readonly CountyNumber[] {
  const whole = successors(number, date);
  const partial = (BY_NUMBER.get(number)?.successors ?? [])
    .filter((next) => next.partial && next.date <= date)
    .flatMap((next) => successors(next.number, date));
  return [...new Set(partial)].filter((next) => !whole.includes(next));
}

/** The county's name; `undefined` for what has never been a county number. */
export function countyName(number: string): string | undefined {
  return BY_NUMBER.get(number)?.name;
}

function started(county: County, date: IsoDate): boolean {
  return county.from === null || county.from <= date;
}

function ended(county: County, date: IsoDate): boolean {
  return county.until !== null && county.until <= date;
}
