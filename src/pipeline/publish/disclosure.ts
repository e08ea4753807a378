import { stillDisclosed } from '../../core/consent/stillDisclosed.ts';
import { alertIdOf } from '../../core/messages/alertId.ts';
import type { NavDisclosure } from '../../core/messages/messages.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { Policy } from '../../core/policy.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Store } from '../../store/port.ts';

/** Consent is asked for again before every try to publish: it can be gone since the decision. */
export async function stillPermitted(
  message: NavDisclosure,
  parts: { store: Pick<Store, 'load'>; org: OrgId; now: IsoInstant; policy: Pick<Policy, 'consentAge'> },
): Promise<boolean> {
  const youth = (await parts.store.load(parts.org, [message.ref])).get(message.ref)?.youth;
  return stillDisclosed(youth, (alert) => alertIdOf(alert, message.ref) === message.value.alertId, parts);
}
