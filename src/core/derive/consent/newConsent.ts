import { comingOfAge } from '../../age/majority.ts';
import { lapsedAtMajority } from '../../consent/permits.ts';
import { whoConsents } from '../../rules/consent.ts';
import { schoolYearOf } from '../../time/schoolYear.ts';
import { latest } from '../facts/order.ts';
import { dueOrWakeOn, type Findings, raise } from '../findings.ts';

/** When the youth is of age the guardian's consent ends. Where it held until then, and the youth has not answered, the youth
 *  is asked: once, for both sides (N06). */
export function askForOwnConsent(findings: Findings): void {
  const { Consent: consents, born } = findings.ledger;
  if (consents.length === 0) return;
  const ofAge = comingOfAge(born, findings.policy.consentAge);
  if (ofAge === null) return;
  const lapsed = lapsedAtMajority(consents, ofAge);
  const fact = latest(lapsed);
  if (fact === null) return;
  const asked = ofAge.youthBegins;
  if (!dueOrWakeOn(findings, asked)) return;
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
