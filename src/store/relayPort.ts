import type { OrganisationNumber } from '../core/access/principal.ts';
import type { OrgId } from '../core/organisation.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { AttemptEnd, AttemptOutcome } from '../core/subscription/answer.ts';
import type { Call } from '../core/subscription/call.ts';
import type { NotHeard, WithheldFor } from '../core/subscription/mayHear.ts';
import type {
  CallKind,
  StateReason,
  Subscription,
  SubscriptionState,
  WantedUrl,
} from '../core/subscription/subscription.ts';
import type { WarningStep } from '../core/subscription/warning.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { NavWithdrawal } from './navPort.ts';
import type { LoadedYouth, StoredRecord } from './port.ts';

// What the relay and the desk keep about subscriptions. Two implementations, one contract suite
// (test/store/relayContract.ts). Nothing of it is written by the pipeline's commit.

/** What a subscription and its owner may do. */
export interface SubscriptionRecords {
  /** With a cursor for each lane of the organisation: what is committed now for `now`, otherwise 0. A lane that is added
   *  later begins at 0. */
  addSubscription(entry: Subscription, keys: readonly SigningKey[]): Promise<void>;
  /** Closed ones are absent. */
  subscriptions(org: OrgId): Promise<Subscription[]>;
  subscription(org: OrgId, id: string): Promise<Subscription | undefined>;
  /** With the next version. False when `seen` is no longer the current one. */
  changeSubscription(change: SubscriptionChange): Promise<boolean>;
  /** Nothing more is sent; deliveries and attempts stay 90 days. False when unknown. */
  closeSubscription(org: OrgId, id: string, at: IsoInstant): Promise<boolean>;
  /** Keys that sign now. */
  signingKeys(subscription: string, at: IsoInstant): Promise<SigningKey[]>;
  /** Public keys of all subscriptions that sign now or signed within the last 24 h. */
  publicKeys(at: IsoInstant): Promise<{ kid: string; publicKey: Buffer }[]>;
  /** Adds keys; those before end at `overlapUntil`. False when ten are in use already. */
  rotateKeys(subscription: string, keys: readonly SigningKey[], overlapUntil: IsoInstant): Promise<boolean>;
  deliveries(org: OrgId, id: string, page: DeliveryPage): Promise<Delivery[]>;
  delivery(org: OrgId, id: string, delivery: string): Promise<(Delivery & { log: Attempt[] }) | undefined>;
  health(org: OrgId, id: string): Promise<SubscriptionHealth>;
  addReplay(replay: Replay): Promise<void>;
  replay(org: OrgId, id: string): Promise<Replay | undefined>;
  replays(org: OrgId, subscription: string): Promise<Replay[]>;
  /** `running` or `stopped`; false when it has ended. */
  changeReplay(org: OrgId, id: string, state: 'running' | 'stopped'): Promise<boolean>;
  /** Deliveries that the filter names: how many, and the first few. */
  replayable(
    org: OrgId,
    subscription: string,
    filter: ReplayFilter,
  ): Promise<{ count: number; sample: Delivery[] }>;
  replayFailures(org: OrgId, id: string, page: { after: string | null; limit: number }): Promise<Delivery[]>;
}

export interface SubscriptionChange {
  org: OrgId;
  id: string;
  seen: number;
  name?: string;
  kinds?: readonly CallKind[];
  owners?: readonly string[] | null;
  url?: string;
  wantedUrl?: WantedUrl | null;
  state?: SubscriptionState;
  reason?: StateReason | null;
  /** On enabling, what to do with what has not been sent: `latest` and `now` mark the rest `superseded`, with why. */
  from?: { what: 'all' | 'latest' | 'now'; reason: string | null; at: IsoInstant };
}

/** How calls are signed: `v1` HMAC-SHA-256, `v1a` Ed25519. */
export interface SigningKey {
  kid: string;
  scheme: 'v1' | 'v1a';
  /** Sealed by the vault: 32 secret bytes, or the private key in PKCS #8 DER. */
  sealed: Buffer;
  /** Raw 32 bytes of `v1a`; null of `v1`. */
  publicKey: Buffer | null;
  from: IsoInstant;
  to: IsoInstant | null;
}

export const DELIVERY_STATES = ['waiting', 'delivered', 'exhausted', 'withheld', 'superseded'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface Delivery extends Omit<Call, 'hidden' | 'owners'> {
  /** Rising, decimal; opaque outside. */
  id: string;
  subscription: string;
  webhookId: string;
  state: DeliveryState;
  withheldFor: WithheldFor | null;
  attempts: number;
  lastOutcome: AttemptOutcome | null;
  /** When the next attempt is due; null when it has ended, or waits for an older one about the same youth or for an
   *  agreement with NAV. */
  nextAt: IsoInstant | null;
  ended: IsoInstant | null;
  /** Replay that it is sent again for; null the first time. */
  replay: string | null;
}

/** No body and no header of the receiver: neither is kept. */
export interface Attempt {
  number: number;
  at: IsoInstant;
  ms: number | null;
  outcome: AttemptOutcome;
  httpStatus: number | null;
}

export interface DeliveryPage {
  state: DeliveryState | null;
  after: string | null;
  limit: number;
}

export interface SubscriptionHealth {
  waiting: number;
  oldestWaiting: IsoInstant | null;
  delivered24h: number;
  failed24h: number;
  lastSuccess: IsoInstant | null;
  lastOutcome: AttemptOutcome | null;
}

export type ReplayFilter =
  /** Webhook ids. */
  | { ids: readonly string[] }
  | { from: IsoInstant; to: IsoInstant }
  | { failure: AttemptOutcome | 'exhausted' };

export interface Replay {
  id: string;
  org: OrgId;
  subscription: string;
  filter: ReplayFilter;
  state: 'paused' | 'running' | 'stopped' | 'done';
  /** Only to this address: a test of a disabled receiver. */
  testUrl: string | null;
  reason: string;
  by: string;
  created: IsoInstant;
  total: number;
  sent: number;
  failed: number;
  withheld: number;
}

/** How a planning turn ended. `none`: no subscription is active. `taken`: another process has the turn. */
export type Turn = 'planned' | 'idle' | 'none' | 'taken';

/** What the relay works with. */
export interface RelayQueue {
  /** Plans one round for the organisation. One transaction: new deliveries and moved cursors together. */
  planTurn(org: OrgId, at: IsoInstant, plan: (turn: PlanningTurn) => Promise<Plan>): Promise<Turn>;
  /** What a turn for one subscription alone would be, whatever its state: for counting. Undefined when unknown. */
  look<T>(org: OrgId, id: string, work: (turn: PlanningTurn) => Promise<T>): Promise<T | undefined>;
  /** Takes further deliveries into the replays that run, at most `limit`. @returns how many */
  fillReplays(at: IsoInstant, limit: number): Promise<number>;
  /**
   * Leases due deliveries. Of each youth of a subscription only the oldest that has not ended: the next waits for it.
   * @param perSubscription most in flight of one, those leased before included
   */
  take(asked: {
    now: IsoInstant;
    leasedUntil: IsoInstant;
    most: number;
    perSubscription: number;
  }): Promise<Leased[]>;
  /**
   * Begins an attempt: with the lease still current, what is known now is judged, the attempt is stored, and `handOver`
   * writes the request. For what discloses a NAV answer all of it under a lock on the youth's row, so that no
   * withdrawal is committed between the judgement and the request.
   */
  begin(
    leased: Leased,
    attempt: {
      at: IsoInstant;
      judge(known: {
        subscription: Subscription | undefined;
        youth: LoadedYouth | undefined;
      }): Promise<NotHeard | null>;
      handOver(): Promise<void>;
    },
  ): Promise<'begun' | NotHeard | 'lost'>;
  /** Stores how an attempt ended, and the subscription's health with it. False when the lease is no longer current. */
  end(leased: Leased, ended: AttemptEnd): Promise<boolean>;
  /** Gives a lease back without an attempt. */
  release(leased: Leased, nextAt: IsoInstant): Promise<boolean>;
  /** Gives a lease back without an attempt: it is not taken again before `resume`. */
  awaitAgreement(leased: Leased): Promise<boolean>;
  /** Organisations of which a delivery waits for an agreement. */
  awaitingAgreement(): Promise<OrgId[]>;
  /** What waited for an agreement is due. @returns how many */
  resume(org: OrgId, at: IsoInstant): Promise<number>;
  /** Deletes deliveries that ended before, with their attempts. @returns how many */
  forget(endedBefore: IsoInstant, limit: number): Promise<number>;
  /** Subscriptions that fail or wait, for metrics and alarms. */
  pulse(): Promise<SubscriptionPulse[]>;
  /** Adds a call to the owner's other receivers: a subscription has been disabled. Idempotent. */
  addNotices(
    disabled: string,
    at: IsoInstant,
    webhookIdOf: (subscription: string, eventId: string) => string,
  ): Promise<void>;
  /** False when this step of the way has been reported before. */
  noteWarning(subscription: string, step: WarningStep): Promise<boolean>;
  /** When the next delivery is due of any subscription that has a place left; null when none waits. */
  nextDue(asked: { now: IsoInstant; perSubscription: number }): Promise<IsoInstant | null>;
}

export interface PlanningTurn {
  /** At least those that have not planned all that is committed, and those that are called about receipts. */
  subscriptions: PlannedSubscription[];
  /** Lanes of the organisation, each with the offset up to which records are committed. */
  lanes: { id: number; nextOffset: bigint }[];
  /** Committed records of a lane from `from` to below `upto`, at most `limit` or one more: both halves of a record that
   *  merged two youths come together. With the place of the youth's record before. */
  records(lane: number, from: bigint, upto: bigint, limit: number): Promise<PlannedRecord[]>;
  /** All records of the youths, oldest first. */
  histories(refs: readonly PersonRef[]): Promise<Map<PersonRef, StoredRecord[]>>;
  /** Withdrawals of rows of the lists that the subscriber was given, which it has not been called about: the oldest, and the
   *  cursor after them. */
  navWithdrawals(
    subscription: Subscription,
    limit: number,
  ): Promise<{ withdrawals: NavWithdrawal[]; upto: bigint }>;
  /** Final receipts of the sender that it has not been called about. */
  finalReceipts(subscription: Subscription, limit: number): Promise<{ id: string; at: IsoInstant }[]>;
}

/** An active subscription as the planner sees it. */
export interface PlannedSubscription {
  subscription: Subscription;
  /** Lane id → offset up to which events are planned. */
  cursors: ReadonlyMap<number, bigint>;
  /** Events below these offsets are skipped: listed and never sent. */
  skipBelow: ReadonlyMap<number, bigint>;
  /** Of events below these only the last about each matter will be sent. */
  latestBelow: ReadonlyMap<number, bigint>;
}

export interface PlannedRecord extends StoredRecord {
  previous: { lane: number; offset: bigint } | null;
}

export interface Plan {
  deliveries: PlannedDelivery[];
  cursors: { subscription: string; lane: number; upto: bigint }[];
  /** How far withdrawals of rows of NAV's lists are planned. */
  withdrawals?: { subscription: string; upto: bigint }[];
}

export interface PlannedDelivery {
  subscription: string;
  webhookId: string;
  call: Call;
  /** Skipped by its owner's choice. */
  superseded: boolean;
}

export interface Leased {
  delivery: Delivery;
  subscription: Subscription;
  /** Instead of the subscription's: a replay that tries a receiver. */
  testUrl: string | null;
  /** Fencing number: an update with an older one changes nothing. */
  lease: number;
}

export interface SubscriptionPulse {
  org: OrgId;
  subscription: string;
  subscriber: string;
  orgnr: OrganisationNumber | null;
  state: SubscriptionState;
  failingSince: IsoInstant | null;
  waiting: number;
  oldestWaiting: IsoInstant | null;
}
