import { percentile } from './measure.ts';

// Runs of two or more by turns: what else the machine does changes from minute to minute, and meets all of them alike.

/** A B B A, so many times; of three A B C C B A. Half a round: each once. */
export function turns<T>(of: readonly T[], rounds: number): T[] {
  const whole = Array.from({ length: Math.ceil(rounds) }, () => [...of, ...of.toReversed()]).flat();
  return whole.slice(0, Math.round(2 * rounds * of.length));
}

/** Of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  if (Number.isInteger(middle))
    return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
  return percentile(sorted, 0.5);
}
