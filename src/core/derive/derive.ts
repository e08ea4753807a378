import { by } from '../order.ts';
import type { Policy } from '../policy.ts';
import { added, NONE } from '../shortList.ts';
import type { IsoInstant } from '../time/date.ts';
import { osloDate } from '../time/oslo.ts';
import type { Registration } from '../youth/youth.ts';
import type { Alert, Fact } from '../youth/youthEvent.ts';
import { reviewGuardianContacts } from './adviser/contact.ts';
import { latestAdviserStatuses } from './adviser/latestAdviserStatus.ts';
import { proposeFromNav } from './adviser/navMeasure.ts';
import { proposeMistake, proposeTraining, reviewUndone } from './adviser/proposal.ts';
import { reviewReferrals } from './adviser/referral.ts';
import { reviewCodeAfterDropout, reviewStatuses } from './adviser/statusReview.ts';
import { alertKnownAtNav, type StoppedAnswer } from './consent/nav.ts';
import { navRegisters } from './consent/navRegisters.ts';
import { askForOwnConsent } from './consent/newConsent.ts';
import { followCounties, reviewStrays } from './county/countySplit.ts';
import { reviewResidence } from './county/residence.ts';
import { ledgerOf } from './facts/ledger.ts';
import { reviewUnmatched } from './facts/unmatched.ts';
import type { Findings } from './findings.ts';
import { reviewOpenWishes } from './intake/openWishes.ts';
import { reviewContracts } from './lists/contract.ts';
import { compareWithRegister } from './lists/register.ts';
import { reviewSchoolLists } from './lists/schoolList.ts';
import { reviewMerge } from './person/merged.ts';
import { countedFacts, deviationsOf, reviewNames } from './person/name.ts';
import { filesOf } from './registration/file.ts';
import { reviewOlderStarts } from './registration/olderStart.ts';
import { registrationOf } from './registration/registration.ts';
import { alertTilmelding, reviewEndDates, reviewSameDay } from './registration/tilmeldingAlert.ts';
import { alertClosing } from './time/age.ts';
import { alertServiceOver } from './time/military.ts';
import { alertOfferAgain } from './time/offerAgain.ts';
import { alertPractice } from './time/practice.ts';
import { alertPriority } from './time/timeBand.ts';
import { awaitMajority, watchProtection } from './time/wakeUps.ts';
import { alertAtRisk } from './training/atRisk.ts';
import { reviewLeavings } from './training/leaving.ts';
import { alertWithoutPlans } from './training/withoutPlans.ts';

/** All that follows from a youth's facts at a moment. */
export interface Derived {
  /** Sorted by school year and county. */
  registrations: readonly Registration[];
  /** Sorted by id. */
  alerts: readonly Alert[];
  due: IsoInstant | null;
  /** What NAV has said, among the facts, and may not be kept. */
  stopped: readonly StoppedAnswer[];
}

const BY_ID = by(({ id }: Alert) => id);

/**
 * The whole business decision, as a function of the *set* of facts and the moment, so that the order of arrival cannot
 * matter.
 */
export function derive(facts: readonly Fact[], asOf: IsoInstant, policy: Policy): Derived {
  const deviations = deviationsOf(facts, policy);
  const followed = followCounties(countedFacts(facts, deviations), asOf);
  const ledger = ledgerOf(followed.facts);
  const findings: Findings = { ledger, policy, asOf, today: osloDate(asOf), alerts: NONE, due: followed.due };
  const all = filesOf(ledger, policy);
  const files = ledger.Handover.length === 0 ? all : all.filter(({ foreign }) => !foreign);
  let registrations: readonly Registration[] = NONE;
  for (const file of all) {
    const registration = registrationOf(findings, file);
    if (registration !== null) registrations = added(registrations, registration);
    if (file.foreign) continue;
    alertTilmelding(findings, file);
    reviewEndDates(findings, file);
    reviewSameDay(findings, file);
    reviewOlderStarts(findings, file);
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
  reviewOpenWishes(findings, files);
  reviewContracts(findings);
  reviewGuardianContacts(findings);
  reviewUnmatched(findings);
  reviewNames(findings, deviations);
  reviewMerge(findings);
  compareWithRegister(findings, registrations);
  alertPriority(findings, files);
  const statuses = latestAdviserStatuses(files);
  alertOfferAgain(findings, statuses);
  alertServiceOver(findings, statuses);
  alertPractice(findings, files);
  alertClosing(findings, registrations, files);
  askForOwnConsent(findings);
  const answers = alertKnownAtNav(findings);
  const registers = navRegisters(findings);
  const stopped = registers.stopped.length === 0 ? answers : [...answers, ...registers.stopped];
  proposeFromNav(findings, registers.readable, files, registrations);
  awaitMajority(findings);
  const alerts = findings.alerts.length < 2 ? findings.alerts : findings.alerts.toSorted(BY_ID);
  return { registrations, alerts, due: findings.due, stopped };
}
