import { compare } from '../../order.ts';
import type { IsoDate, IsoInstant } from '../../time/date.ts';
import { compareKeys } from '../../youth/factOrder.ts';

// Every choice between facts is made by what the facts say, and in the end by their keys: never by the order of arrival.

interface OrderedFact {
  source: string;
  id: string;
  effective: IsoDate;
  reported: IsoInstant | null;
  received: IsoInstant;
}

/** Does `one` hold rather than `other`? By effective date, then by when it was reported, then by key. */
export function holdsOver(one: OrderedFact, other: OrderedFact): boolean {
  if (one.effective !== other.effective) return one.effective > other.effective;
  const said = one.reported ?? one.received;
  const otherSaid = other.reported ?? other.received;
  if (said !== otherSaid) return said > otherSaid;
  return compareKeys(one, other) > 0;
}

/** The one that holds over all the others. */
export function latest<F extends OrderedFact>(facts: readonly F[]): F | null {
  let best: F | null = null;
  for (const fact of facts) if (best === null || holdsOver(fact, best)) best = fact;
  return best;
}

/** By when they became known, then by key. */
export function byKnown(one: ReceivedFact, other: ReceivedFact): number {
  return compare(one.firstReceived, other.firstReceived) || compareKeys(one, other);
}

/** Did `one` become known after `other`? */
export function knownLater(one: ReceivedFact, other: ReceivedFact): boolean {
  return byKnown(one, other) > 0;
}

interface ReceivedFact {
  source: string;
  id: string;
  firstReceived: IsoInstant;
}
