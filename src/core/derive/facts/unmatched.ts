import { listDecidesNothing } from '../../rules/tilmelding.ts';
import { epochOf, type IsoInstant, instantOf } from '../../time/date.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import { dueOrWake, type Findings, raise } from '../findings.ts';

/** An annulment whose event has not come waits, and is then shown to a human (S04). */
export function reviewUnmatched(findings: Findings): void {
  for (const fact of findings.ledger.unmatched) {
    if (!dueOrWake(findings, hoursAfter(fact.firstReceived, findings.policy.annulmentHours))) continue;
    raise(findings, {
      kind: 'ANNULLERING_UTEN_TREFF',
      category: 'review',
      rule: listDecidesNothing.id,
      fact,
      schoolYear: schoolYearOf(fact.effective),
      county: fact.county,
      about: fact.source,
    });
  }
}

function hoursAfter(instant: IsoInstant, hours: number): IsoInstant {
  return instantOf(epochOf(instant) + hours * 3_600_000);
}
