import type { OrganisationNumber } from '../access/principal.ts';
import type { OrgId } from '../organisation.ts';
import type { IsoInstant } from '../time/date.ts';

// Who is called about what. A subscription is a cursor over committed events: it holds none itself, so that pausing or
// disabling it loses nothing.

/** What a receiver can be called about. There is no kind for what comes from NAV: who got such a call would know its
 *  content. `receipt`: a submission of the subscriber's own is final. `nav-withdrawal`, for NAV alone: it may no longer use a
 *  row of a list that it was given. */
export const CALL_KINDS = ['status', 'alert', 'status-group', 'receipt', 'nav-withdrawal'] as const;
export type CallKind = (typeof CALL_KINDS)[number];

/** Of no youth that the subscriber knows by a reference. */
export type OtherKind = 'receipt' | 'nav-withdrawal';

/**
 * - `pending`: the receiver has not shown that the address is its own; nothing is sent.
 * - `active`: planned and sent.
 * - `paused`: by its owner; the cursor does not move.
 * - `disabled`: by the bridge, with a reason; the cursor does not move.
 */
export const SUBSCRIPTION_STATES = ['pending', 'active', 'paused', 'disabled'] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

/** Why it is not active. `GONE`: the receiver answered 410. `FAILING`: five days without one success. `URL_CHANGED`,
 *  `NEW`: to be verified. `OWNER`: paused. */
export type StateReason = 'NEW' | 'URL_CHANGED' | 'OWNER' | 'GONE' | 'FAILING';

/** Where a new subscription begins: stated by its owner, there is no default. */
export const BEGINNINGS = ['now', 'school-year', 'all'] as const;
export type Beginning = (typeof BEGINNINGS)[number];

export interface Subscription {
  id: string;
  org: OrgId;
  /** By `senderOf`: whose it is, and for whom references are made. */
  subscriber: string;
  /** Null in an open installation. */
  orgnr: OrganisationNumber | null;
  name: string;
  url: string;
  kinds: readonly CallKind[];
  /** Owner units whose youths it is about; null: all. Receipts have none and are not filtered. */
  owners: readonly string[] | null;
  /** Asks to hear of youths at a strictly protected address; the grant decides (D01). */
  protectedYouths: boolean;
  begins: Beginning;
  /** Events recorded before are not planned; null: all are. */
  beginsAt: IsoInstant | null;
  state: SubscriptionState;
  reason: StateReason | null;
  /** A new address, until a second person approves it; `url` stays in use. */
  wantedUrl: WantedUrl | null;
  /** Of the first failure since the last success. */
  failingSince: IsoInstant | null;
  created: IsoInstant;
  createdBy: string;
  /** Rises with each change (optimistic locking). */
  version: number;
}

export interface WantedUrl {
  url: string;
  /** Name and key of the caller who asked. */
  by: string;
  key: string;
  at: IsoInstant;
}
