import type { Permission } from '../../core/access/permission.ts';
import type { FeedAdapter, ListEnvelope } from '../../core/feedAdapter.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { instantOf } from '../../core/time/date.ts';
import type { DeskParts } from '../parts.ts';
import { rowHeaders } from '../submission/foreignRows.ts';
import { type DryRunView, dryRunView } from './dryRunView.ts';

interface Tried {
  rows: readonly Buffer[];
  envelope: ListEnvelope | null;
  permission: Pick<Permission, 'reach' | 'masked'>;
}

/** What the rows would lead to if they were sent now, and the youths they are about that are known here. Stores nothing,
 *  sends nothing.
 *  Of a masked permission only whether they would be accepted: what follows depends on what is known of the youth already */
export async function tryRows(
  parts: Pick<DeskParts, 'operations' | 'dryRun' | 'decode' | 'now'>,
  { id: org }: Organisation,
  adapter: FeedAdapter,
  { rows, envelope, permission }: Tried,
): Promise<{ view: DryRunView; met: ReadonlySet<PersonRef> }> {
  const received = (await parts.operations.virtualNow(org)) ?? instantOf(parts.now());
  const headersOf = rowHeaders(parts.decode, { adapter, envelope, reach: permission.reach });
  const records = rows.map((value) => ({ value, headers: headersOf(value) }));
  const { feed } = adapter;
  const tried = await parts.dryRun(org, feed, records, received);
  return { view: dryRunView(feed, tried, permission.masked), met: tried.met };
}
