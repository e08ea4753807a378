// Dates and moments travel as ISO text and are compared as text; Temporal does the arithmetic.
// A Temporal object per fact would cost more than the whole decision (a youth has tens of facts).

/** A calendar date `YYYY-MM-DD` (Europe/Oslo meaning, no time). Text order is date order. */
export type IsoDate = string;

/** A moment in UTC, `YYYY-MM-DDTHH:mm:ss.sssZ`, always milliseconds and `Z`. Text order is time order. */
export type IsoInstant = string;

/** `undefined` when the text is not a date of the calendar (2027-02-29, 31.12.2026, '' …). */
export function parseDate(text: string): IsoDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}

/** `undefined` when the text is not a moment with an offset or `Z`. */
export function parseInstant(text: string): IsoInstant | undefined {
  try {
    return instantOf(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    return undefined;
  }
}

export function instantOf(epochMilliseconds: number): IsoInstant {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toString({ fractionalSecondDigits: 3 });
}

export function epochOf(instant: IsoInstant): number {
  return Temporal.Instant.from(instant).epochMilliseconds;
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days;
}

/** So many calendar months later; the last day of a shorter month. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}
