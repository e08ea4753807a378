import { type CountyNumber, countyNumber } from '../organisation.ts';
import { addDays, type IsoDate } from '../time/date.ts';
import { MUNICIPALITIES, MUNICIPALITY_CHANGES } from './data/municipalities.ts';

// Municipality numbers in their time (2016 to today). A new number is not a move: a place with number A on one day may have
// number B on another, and no resident has moved. No number has been used twice for different places, so a number says
// which municipality is meant even on a day when it was not in use: a sender with an old table is understood.

interface Municipality {
  number: string;
  name: string;
  /** Half-open [from, until); null = since before 2017, or until further notice. */
  from: IsoDate | null;
  until: IsoDate | null;
}

interface NumberChange {
  date: IsoDate;
  from: string;
  to: string;
  /** The part of `from` that went to `to` had these numbers before; empty = which part is not known. */
  of: readonly string[];
}

const BY_NUMBER: ReadonlyMap<string, Municipality> = new Map(
  MUNICIPALITIES.map((municipality) => [municipality.number, municipality]),
);
const CHANGES: readonly NumberChange[] = MUNICIPALITY_CHANGES;
const INTO: ReadonlyMap<string, readonly NumberChange[]> = Map.groupBy(CHANGES, (change) => change.to);
const OUT_OF: ReadonlyMap<string, readonly NumberChange[]> = Map.groupBy(CHANGES, (change) => change.from);

/** Is it the number of a municipality on that date? */
export function isMunicipality(number: string, on: IsoDate): boolean {
  const municipality = BY_NUMBER.get(number);
  return municipality !== undefined && begun(municipality, on) && !ended(municipality, on);
}

/** `undefined` for what has never been a municipality since 2016. */
export function municipalityName(number: string): string | undefined {
  return BY_NUMBER.get(number)?.name;
}

/**
 * The number on `to` of the place that `number` means on `from`, forward or backward in time. Null when that is not
 * certain: the municipality was split (1507 from 2024), or was put together of several (3301 before 2020); and for an
 * unknown number. On a day when the number was not in use it means what it meant on the nearest day it was.
 */
export function municipalityOn(number: string, from: IsoDate, to: IsoDate): string | null {
  const possible = placesOn(number, from, to);
  return possible.length === 1 ? (possible[0] ?? null) : null;
}

/**
 * The county number, as of `on`, of a place by its municipality number, as stated on `stated`. A split municipality
 * has a county as long as all its parts lie in one. Null when the number is unknown or the parts lie in several.
 */
export function countyOf(number: string, on: IsoDate, stated: IsoDate = on): CountyNumber | null {
  let county: CountyNumber | null = null;
  for (const place of placesOn(number, stated, on)) {
    const its = countyNumber(place.slice(0, 2));
    if (county !== null && county !== its) return null;
    county = its;
  }
  return county;
}

/** Every number the place may have on `to`. */
function placesOn(number: string, from: IsoDate, to: IsoDate): readonly string[] {
  const municipality = BY_NUMBER.get(number);
  if (municipality === undefined) return [];
  if (ended(municipality, to)) return after(municipality, to, null);
  return before(municipality, to, begun(municipality, from) ? from : (municipality.from ?? from), []);
}

/** `origin`: the number the place had before this one, which may show which part of a split it is. */
function after(place: Municipality, to: IsoDate, origin: string | null): readonly string[] {
  if (!ended(place, to)) return [place.number];
  const ways = (OUT_OF.get(place.number) ?? []).filter((change) => change.date === place.until);
  const known = ways.filter((change) => origin !== null && change.of.includes(origin));
  return unique((known.length > 0 ? known : ways).flatMap((way) => after(at(way.to), to, place.number)));
}

/** `parts`: the numbers that the wanted part of the place had before it came to it; empty = any. */
function before(
  place: Municipality,
  to: IsoDate,
  stated: IsoDate,
  parts: readonly string[],
): readonly string[] {
  const ways = (INTO.get(place.number) ?? []).filter((change) => change.date > to && change.date <= stated);
  const last = ways.at(-1)?.date;
  if (last === undefined) return begun(place, to) ? [place.number] : [];
  const latest = ways.filter((change) => change.date === last);
  const wanted = latest.filter((change) => parts.includes(change.from));
  return unique(
    (wanted.length > 0 ? wanted : latest).flatMap((way) =>
      before(at(way.from), to, addDays(last, -1), way.of),
    ),
  );
}

function at(number: string): Municipality {
  const place = BY_NUMBER.get(number);
  if (place === undefined) throw new Error('a change names a number that is not in the table');
  return place;
}

function unique(numbers: readonly string[]): readonly string[] {
  return numbers.length < 2 ? numbers : [...new Set(numbers)];
}

function begun({ from }: Municipality, on: IsoDate): boolean {
  return from === null || from <= on;
}

function ended({ until }: Municipality, on: IsoDate): boolean {
  return until !== null && until <= on;
}
