import { type Findings, wakeOn } from '../findings.ts';

/** A grade that is announced for a later date is judged again on that day: only then may it open what was hidden. */
export function watchProtection(findings: Findings): void {
  for (const { effective } of findings.ledger.Protection) wakeOn(findings, effective);
}
