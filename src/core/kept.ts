/** More than the days of a lifetime, or what else few different keys give. */
const MOST = 40_000;

/**
 * The function, with what it has made kept by its key: for texts that are made of the same few keys in every decision.
 * Bounded, because a key may come from a record: when it is full it begins empty again.
 * @param make pure; what it gives is shared, so it is never changed
 */
export function kept<Key extends string | number, Value extends NonNullable<unknown>>(
  make: (key: Key) => Value,
): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    if (made.size === MOST) made.clear();
    made.set(key, value);
    return value;
  };
}
