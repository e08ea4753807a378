import { backoff } from '../core/backoff.ts';

/** Milliseconds before retry number `attempt`; with jitter so that partitions spread out. */
export const retryPause = backoff({
  first: 100,
  longest: 5_000,
  jitter: { share: 0.2, random: Math.random },
});
