import type { OrgId } from '../../core/organisation.ts';
import { SUBSCRIPTION } from '../../core/sentences/subscriptions.ts';
import type { Subscription } from '../../core/subscription/subscription.ts';
import type { Pairwise } from '../../store/pairwise.ts';
import type { Attempt, Delivery, DeliveryState } from '../../store/relayPort.ts';
import type { Vault } from '../../store/vault.ts';

/** A call as its subscription shows it. */
export interface DeliveryView {
  id: string;
  webhookId: string;
  kind: Delivery['kind'];
  /** The subscriber's own form; null of a receipt, and of a call that was withheld: whom it was about is not shared. */
  ref: string | null;
  version: number | null;
  /** The alert or the receipt it is about, as the call names it. */
  subject: string | null;
  recorded: string;
  state: DeliveryState;
  /** Bokmål. */
  text: string;
  attempts: number;
  nextAt: string | null;
  ended: string | null;
  replay: string | null;
}

export interface DeliveryDetails extends DeliveryView {
  log: Attempt[];
}

/** How the subscriber is given references; people who look at its calls see the same. */
export function namesFor(
  vault: Pick<Vault, 'pairwise'>,
  org: OrgId,
  { subscriber }: Pick<Subscription, 'subscriber'>,
): Pairwise {
  return vault.pairwise(org, subscriber);
}

/** Never why a call was withheld: that an address is hidden, or a consent withdrawn, is as sensitive as the call. */
export function deliveryView(names: Pairwise, delivery: Delivery): DeliveryView {
  const { id, webhookId, kind, recorded, state, attempts, nextAt, ended, replay } = delivery;
  const shared = state !== 'withheld';
  const ref = shared ? delivery.ref : null;
  return {
    id,
    webhookId,
    kind,
    ref: ref === null ? null : names.of(ref),
    version: ref === null ? null : delivery.version,
    subject: shared ? subjectOf(names, delivery) : null,
    recorded,
    state,
    text: TEXTS[state],
    attempts,
    nextAt,
    ended,
    replay,
  };
}

function subjectOf(names: Pairwise, { kind, ref, subject }: Delivery): string | null {
  if (subject === null || kind === 'receipt' || kind === 'nav-withdrawal' || kind === 'notice')
    return subject;
  return ref === null ? null : names.alertId(subject, ref);
}

const TEXTS: Readonly<Record<DeliveryState, string>> = {
  waiting: SUBSCRIPTION.nb.waiting,
  delivered: SUBSCRIPTION.nb.delivered,
  exhausted: SUBSCRIPTION.nb.exhausted,
  withheld: SUBSCRIPTION.nb.withheld,
  superseded: SUBSCRIPTION.nb.superseded,
};
