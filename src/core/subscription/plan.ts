import type { Call } from './call.ts';
import { inOrder } from './inOrder.ts';
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
 * Lanes are planned one after the other, each as far as the youths' records before are planned (`inOrder`): the rest waits
 * for another round.
 * @param skipBelow events below these offsets are listed and never sent
 */
export function planPage(
  subscription: Pick<Subscription, 'kinds' | 'owners' | 'protectedYouths' | 'beginsAt'>,
  { lane, records, upto }: RecordPage,
  cursors: Cursors,
  skipBelow: Cursors,
): PlannedPage {
  const placed = records.map((record) => ({ ...record, lane }));
  const taken = inOrder(placed, cursors).flatMap((step) => step.records);
  const skips = skipBelow.get(lane) ?? 0n;
  return {
    calls: taken.flatMap(({ offset, calls }) =>
      calls
        .filter((call) => asksFor(subscription, call))
        .map((call) => ({ call, superseded: offset < skips })),
    ),
    upto: records[taken.length]?.offset ?? upto,
  };
}
