import type { Organisation } from '../core/organisation.ts';
import { type IsoDate, type IsoInstant, instantOf } from '../core/time/date.ts';
import { osloDate } from '../core/time/oslo.ts';
import type { DeskParts } from './parts.ts';

/** Now by the organisation's own clock: a sample's is fixed until moved. */
export async function nowOf(
  { operations, now }: Pick<DeskParts, 'operations' | 'now'>,
  { id }: Organisation,
): Promise<IsoInstant> {
  return (await operations.virtualNow(id)) ?? instantOf(now());
}

/** Today by the same clock. */
export async function todayOf(
  parts: Pick<DeskParts, 'operations' | 'now'>,
  organisation: Organisation,
): Promise<IsoDate> {
  return osloDate(await nowOf(parts, organisation));
}
