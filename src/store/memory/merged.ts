import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { MemoryState } from './state.ts';

/** Current reference of a merged youth: lists keep the references they were read under. */
export function currentRef(state: Pick<MemoryState, 'merged'>, org: OrgId, ref: PersonRef): PersonRef {
  for (let at = ref; ; ) {
    const into = state.merged.get(`${org}/${at}`);
    if (into === undefined) return at;
    at = into;
  }
}
