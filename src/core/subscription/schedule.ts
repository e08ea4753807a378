import { epochOf, type IsoInstant, instantOf, parseInstant } from '../time/date.ts';

// When a call is tried, as Standard Webhooks 1.0.0 advises: ten attempts over 75 hours, 35 minutes and 5 seconds.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Milliseconds before each attempt, since the one before. */
export const TIMETABLE: readonly number[] = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** So that receivers that failed together are not tried together: a fifth earlier or later. */
export const JITTER = 0.2;
/** Bounds of what a receiver may ask for with `Retry-After`. */
export const RETRY_AFTER_MS = { least: SECOND, most: 24 * HOUR };
/** Our own network failed: it costs the receiver nothing. */
export const EGRESS_MS = 30 * SECOND;
/** Five days of failures and not one success disable a subscription. */
export const DISABLED_AFTER_MS = 120 * HOUR;

/** @param made attempts so far @param chance from 0 to below 1
 *  @returns null after the last */
export function nextAttempt(
  made: number,
  at: IsoInstant,
  chance: number,
  {
    retryAfterMs = null,
    timetable = TIMETABLE,
  }: { retryAfterMs?: number | null; timetable?: readonly number[] } = {},
): IsoInstant | null {
  const planned = timetable[made];
  if (planned === undefined) return null;
  if (retryAfterMs === null) return afterJitter(planned, at, chance);
  // What the receiver asks for is a least: many who ask for the same moment would come together.
  return instantOf(epochOf(at) + Math.round(retryAfterMs * (1 + JITTER * chance)));
}

/** @param chance from 0 to below 1 */
export function afterJitter(ms: number, at: IsoInstant, chance: number): IsoInstant {
  return instantOf(epochOf(at) + Math.round(ms * (1 - JITTER + 2 * JITTER * chance)));
}

/** `Retry-After` as seconds or an HTTP date (RFC 9110 §10.2.3), within bounds; null where it says nothing usable. */
export function retryAfterMs(text: string | null, now: IsoInstant): number | null {
  if (text === null) return null;
  const asked = /^\d{1,10}$/.test(text.trim()) ? Number(text) * SECOND : httpDate(text) - epochOf(now);
  if (Number.isNaN(asked)) return null;
  return Math.min(Math.max(asked, RETRY_AFTER_MS.least), RETRY_AFTER_MS.most);
}

const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function httpDate(text: string): number {
  const [, day = '', name = '', year = '', time = ''] = HTTP_DATE.exec(text.trim()) ?? [];
  const month = MONTHS.indexOf(name) + 1;
  const instant =
    month === 0 ? undefined : parseInstant(`${year}-${String(month).padStart(2, '0')}-${day}T${time}.000Z`);
  return instant === undefined ? Number.NaN : epochOf(instant);
}
