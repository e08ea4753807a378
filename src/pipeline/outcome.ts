import type { Outcome } from '../store/port.ts';

/**
 * What a record can come to when its batch is decided. In all of them the cursor moves past it, in the transaction of
 * its effect; whether a batch as a whole is committed, decided again or dropped is `CommitResult`.
 */
export type Ending =
  | 'decided'
  /** A duplicate, or nothing new. */
  | 'unchanged'
  /** Kept until its list is complete. */
  | 'held'
  | 'manifest'
  | 'not-ours'
  /** From one of NAV's registers, about a youth of whom it may not be kept, or about no youth of the county's. */
  | 'not-kept'
  | 'malformed'
  /** Waits behind a parked record of the same person. */
  | 'behind-parked'
  /** Broke an invariant: the person's records wait from here on, all others flow. */
  | 'decision-failed';

/** How the record is counted, and what its receipt says. */
export const OUTCOME: Readonly<Record<Ending, Outcome>> = {
  decided: 'applied',
  unchanged: 'duplicate',
  held: 'applied',
  manifest: 'applied',
  'not-ours': 'rejected',
  'not-kept': 'rejected',
  malformed: 'quarantined',
  'behind-parked': 'parked',
  'decision-failed': 'parked',
};
