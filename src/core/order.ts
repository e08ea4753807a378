/** Below 0, 0 or above 0: ascending, text by code units. */
export function compare<V extends string | number | bigint>(one: V, other: V): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Compares by a key, ascending; 0 for equals, which a sort leaves in the order they had. */
export function by<T>(key: (item: T) => string | number | bigint): (one: T, other: T) => number {
  return (one, other) => compare(key(one), key(other));
}
