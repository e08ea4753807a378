import type { PersonRef } from '../../core/person/reference.ts';
import type { YouthWrite } from '../port.ts';

/** One row of `p_rest->'merged'`. */
export interface MergedRow {
  ref: PersonRef;
  survivor: PersonRef;
}

/** The batch's merges, each with the final survivor. */
export function mergedRows(youths: readonly YouthWrite[]): MergedRow[] {
  const into = new Map<PersonRef, PersonRef>();
  for (const { ref, mergedInto } of youths) if (mergedInto !== null) into.set(ref, mergedInto);
  return [...into.keys()].map((ref) => ({ ref, survivor: last(into, ref) }));
}

function last(into: ReadonlyMap<PersonRef, PersonRef>, ref: PersonRef): PersonRef {
  for (let at = ref; ; ) {
    const next = into.get(at);
    if (next === undefined) return at;
    at = next;
  }
}
