import type { FeedAdapter, ListEnvelope } from '../../core/feedAdapter.ts';
import type { Organisation } from '../../core/organisation.ts';
import { instantOf } from '../../core/time/date.ts';
import type { DeskParts } from '../parts.ts';
import { envelopeHeaders } from '../submission/sendRows.ts';
import { type DryRunView, dryRunView } from './dryRunView.ts';

/** What the rows would lead to if they were sent now. Stores nothing, sends nothing.
 *  @param masked only whether they would be accepted: what follows depends on what is known of the youth already */
export async function tryRows(
  parts: Pick<DeskParts, 'operations' | 'dryRun' | 'now'>,
  { id: org }: Organisation,
  { feed }: FeedAdapter,
  { rows, envelope, masked }: { rows: readonly Buffer[]; envelope: ListEnvelope | null; masked: boolean },
): Promise<DryRunView> {
  const received = (await parts.operations.virtualNow(org)) ?? instantOf(parts.now());
  const headers = envelopeHeaders(envelope);
  const records = rows.map((value) => ({ value, headers }));
  return dryRunView(feed, await parts.dryRun(org, feed, records, received), masked);
}
