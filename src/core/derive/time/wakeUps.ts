import { comingOfAge } from '../../age/majority.ts';
import { guardiansAreInformed } from '../../rules/followUp.ts';
import { type Findings, wakeOn } from '../findings.ts';

// Days on which what is known of a youth means something else, whatever is found by then.

/** A grade that is announced for a later date is judged again on that day: only then may it open what was hidden. */
export function watchProtection(findings: Findings): void {
  for (const { effective } of findings.ledger.Protection) wakeOn(findings, effective);
}

/** An alert that guardians are to be informed says so until the youth is of age, and not an hour longer: from then
 *  on the guardian gets nothing new, also of what was raised before (R45, N06). */
export function awaitMajority(findings: Findings): void {
  if (!concernsMinor(findings)) return;
  const age = comingOfAge(findings.ledger.born, findings.policy.majority);
  if (age !== null) wakeOn(findings, age.guardianEnds);
}

function concernsMinor({ alerts }: Findings): boolean {
  for (const { minor } of alerts) if (minor === guardiansAreInformed.leadsTo.minor) return true;
  return false;
}
