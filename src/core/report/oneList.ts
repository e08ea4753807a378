import { OT_LISTS, OT_VOCABULARY, statusIn } from '../codelists/otStatus.ts';
import type { OtStatus } from '../youth/youthEvent.ts';
import type { Counted } from './counted.ts';

/**
 * The statuses in one list, the newest among them: a list may change in the middle of a school year, and a group digit
 * means nothing across lists (U04). A code is restated when it has one successor on the same side of the target group;
 * else it stays as it is, and a sum over both lists is refused.
 */
export function inOneList(registered: readonly Counted[]): Counted[] {
  const used = new Set(registered.map(({ registration }) => registration.status.list));
  if (used.size < 2) return [...registered];
  const newest = OT_LISTS.findLast(({ id }) => used.has(id))?.id;
  if (newest === undefined) return [...registered];
  return registered.map((each) => ({
    ...each,
    registration: { ...each.registration, status: restated(each.registration.status, newest) },
  }));
}

function restated(status: OtStatus, list: string): OtStatus {
  if (status.list === list) return status;
  const row = OT_VOCABULARY.successions.get(list)?.get(status.code);
  const entry = statusIn(list, row?.to ?? status.code);
  if (entry === undefined || entry.targetGroup !== status.targetGroup) return status;
  if (row !== undefined && row.alternatives.length > 0) return status;
  const { code, group, targetGroup } = entry;
  return { ...status, code, list, group, targetGroup };
}
