// Of the thirty lists of a decision most are empty, and nearly all others have one item or two. An empty array that is
// pushed to takes room for 17 items, 152 bytes; one that is made with its items takes what it needs.

/** The list without items, one for all. It was made with one, so that it has the shape of lists that have some; not
 *  frozen, which would be another shape. */
export const NONE: readonly never[] = withoutItems();

/** The list with one more item. @param list `NONE`, or what this has given: no list of others, for it may grow in place */
export function added<T>(list: readonly T[], item: T): readonly T[] {
  switch (list.length) {
    case 0:
      return [item];
    case 1:
      return [list[0]!, item];
    case 2:
      return [list[0]!, list[1]!, item];
    default:
      // Made here.
      (list as T[]).push(item);
      return list;
  }
}

function withoutItems(): never[] {
  const list: unknown[] = [null];
  list.length = 0;
  return list as never[];
}
