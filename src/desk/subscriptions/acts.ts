import type { Principal } from '../../core/access/principal.ts';
import type { Organisation } from '../../core/organisation.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { SUBSCRIPTION } from '../../core/sentences/subscriptions.ts';
import type { SubscriptionState } from '../../core/subscription/subscription.ts';
import { epochOf, instantOf } from '../../core/time/date.ts';
import { DeskRefusal } from '../refusal.ts';
import { changed, subscriptionNamed } from './owned.ts';
import type { Backlog, ReceiverAnswer } from './receivers.ts';
import { note, proven, type SubscriptionParts } from './subscriptions.ts';
import {
  type PublicKeyView,
  publicKeysOf,
  type SubscriptionView,
  subscriptionView,
} from './subscriptionView.ts';

// What is done with a subscription that exists. Each is idempotent, or refused with what to do first.

interface Asked {
  principal: Principal;
  id: string;
}

/** What was done, and what the receiver answered. */
export interface SubscriptionAnswered {
  subscription: SubscriptionView;
  answer: ReceiverAnswer;
}

/** Begins what was pending. @throws DeskRefusal RECEIVER_NOT_PROVEN */
export async function verifySubscription(
  parts: SubscriptionParts,
  organisation: Organisation,
  { principal, id }: Asked,
): Promise<SubscriptionAnswered> {
  const found = await subscriptionNamed(parts, organisation, principal, id);
  const answer = await proven(parts, found);
  const active = { state: 'active', reason: null } as const;
  const after = found.state === 'pending' ? await changed(parts, found, active) : found;
  note(parts, found, 'verify');
  return { subscription: subscriptionView(after), answer };
}

/** One signed call that is about nothing, whatever it is answered with. */
export async function testSubscription(
  parts: SubscriptionParts,
  organisation: Organisation,
  { principal, id }: Asked,
): Promise<SubscriptionAnswered> {
  const found = await subscriptionNamed(parts, organisation, principal, id);
  if (found.state === 'pending') throw notNow(SUBSCRIPTION.nb.proveFirst);
  const answer = await parts.receivers.test(found);
  note(parts, found, 'test');
  return { subscription: subscriptionView(found), answer };
}

export async function pauseSubscription(
  parts: SubscriptionParts,
  organisation: Organisation,
  { principal, id }: Asked,
): Promise<SubscriptionView> {
  const found = await subscriptionNamed(parts, organisation, principal, id);
  if (found.state === 'paused') return subscriptionView(found);
  if (found.state !== 'active') throw notNow('Det er ikke i gang, og ingenting sendes.');
  const after = await changed(parts, found, { state: 'paused', reason: 'OWNER' });
  note(parts, found, 'pause');
  return subscriptionView(after);
}

export interface EnableAsked extends Asked {
  /** What to do with what has not been sent: all of it, the newest of each youth, or nothing before now. */
  from: 'all' | 'latest' | 'now';
  /** Needed when something is skipped. */
  reason: string | null;
}

/** @returns what is sent for it. Skipped calls stay listed, as superseded */
export async function enableSubscription(
  parts: SubscriptionParts,
  organisation: Organisation,
  { principal, id, from, reason }: EnableAsked,
): Promise<{ subscription: SubscriptionView; backlog: Backlog }> {
  const found = await subscriptionNamed(parts, organisation, principal, id);
  const off: readonly SubscriptionState[] = ['paused', 'disabled'];
  if (!off.includes(found.state)) {
    throw notNow(found.state === 'pending' ? SUBSCRIPTION.nb.proveFirst : SUBSCRIPTION.nb.underWay);
  }
  if (from !== 'all' && reason === null) {
    throw new DeskRefusal('INVALID_REQUEST', DESK.nb.fixBelow, {
      problems: [
        {
          ...{
            code: 'MISSING_FIELD',
            field: 'reason',
            text: SUBSCRIPTION.nb.reasonMissing,
          },
          cure: SUBSCRIPTION.nb.reasonCure,
        },
      ],
    });
  }
  const backlog = await parts.receivers.backlog(organisation.id, id);
  const after = await changed(parts, found, {
    ...{ state: 'active', reason: null },
    from: { what: from, reason, at: instantOf(parts.now()) },
  });
  note(parts, found, 'enable');
  return { subscription: subscriptionView(after), backlog };
}

/** New keys sign together with those before until the overlap ends. `secret` is shown this once. */
export async function rotateSubscription(
  parts: SubscriptionParts,
  organisation: Organisation,
  { principal, id, overlapHours }: Asked & { overlapHours: number },
): Promise<{ secret: string; publicKeys: PublicKeyView[]; overlapUntil: string }> {
  const found = await subscriptionNamed(parts, organisation, principal, id);
  const at = instantOf(parts.now());
  const overlapUntil = instantOf(epochOf(at) + overlapHours * 3_600_000);
  const { secret, keys } = parts.receivers.newKeys(at);
  if (!(await parts.subscriptions.rotateKeys(id, keys, overlapUntil))) {
    throw new DeskRefusal('TOO_MANY_KEYS', SUBSCRIPTION.nb.manyKeys);
  }
  note(parts, found, 'rotate');
  const signing = await parts.subscriptions.signingKeys(id, at);
  return { secret, publicKeys: publicKeysOf(signing), overlapUntil };
}

function notNow(why: string): DeskRefusal {
  return new DeskRefusal('SUBSCRIPTION_STATE', `${SUBSCRIPTION.nb.notNow} ${why}`);
}
