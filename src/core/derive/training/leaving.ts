import { leavingIsNotDropout } from '../../rules/tilmelding.ts';
import { momentAfter } from '../../time/calendar.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import type { End } from '../facts/ledger.ts';
import { dueOrWake, type Findings, raise } from '../findings.ts';
import { seenAfter } from './training.ts';

/** Leaving that opens nothing may still need a human: an announced start that no source confirms, a leave of absence, a
 *  contract that ran out (S02, F02). */
export function reviewLeavings(findings: Findings): void {
  const { ledger, policy } = findings;
  for (const end of ledger.ends) {
    if (end.annulledBy !== null) continue;
    const { fact, leaving } = end;
    if (leaving.watch && !seenAfter(findings, fact.effective, fact.institution)) {
      if (dueOrWake(findings, momentAfter(fact.firstReceived, policy.watchDays)))
        review(findings, end, 'FORVENTET_START_UTEBLITT');
    }
    if (leaving.review === null) continue;
    if (
      leaving.ends &&
      (seenAfter(findings, fact.effective, fact.institution) || completedAfter(findings, end))
    )
      continue;
    review(findings, end, leaving.review);
  }
}

function review(findings: Findings, { fact }: End, kind: NonNullable<End['leaving']['review']>): void {
  raise(findings, {
    kind,
    category: 'review',
    rule: leavingIsNotDropout.id,
    fact,
    schoolYear: schoolYearOf(fact.effective),
    county: fact.county,
    about: fact.institution,
  });
}

/** Failed, tried again and passed. */
function completedAfter({ ledger }: Findings, { fact }: End): boolean {
  return ledger.ends.some(
    (other) =>
      other.annulledBy === null &&
      other.consequence === 'completed' &&
      other.fact.effective >= fact.effective,
  );
}
