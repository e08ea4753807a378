import type { OrgId } from '../organisation.ts';
import type { IsoInstant } from '../time/date.ts';
import type { Call } from './call.ts';
import type { StateReason } from './subscription.ts';

// What a receiver is sent, field by field; schemas/webhook mirrors these shapes. Thin: what has changed is read from the
// API, where the reader is known and each reading is on record.

/** A call about something that has changed. */
export interface CallBody {
  type: `no.otbridge.ot.${Call['kind']}.v1`;
  /** When it was recorded. */
  timestamp: IsoInstant;
  data: {
    org: OrgId;
    /** The subscriber's own reference of the youth; absent of a receipt. */
    ref?: string;
    /** Rises for each youth; absent of a receipt. */
    version?: number;
    /** The same as the header `webhook-id`. */
    id: string;
    /** Where to read it as it is now. */
    href: string;
  };
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

/** @param names of the youth for this subscriber, and the address of the API without a slash at the end */
export function callBody(
  org: OrgId,
  { kind, ref, subject, version, recorded }: Pick<Call, 'kind' | 'ref' | 'subject' | 'version' | 'recorded'>,
  { id, pairwise, base }: { id: string; pairwise: string | null; base: string },
): CallBody {
  const address = `${base}/organisations/${org}`;
  const type = `no.otbridge.ot.${kind}.v1` as const;
  if (ref === null || pairwise === null)
    return { type, timestamp: recorded, data: { org, id, href: `${address}/receipts/${subject}` } };
  const href = {
    status: `${address}/youths/${pairwise}`,
    alert: `${address}/alerts/${subject}-${pairwise}`,
    'status-group': `${address}/groups/${pairwise}`,
    receipt: `${address}/receipts/${subject}`,
  }[kind];
  return { type, timestamp: recorded, data: { org, ref: pairwise, version, id, href } };
}
