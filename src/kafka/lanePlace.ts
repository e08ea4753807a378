import type { IsoInstant } from '../core/time/date.ts';
import type { LaneTrouble } from './laneTrouble.ts';

/** What a lane knows of its log. Offsets are Kafka's. */
export interface KnownLog {
  /** First offset not yet read. */
  position: bigint;
  clusterId: string | null;
  topicId: string | null;
  /** Why the lane is stopped, if it is. */
  trouble: LaneTrouble | null;
}

/** The log as it is now. */
export interface SeenLog {
  clusterId: string;
  topicId: string;
  start: bigint;
  end: bigint;
  /** The last record read: unchanged, replaced by another, or unknown. */
  mark: 'same' | 'other' | 'unknown';
  markOffset: bigint;
}

/**
 * Whether the lane may resume in this log at its position. One check for records deleted unread, a recreated topic,
 * a truncated log, and one restored from a backup: at the start, after each lost connection, and after each change
 * of leader.
 */
export function judge(known: KnownLog, seen: SeenLog, now: IsoInstant): LaneTrouble | null {
  const { position } = known;
  const replaced = judgeNames(known, seen, now);
  if (replaced) return replaced;
  if (seen.mark === 'other')
    return { code: 'LOG_REPLACED', reason: 'OTHER_RECORD', offset: seen.markOffset, since: now };
  if (seen.start > position)
    return { code: 'OFFSETS_GONE', reason: 'DELETED', offset: position, upto: seen.start, since: now };
  if (seen.end < position)
    return { code: 'OFFSETS_GONE', reason: 'LOG_SHORTER', offset: position, upto: seen.end, since: now };
  // A log that was too short and has grown since may hold other records: only the last one read proves its identity.
  if (known.trouble?.reason === 'LOG_SHORTER' && seen.mark !== 'same') return known.trouble;
  return null;
}

/** The part of the check that needs no read from the log. */
export function judgeNames(
  known: KnownLog,
  seen: Pick<SeenLog, 'clusterId' | 'topicId'>,
  now: IsoInstant,
): LaneTrouble | null {
  const { position: offset, clusterId, topicId } = known;
  if (clusterId !== null && clusterId !== seen.clusterId)
    return { code: 'LOG_REPLACED', reason: 'CLUSTER_ID', offset, since: now };
  if (topicId !== null && topicId !== seen.topicId)
    return { code: 'TOPIC_REPLACED', reason: 'TOPIC_ID', offset, since: now };
  return null;
}
