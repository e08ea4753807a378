/** When a list is so much shorter than the one before that a person confirms it before anything is concluded (E02, F03):
 *  a half-filled list would else make hundreds of youths «gone» in one night. */
export interface ShrinkageLimit {
  /** Share of the previous list, 0–1. */
  share: number;
  /** Up to this many may go whatever share they are: a county's list of a hundred may lose ten. */
  count: number;
  /** Of a short list, too: no more than this share may go … */
  most: number;
  /** … save so few: a list of two may become empty, and one of three may not. */
  few: number;
}

/** A school year's end moves some per cent of a county's list in a night; a tenth has another reason. */
export const SHRINKAGE_LIMIT: ShrinkageLimit = { share: 0.1, count: 10, most: 0.5, few: 2 };

/**
 * A list has shrunk when more than ten and more than a tenth of the last one are gone, or more than two and more than
 * half of it.
 * @param previous size of the last concluded list. @param gone how many of them are missing.
 */
export function shrunk(previous: number, gone: number, limit: ShrinkageLimit): boolean {
  // A county that allows a larger share means it of short lists as well.
  const most = Math.max(limit.most, limit.share);
  return (
    (gone > limit.count && gone > previous * limit.share) || (gone > limit.few && gone > previous * most)
  );
}
