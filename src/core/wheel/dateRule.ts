import { daysAfter } from '../time/calendar.ts';
import type { IsoDate } from '../time/date.ts';
import { type SchoolYear, schoolYearOf, startYearOf } from '../time/schoolYear.ts';
import type { DateRule, MonthDay } from './entry.ts';
import { mondayOf, mondayOfWeek } from './isoWeek.ts';

/** One time an entry comes round; both days inclusive. */
export interface Occurrence {
  from: IsoDate;
  to: IsoDate;
  /** The last day in time; null when the entry is a plan and no deadline. */
  deadline: IsoDate | null;
  /** The reference date of figures; fixed by others than the county. */
  reference: IsoDate | null;
}

/** ISO weeks from this on lie in the autumn of the school year; the week of 1 August is 30 or 31. */
const FIRST_AUTUMN_WEEK = 31;

export function occurrencesOf(rule: DateRule, schoolYear: SchoolYear): Occurrence[] {
  switch (rule.on) {
    case 'day': {
      const day = dayIn(schoolYear, rule.day);
      return [{ from: day, to: day, deadline: day, reference: null }];
    }
    case 'before': {
      const to = daysAfter(dayIn(schoolYear, rule.before), -1);
      return [{ from: dayIn(schoolYear, rule.from), to, deadline: to, reference: null }];
    }
    case 'days': {
      const to = dayIn(schoolYear, rule.to);
      const deadline = rule.deadline ? to : null;
      return [{ from: dayIn(schoolYear, rule.from), to, deadline, reference: null }];
    }
    case 'weeks': {
      const year = yearOfWeek(schoolYear, rule.first);
      const to = daysAfter(mondayOfWeek(year, rule.last), 6);
      return [plain(mondayOfWeek(year, rule.first), to)];
    }
    case 'week-until': {
      const year = yearOfWeek(schoolYear, rule.week);
      const to = `${year}-${rule.to}`;
      return [{ from: mondayOfWeek(year, rule.week), to, deadline: to, reference: null }];
    }
    case 'week-of': {
      const day = dayIn(schoolYear, rule.day);
      const from = mondayOf(day, rule.weeks);
      const reference = rule.reference ? day : null;
      return [{ from, to: daysAfter(from, 6), deadline: null, reference }];
    }
    case 'month':
      return [wholeMonth(schoolYear, rule.month)];
    case 'each-month':
      return [8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7].map((month) => wholeMonth(schoolYear, month));
    case 'some-years': {
      const month = wholeMonth(schoolYear, rule.month);
      const since = Number(month.from.slice(0, 4)) - rule.since;
      return since >= 0 && since % rule.every === 0 ? [month] : [];
    }
  }
}

function plain(from: IsoDate, to: IsoDate): Occurrence {
  return { from, to, deadline: null, reference: null };
}

function dayIn(schoolYear: SchoolYear, day: MonthDay): IsoDate {
  const first = startYearOf(schoolYear);
  const inFirst = `${first}-${day}`;
  return schoolYearOf(inFirst) === schoolYear ? inFirst : `${first + 1}-${day}`;
}

function yearOfWeek(schoolYear: SchoolYear, week: number): number {
  const first = startYearOf(schoolYear);
  return week >= FIRST_AUTUMN_WEEK ? first : first + 1;
}

function wholeMonth(schoolYear: SchoolYear, month: number): Occurrence {
  const from = dayIn(schoolYear, `${month < 10 ? '0' : ''}${month}-01` as MonthDay);
  // From the 28th on, four days more are always in the next month.
  const next = daysAfter(`${from.slice(0, 8)}28`, 4);
  return plain(from, daysAfter(`${next.slice(0, 8)}01`, -1));
}
