import type { Policy } from '../policy.ts';
import { ageLimit } from '../rules/age.ts';
import { daysAfter, lastDayOf, yearOf } from '../time/calendar.ts';
import type { IsoDate } from '../time/date.ts';

// Membership of the age range: calendar years, by the limit of the date in question (Q1). There is no lower bound in
// years (Q2). Other readings of the limit belong to reports.

type Limits = Pick<Policy, 'ageLimits'>;

/** The limit in force on a date. Throws for a policy that has none for it. */
export function ageLimitOn({ ageLimits }: Limits, date: IsoDate): number {
  return ageLimits[placeOn(ageLimits, date)]!.limit;
}

export function inAgeRange(born: IsoDate, on: IsoDate, { ageLimits }: Limits): boolean {
  const { limit } = ageLimits[placeOn(ageLimits, on)]!;
  return ageLimit.applies({ bornYear: yearOf(born), year: yearOf(on), limit });
}

/** The last day of the unbroken time in the age range around a date; null when the date is outside. A limit that is raised
 *  before the last day prolongs it. */
export function lastDayInRange(born: IsoDate, on: IsoDate, policy: Limits): IsoDate | null {
  if (!inAgeRange(born, on, policy)) return null;
  const { ageLimits } = policy;
  let place = placeOn(ageLimits, on);
  for (;;) {
    const year = yearOf(born) + ageLimits[place]!.limit;
    const next = ageLimits[place + 1];
    // From New Year the youth is out, unless another limit holds by then.
    if (next === undefined || next.from > daysAfter(lastDayOf(year), 1)) return lastDayOf(year);
    if (!inAgeRange(born, next.from, policy)) return daysAfter(next.from, -1);
    place += 1;
  }
}

function placeOn(ageLimits: Limits['ageLimits'], date: IsoDate): number {
  for (let place = ageLimits.length - 1; place >= 0; place -= 1)
    if (ageLimits[place]!.from <= date) return place;
  throw new Error(`a policy without an age limit on ${date}`);
}
