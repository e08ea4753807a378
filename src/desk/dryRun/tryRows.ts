import type { Permission } from '../../core/access/permission.ts';
import type { FeedAdapter, ListEnvelope } from '../../core/feedAdapter.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { instantOf } from '../../core/time/date.ts';
import type { DryRun } from '../../pipeline/dryRun/dryRun.ts';
import type { DeskParts } from '../parts.ts';
import { rowHeaders } from '../submission/foreignRows.ts';
import { type DryRunView, dryRunView } from './dryRunView.ts';

interface Tried {
  rows: readonly Buffer[];
  envelope: ListEnvelope | null;
  permission: Pick<Permission, 'reach' | 'masked'>;
  /** What the sender calls the rows; else the first is 1. */
  numbers?: readonly number[];
  /** Is called with how many rows have been tried so far. */
  seen?: (rows: number) => void;
}

type Parts = Pick<DeskParts, 'operations' | 'dryRun' | 'decode' | 'now'>;

/** What the rows would lead to if they were sent now, and the youths they are about that are known here. Stores nothing,
 *  sends nothing.
 *  Of a masked permission only whether they would be accepted: what follows depends on what is known of the youth already */
export async function tryRows(
  parts: Parts,
  organisation: Organisation,
  adapter: FeedAdapter,
  submitted: Tried,
): Promise<{ view: DryRunView; met: ReadonlySet<PersonRef> }> {
  const tried = await triedRows(parts, organisation, adapter, submitted);
  return { view: dryRunView(adapter.feed, tried, submitted.permission.masked), met: tried.met };
}

/** The same before it is put in words. */
export async function triedRows(
  parts: Parts,
  { id: org }: Organisation,
  adapter: FeedAdapter,
  { rows, envelope, permission, numbers, seen }: Tried,
): Promise<DryRun> {
  const received = (await parts.operations.virtualNow(org)) ?? instantOf(parts.now());
  const headersOf = rowHeaders(parts.decode, { adapter, envelope, reach: permission.reach });
  const records = rows.map((value) => ({ value, headers: headersOf(value) }));
  return renumbered(await parts.dryRun(org, adapter.feed, records, received, seen), numbers);
}

function renumbered(tried: DryRun, numbers: readonly number[] | undefined): DryRun {
  if (numbers === undefined) return tried;
  const named = (row: number) => numbers[row - 1] ?? row;
  const rows = tried.rows.map((row) => ({
    ...row,
    row: named(row.row),
    repeats: row.repeats === null ? null : named(row.repeats),
  }));
  return { ...tried, rows };
}
