import { defaultPolicy } from '../../core/policy.ts';
import { cutoffOf } from '../../core/report/report.ts';
import {
  addDays,
  daysBetween,
  epochOf,
  type IsoDate,
  type IsoInstant,
  instantOf,
} from '../../core/time/date.ts';
import { startOfOsloDay } from '../../core/time/oslo.ts';
import { NAV_MONTHS } from './navMonths.ts';
import type { Random } from './random.ts';
import { type DATE_INDEXES, type DateIndex, VESTFOLD_OG_TELEMARK } from './target.ts';

// Calendar of the sample: whole days counted from the transfer of the non-applicants, in Oslo time.

/** 0 = 15 March 2020. */
export type Day = number;

const FIRST = '2020-03-15';
const MINUTE = 60_000;

/** Virtual clock at the start and at the end of the year (noon in Oslo). */
export const SAMPLE_START: IsoInstant = startOfOsloDay(FIRST);
export const SAMPLE_END: IsoInstant = '2021-06-15T10:00:00.000Z';

const LAST_DAY = dayOf('2021-06-15');
const MIDNIGHTS = Array.from({ length: LAST_DAY + 1 }, (_, day) =>
  epochOf(startOfOsloDay(addDays(FIRST, day))),
);

export function dayOf(date: IsoDate): Day {
  return daysBetween(FIRST, date);
}

export function dateOf(day: Day): IsoDate {
  return addDays(FIRST, day);
}

/** Instant on that day, `minutes` after midnight in Oslo (epoch milliseconds). */
export function momentOf(day: Day, minutes: number): number {
  const midnight = MIDNIGHTS[day];
  if (midnight === undefined) throw new Error(`day ${day} is outside the sample`);
  return midnight + minutes * MINUTE;
}

export function isWorkday(day: Day): boolean {
  // 15 March 2020 was a Sunday.
  return day % 7 !== 0 && day % 7 !== 6;
}

/** A random day in [low, high], on a workday unless there is none. */
export function workdayIn(random: Random, low: Day, high: Day): Day {
  for (let tries = 0; tries < 20; tries += 1) {
    const day = random.between(low, high);
    if (isWorkday(day)) return day;
  }
  return low;
}

/** The last day whose records count at each reference date. */
export const LAST_DAYS: readonly [Day, Day, Day] = [lastDay(0), lastDay(1), lastDay(2)];

/** First and last day of the period that a reference date closes. */
export function periodOf(date: DateIndex): { first: Day; last: Day } {
  return { first: date === 0 ? 0 : (LAST_DAYS[date - 1] as Day) + 1, last: LAST_DAYS[date] };
}

/** Cut-offs in time order. */
export function sampleCutoffs(): { referenceDate: IsoDate; cutoff: IsoInstant }[] {
  const policy = defaultPolicy(VESTFOLD_OG_TELEMARK.county);
  return VESTFOLD_OG_TELEMARK.referenceDates.map((referenceDate) => ({
    referenceDate,
    cutoff: cutoffOf(referenceDate, policy),
  }));
}

/** Ends of the player's steps, `days` long; every cut-off ends a step too, and every moment of the exchange with NAV. */
export function stepEnds(days: number): IsoInstant[] {
  const ends = new Set(sampleCutoffs().map(({ cutoff }) => cutoff));
  for (const { extracted, answered } of NAV_MONTHS) ends.add(extracted).add(answered);
  for (let day = days; day < LAST_DAY; day += days) ends.add(instantOf(momentOf(day, 0)));
  ends.add(SAMPLE_END);
  return [...ends].sort();
}

function lastDay(date: (typeof DATE_INDEXES)[number]): Day {
  const referenceDate = VESTFOLD_OG_TELEMARK.referenceDates[date];
  return dayOf(referenceDate) - defaultPolicy(VESTFOLD_OG_TELEMARK.county).reportDaysBefore;
}

/** Between 8 and 15 o'clock. */
export function officeHours(day: Day, random: Random): number {
  return momentOf(day, 480 + random.between(0, 420));
}
