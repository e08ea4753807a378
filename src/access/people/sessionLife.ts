import { epochOf, type IsoInstant, instantOf } from '../../core/time/date.ts';
import type { StoredSession } from '../../store/sessionsPort.ts';

/** Without a request for so long it is over. */
export const IDLE_MS = 30 * 60_000;
/** However much it is used. */
const LONGEST_MS = 8 * 60 * 60_000;
/** A row is not written for every request. */
const SEEN_EVERY_MS = 30_000;
/** A login takes no longer, with a code from a phone and a second attempt. */
const ATTEMPT_MS = 15 * 60_000;

export function expiresAt(now: number): IsoInstant {
  return instantOf(now + LONGEST_MS);
}

export function attemptExpiresAt(now: number): IsoInstant {
  return instantOf(now + ATTEMPT_MS);
}

export function isOver({ expires, seen }: Pick<StoredSession, 'expires' | 'seen'>, now: number): boolean {
  return now >= epochOf(expires) || now - epochOf(seen) >= IDLE_MS;
}

/** The row is to say that the session is in use. */
export function isToBeNoted({ seen }: Pick<StoredSession, 'seen'>, now: number): boolean {
  return now - epochOf(seen) >= SEEN_EVERY_MS;
}
