/** Limits beyond which an operator confirms a shorter list before anything is concluded (E02, F03): a half-filled
 *  list would otherwise report hundreds of youths absent in one night. */
export interface ShrinkageLimit {
  /** Share of the previous list, 0–1. */
  share: number;
  /** Up to this many may be missing whatever their share: a county's list of a hundred may lose ten. */
  count: number;
  /** For short lists: no more than this share may be missing … */
  most: number;
  /** … unless they are so few: a list of two may become empty, one of three may not. */
  few: number;
}

/** The end of a school year moves a few per cent of a county's list in a night; a tenth has another cause. */
export const SHRINKAGE_LIMIT: ShrinkageLimit = { share: 0.1, count: 10, most: 0.5, few: 2 };

/**
 * A list has shrunk when more than ten and more than a tenth of the last one are missing, or more than two and more
 * than half of it.
 * @param previous size of the last concluded list. @param gone how many of them are missing.
 */
export function shrunk(previous: number, gone: number, limit: ShrinkageLimit): boolean {
  // A larger share allowed by a county applies to short lists as well.
  const most = Math.max(limit.most, limit.share);
  return (
    (gone > limit.count && gone > previous * limit.share) || (gone > limit.few && gone > previous * most)
  );
}
