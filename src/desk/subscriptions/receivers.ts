import type { OrgId } from '../../core/organisation.ts';
import type { AttemptOutcome } from '../../core/subscription/answer.ts';
import type { Subscription } from '../../core/subscription/subscription.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { SigningKey } from '../../store/relayPort.ts';

/** What a receiver answered: when, how it went, the code. Never its body. */
export interface ReceiverAnswer {
  at: IsoInstant;
  /** `not-proven`: it answered, and not as one who knows of the subscription. */
  outcome: AttemptOutcome | 'not-proven';
  httpStatus: number | null;
  ms: number | null;
}

/** Why an address is not called (bokmål). */
export interface UrlFault {
  text: string;
  cure: string;
}

/** What has not been sent to a subscription, planned or not. */
export interface Backlog {
  all: number;
  /** Only the last about each matter: a youth and kind; for alerts, each cause. */
  latest: number;
}

/** What the desk asks of the relay: it makes no call and no key itself. */
export interface Receivers {
  /** Before anything connects to it; null when the address may be called. */
  judgeUrl(url: string): UrlFault | null;
  /** The handshake: whether the address is the subscriber's own. */
  prove(subscription: Subscription): Promise<ReceiverAnswer>;
  backlog(org: OrgId, id: string): Promise<Backlog>;
  /** One signed call that is about nothing. */
  test(subscription: Subscription): Promise<ReceiverAnswer>;
  /** A pair of keys, sealed, that sign from now on; `secret` is shown once. */
  newKeys(at: IsoInstant): { secret: string; keys: readonly SigningKey[] };
}
