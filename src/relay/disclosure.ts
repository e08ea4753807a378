import type { IsoInstant } from '../core/date.ts';
import { isNavDisclosure, type OutboxMessage } from '../core/messages.ts';
import { permits } from '../core/permits.ts';
import type { Store } from '../store/port.ts';

/**
 * Consent is asked for again before every try to publish: a NAV answer that was decided a while ago leaves only if its
 * alert stands and both sides are permitted at this moment. Everything else has a statutory basis.
 */
export async function stillPermitted(
  message: OutboxMessage,
  parts: { store: Pick<Store, 'load'>; org: string; now: IsoInstant },
): Promise<boolean> {
  if (!isNavDisclosure(message)) return true;
  const { alertId } = message.value;
  const youth = (await parts.store.load(parts.org, [message.ref])).get(message.ref)?.youth;
  if (!youth?.alerts.some((alert) => alert.kind === 'KJENT_HOS_NAV' && String(alertId).startsWith(alert.id)))
    return false;
  const consents = youth.facts.filter((fact) => fact.kind === 'Consent');
  const born = youth.facts.find((fact) => fact.born !== null)?.born ?? null;
  return (['A', 'B'] as const).every((side) => permits(consents, side, born, parts.now).permit);
}
