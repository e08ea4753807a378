/**
 * Exponential backoff: doubles with each attempt from `first` up to `longest`.
 * @param jitter spreads each pause by ± `share` of it, so that those who failed together do not retry together
 * @returns the pause before retry number `attempt` (1 = the first), in the unit of `first`
 */
export function backoff({
  first,
  longest,
  jitter,
}: {
  first: number;
  longest: number;
  jitter?: { share: number; random(): number };
}): (attempt: number) => number {
  return (attempt) => {
    const pause = Math.min(longest, first * 2 ** (attempt - 1));
    return jitter === undefined ? pause : pause * (1 + jitter.share * (2 * jitter.random() - 1));
  };
}
