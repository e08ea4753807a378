import type { PersonRef } from '../../core/person/reference.ts';
import type { CompleteList, Doubtful, PastList } from '../../store/operationsPort.ts';

/**
 * Persons in earlier lists and not in this one. A broken row without a known person may be anyone who has gone
 * missing since the row first appeared; a person last seen in a list that already had the same row is not in it. The
 * candidates are doubtful for as long as the row is there, unless an operator vouches for the list.
 * @param past newest first.
 */
export function missingFrom(
  { refs, nameless, vouched }: Pick<CompleteList, 'refs' | 'nameless' | 'vouched'>,
  past: readonly PastList[],
): { absent: PersonRef[]; doubtful: Doubtful[] } {
  const accounted = new Set(refs);
  const absent: PersonRef[] = [];
  const doubtful: Doubtful[] = [];
  const judge = (ref: PersonRef, base: readonly string[]) => {
    if (accounted.has(ref)) return;
    accounted.add(ref);
    const earlierRows = new Set(base);
    if (vouched || nameless.every((row) => earlierRows.has(row))) absent.push(ref);
    else doubtful.push({ ref, base: [...base] });
  };
  for (const list of past) {
    for (const ref of list.refs) judge(ref, list.nameless);
    for (const { ref, base } of list.doubtful) judge(ref, base);
  }
  return { absent, doubtful };
}
