/** When a complete list is so much shorter than the one before that a human confirms it before anything is
 *  concluded (E02, F03): a half-filled list would else make hundreds of youths «gone» in one night. */
export interface ShrinkageLimit {
  /** Share of the previous list, 0–1. */
  share: number;
  /** Up to this many may go whatever share they are: a county's list of eight may lose three. */
  count: number;
}

/** A school year's end moves some per cent of a county's list in a night; a tenth has another reason. */
export const SHRINKAGE_LIMIT: ShrinkageLimit = { share: 0.1, count: 10 };

/** @param previous size of the last concluded list. @param gone how many of them are missing. */
export function shrunk(previous: number, gone: number, limit: ShrinkageLimit): boolean {
  return gone > limit.count && gone > previous * limit.share;
}
