import type { PersonRef } from '../person/reference.ts';
import type { IsoInstant } from '../time/date.ts';

/** What receivers have done about an alert. */
export const PROGRESS_STATES = ['opened', 'handled'] as const;
export type ProgressState = (typeof PROGRESS_STATES)[number];

/** How far an alert has come: the first time each. */
export interface AlertProgress {
  /** A receiver took the call about it. */
  delivered: IsoInstant | null;
  /** Also when it was only reported as handled. */
  opened: IsoInstant | null;
  handled: IsoInstant | null;
}

export const NO_PROGRESS: AlertProgress = { delivered: null, opened: null, handled: null };

/** The progress of alerts, by youth and cause. */
export type ProgressOf = (ref: PersonRef, cause: string) => AlertProgress;

export function progressIn(
  known: readonly (AlertProgress & { ref: PersonRef; cause: string })[],
): ProgressOf {
  const byAlert = new Map(known.map(({ ref, cause, ...progress }) => [`${ref} ${cause}`, progress]));
  return (ref, cause) => byAlert.get(`${ref} ${cause}`) ?? NO_PROGRESS;
}
