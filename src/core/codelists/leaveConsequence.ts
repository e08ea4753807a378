// What a reason for leaving means for OT: a reading of the texts (domain reference §2.3, rule R40), one line per
// code so that an adviser can check it. The texts are in data/reasonCodes.ts.

/**
 * - `dropout`: tilmelding AVBRUTT.
 * - `expect-school`, `expect-apprenticeship`: no tilmelding; watch that the announced start is seen.
 * - `none`: still in training.
 * - `review-leave`: leave of absence or exchange; a human looks once.
 * - `no-show`, `declined`: never started; not a dropout.
 * - `completed`: passed the final test.
 * - `review-ended`: the contract is over, not completed.
 */
export type Consequence =
  | 'dropout'
  | 'expect-school'
  | 'expect-apprenticeship'
  | 'none'
  | 'review-leave'
  | 'no-show'
  | 'declined'
  | 'completed'
  | 'review-ended';

export const LEAVING_SCHOOL = {
  AF: 'dropout',
  AP: 'none',
  AR: 'dropout',
  AS: 'expect-school',
  FL: 'dropout',
  FR: 'dropout',
  FV: 'dropout',
  IM: 'no-show',
  LA: 'expect-apprenticeship',
  LV: 'dropout',
  MI: 'dropout',
  OP: 'dropout',
  PM: 'review-leave',
  PS: 'dropout',
  SL: 'dropout',
  SV: 'dropout',
  TN: 'declined',
  UH: 'dropout',
  UK: 'review-leave',
  US: 'review-leave',
  UV: 'review-leave',
  VA: 'dropout',
} as const satisfies Record<string, Consequence>;

export const END_OF_CONTRACT = {
  AB: 'completed',
  AF: 'dropout',
  AR: 'dropout',
  AS: 'expect-school',
  BR: 'dropout',
  EK: 'none',
  FL: 'dropout',
  FV: 'dropout',
  OK: 'dropout',
  ON: 'none',
  OP: 'dropout',
  PS: 'dropout',
  S1: 'review-ended',
  S2: 'review-ended',
  UP: 'review-ended',
} as const satisfies Record<string, Consequence>;

/** Reveal health or pregnancy. */
export const SENSITIVE: ReadonlySet<string> = new Set(['PS', 'SV']);
