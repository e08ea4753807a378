import { stillDisclosed } from '../../core/consent/stillDisclosed.ts';
import { alertIdOf } from '../../core/messages/alertId.ts';
import type { NavDisclosure } from '../../core/messages/messages.ts';
import { agreementAt } from '../../core/nav/agreement.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { Policy } from '../../core/policy.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { NavRecords } from '../../store/navPort.ts';
import type { LoadedYouth, Store } from '../../store/port.ts';
import type { Vault } from '../../store/vault.ts';

export interface DisclosureParts {
  store: Pick<Store, 'load'>;
  nav: Pick<NavRecords, 'agreements' | 'holdMessage'>;
  vault: Pick<Vault, 'seal'>;
  org: OrgId;
  now: IsoInstant;
  policy: Pick<Policy, 'consentAge'>;
}

/**
 * Consent and agreement are asked for again before every try to publish: they can be gone since the decision. What lacks a
 * consent is dropped; what lacks an agreement is kept, sealed, until one holds (heldMessages.ts).
 */
export async function stillPermitted(message: NavDisclosure, parts: DisclosureParts): Promise<boolean> {
  const { org } = parts;
  const { ref } = message;
  const loaded = (await parts.store.load(org, [ref])).get(ref);
  if (!isDisclosed(message, loaded, parts)) return false;
  if (agreementAt(await parts.nav.agreements(org), parts.now) !== null) return true;
  const sealed = parts.vault.seal(Buffer.from(JSON.stringify(message)));
  await parts.nav.holdMessage(org, { id: message.id, ref, sealed, held: parts.now });
  return false;
}

export function isDisclosed(
  message: NavDisclosure,
  loaded: LoadedYouth | undefined,
  at: Pick<DisclosureParts, 'now' | 'policy'>,
): boolean {
  return stillDisclosed(
    loaded?.youth,
    (alert) => alertIdOf(alert, message.ref) === message.value.alertId,
    at,
  );
}
