import { reopenedByLimit } from '../age/reopened.ts';
import { ageLimit } from '../rules/age.ts';
import { LISTED } from '../sentences/worklists.ts';
import { WORKLIST } from '../sentences/worklistTitles.ts';
import type { Alert, AlertKind } from '../youth/youthEvent.ts';
import { unmetDeadlines } from './alertState.ts';
import { rowOf, rowOfAlert } from './row.ts';
import type { Worklist } from './worklist.ts';
import type { YouthCase } from './youthCase.ts';

// Lists of open alerts, reviews and proposals. Each says why, with its rule and evidence.

function listOf(
  head: Pick<Worklist, 'id' | 'title' | 'text'>,
  belongs: (alert: Alert, known: YouthCase) => boolean,
): Worklist {
  return {
    ...head,
    rows: (known) =>
      known.youth.alerts.filter((alert) => belongs(alert, known)).map((alert) => rowOfAlert(known, alert)),
  };
}

/** W20, R41. */
export const atRisk = listOf(
  {
    id: 'at-risk',
    title: WORKLIST.nb.atRisk,
    text: WORKLIST.nb.atRiskText,
  },
  ({ kind }) => kind === 'AVKLARINGSSAMTALE',
);

/** W21, R42. A deadline that is met leaves the list. */
export const deadlines = listOf(
  {
    id: 'deadlines',
    title: WORKLIST.nb.deadlines,
    text: WORKLIST.nb.deadlinesText,
  },
  (alert, known) => unmetDeadlines(known, alert).length > 0,
);

/** W08. */
export const withoutPlans = listOf(
  {
    id: 'without-plans',
    title: WORKLIST.nb.withoutPlans,
    text: WORKLIST.nb.withoutPlansText,
  },
  ({ kind }) => kind === 'UTEN_PLANER',
);

/** Y05. */
export const closingForAge = listOf(
  {
    id: 'closing-for-age',
    title: WORKLIST.nb.closingForAge,
    text: WORKLIST.nb.closingForAgeText,
  },
  ({ kind }) => kind === 'ALDERSGRENSE',
);

/** About identity and age, and not about follow-up. */
const WHO_IT_IS: ReadonlySet<AlertKind | null> = new Set([
  'UTENFOR_ALDERSGRENSEN',
  'NAVN_AVVIK',
  'NUMRE_SLATT_SAMMEN',
] as const);

/** R49. */
export const openQuestions: Worklist = {
  ...listOf(
    {
      id: 'open-questions',
      title: WORKLIST.nb.openQuestions,
      text: WORKLIST.nb.openQuestionsText,
    },
    ({ category }) => category !== 'alert',
  ),
  pastLimit: ({ kind }) => WHO_IT_IS.has(kind),
};

/** Y05: back in the range by a raised limit. A list for decision; it registers no youth again. */
export const reopened: Worklist = {
  id: 'reopened-by-limit',
  title: WORKLIST.nb.reopened,
  text: WORKLIST.nb.reopenedText,
  rows(known, { policy, today }) {
    const found = reopenedByLimit(known.youth, policy);
    if (found === null || found.from > today || found.until < today) return [];
    const { schoolYear, county, owner, effective } = found.last;
    const reason = LISTED.nb.limitRaised;
    return [
      rowOf(known, {
        schoolYear,
        county,
        owner,
        rule: ageLimit.id,
        reason,
        since: effective,
        deadline: found.until,
      }),
    ];
  },
};
