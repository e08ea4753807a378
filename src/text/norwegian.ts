import { epochOf, type IsoDate, type IsoInstant } from '../core/time/date.ts';
import { osloDate } from '../core/time/oslo.ts';

// Figures and dates in Norwegian (Språkrådet): 10 000 with a hard space, 15.11.2020 in tables.

const HARD_SPACE = '\u00a0';

export function norwegianNumber(value: number): string {
  const digits = String(Math.abs(value));
  // Running text may leave four digits ungrouped; a column needs the space to align.
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, HARD_SPACE);
  return value < 0 ? `−${grouped}` : grouped;
}

export function norwegianDate(date: IsoDate): string {
  return `${date.slice(8, 10)}.${date.slice(5, 7)}.${date.slice(0, 4)}`;
}

/** Oslo time: 08.06.2021 kl. 23.59. */
export function norwegianMoment(moment: IsoInstant): string {
  const { hour, minute } = Temporal.Instant.from(moment).toZonedDateTimeISO('Europe/Oslo');
  return `${norwegianDate(osloDate(moment))} kl. ${pair(hour)}.${pair(minute)}`;
}

/** Oslo time, in running text: 22. november 2026 kl. 07:21. */
export function norwegianDayAndTime(moment: IsoInstant): string {
  return new Intl.DateTimeFormat('nb', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Oslo',
  }).format(epochOf(moment));
}

function pair(number: number): string {
  return String(number).padStart(2, '0');
}

/** `1 melding`, `10 000 meldinger`. */
export function counted(count: number, one: string, several: string): string {
  return `${norwegianNumber(count)} ${count === 1 ? one : several}`;
}
