import type { Principal } from '../../core/access/principal.ts';
import type { Organisation } from '../../core/organisation.ts';
import { SUBSCRIPTION } from '../../core/sentences/subscriptions.ts';
import type { DeliveryPage } from '../../store/relayPort.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { type DeliveryDetails, type DeliveryView, deliveryView, namesFor } from './deliveryView.ts';
import { subscriptionNamed } from './owned.ts';

type Parts = Pick<DeskParts, 'subscriptions' | 'vault'>;

interface Asked {
  principal: Principal;
  id: string;
}

/** @throws DeskRefusal UNKNOWN_SUBSCRIPTION */
export async function deliveriesOf(
  parts: Parts,
  organisation: Organisation,
  { principal, id, ...page }: Asked & DeliveryPage,
): Promise<{ deliveries: DeliveryView[]; next: string | null }> {
  const { id: org } = organisation;
  const subscription = await subscriptionNamed(parts, organisation, principal, id);
  const found = await parts.subscriptions.deliveries(org, id, { ...page, limit: page.limit + 1 });
  const shown = found.slice(0, page.limit);
  const names = namesFor(parts.vault, org, subscription);
  return {
    deliveries: shown.map((each) => deliveryView(names, each)),
    next: found.length > page.limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** @throws DeskRefusal UNKNOWN_SUBSCRIPTION, UNKNOWN_DELIVERY */
export async function deliveryNamed(
  parts: Parts,
  organisation: Organisation,
  { principal, id, delivery }: Asked & { delivery: string },
): Promise<DeliveryDetails> {
  const { id: org } = organisation;
  const subscription = await subscriptionNamed(parts, organisation, principal, id);
  const found = await parts.subscriptions.delivery(org, id, delivery);
  if (found === undefined) {
    throw new DeskRefusal('UNKNOWN_DELIVERY', SUBSCRIPTION.nb.noDelivery);
  }
  return { ...deliveryView(namesFor(parts.vault, org, subscription), found), log: found.log };
}
