import type { OrgId } from '../organisation.ts';
import type { IsoInstant } from '../time/date.ts';
import type { Call } from './call.ts';
import { noticed } from './notice.ts';
import type { CallKind, StateReason } from './subscription.ts';

// What a receiver is sent, field by field; schemas/webhook mirrors these shapes. Thin: what has changed is read from the
// API, where the reader is known and each reading is on record.

/** A call about something that has changed. */
export interface CallBody {
  type: `no.otbridge.ot.${CallKind}.v1`;
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
export function bodyOf(
  org: OrgId,
  call: Pick<Call, 'kind' | 'ref' | 'subject' | 'version' | 'recorded'>,
  { id, pairwise, base }: { id: string; pairwise: string | null; base: string },
): CallBody | NoticeBody {
  const { kind, subject, version, recorded: timestamp } = call;
  const address = `${base}/organisations/${org}`;
  switch (kind) {
    case 'notice':
      return { type: 'no.otbridge.subscription.disabled.v1', timestamp, data: noticed(subject ?? '') };
    case 'receipt':
      return about(kind, timestamp, { org, id, href: `${address}/receipts/${subject}` });
    case 'status':
    case 'alert':
    case 'status-group': {
      const ref = pairwise ?? '';
      const path = {
        status: `youths/${ref}`,
        alert: `alerts/${subject}-${ref}`,
        'status-group': `groups/${ref}`,
      };
      return about(kind, timestamp, { org, ref, version, id, href: `${address}/${path[kind]}` });
    }
  }
}

function about(kind: CallKind, timestamp: IsoInstant, data: CallBody['data']): CallBody {
  return { type: `no.otbridge.ot.${kind}.v1`, timestamp, data };
}
