/** Requests that each of many callers may make: a minute's without a pause, then as time gives them back. */
export interface TokenBuckets {
  readonly perMinute: number;
  /** Takes one. `retryAfterSeconds`: when there is one again; 0 when it was taken. */
  take(key: string): { taken: boolean; left: number; retryAfterSeconds: number };
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Callers remembered. A forgotten one begins again with a full bucket, so the longest silent ones are forgotten. */
const MOST_KEYS = 20_000;

/** @param now milliseconds, monotonic */
export function createTokenBuckets(
  perMinute: number,
  now: () => number = () => performance.now(),
  mostKeys: number = MOST_KEYS,
): TokenBuckets {
  // Each use moves a key to the end: the first is the longest silent.
  const buckets = new Map<string, Bucket>();
  const perMs = perMinute / 60_000;

  return {
    perMinute,
    take(key) {
      const at = now();
      const last = buckets.get(key);
      const tokens =
        last === undefined ? perMinute : Math.min(perMinute, last.tokens + (at - last.at) * perMs);
      const taken = tokens >= 1;
      const left = taken ? tokens - 1 : tokens;
      buckets.delete(key);
      buckets.set(key, { tokens: left, at });
      if (buckets.size > mostKeys) {
        const [oldest] = buckets.keys();
        if (oldest !== undefined) buckets.delete(oldest);
      }
      const wait = taken ? 0 : Math.ceil((1 - left) / perMs / 1_000);
      return { taken, left: Math.floor(left), retryAfterSeconds: Math.max(taken ? 0 : 1, wait) };
    },
  };
}
