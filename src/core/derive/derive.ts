import type { IsoInstant } from '../date.ts';
import type { Policy } from '../policy.ts';
import type { Registration } from '../youth.ts';
import type { Alert, Fact } from '../youthEvent.ts';
import { reviewUnmatched } from './annulment.ts';
import { alertAtRisk } from './atRisk.ts';
import { reviewGuardianContacts } from './contact.ts';
import { reviewContracts } from './contract.ts';
import { filesOf } from './file.ts';
import type { Findings } from './findings.ts';
import { reviewLeavings } from './leaving.ts';
import { ledgerOf } from './ledger.ts';
import { alertKnownAtNav, type StoppedAnswer } from './nav.ts';
import { proposeMistake, proposeTraining, reviewUndone } from './proposal.ts';
import { compareWithRegister } from './register.ts';
import { registrationOf } from './registration.ts';
import { reviewCodeAfterDropout, reviewStatuses } from './statusReview.ts';
import { alertTilmelding, reviewEndDates, reviewSameDay } from './tilmeldingAlert.ts';

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
  const ledger = ledgerOf(facts);
  const findings: Findings = { ledger, policy, asOf, alerts: [], due: null };
  const files = filesOf(ledger, policy);
  const registrations: Registration[] = [];
  for (const file of files) {
    const registration = registrationOf(findings, file);
    if (registration !== null) registrations.push(registration);
    alertTilmelding(findings, file);
    reviewEndDates(findings, file);
    reviewSameDay(findings, file);
    reviewStatuses(findings, file);
    reviewCodeAfterDropout(findings, file);
    reviewUndone(findings, file);
    proposeTraining(findings, file);
    proposeMistake(findings, file);
  }
  alertAtRisk(findings, files);
  reviewLeavings(findings);
  reviewContracts(findings);
  reviewGuardianContacts(findings);
  reviewUnmatched(findings);
  compareWithRegister(findings, registrations);
  const stopped = alertKnownAtNav(findings);
  findings.alerts.sort((one, other) => (one.id < other.id ? -1 : 1));
  return { registrations, alerts: findings.alerts, due: findings.due, stopped };
}
