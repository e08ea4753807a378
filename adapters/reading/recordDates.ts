import type { Problem } from '../../src/core/problem.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD, type FieldSentence } from '../../src/core/sentences/fields.ts';
import { daysAfter } from '../../src/core/time/calendar.ts';
import type { IsoDate, IsoInstant } from '../../src/core/time/date.ts';
import { osloDate } from '../../src/core/time/oslo.ts';
import { type SchoolYear, schoolYearOf, startYearOf } from '../../src/core/time/schoolYear.ts';

// Is a date possible? It is compared with the birth date and the moment the record entered Kafka, never with the clock: a
// record that is read again next year is judged as it was (A12).

/** What a date is about, and so how far ahead of the record and how far back in a life it can lie. */
export interface DateKind {
  /** Days after the record. */
  ahead: number;
  /** The first year of life, counted from the year of birth, in which it can be; 0 also asks for the day of birth. */
  age: number;
}

/**
 * Upper secondary starts in the year of turning 15 at the earliest: school begins the year one turns six and lasts ten years,
 * and some begin a year early. Lower secondary begins three years before. No document of the reference gives these: ours.
 */
const UPPER_SECONDARY = 15;
const LOWER_SECONDARY = 12;

/**
 * Horizons are longer than what is announced and shorter than a year where a wrong year is the common slip. Half a year: a
 * school knows of a leaving or a move by the half-year at the latest (domain reference, S09 and the wheel §1.8). A year: a
 * contract or a place is agreed on for the next school year (R43). Ten years: twice any training there is. These
 * are ours as well.
 */
const HALF_YEAR = 183;
const YEAR = 366;
const TEN_YEARS = 3_660;

export const DATE_KINDS = {
  /** Something that has happened: contact, an attempt, a status, a re-coding, a request for help. */
  happened: { ahead: 0, age: 0 },
  /** A leaving, or what the intake office has decided; may be announced. */
  leaving: { ahead: HALF_YEAR, age: UPPER_SECONDARY },
  starting: { ahead: YEAR, age: UPPER_SECONDARY },
  /** A move, a change of number, a meeting about a pupil in lower secondary. */
  announced: { ahead: HALF_YEAR, age: 0 },
  planned: { ahead: YEAR, age: 0 },
  ending: { ahead: TEN_YEARS, age: LOWER_SECONDARY },
  /** A moment on another clock than Kafka's. */
  moment: { ahead: 1, age: 0 },
} as const satisfies Readonly<Record<string, DateKind>>;

export interface Judging {
  /** The moment the record entered Kafka. */
  received: IsoInstant;
  /** From the record; null judges by the moment alone. */
  born: IsoDate | null;
}

/** The oldest person who can be meant when no birth date is given: older by half than any youth OT follows up. */
const OLDEST = 36;

/** @returns what is wrong with the date in the field, or null */
export function dateProblem(
  field: string,
  date: IsoDate,
  { ahead, age }: DateKind,
  { received, born }: Judging,
): Problem | null {
  if (date > latestOn(received, ahead)) return problem(field, ahead === 0 ? HAPPENED : TOO_FAR, MEND);
  if (born === null) {
    const oldest = Number(received.slice(0, 4)) - OLDEST;
    return Number(date.slice(0, 4)) < oldest + age ? problem(field, TOO_OLD, MEND) : null;
  }
  if (date < born) return problem(field, BEFORE_BIRTH, MEND_EITHER);
  const early = age > 0 && Number(date.slice(0, 4)) < Number(born.slice(0, 4)) + age;
  return early ? problem(field, age === UPPER_SECONDARY ? TOO_YOUNG : MUCH_TOO_YOUNG, MEND_EITHER) : null;
}

/** A school year in upper secondary school is at most the one that is applied for now (R43). */
export function schoolYearProblem(
  field: string,
  schoolYear: SchoolYear,
  { received, born }: Judging,
  inLowerSecondary: boolean,
): Problem | null {
  const start = startYearOf(schoolYear);
  if (start > startYearOf(schoolYearOf(osloDate(received))) + 1)
    return problem(field, YEAR_TOO_FAR, MEND_YEAR);
  const bornIn = born === null ? Number(received.slice(0, 4)) - OLDEST : Number(born.slice(0, 4));
  const first = bornIn + (inLowerSecondary ? LOWER_SECONDARY : UPPER_SECONDARY);
  return start < first
    ? problem(field, YEAR_TOO_EARLY, born === null ? MEND_YEAR : MEND_YEAR_OR_BIRTH)
    : null;
}

/** A birth date after the record was sent. */
export function birthProblem(field: string, born: IsoDate, received: IsoInstant): Problem | null {
  return born > latestOn(received, 0) ? problem(field, NOT_BORN, MEND) : null;
}

const HAPPENED = FIELD.nb.notHappened;
const TOO_FAR = FIELD.nb.tooFar;
const TOO_OLD = FIELD.nb.tooOld;
const BEFORE_BIRTH = FIELD.nb.beforeBirth;
const TOO_YOUNG = FIELD.nb.tooYoung;
const MUCH_TOO_YOUNG = FIELD.nb.muchTooYoung;
const YEAR_TOO_FAR = FIELD.nb.yearTooFar;
const YEAR_TOO_EARLY = FIELD.nb.yearTooEarly;
const NOT_BORN = FIELD.nb.notBorn;
const MEND = CURE.nb.checkYear;
const MEND_EITHER = CURE.nb.checkEither;
const MEND_YEAR = CURE.nb.fixYear;
const MEND_YEAR_OR_BIRTH = CURE.nb.fixYearOrBirth;

function problem(field: string, says: FieldSentence, cure: string): Problem {
  return { code: 'IMPOSSIBLE_DATE', field, text: says(field), cure };
}

// Records come many to the hour, and a horizon is arithmetic: it is made once for all of them.
let hour = '';
const latest = new Map<number, IsoDate>();
function latestOn(received: IsoInstant, ahead: number): IsoDate {
  if (received.slice(0, 13) !== hour) {
    hour = received.slice(0, 13);
    latest.clear();
  }
  const known = latest.get(ahead);
  if (known !== undefined) return known;
  const date = daysAfter(osloDate(received), ahead);
  latest.set(ahead, date);
  return date;
}
