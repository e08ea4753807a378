import { hash } from 'node:crypto';
import type { FeedRecord, Shed } from './feedSource.ts';

/** A record is one event: a larger one is a list or a mistake. */
export const LARGEST_RECORD = 64 * 1024;

/** Drops the value of a record that is too large: a partition of them would fill the memory, and be stored
 *  permanently. */
export function lighten(record: FeedRecord): FeedRecord {
  if (record.value === null || record.value.length <= LARGEST_RECORD) return record;
  return { ...record, value: null, shed: shedOf(record.value, 'TOO_LARGE') };
}

/** Marks a record that the database refuses: its content is no longer read. */
export function unstorable(record: FeedRecord): FeedRecord {
  return record.value === null ? record : { ...record, shed: shedOf(record.value, 'UNSTORABLE') };
}

function shedOf(value: Buffer, why: Shed['why']): Shed {
  return { why, bytes: value.length, sha256: hash('sha256', value, 'hex') };
}

/** Approximate memory of a queued record. */
export function bytesOf({ value }: FeedRecord): number {
  return OVERHEAD + (value?.length ?? 0);
}

const OVERHEAD = 500;
