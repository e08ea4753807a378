import { comingOfAge } from '../age/majority.ts';
import { ledgerOf } from '../derive/facts/ledger.ts';
import { NEVER_ASKED } from '../nav/neverAsked.ts';
import type { Policy } from '../policy.ts';
import { gradeAt } from '../protection/grade.ts';
import type { IsoInstant } from '../time/date.ts';
import type { Youth } from '../youth/youth.ts';
import type { Alert } from '../youth/youthEvent.ts';
import { disclosesNav } from './disclosesNav.ts';
import { bothPermit } from './permits.ts';
import { scopeOfFeed } from './scope.ts';

/**
 * Whether a NAV answer that was decided a while ago may be disclosed at this moment: its alert is still open and both
 * sides are permitted, for what it is about. As the decision reads them: what has been taken back is no consent, and the birth date is the one
 * known last.
 */
export function stillDisclosed(
  youth: Youth | undefined,
  isTold: (alert: Alert) => boolean,
  { now, policy }: { now: IsoInstant; policy: Pick<Policy, 'consentAge'> },
): boolean {
  const told = youth?.alerts.find((alert) => disclosesNav(alert) && isTold(alert));
  if (youth === undefined || told === undefined) return false;
  // Such a youth is never in a list to NAV; one that has come to live there since is not answered about.
  if (NEVER_ASKED.has(gradeAt(youth.facts, now))) return false;
  const { Consent: consents, born } = ledgerOf(youth.facts);
  return bothPermit(consents, comingOfAge(born, policy.consentAge), now, scopeOfFeed(told.feed));
}
