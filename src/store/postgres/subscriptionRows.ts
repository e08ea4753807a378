import type { OrganisationNumber } from '../../core/access/principal.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { AttemptOutcome } from '../../core/subscription/answer.ts';
import type { WithheldFor } from '../../core/subscription/mayHear.ts';
import type {
  Beginning,
  CallKind,
  StateReason,
  Subscription,
  SubscriptionState,
  WantedUrl,
} from '../../core/subscription/subscription.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Delivery, DeliveryState, Replay, ReplayFilter } from '../relayPort.ts';
import { iso } from './pool.ts';

/** Columns of a `SubscriptionRow`, with `s` the subscription and `o` its organisation. */
export const SUBSCRIPTION = `s.id, o.name as org, s.subscriber, s.orgnr, s.name, s.url, s.kinds, s.owners, s.protected_youths,
  s.begins, ${iso('s.begins_at')} as begins_at, s.state, s.reason, s.wanted_url, ${iso('s.failing_since')} as failing_since,
  ${iso('s.created')} as created, s.created_by, s.version`;

export interface SubscriptionRow {
  id: string;
  org: OrgId;
  subscriber: string;
  orgnr: OrganisationNumber | null;
  name: string;
  url: string;
  kinds: CallKind[];
  owners: string[] | null;
  protected_youths: boolean;
  begins: Beginning;
  begins_at: IsoInstant | null;
  state: SubscriptionState;
  reason: StateReason | null;
  wanted_url: WantedUrl | null;
  failing_since: IsoInstant | null;
  created: IsoInstant;
  created_by: string;
  version: number;
}

export function subscriptionOf(row: SubscriptionRow): Subscription {
  const { id, org, subscriber, orgnr, name, url, kinds, owners, begins, state, reason, created, version } =
    row;
  return {
    ...{ id, org, subscriber, orgnr, name, url, kinds, owners, begins, state, reason, created, version },
    protectedYouths: row.protected_youths,
    beginsAt: row.begins_at,
    wantedUrl: row.wanted_url,
    failingSince: row.failing_since,
    createdBy: row.created_by,
  };
}

/** Columns of a `DeliveryRow`, with `d` the delivery. */
export const DELIVERY = `d.id::text as id, d.subscription, d.event_id, d.webhook_id, d.kind, d.ref, d.subject, d.version, d.n,
  ${iso('d.recorded')} as recorded, d.takes_back, d.discloses_nav, d.state, d.withheld_for, d.attempts, d.last_outcome,
  case when d.ended is null then ${iso('d.next_at')} end as next_at, ${iso('d.ended')} as ended, d.replay`;

export interface DeliveryRow {
  id: string;
  subscription: string;
  event_id: string;
  webhook_id: string;
  kind: Delivery['kind'];
  ref: PersonRef | null;
  subject: string | null;
  version: number;
  n: number;
  recorded: IsoInstant;
  takes_back: boolean;
  discloses_nav: boolean;
  state: DeliveryState;
  withheld_for: WithheldFor | null;
  attempts: number;
  last_outcome: AttemptOutcome | null;
  next_at: IsoInstant | null;
  ended: IsoInstant | null;
  replay: string | null;
}

export function deliveryOf(row: DeliveryRow): Delivery {
  const { id, subscription, kind, ref, subject, version, n, recorded, state, attempts, ended, replay } = row;
  return {
    ...{ id, subscription, kind, ref, subject, version, n, recorded, state, attempts, ended, replay },
    eventId: row.event_id,
    webhookId: row.webhook_id,
    takesBack: row.takes_back,
    disclosesNav: row.discloses_nav,
    withheldFor: row.withheld_for,
    lastOutcome: row.last_outcome,
    nextAt: row.next_at,
  };
}

/** Columns of a `ReplayRow`, with `r` the replay and `o` its organisation. */
export const REPLAY = `r.id, o.name as org, r.subscription, r.filter, r.state, r.test_url, r.reason, r.started_by,
  ${iso('r.created')} as created, r.total, r.sent, r.failed, r.withheld`;

export interface ReplayRow {
  id: string;
  org: OrgId;
  subscription: string;
  filter: ReplayFilter;
  state: Replay['state'];
  test_url: string | null;
  reason: string;
  started_by: string;
  created: IsoInstant;
  total: number;
  sent: number;
  failed: number;
  withheld: number;
}

export function replayOf({ test_url, started_by, ...row }: ReplayRow): Replay {
  return { ...row, testUrl: test_url, by: started_by };
}
