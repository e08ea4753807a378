import type { Outcome } from '../store/port.ts';

/** Everything that can become of a record on its way through the pipeline. */
export const ENDINGS = [
  'decided',
  'unchanged',
  'held',
  'manifest',
  'not-ours',
  'malformed',
  'behind-parked',
  'decision-failed',
  'youth-moved',
  'store-down',
  'fenced',
] as const;
export type Ending = (typeof ENDINGS)[number];

/**
 * - `advance`: the cursor moves past it, in the same transaction as its effect.
 * - `quarantine`: the cursor moves, the record is kept with all its problems.
 * - `park`: the cursor moves, the record waits behind its person; everybody else flows.
 * - `retry`: nothing moves; load and decide again.
 * - `drop`: another worker has the lane; nothing of the batch may be published.
 */
export type Action = 'advance' | 'quarantine' | 'park' | 'retry' | 'drop';

export interface Disposition {
  action: Action;
  /** How the record is counted; null when nothing has happened yet. */
  outcome: Outcome | null;
}

/** What happens to the offset: the most consequential decision of a consumer, in one table. */
export function disposition(ending: Ending): Disposition {
  switch (ending) {
    case 'decided':
      return { action: 'advance', outcome: 'applied' };
    case 'held':
      return { action: 'advance', outcome: 'applied' };
    case 'manifest':
      return { action: 'advance', outcome: 'applied' };
    case 'unchanged':
      return { action: 'advance', outcome: 'duplicate' };
    case 'not-ours':
      return { action: 'advance', outcome: 'rejected' };
    case 'malformed':
      return { action: 'quarantine', outcome: 'quarantined' };
    case 'behind-parked':
      return { action: 'park', outcome: 'parked' };
    case 'decision-failed':
      return { action: 'park', outcome: 'parked' };
    case 'youth-moved':
      return { action: 'retry', outcome: null };
    case 'store-down':
      return { action: 'retry', outcome: null };
    case 'fenced':
      return { action: 'drop', outcome: null };
  }
}
