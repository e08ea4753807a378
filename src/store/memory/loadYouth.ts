import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { UNKNOWN_YOUTH } from '../../core/youth/youth.ts';
import { unpackStored } from '../form/storedTail.ts';
import type { LoadedYouth } from '../port.ts';
import type { MemoryState } from './state.ts';

export function loadYouth(
  state: MemoryState,
  org: OrgId,
  ref: PersonRef,
  kept: number | null = null,
): LoadedYouth {
  const stored = state.youths.get(`${org}/${ref}`);
  const unread = stored !== undefined && stored.version === kept;
  return {
    ref,
    version: stored?.version ?? 0,
    mergedInto: state.merged.get(`${org}/${ref}`) ?? null,
    get youth() {
      if (unread) throw new Error('a youth that is kept was not read');
      return stored ? unpackStored(stored) : UNKNOWN_YOUTH;
    },
    parked: state.parked.some((item) => item.org === org && item.ref === ref && !item.released),
    tail: stored?.tail?.length ?? 0,
    unread,
    last: stored ? { lane: stored.lane, offset: stored.offset } : null,
  };
}
