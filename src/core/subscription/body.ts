import { withdrawalIn } from '../nav/withdrawal.ts';
import type { OrgId } from '../organisation.ts';
import type { IsoInstant } from '../time/date.ts';
import type { Call } from './call.ts';
import { noticed } from './notice.ts';
import type { CallKind, OtherKind, StateReason } from './subscription.ts';

// What a receiver is sent, field by field; schemas/webhook mirrors these shapes. Thin: what has changed is read from the
// API, where the reader is known and each reading is on record.

/** Kinds of calls about a youth. */
export type YouthKind = Exclude<CallKind, OtherKind>;

/** A call about a youth of whom something has changed. */
export interface YouthCallBody {
  type: `no.otbridge.ot.${YouthKind}.v1`;
  /** When it was recorded. */
  timestamp: IsoInstant;
  data: {
    org: string;
    /** The subscriber's own reference of the youth. */
    ref: string;
    /** Rises for each youth. */
    version: number;
    /** The same as the header `webhook-id`. */
    id: string;
    /** Where to read it as it is now. */
    href: string;
  };
}

/** A submission of the subscriber's own is final. */
export interface ReceiptCallBody {
  type: 'no.otbridge.ot.receipt.v1';
  timestamp: IsoInstant;
  data: Pick<YouthCallBody['data'], 'org' | 'id' | 'href'>;
}

/** NAV may no longer use a row of a list that it was given: since when, and nothing else. */
export interface WithdrawalCallBody {
  type: 'no.otbridge.ot.nav-withdrawal.v1';
  timestamp: IsoInstant;
  data: Pick<YouthCallBody['data'], 'org' | 'id'> & { batch: string; matchId: string };
}

/** Calls about the subscription itself. */
export type NoticeBody =
  | {
      type: 'no.otbridge.subscription.verification.v1';
      timestamp: IsoInstant;
      data: { subscription: string; challenge: string };
    }
  | { type: 'no.otbridge.subscription.test.v1'; timestamp: IsoInstant; data: { subscription: string } }
  | {
      type: 'no.otbridge.subscription.disabled.v1';
      timestamp: IsoInstant;
      data: { subscription: string; reason: StateReason };
    };

/** How a call names what it is about, for this subscriber. */
export interface CallNames {
  /** The webhook id. */
  id: string;
  /** Address of the API, without a slash at the end. */
  base: string;
  /** The subscriber's own reference of the youth. */
  ref: string;
  /** Of an alert. */
  alert: string;
}

/** A call about a youth. */
export function callBody(
  org: OrgId,
  { kind, version, recorded: timestamp }: Pick<Call, 'version' | 'recorded'> & { kind: YouthKind },
  { id, base, ref, alert }: CallNames,
): YouthCallBody {
  const path = { status: `youths/${ref}`, alert: `alerts/${alert}`, 'status-group': `groups/${ref}` }[kind];
  const href = `${base}/organisations/${org}/${path}`;
  return { type: `no.otbridge.ot.${kind}.v1`, timestamp, data: { org, ref, version, id, href } };
}

/** A call that names no youth: one of the subscriber's submissions, a row of a list, or another of its subscriptions. */
export function otherBody(
  org: OrgId,
  { kind, subject, recorded: timestamp }: Pick<Call, 'subject' | 'recorded'> & { kind: OtherKind | 'notice' },
  { id, base }: Pick<CallNames, 'id' | 'base'>,
): ReceiptCallBody | WithdrawalCallBody | NoticeBody {
  if (kind === 'notice')
    return { type: 'no.otbridge.subscription.disabled.v1', timestamp, data: noticed(subject ?? '') };
  if (kind === 'nav-withdrawal')
    return {
      type: 'no.otbridge.ot.nav-withdrawal.v1',
      timestamp,
      data: { org, id, ...withdrawalIn(subject ?? '') },
    };
  const href = `${base}/organisations/${org}/receipts/${subject}`;
  return { type: 'no.otbridge.ot.receipt.v1', timestamp, data: { org, id, href } };
}
