import { kept } from '../kept.ts';
import {
  dateOf,
  dayBefore,
  dayNumber,
  endsInSummerTime,
  SUMMER_TIME_RULE_FROM,
  startsInSummerTime,
} from './calendar.ts';
import { type IsoDate, type IsoInstant, instantOf } from './date.ts';

const OSLO = 'Europe/Oslo';

/** The date in Oslo at that moment. Needed in every decision: by arithmetic where the current rule holds. */
export function osloDate(instant: IsoInstant): IsoDate {
  if (instant.length !== INSTANT_LENGTH || instant < SUMMER_TIME_RULE_FROM) {
    return Temporal.Instant.from(instant).toZonedDateTimeISO(OSLO).toPlainDate().toString();
  }
  const day = dayNumber(instant);
  const isLate = instant[11] === '2' && instant[12]! >= '2';
  if (!isLate) return dateOf(day);
  return dateOf(instant[12] === '3' || endsInSummerTime(instant) ? day + 1 : day);
}
const INSTANT_LENGTH = '2026-10-25T01:00:00.000Z'.length;

/** The first moment of a date in Oslo. Kept, because every decision waits for the same days. */
export const startOfOsloDay: (date: IsoDate) => IsoInstant = kept(startOf);

function startOf(date: IsoDate): IsoInstant {
  if (date < SUMMER_TIME_RULE_FROM) {
    return instantOf(Temporal.PlainDate.from(date).toZonedDateTime(OSLO).epochMilliseconds);
  }
  return `${dayBefore(date)}T${startsInSummerTime(date) ? '22' : '23'}:00:00.000Z`;
}

/** Twelve o'clock of a date in Oslo: what a date means where a moment is wanted. */
export function noonOf(date: IsoDate): IsoInstant {
  const noon = { timeZone: OSLO, plainTime: '12:00' };
  return instantOf(Temporal.PlainDate.from(date).toZonedDateTime(noon).epochMilliseconds);
}

/** A moment written as clock time in Oslo, without a zone; the first of the two when the clock is set back. `undefined` for
 *  anything else. */
export function instantInOslo(text: string): IsoInstant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/.test(text)) return undefined;
  try {
    return instantOf(Temporal.PlainDateTime.from(text).toZonedDateTime(OSLO).epochMilliseconds);
  } catch {
    return undefined;
  }
}
