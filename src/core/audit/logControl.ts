import { daysAfter } from '../time/calendar.ts';
import { epochOf, type IsoDate, type IsoInstant } from '../time/date.ts';
import { osloDate, startOfOsloDay } from '../time/oslo.ts';
import { mondayOf } from '../wheel/isoWeek.ts';

// Whether the audit trail is looked at: week by week the data protection officer signs what was found.

/** Days after a week's end within which its control is to be signed. */
export const SIGN_WITHIN_DAYS = 7;

/** Office hours of weekdays in Oslo: from, and up to. */
export const OFFICE_HOURS = { from: 7, to: 17 } as const;

export const LOG_FINDINGS = ['INGEN_AVVIK', 'AVVIK'] as const;
export type LogFinding = (typeof LOG_FINDINGS)[number];

/** A control that was signed; only ever added. */
export interface LogControl {
  /** Monday of the week. */
  week: IsoDate;
  signed: IsoInstant;
  /** Name and key of who signed. */
  by: string;
  key: string;
  found: LogFinding;
  /** Never null where something was found; no personal data. */
  note: string | null;
  /** How many lines the week had, and the number of its last in the trail. */
  lines: number;
  upto: number;
}

/** `running`: not over yet. `due`: to be signed by a day to come. */
export type LogWeekState = 'running' | 'due' | 'overdue' | 'signed';

export interface LogWeek {
  /** Monday. */
  week: IsoDate;
  state: LogWeekState;
  /** The last day on which it is signed in time. */
  signBy: IsoDate;
}

export function logWeek(week: IsoDate, today: IsoDate, signed: boolean): LogWeek {
  const after = daysAfter(week, 7);
  const signBy = daysAfter(after, SIGN_WITHIN_DAYS - 1);
  if (signed) return { week, state: 'signed', signBy };
  if (today < after) return { week, state: 'running', signBy };
  return { week, state: today > signBy ? 'overdue' : 'due', signBy };
}

/** The weeks from the first with a line to that of today, newest first; at most `most`. */
export function logWeeks(
  first: IsoDate | null,
  { today, signed, most }: { today: IsoDate; signed: ReadonlySet<IsoDate>; most: number },
): LogWeek[] {
  const weeks: LogWeek[] = [];
  const begins = mondayOf(first ?? today);
  for (let week = mondayOf(today); week >= begins && weeks.length < most; week = daysAfter(week, -7))
    weeks.push(logWeek(week, today, signed.has(week)));
  return weeks;
}

export function isMonday(day: IsoDate): boolean {
  return mondayOf(day) === day;
}

const HOUR_MS = 3_600_000;
const WEEKEND = 5;

/** By the clock in Oslo. */
export function isOutsideOfficeHours(at: IsoInstant): boolean {
  const day = osloDate(at);
  if (day >= daysAfter(mondayOf(day), WEEKEND)) return true;
  const hour = Math.floor((epochOf(at) - epochOf(startOfOsloDay(day))) / HOUR_MS);
  return hour < OFFICE_HOURS.from || hour >= OFFICE_HOURS.to;
}
