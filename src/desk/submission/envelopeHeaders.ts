import type { ListEnvelope } from '../../core/feedAdapter.ts';
import { SYNC_CORRELATION, SYNC_LIST, SYNC_TOTAL, SYNC_TYPE } from '../../kafka/headers.ts';

/** The list's envelope as a producer on Kafka would write it. */
export function envelopeHeaders(envelope: ListEnvelope | null): Record<string, string> {
  if (envelope === null) return {};
  return {
    [SYNC_LIST]: envelope.list,
    [SYNC_CORRELATION]: envelope.run,
    [SYNC_TYPE]: envelope.type,
    ...(envelope.total === null ? {} : { [SYNC_TOTAL]: String(envelope.total) }),
  };
}
