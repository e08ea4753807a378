import type { YouthWrite } from '../port.ts';

/** One row of `p_rest->'merged'`. */
export interface MergedRow {
  ref: string;
  survivor: string;
}

/** Who was merged into whom by this batch, each with the one that is left at the end of it. */
export function mergedRows(youths: readonly YouthWrite[]): MergedRow[] {
  const into = new Map<string, string>();
  for (const { ref, mergedInto } of youths) if (mergedInto !== null) into.set(ref, mergedInto);
  return [...into.keys()].map((ref) => ({ ref, survivor: last(into, ref) }));
}

function last(into: ReadonlyMap<string, string>, ref: string): string {
  for (let at = ref; ; ) {
    const next = into.get(at);
    if (next === undefined) return at;
    at = next;
  }
}
