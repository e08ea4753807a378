import { ofAgeOn } from '../age/majority.ts';
import { lapsedAtMajority } from '../permits.ts';
import { whoConsents } from '../rules/consent.ts';
import { schoolYearOf } from '../schoolYear.ts';
import { dawned, type Findings, raise } from './findings.ts';
import { latest } from './order.ts';

/** At 18 the guardian's consent ends. Where it held until then, and the youth has not answered itself, the youth is asked:
 *  once, for both sides (N06). */
export function askForOwnConsent(findings: Findings): void {
  const { consents, born } = findings.ledger;
  if (consents.length === 0 || born === null) return;
  const lapsed = lapsedAtMajority(consents, born);
  const fact = latest(lapsed);
  if (fact === null) return;
  const asked = ofAgeOn(born);
  if (!dawned(findings, asked)) return;
  raise(findings, {
    kind: 'NYTT_SAMTYKKE',
    category: 'alert',
    rule: whoConsents.id,
    fact,
    evidence: lapsed,
    schoolYear: schoolYearOf(asked),
    county: fact.county,
    effective: asked,
  });
}
