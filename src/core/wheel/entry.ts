import type { LetterId } from '../letters/letterId.ts';
import type { IsoDate } from '../time/date.ts';
import type { SchoolYear } from '../time/schoolYear.ts';
import type { WorklistId } from '../worklist/worklistId.ts';
import type { WheelId } from './wheelId.ts';

// The yearly wheel of the follow-up service (Å, with H's additions): what is done when, every school year.

/** prepare: look through a load or a report before it is made. activation: a new code list is taken into use.
 *  agreement: without it, what it allows stops. */
export const WHEEL_KINDS = [
  'reminder',
  'worklist',
  'deadline',
  'receive',
  'prepare',
  'load',
  'convert',
  'snapshot',
  'letter',
  'reminder-letter',
  'list',
  'activation',
  'agreement',
] as const;
export type WheelKind = (typeof WHEEL_KINDS)[number];

/** `MM-DD`. From 08-01 on it is of the school year's first calendar year, before that of its second. */
export type MonthDay = `${number}-${number}`;

/** When an entry comes round. A week names dates, never the other way: nothing legal is computed from a week. */
export type DateRule =
  | { on: 'day'; day: MonthDay }
  /** Work from `from` until the day before `before`, which is its deadline. */
  | { on: 'before'; from: MonthDay; before: MonthDay }
  /** Both days inclusive. `deadline`: the last day is one. */
  | { on: 'days'; from: MonthDay; to: MonthDay; deadline: boolean }
  /** Whole ISO weeks of one calendar year, both inclusive. */
  | { on: 'weeks'; first: number; last: number }
  /** From an ISO week through a day that is the deadline. */
  | { on: 'week-until'; week: number; to: MonthDay }
  /** The ISO week that holds the day, moved by `weeks`. `reference`: the day is a reference date for figures. */
  | { on: 'week-of'; day: MonthDay; weeks: number; reference: boolean }
  | { on: 'month'; month: number }
  | { on: 'each-month' }
  /** The whole month, every `every` years counted from the calendar year `since`. */
  | { on: 'some-years'; month: number; every: number; since: number };

export interface WheelEntry {
  id: WheelId;
  kind: WheelKind;
  /** Bokmål: what is done. */
  what: string;
  /** Bokmål: who does it, by role. */
  who: string;
  source: 'Å' | 'H';
  /** The week column of the document, shown next to the real weeks; null = it has none. */
  documentWeek: string | null;
  when: DateRule;
  /** Which school year's registrations it is about. */
  about: 'this' | 'next';
  worklist: WorklistId | null;
  letter: LetterId | null;
  /** Another date that belongs to it, the last day it may happen. */
  alsoBy?: { what: string; day: MonthDay };
}

/** A county's own dates for an entry in one school year, replacing the computed ones. */
export interface WheelMove {
  id: WheelId;
  schoolYear: SchoolYear;
  from: IsoDate;
  to: IsoDate;
}
