import { type IsoInstant, osloDate } from '../date.ts';
import type { Policy } from '../policy.ts';
import type { Registration } from '../youth.ts';
import type { Alert, Fact } from '../youthEvent.ts';
import { alertClosing } from './age.ts';
import { reviewUnmatched } from './annulment.ts';
import { alertAtRisk } from './atRisk.ts';
import { reviewGuardianContacts } from './contact.ts';
import { reviewContracts } from './contract.ts';
import { followCounties, reviewStrays } from './countySplit.ts';
import { filesOf } from './file.ts';
import type { Findings } from './findings.ts';
import { reviewLeavings } from './leaving.ts';
import { ledgerOf } from './ledger.ts';
import { awaitMajority } from './majority.ts';
import { reviewMerge } from './merged.ts';
import { alertServiceOver } from './military.ts';
import { countedFacts, deviationsOf, reviewNames } from './name.ts';
import { alertKnownAtNav, type StoppedAnswer } from './nav.ts';
import { askForOwnConsent } from './newConsent.ts';
import { alertOfferAgain } from './offerAgain.ts';
import { alertPractice } from './practice.ts';
import { proposeMistake, proposeTraining, reviewUndone } from './proposal.ts';
import { watchProtection } from './protection.ts';
import { reviewReferrals } from './referral.ts';
import { compareWithRegister } from './register.ts';
import { registrationOf } from './registration.ts';
import { reviewResidence } from './residence.ts';
import { reviewSchoolLists } from './schoolList.ts';
import { reviewCodeAfterDropout, reviewStatuses } from './statusReview.ts';
import { alertTilmelding, reviewEndDates, reviewSameDay } from './tilmeldingAlert.ts';
import { alertPriority } from './timeBand.ts';
import { alertWithoutPlans } from './withoutPlans.ts';

/** All that follows from a youth's facts at a moment. */
export interface Derived {
  /** Sorted by school year and county. */
  registrations: Registration[];
  /** Sorted by id. */
  alerts: Alert[];
  due: IsoInstant | null;
  /** NAV answers among the facts that may not be kept. */
  stopped: StoppedAnswer[];
}

/**
 * The whole business decision, as a function of the *set* of facts and the moment: the order in which they came
 * is not in it, so it cannot matter.
 */
export function derive(facts: readonly Fact[], asOf: IsoInstant, policy: Policy): Derived {
  const deviations = deviationsOf(facts, policy);
  const followed = followCounties(countedFacts(facts, deviations), asOf);
  const ledger = ledgerOf(followed.facts);
  const findings: Findings = { ledger, policy, asOf, today: osloDate(asOf), alerts: [], due: followed.due };
  const all = filesOf(ledger, policy);
  const files = ledger.handovers.length === 0 ? all : all.filter(({ foreign }) => !foreign);
  const registrations: Registration[] = [];
  for (const file of all) {
    const registration = registrationOf(findings, file);
    if (registration !== null) registrations.push(registration);
    if (file.foreign) continue;
    alertTilmelding(findings, file);
    reviewEndDates(findings, file);
    reviewSameDay(findings, file);
    reviewStatuses(findings, file);
    reviewCodeAfterDropout(findings, file);
    reviewUndone(findings, file);
    proposeTraining(findings, file);
    proposeMistake(findings, file);
  }
  reviewStrays(findings, followed, registrations);
  reviewResidence(findings, files, registrations);
  watchProtection(findings);
  alertAtRisk(findings, files);
  alertWithoutPlans(findings, files);
  reviewReferrals(findings, files);
  reviewSchoolLists(findings, files);
  reviewLeavings(findings);
  reviewContracts(findings);
  reviewGuardianContacts(findings);
  reviewUnmatched(findings);
  reviewNames(findings, deviations);
  reviewMerge(findings);
  compareWithRegister(findings, registrations);
  alertPriority(findings, files);
  alertOfferAgain(findings, files);
  alertServiceOver(findings, files);
  alertPractice(findings, files);
  alertClosing(findings, registrations, files);
  askForOwnConsent(findings);
  const stopped = alertKnownAtNav(findings);
  awaitMajority(findings);
  findings.alerts.sort((one, other) => (one.id < other.id ? -1 : 1));
  return { registrations, alerts: findings.alerts, due: findings.due, stopped };
}
