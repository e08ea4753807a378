import type { AttemptEnd } from '../core/subscription/answer.ts';
import { epochOf } from '../core/time/date.ts';

/** Moments that are compared. With one the fullest second gets four times the mean of a thousand that failed together. */
const CHOICES = 8;
const FORGET_EVERY_S = 60;

/** Of a few moments for the next attempt, the one in whose second the fewest of the receiver's are due. */
export type Spread = (subscription: string, end: () => AttemptEnd) => AttemptEnd;

/** Knows what this process has put off; what others have is spread likewise. */
export function createSpread(now: () => number): Spread {
  /** Per subscription: how many are due in each second. */
  const due = new Map<string, Map<number, number>>();
  let forgetAt = 0;

  function forgetPast(): void {
    const second = Math.floor(now() / 1_000);
    if (second < forgetAt) return;
    forgetAt = second + FORGET_EVERY_S;
    for (const [subscription, seconds] of due) {
      for (const past of seconds.keys()) if (past < second) seconds.delete(past);
      if (seconds.size === 0) due.delete(subscription);
    }
  }

  return (subscription, end) => {
    const first = end();
    if (first.next.state !== 'waiting') return first;
    forgetPast();
    const seconds = due.get(subscription) ?? new Map<number, number>();
    due.set(subscription, seconds);
    const secondOf = ({ next }: AttemptEnd) =>
      next.state === 'waiting' ? Math.floor(epochOf(next.nextAt) / 1_000) : 0;
    const dueWith = (ended: AttemptEnd) => seconds.get(secondOf(ended)) ?? 0;
    const others = Array.from({ length: CHOICES - 1 }, end);
    const chosen = others.reduce((best, other) => (dueWith(other) < dueWith(best) ? other : best), first);
    seconds.set(secondOf(chosen), dueWith(chosen) + 1);
    return chosen;
  };
}
