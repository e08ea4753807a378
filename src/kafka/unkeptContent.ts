import { hash } from 'node:crypto';
import type { FeedRecord, Shed } from './feedSource.ts';

/** A record is one event: a larger one is a list or a mistake. */
export const LARGEST_RECORD = 64 * 1024;

/** A record that is too large, without its value: a partition of them would fill the memory, and be kept for ever. */
export function lighten(record: FeedRecord): FeedRecord {
  if (record.value === null || record.value.length <= LARGEST_RECORD) return record;
  return { ...record, value: null, shed: shedOf(record.value, 'TOO_LARGE') };
}

/** A record that the database refuses: nothing is read in it any more. */
export function unstorable(record: FeedRecord): FeedRecord {
  return record.value === null ? record : { ...record, shed: shedOf(record.value, 'UNSTORABLE') };
}

function shedOf(value: Buffer, why: Shed['why']): Shed {
  return { why, bytes: value.length, sha256: hash('sha256', value, 'hex') };
}

/** What a record takes while it waits. */
export function bytesOf({ value }: FeedRecord): number {
  return OVERHEAD + (value?.length ?? 0);
}

const OVERHEAD = 500;
