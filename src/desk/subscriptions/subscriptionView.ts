import { SUBSCRIPTION } from '../../core/sentences/subscriptions.ts';
import type {
  Beginning,
  CallKind,
  StateReason,
  Subscription,
  SubscriptionState,
} from '../../core/subscription/subscription.ts';
import type { SigningKey, SubscriptionHealth } from '../../store/relayPort.ts';
import type { Backlog } from './receivers.ts';

/** A subscription as it is shown: no secret, and nothing that a receiver has answered. */
export interface SubscriptionView {
  id: string;
  name: string;
  url: string;
  orgnr: string | null;
  kinds: readonly CallKind[];
  owners: readonly string[] | null;
  protectedYouths: boolean;
  begins: Beginning;
  state: SubscriptionState;
  reason: StateReason | null;
  /** Bokmål: what the state means, and what to do. */
  text: string;
  /** A new address that waits for a second caller. */
  wantedUrl: { url: string; by: string; at: string } | null;
  failingSince: string | null;
  created: string;
  createdBy: string;
  version: number;
}

export function subscriptionView(subscription: Subscription): SubscriptionView {
  const { id, name, url, orgnr, kinds, owners, protectedYouths, begins, state, reason } = subscription;
  const { wantedUrl: wanted, failingSince, created, createdBy, version } = subscription;
  return {
    id,
    name,
    url,
    orgnr,
    kinds,
    owners,
    protectedYouths,
    begins,
    state,
    reason,
    text: TEXTS[state](reason),
    wantedUrl: wanted === null ? null : { url: wanted.url, by: wanted.by, at: wanted.at },
    failingSince,
    created,
    createdBy,
    version,
  };
}

const TEXTS: Readonly<Record<SubscriptionState, (reason: StateReason | null) => string>> = {
  pending: () => SUBSCRIPTION.nb.pending,
  active: () => SUBSCRIPTION.nb.active,
  paused: () => SUBSCRIPTION.nb.paused,
  disabled: (reason) => (reason === 'GONE' ? SUBSCRIPTION.nb.offGone : SUBSCRIPTION.nb.offFailing),
};

/** With how it goes, and its keys. */
export interface SubscriptionDetails extends SubscriptionView {
  health: SubscriptionHealth;
  /** What is not sent yet: `latest` sends one call for each youth. */
  backlog: Backlog;
  publicKeys: PublicKeyView[];
}

export interface PublicKeyView {
  kid: string;
  /** Standard Webhooks: `whpk_` and base 64. */
  publicKey: string;
  from: string;
  to: string | null;
}

/** The public halves of `v1a`; a `v1` key has none. */
export function publicKeysOf(keys: readonly SigningKey[]): PublicKeyView[] {
  return keys.flatMap(({ kid, publicKey, from, to }) =>
    publicKey === null ? [] : [{ kid, publicKey: `whpk_${publicKey.toString('base64')}`, from, to }],
  );
}
