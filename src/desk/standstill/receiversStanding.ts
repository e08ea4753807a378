import type { Organisation } from '../../core/organisation.ts';
import type { Subscription } from '../../core/subscription/subscription.ts';
import { epochOf } from '../../core/time/date.ts';
import type { SubscriptionHealth } from '../../store/relayPort.ts';
import type { DeskParts } from '../parts.ts';
import { subscriptionView } from '../subscriptions/subscriptionView.ts';
import { type Standing, standing } from './standing.ts';

/** A call goes out within seconds. */
const STILL_MS = 60_000;

type Parts = Pick<DeskParts, 'subscriptions' | 'now'>;

/** Receivers that get nothing. */
export async function receiversStanding(
  { subscriptions, now }: Parts,
  { id: org }: Organisation,
): Promise<Standing[]> {
  const all = await subscriptions.subscriptions(org);
  const found = await Promise.all(
    all.map(async (each) => receiver(each, await subscriptions.health(org, each.id), now())),
  );
  return found.flat();
}

function receiver(subscription: Subscription, health: SubscriptionHealth, now: number): Standing[] {
  const { name, state, failingSince, created } = subscription;
  const { waiting: count, oldestWaiting, lastOutcome } = health;
  switch (state) {
    case 'disabled': {
      const { text } = subscriptionView(subscription);
      return [
        standing('RECEIVER_DISABLED', { name, count, since: failingSince ?? oldestWaiting, detail: text }),
      ];
    }
    case 'paused':
      return count === 0 ? [] : [standing('RECEIVER_PAUSED', { name, count, since: oldestWaiting })];
    case 'pending':
      return now - epochOf(created) < STILL_MS
        ? []
        : [standing('RECEIVER_UNVERIFIED', { name, since: created })];
    case 'active':
      if (failingSince !== null)
        return [standing('RECEIVER_FAILING', { name, count, since: failingSince, detail: lastOutcome })];
      if (oldestWaiting === null || now - epochOf(oldestWaiting) < STILL_MS) return [];
      return [standing('RECEIVER_STILL', { name, count, since: oldestWaiting })];
  }
}
