import type { Organisation } from '../core/organisation.ts';
import { type IsoDate, instantOf } from '../core/time/date.ts';
import { osloDate } from '../core/time/oslo.ts';
import type { DeskParts } from './parts.ts';

/** Today by the organisation's own clock: a sample's is fixed until moved. */
export async function todayOf(
  { operations, now }: Pick<DeskParts, 'operations' | 'now'>,
  { id }: Organisation,
): Promise<IsoDate> {
  return osloDate((await operations.virtualNow(id)) ?? instantOf(now()));
}
