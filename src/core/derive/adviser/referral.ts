import { allYearRound } from '../../rules/list.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import { type Findings, raise } from '../findings.ts';
import { fileOf, type RegistrationFile } from '../registration/file.ts';

/** A request for help: an adviser reviews it, and it is a registration only when the adviser says so (Y01). */
export function reviewReferrals(findings: Findings, files: readonly RegistrationFile[]): void {
  for (const fact of findings.ledger.Referral) {
    if (!allYearRound.applies(fact)) continue;
    const schoolYear = schoolYearOf(fact.effective);
    const file = fileOf(files, { schoolYear, county: fact.county });
    if (file !== undefined && isSettled(file, fact)) continue;
    const { alert: kind, category } = allYearRound.leadsTo;
    raise(findings, {
      kind,
      category,
      rule: allYearRound.id,
      fact,
      schoolYear,
      county: fact.county,
      about: fact.by,
    });
  }
}

/** Confirmed, or given a status, or, for a youth who was registered already, talked with since. */
function isSettled(file: RegistrationFile, fact: FactOf<'Referral'>): boolean {
  const since = (each: { firstReceived: string }) => each.firstReceived > fact.firstReceived;
  if (file.statuses.counted.some(since) || (file.recode !== null && since(file.recode))) return true;
  return file.standing.length > 0 && file.contacts.some((each) => since(each) && each.on >= fact.effective);
}
