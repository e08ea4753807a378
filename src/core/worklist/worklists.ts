import { inAgeRange } from '../age/ageLimit.ts';
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
import { inOrder, type WorkRow } from './row.ts';
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
  const scope: WorkScope = {
    today,
    policy,
    progress,
    schoolYear: schoolYearOf(today),
    since: lookThroughBegan(today, policy),
  };
  const rows: WorkRow[] = [];
  let leftOut = 0;
  return {
    add(ref, youth) {
      const known = caseOf(ref, youth, policy);
      const own = list.rows(known, scope).filter((row) => list.pastLimit?.(row) || isOurs(known, scope));
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

/** R47: the duty ends with the last day in the age range. Of unknown age it lasts. */
function isOurs({ ledger: { born } }: YouthCase, { today, policy }: WorkScope): boolean {
  return born === null || inAgeRange(born, today, policy);
}

/** The first day of the wheel's latest look-through of all youths that has begun. */
function lookThroughBegan(today: IsoDate, policy: Policy): IsoDate {
  const schoolYear = schoolYearOf(today);
  const begun = [yearBefore(schoolYear), schoolYear]
    .flatMap((year) => wheelFor(year, policy))
    .filter(({ worklist, from }) => worklist === 'stale-statuses' && from <= today)
    .map(({ from }) => from)
    .sort();
  return begun.at(-1) ?? today;
}
