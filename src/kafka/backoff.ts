const FIRST_MS = 100;
const LONGEST_MS = 5_000;

/** Exponential backoff before retry number `attempt` (1 = the first): doubling, ±20 % jitter so that lanes spread
 *  out. */
export function backoffMs(attempt: number): number {
  const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10));
  return pause * (0.8 + 0.4 * Math.random());
}
