import { epochOf, type IsoInstant, instantOf } from '../time/date.ts';
import { afterJitter, DISABLED_AFTER_MS, EGRESS_MS, nextAttempt, retryAfterMs } from './schedule.ts';

/** How an attempt ended. `started`: not known, the process was killed. `egress`: our own proxy or network, not charged to
 *  the receiver. */
export type AttemptOutcome =
  | 'started'
  | 'delivered'
  | 'gone'
  | 'throttled'
  | 'refused'
  | 'redirected'
  | 'timeout'
  | 'unreachable'
  | 'tls'
  | 'forbidden-address'
  | 'egress';

/** What came of a request. */
export type Answer =
  | { kind: 'status'; status: number; retryAfter: string | null }
  | { kind: 'failed'; outcome: 'timeout' | 'unreachable' | 'tls' | 'forbidden-address' | 'egress' };

/** What follows of an attempt. */
export interface AttemptEnd {
  at: IsoInstant;
  ms: number;
  outcome: AttemptOutcome;
  httpStatus: number | null;
  /** A subscription that has failed since then or longer is disabled. */
  disableIfFailingSince: IsoInstant;
  next:
    | { state: 'waiting'; nextAt: IsoInstant }
    | { state: 'delivered' | 'exhausted' }
    /** The receiver wants no more: the subscription is disabled, the delivery waits. */
    | { state: 'gone' };
}

/** The receiver asks for less; tried again as it asks. */
const THROTTLED: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export function outcomeOf(answer: Answer): AttemptOutcome {
  if (answer.kind === 'failed') return answer.outcome;
  const { status } = answer;
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  if (THROTTLED.has(status)) return 'throttled';
  return status >= 300 && status < 400 ? 'redirected' : 'refused';
}

/** @param made attempts that count, this one included @param chance from 0 to below 1 */
export function endOf(
  answer: Answer,
  {
    made,
    at,
    ms,
    chance,
    timetable,
  }: { made: number; at: IsoInstant; ms: number; chance: number; timetable?: readonly number[] },
): AttemptEnd {
  const outcome = outcomeOf(answer);
  const ended = {
    at,
    ms,
    outcome,
    httpStatus: answer.kind === 'status' ? answer.status : null,
    disableIfFailingSince: instantOf(epochOf(at) - DISABLED_AFTER_MS),
  };
  if (outcome === 'delivered') return { ...ended, next: { state: 'delivered' } };
  if (outcome === 'gone') return { ...ended, next: { state: 'gone' } };
  if (outcome === 'egress')
    return { ...ended, next: { state: 'waiting', nextAt: afterJitter(EGRESS_MS, at, chance) } };
  const asked = answer.kind === 'status' ? retryAfterMs(answer.retryAfter, at) : null;
  const nextAt = nextAttempt(made, at, chance, {
    retryAfterMs: asked,
    ...(timetable && { timetable }),
  });
  return { ...ended, next: nextAt === null ? { state: 'exhausted' } : { state: 'waiting', nextAt } };
}
