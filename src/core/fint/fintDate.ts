import type { IsoDate } from '../time/date.ts';

/** A pure date as FINT's model wants it: at 12:00 Zulu, so that its date is the same in every time zone. */
export function fintDate(date: IsoDate): string {
  return `${date}T12:00:00Z`;
}
