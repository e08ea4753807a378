import type { IsoDate } from './date.ts';

/** Dated policy of one county: every value here is a decision somebody may change, none is a constant in a
 *  rule. Defaults are those of the domain reference §4. */
export interface Policy {
  county: string;
  /** OT unit that owns a youth until an adviser's unit is told: never empty (R50). */
  defaultOwner: string;
  /** Days from receipt before an ended contract or school place without a new one becomes an alert (Q11). */
  graceDays: { school: number; apprenticeship: number };
  /** Days after an end within which a start elsewhere makes it a move, not a dropout (Q11, S06, F02). */
  sameMoveDays: number;
  /** Days between effective and received date within which a youth has «just left»: time band A (R49). */
  justLeftDays: number;
  /** Days before an announced start that nobody has seen becomes a review (Q11). */
  watchDays: number;
  /** Hours before an annulment of an unknown event becomes a review (S04). */
  annulmentHours: number;
  /** Consecutive complete lists without the youth before a review (F03). */
  absencesBeforeReview: number;
  /** Days for contact and for a guidance hour, from receipt (R42, Q8). */
  deadlineDays: { contact: number; guidance: number };
  /** Tilmeldingskode for ikkemøtere (Q6). */
  noShowCode: 'ANDRE_GRUNNER' | 'AVBRUTT';
  /** Through the calendar year in which the youth turns `limit`, for dates from `from` on; ascending (Q1). */
  ageLimits: readonly { from: IsoDate; limit: number }[];
  /** Days before New Year of the last year in which the youth's case is to be closed (Y05). */
  closingDays: number;
  /** Days between follow-ups of a youth in work practice (R44). */
  practiceDays: number;
  /** When the register took a code list into use, where that was later than the list's first day (Q12). */
  activations: Readonly<Record<string, IsoDate>>;
  /** Days before a reference date that its report is run (the yearly wheel, W04). */
  reportDaysBefore: number;
}

export function defaultPolicy(county: string): Policy {
  return {
    county,
    defaultOwner: `${county}200`,
    graceDays: { school: 0, apprenticeship: 5 },
    sameMoveDays: 5,
    justLeftDays: 31,
    watchDays: 14,
    annulmentHours: 24,
    absencesBeforeReview: 2,
    deadlineDays: { contact: 7, guidance: 21 },
    noShowCode: 'ANDRE_GRUNNER',
    ageLimits: [
      { from: '0000-01-01', limit: 21 },
      { from: '2024-08-01', limit: 24 },
    ],
    closingDays: 31,
    practiceDays: 14,
    activations: {},
    reportDaysBefore: 7,
  };
}

/** What a decision may know besides the event and the youth. `today` is `now` in Oslo. */
export interface Context {
  /** The moment the record entered Kafka; a replay decides the same. */
  now: string;
  today: IsoDate;
  policy: Policy;
}
