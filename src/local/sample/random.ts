// A seeded generator of our own, so that the sample county is the same bytes on every machine and every version of
// Node. Mulberry32 (Tommy Ettinger, public domain): 32 bits of state are enough for a county.

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number in [low, high], both ends included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** @throws on an empty list. */
  pick<T>(list: readonly T[]): T;
  /** One of the keys, with probability proportional to its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** A new list in random order. */
  shuffled<T>(list: readonly T[]): T[];
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => {
    if (high < low) throw new Error(`no whole number between ${low} and ${high}`);
    return low + Math.floor(next() * (high - low + 1));
  };
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick(list) {
      const chosen = list[between(0, list.length - 1)];
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    },
    weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
      const keys = Object.keys(weights) as K[];
      let left = next() * keys.reduce((sum, key) => sum + weights[key], 0);
      for (const key of keys) {
        left -= weights[key];
        if (left < 0) return key;
      }
      throw new Error('weights must be positive');
    },
    shuffled<T>(list: readonly T[]): T[] {
      const copy = [...list];
      for (let at = copy.length - 1; at > 0; at -= 1) {
        const other = between(0, at);
        const kept = copy[at] as T;
        copy[at] = copy[other] as T;
        copy[other] = kept;
      }
      return copy;
    },
  };
}
