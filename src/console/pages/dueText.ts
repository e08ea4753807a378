import type { IsoDate, IsoInstant } from '../../core/time/date.ts';
import { osloDate, startOfOsloDay } from '../../core/time/oslo.ts';
import type { Visit } from '../frame/visit.ts';

/** A day and how far off it is, in whole days: `09.10.2026, om 2 dager`. @param now by the organisation's clock */
export function dueText({ format }: Pick<Visit, 'format'>, date: IsoDate, now: IsoInstant): string {
  const today = osloDate(now);
  // The same in both written forms.
  const distance = date === today ? 'i dag' : format.relative(startOfOsloDay(date), startOfOsloDay(today));
  return `${format.date(date)}, ${distance}`;
}
