import { by } from '../order.ts';
import type { Policy } from '../policy.ts';
import { daysAfter } from '../time/calendar.ts';
import type { IsoDate } from '../time/date.ts';
import { type SchoolYear, yearAfter } from '../time/schoolYear.ts';
import { AUTUMN_ENTRIES } from './autumnEntries.ts';
import { type Occurrence, occurrencesOf } from './dateRule.ts';
import type { WheelEntry } from './entry.ts';
import { weekLabel } from './isoWeek.ts';
import { SPRING_ENTRIES } from './springEntries.ts';
import type { WheelId } from './wheelId.ts';

/** All thirty-three, by id. */
export const WHEEL: readonly WheelEntry[] = [...SPRING_ENTRIES, ...AUTUMN_ENTRIES];

/** One time an entry comes round in a school year. The dates are binding; weeks are for reading. */
export interface WheelDate
  extends Pick<
    WheelEntry,
    'id' | 'kind' | 'what' | 'who' | 'source' | 'documentWeek' | 'worklist' | 'letter'
  > {
  /** The school year whose registrations it is about. */
  about: SchoolYear;
  /** Both inclusive. */
  from: IsoDate;
  to: IsoDate;
  weekLabel: string;
  /** The last day in time; null when it is a plan. */
  deadline: IsoDate | null;
  /** The reference date, its week, and the day the report of it is run. Never moved by a county. */
  reference: { date: IsoDate; weekLabel: string; reportRun: IsoDate } | null;
  alsoBy: { what: string; date: IsoDate } | null;
  /** The county has set the dates itself. */
  moved: boolean;
}

type WheelPolicy = Pick<Policy, 'wheel' | 'reportDaysBefore'>;

/** The wheel of one school year with the county's own dates, by date. */
export function wheelFor(schoolYear: SchoolYear, policy: WheelPolicy): WheelDate[] {
  const dates = WHEEL.flatMap((entry) => datesOf(entry, schoolYear, policy));
  return dates.sort(by(sortKey));
}

/** The first time an entry comes round in the school year; `undefined` in a year without it. */
export function wheelDate(id: WheelId, schoolYear: SchoolYear, policy: WheelPolicy): WheelDate | undefined {
  return wheelFor(schoolYear, policy).find((date) => date.id === id);
}

function datesOf(entry: WheelEntry, schoolYear: SchoolYear, policy: WheelPolicy): WheelDate[] {
  const { id, kind, what, who, source, documentWeek, worklist, letter, alsoBy } = entry;
  const own = policy.wheel.filter((move) => move.id === id && move.schoolYear === schoolYear);
  const computed = occurrencesOf(entry.when, schoolYear);
  const occurrences = own.length === 0 ? computed : own.map((move) => movedTo(move, computed[0]));
  return occurrences.map(({ from, to, deadline, reference }) => ({
    id,
    kind,
    what,
    who,
    source,
    documentWeek,
    worklist,
    letter,
    about: entry.about === 'this' ? schoolYear : yearAfter(schoolYear),
    from,
    to,
    weekLabel: weekLabel(from, to),
    deadline,
    reference:
      reference === null
        ? null
        : {
            date: reference,
            weekLabel: weekLabel(reference, reference),
            reportRun: daysAfter(reference, -policy.reportDaysBefore),
          },
    alsoBy: alsoBy === undefined ? null : { what: alsoBy.what, date: dateOf(schoolYear, alsoBy.day) },
    moved: own.length > 0,
  }));
}

/** The work moves; a reference date is Udir's and stays. */
function movedTo({ from, to }: { from: IsoDate; to: IsoDate }, computed: Occurrence | undefined): Occurrence {
  const deadline = computed === undefined || computed.deadline === null ? null : to;
  return { from, to, deadline, reference: computed?.reference ?? null };
}

function dateOf(schoolYear: SchoolYear, day: NonNullable<WheelEntry['alsoBy']>['day']): IsoDate {
  const [only] = occurrencesOf({ on: 'day', day }, schoolYear);
  if (only === undefined) throw new Error(`${day} is no day of ${schoolYear}`);
  return only.from;
}

function sortKey({ from, to, id }: WheelDate): string {
  return `${from} ${to} ${id}`;
}
