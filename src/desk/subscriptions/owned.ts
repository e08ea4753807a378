import { type Principal, senderOf } from '../../core/access/principal.ts';
import type { Organisation } from '../../core/organisation.ts';
import { SUBSCRIPTION } from '../../core/sentences/subscriptions.ts';
import type { Subscription } from '../../core/subscription/subscription.ts';
import type { SubscriptionChange } from '../../store/relayPort.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';

type Parts = Pick<DeskParts, 'subscriptions'>;

/** A system sees its own subscriptions; people with the role, and the caller of an open installation, all of the county. */
export function isShownTo(principal: Principal, { subscriber }: Pick<Subscription, 'subscriber'>): boolean {
  return principal.kind !== 'machine' || subscriber === senderOf(principal);
}

/** @throws DeskRefusal UNKNOWN_SUBSCRIPTION, of another's too */
export async function subscriptionNamed(
  { subscriptions }: Parts,
  { id: org }: Organisation,
  principal: Principal,
  id: string,
): Promise<Subscription> {
  const found = await subscriptions.subscription(org, id);
  if (found !== undefined && isShownTo(principal, found)) return found;
  throw unknownSubscription();
}

export function unknownSubscription(): DeskRefusal {
  return new DeskRefusal('UNKNOWN_SUBSCRIPTION', SUBSCRIPTION.nb.gone);
}

/** As it is after the change. @throws DeskRefusal SUBSCRIPTION_CHANGED when it is no longer as it was seen */
export async function changed(
  { subscriptions }: Parts,
  { org, id, version }: Subscription,
  change: Omit<SubscriptionChange, 'org' | 'id' | 'seen'>,
): Promise<Subscription> {
  const done = await subscriptions.changeSubscription({ org, id, seen: version, ...change });
  const after = done ? await subscriptions.subscription(org, id) : undefined;
  if (after !== undefined) return after;
  throw new DeskRefusal('SUBSCRIPTION_CHANGED', SUBSCRIPTION.nb.changed);
}
