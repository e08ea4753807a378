import { factKey } from './youth.ts';

// A youth's facts are sorted by key, and every record is looked up among them. Keys are compared in parts: building
// the texts for every comparison was a tenth of a decision, and its largest part of the garbage.

interface Keyed {
  source: string;
  id: string;
}

/** Below 0, 0 or above 0, as the keys' texts compare. */
export function compareKeys(one: Keyed, other: Keyed): number {
  if (one.source === other.source) return one.id === other.id ? 0 : one.id < other.id ? -1 : 1;
  // Where one source begins with the other, the separator between source and id decides.
  if (one.source.startsWith(other.source) || other.source.startsWith(one.source))
    return factKey(one) < factKey(other) ? -1 : 1;
  return one.source < other.source ? -1 : 1;
}

/** Index of the fact with this key among sorted ones, or `~index` of where it belongs. */
export function placeOf(facts: readonly Keyed[], key: Keyed): number {
  let from = 0;
  let to = facts.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const order = compareKeys(facts[middle]!, key);
    if (order === 0) return middle;
    if (order < 0) from = middle + 1;
    else to = middle;
  }
  return ~from;
}
