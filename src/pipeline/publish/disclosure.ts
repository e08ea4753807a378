import { comingOfAge } from '../../core/age/majority.ts';
import { bothPermit } from '../../core/consent/permits.ts';
import { ledgerOf } from '../../core/derive/facts/ledger.ts';
import { alertIdOf } from '../../core/messages/alertId.ts';
import type { NavDisclosure } from '../../core/messages/messages.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { Policy } from '../../core/policy.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Alert } from '../../core/youth/youthEvent.ts';
import type { Store } from '../../store/port.ts';

/**
 * Consent is asked for again before every try to publish: a NAV answer that was decided a while ago leaves only if its
 * alert is still open and both sides are permitted at this moment.
 */
export async function stillPermitted(
  message: NavDisclosure,
  parts: { store: Pick<Store, 'load'>; org: OrgId; now: IsoInstant; policy: Pick<Policy, 'consentAge'> },
): Promise<boolean> {
  const youth = (await parts.store.load(parts.org, [message.ref])).get(message.ref)?.youth;
  const isTold = (alert: Alert) => alertIdOf(alert, message.ref) === message.value.alertId;
  if (!youth?.alerts.some((alert) => alert.kind === 'KJENT_HOS_NAV' && isTold(alert))) return false;
  // As the decision reads them: what has been taken back is no consent, and the birth date is the one known last.
  const { Consent: consents, born } = ledgerOf(youth.facts);
  return bothPermit(consents, comingOfAge(born, parts.policy.consentAge), parts.now);
}
