import { inAgeRange } from '../age/ageLimit.ts';
import { by } from '../order.ts';
import type { PersonRef } from '../person/reference.ts';
import type { Policy } from '../policy.ts';
import type { IsoDate } from '../time/date.ts';
import { type SchoolYear, schoolYearOf, yearBefore } from '../time/schoolYear.ts';
import { WHEEL, wheelFor } from '../wheel/wheel.ts';
import type { Youth } from '../youth/youth.ts';
import * as alertLists from './alertLists.ts';
import { NO_PROGRESS, type ProgressOf } from './alertProgress.ts';
import { askConsent } from './askConsent.ts';
import { notOpened } from './notOpened.ts';
import * as registrationLists from './registrationLists.ts';
import { inOrder, ownOrder, type WorkRow } from './row.ts';
import type { Worklist, WorkScope } from './worklist.ts';
import { WORKLIST_IDS, type WorklistId } from './worklistId.ts';
import { caseOf, isHidden, type YouthCase } from './youthCase.ts';

export const WORKLISTS: Readonly<Record<WorklistId, Worklist>> = {
  'stale-statuses': registrationLists.staleStatuses,
  'non-applicants': registrationLists.nonApplicants,
  'without-plans': alertLists.withoutPlans,
  unanswered: registrationLists.unanswered,
  'no-contact': registrationLists.noContact,
  'coming-year': registrationLists.comingYear,
  'at-risk': alertLists.atRisk,
  deadlines: alertLists.deadlines,
  'closing-for-age': alertLists.closingForAge,
  'reopened-by-limit': alertLists.reopened,
  'open-questions': alertLists.openQuestions,
  'not-opened': notOpened,
  'ask-consent': askConsent,
};

/** By its own id, or by the wheel entry it belongs to (`W15`). */
export function worklistNamed(name: string): Worklist | undefined {
  const id = WORKLIST_IDS.find((each) => each === name) ?? WHEEL.find((entry) => entry.id === name)?.worklist;
  return id === undefined || id === null ? undefined : WORKLISTS[id];
}

export interface MadeWorklist {
  list: Worklist;
  today: IsoDate;
  schoolYear: SchoolYear;
  since: IsoDate;
  rows: WorkRow[];
  /** Youths whose address hides where they are: named advisers have them in hand (D01). */
  leftOut: number;
}

/** Takes one youth at a time, in any order: a county's youths need not be in memory together. */
export function startWorklist(
  list: Worklist,
  given: { today: IsoDate; policy: Policy; progress?: ProgressOf },
): { add(ref: PersonRef, youth: Youth): void; finish(): MadeWorklist } {
  const { today, policy, progress = () => NO_PROGRESS } = given;
  const scope: WorkScope = { ...dayScope(today, policy), progress };
  const rows: WorkRow[] = [];
  let leftOut = 0;
  return {
    add(ref, youth) {
      const known = caseOf(ref, youth, policy);
      const own = ownRows(list, known, scope);
      if (own.length > 0 && isHidden(known, today)) leftOut += 1;
      else rows.push(...own);
    },
    finish: () => ({
      list,
      today,
      schoolYear: scope.schoolYear,
      since: scope.since,
      rows: rows.toSorted(inOrder),
      leftOut,
    }),
  };
}

/** What a list is made for on a day, but for what receivers have done. */
export function dayScope(today: IsoDate, policy: Policy): Omit<WorkScope, 'progress'> {
  return { today, policy, schoolYear: schoolYearOf(today), since: lookThroughBegan(today, policy) };
}

/** The youth's rows in the list, in their order and numbered. */
export function ownRows(list: Worklist, known: YouthCase, scope: WorkScope): WorkRow[] {
  const rows = list.rows(known, scope).filter((row) => list.pastLimit?.(row) || isOurs(known, scope));
  if (rows.length < 2) return rows;
  return rows.toSorted(by(ownOrder)).map((row, number) => ({ ...row, number }));
}

/** R47: the duty ends with the last day in the age range. Of unknown age it lasts. */
function isOurs({ ledger: { born } }: YouthCase, { today, policy }: WorkScope): boolean {
  return born === null || inAgeRange(born, today, policy);
}

/** The first day of the wheel's latest look-through of all youths that has begun. */
function lookThroughBegan(today: IsoDate, policy: Policy): IsoDate {
  const schoolYear = schoolYearOf(today);
  const begun = [yearBefore(schoolYear), schoolYear]
    .flatMap((year) => lookThroughs(year, policy))
    .filter((from) => from <= today)
    .sort();
  return begun.at(-1) ?? today;
}

/** The first days of the look-throughs in a year of the wheel. */
export function lookThroughs(schoolYear: SchoolYear, policy: Policy): IsoDate[] {
  return wheelFor(schoolYear, policy)
    .filter(({ worklist }) => worklist === 'stale-statuses')
    .map(({ from }) => from);
}
