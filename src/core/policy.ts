import type { AltinnResource } from './consent/altinn.ts';
import type { CountyNumber } from './organisation.ts';
import type { NumberRef } from './person/reference.ts';
import type { IsoDate } from './time/date.ts';
import type { WheelMove } from './wheel/entry.ts';
import type { Channel } from './worklist/channel.ts';

/** Dated policy of one county: every value here is a decision the county may change, none is a constant in a
 *  rule. Defaults are those of the domain reference §4. */
/** An office, never a person. */
export interface Helpline {
  name: string;
  phone: string;
}

export interface Policy {
  county: CountyNumber;
  /** OT unit that owns a youth until an adviser's unit is reported: never empty (R50). */
  defaultOwner: string;
  /** Days from receipt before an ended contract or school place without a new one becomes an alert (Q11). */
  graceDays: { school: number; apprenticeship: number };
  /** Days after an end within which a start elsewhere makes it a move, not a dropout (Q11, S06, F02). */
  sameMoveDays: number;
  /** Days between effective and received date within which a youth has «just left»: time band A (R49). */
  justLeftDays: number;
  /** Days before an announced start that no source has confirmed becomes a review (Q11). */
  watchDays: number;
  /** Hours before an annulment of an unknown event becomes a review (S04). */
  annulmentHours: number;
  /** Consecutive complete lists without the youth before a review (F03). */
  absencesBeforeReview: number;
  /** The same for a private school's list, which comes a few times a year (I03). */
  schoolAbsencesBeforeReview: number;
  /** Hours from the first row of a list until the operator is warned that it is still incomplete (N04). */
  listHours: number;
  /** Month and day in spring from which the last day in a private school's list is the end of the year, not a
   *  leaving (I03). */
  teachingEnds: string;
  /** Month and day by which the clarifying meeting with a tenth-grader without plans is to be held (W08). */
  meetingWithoutPlans: string;
  /** Days for contact and for a guidance hour, from receipt (R42, Q8). */
  deadlineDays: { contact: number; guidance: number };
  /** Tilmeldingskode for ikkemøtere (Q6). */
  noShowCode: 'ANDRE_GRUNNER' | 'AVBRUTT';
  /** Through the calendar year in which the youth turns `limit`, for dates from `from` on; ascending (Q1). */
  ageLimits: readonly { from: IsoDate; limit: number }[];
  /** The age from which guardians are no longer informed or heard, for dates from `from` on; ascending (R04, R45). */
  majority: readonly DatedAge[];
  /** The age from which the youth alone consents to the exchange with NAV; the same way (Q7). */
  consentAge: readonly DatedAge[];
  /** Consent resources in Altinn whose tokens count as evidence, by side; empty: none does. */
  altinnConsents: readonly AltinnResource[];
  /** Whom senders call about what they have sent; null: no one is named. */
  helpline: Helpline | null;
  /** Day of the month, 1–28, from which the month's list to NAV is made without being asked for; null: only when asked. */
  navListDay: number | null;
  /** Days before New Year of the last year in which the youth's case is to be closed (Y05). */
  closingDays: number;
  /** Days between follow-ups of a youth in work practice (R44); null where the county has no such rule. */
  practiceDays: number | null;
  /** Months of førstegangstjeneste, for service begun from `from` on; ascending (R28). No document gives the length or
   *  the end: an assumption of the policy. */
  serviceMonths: readonly { from: IsoDate; months: number }[];
  /** Month and day, `MM-DD`, on which a new school year opens for those who have said no (R27, Q10). */
  schoolYearOpens: string;
  /** When the register took a code list into use, where that was later than the list's first day (Q12). */
  activations: Readonly<Record<string, IsoDate>>;
  /** What a record counts for whose name differs from the one known on the number, until it has been reviewed: nothing,
   *  or all that it says (Y03). */
  deviatingNames: 'VENTER' | 'TELLER';
  /** Whether names are kept, sealed, so that an adviser who looks a reference up gets a name and not only a number. */
  keepNames: boolean;
  /** Days before a reference date that its report is run (the yearly wheel, W04). */
  reportDaysBefore: number;
  /** Figures above 0 and below this are hidden from others than OT; 0 hides none, and the smallest other limit is 3. */
  smallCell: number;
  /** References counted as one person, in addition to those whose numbers were merged: the same name and birth date, or
   *  the number alone. */
  countedOnceBy: 'NAME_AND_BIRTH' | 'NUMBER';
  /** The county's own dates in the yearly wheel, replacing the computed ones (§1.8, I06). */
  wheel: readonly WheelMove[];
  /** Ways to reach a youth, in the order in which the county tries them (O01, §1.10). */
  channels: readonly Channel[];
  /** Days between October's letter and the SMS to those who have not answered (W30). */
  letterSmsDays: number;
}

/** Holds for dates from `from` on, until the next one's. */
export interface DatedAge {
  from: IsoDate;
  age: number;
}

export function defaultPolicy(county: CountyNumber): Policy {
  return {
    county,
    defaultOwner: `${county}200`,
    graceDays: { school: 0, apprenticeship: 5 },
    sameMoveDays: 5,
    justLeftDays: 31,
    watchDays: 14,
    annulmentHours: 24,
    absencesBeforeReview: 2,
    schoolAbsencesBeforeReview: 1,
    listHours: 24,
    teachingEnds: '06-01',
    meetingWithoutPlans: '06-01',
    deadlineDays: { contact: 7, guidance: 21 },
    noShowCode: 'ANDRE_GRUNNER',
    ageLimits: [
      { from: '0000-01-01', limit: 21 },
      { from: '2024-08-01', limit: 24 },
    ],
    majority: [{ from: '0000-01-01', age: 18 }],
    consentAge: [{ from: '0000-01-01', age: 18 }],
    altinnConsents: [],
    helpline: null,
    navListDay: null,
    closingDays: 31,
    practiceDays: PRACTICE_COUNTIES.has(county) ? 14 : null,
    serviceMonths: [{ from: '0000-01-01', months: 12 }],
    schoolYearOpens: '08-01',
    activations: {},
    deviatingNames: 'VENTER',
    keepNames: true,
    reportDaysBefore: 7,
    smallCell: 5,
    countedOnceBy: 'NAME_AND_BIRTH',
    wheel: [],
    channels: ['BREV', 'SMS', 'EPOST', 'TELEFON', 'SOSIALE_MEDIER', 'HJEMMEBESOK', 'OPPMOTE'],
    letterSmsDays: 14,
  };
}

/** What a county has decided otherwise than the default; of a value with parts, any of them. */
export type PolicyChange = Partial<Omit<Policy, 'county' | 'graceDays' | 'deadlineDays'>> & {
  graceDays?: Partial<Policy['graceDays']>;
  deadlineDays?: Partial<Policy['deadlineDays']>;
};

export function policyWith(county: CountyNumber, change: PolicyChange): Policy {
  const policy = defaultPolicy(county);
  return {
    ...policy,
    ...change,
    graceDays: { ...policy.graceDays, ...change.graceDays },
    deadlineDays: { ...policy.deadlineDays, ...change.deadlineDays },
  };
}

/** Only V, the report of Vestfold og Telemark, has the rule; it holds for the counties it was split into. */
const PRACTICE_COUNTIES: ReadonlySet<string> = new Set(['38', '39', '40']);

/** What a decision may know besides the event and the youth. `today` is `now` in Oslo. */
export interface Context {
  /** The moment the record entered Kafka; a replay decides the same. */
  now: string;
  today: IsoDate;
  policy: Policy;
  /** The vault's reference of the number that the record came under; absent when it came under none. */
  numberRef?: NumberRef | undefined;
}
