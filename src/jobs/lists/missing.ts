import type { CompleteList, Doubtful, PastList } from '../../store/deskPort.ts';

/**
 * Who was in the lists before and is not in this one. A broken row whose person cannot be known may be anybody who has
 * gone missing since the row first stood there, and nobody else: who was last seen in a list that had the same row
 * already is another. Those it may be are in doubt, as long as it stands there, until a person says otherwise.
 * @param past newest first.
 */
export function missingFrom(
  { refs, nameless, vouched }: Pick<CompleteList, 'refs' | 'nameless' | 'vouched'>,
  past: readonly PastList[],
): { absent: string[]; doubtful: Doubtful[] } {
  const accounted = new Set(refs);
  const absent: string[] = [];
  const doubtful: Doubtful[] = [];
  const judge = (ref: string, base: readonly string[]) => {
    if (accounted.has(ref)) return;
    accounted.add(ref);
    const stoodThere = new Set(base);
    if (vouched || nameless.every((row) => stoodThere.has(row))) absent.push(ref);
    else doubtful.push({ ref, base: [...base] });
  };
  for (const list of past) {
    for (const ref of list.refs) judge(ref, list.nameless);
    for (const { ref, base } of list.doubtful) judge(ref, base);
  }
  return { absent, doubtful };
}
