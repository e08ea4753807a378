import type { Call } from './call.ts';
import { asksFor } from './mayHear.ts';
import type { Subscription } from './subscription.ts';

// Which calls of a page of committed records a subscription gets, and how far its cursor moves.

/** One committed record of a lane, with the calls it leads to. */
export interface RecordCalls {
  offset: bigint;
  /** Place of the youth's record before; null for its first. */
  previous: { lane: number; offset: bigint } | null;
  calls: readonly Call[];
}

/** A page of a lane's records, in offset order. */
export interface RecordPage {
  lane: number;
  records: readonly RecordCalls[];
  /** Offset below which all of the lane is in this page or planned before. */
  upto: bigint;
}

/** How far each lane is planned, by its id. */
export type Cursors = ReadonlyMap<number, bigint>;

export interface PlannedPage {
  calls: { call: Call; superseded: boolean }[];
  upto: bigint;
}

/**
 * Lanes are planned one after the other, and a youth's records may be in several: a record waits until the youth's
 * record before it is planned, so that calls about a youth come in the order of its versions.
 * @param skipBelow events below these offsets are listed and never sent
 */
export function planPage(
  subscription: Pick<Subscription, 'kinds' | 'owners' | 'protectedYouths' | 'beginsAt'>,
  { lane, records, upto }: RecordPage,
  cursors: Cursors,
  skipBelow: Cursors,
): PlannedPage {
  const planned: PlannedPage = { calls: [], upto };
  // Of the same lane: it is before this one in the page, or below the cursor.
  const waits = ({ previous }: RecordCalls) =>
    previous !== null && previous.lane !== lane && previous.offset >= (cursors.get(previous.lane) ?? 0n);
  // Both halves of a record that merged two youths, or neither: half of it would be planned a second time, with what follows
  // waiting behind what has been sent.
  const first = records.find(waits)?.offset ?? null;
  for (const { offset, calls } of records) {
    if (first !== null && offset >= first) return { ...planned, upto: first };
    const superseded = offset < (skipBelow.get(lane) ?? 0n);
    for (const call of calls) if (asksFor(subscription, call)) planned.calls.push({ call, superseded });
  }
  return planned;
}
