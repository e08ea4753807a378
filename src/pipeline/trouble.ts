import type { LaneKey } from '../core/lane.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { LaneTrouble } from '../kafka/laneTrouble.ts';

/** Operational events of the pipeline. Codes, positions and references only. */
export interface FeedTrouble {
  /** A youth's records wait from here on: a decision about them broke an invariant. */
  parked(lane: LaneKey, ref: PersonRef, error: unknown): void;
  /** Kafka or the database does not answer; the lane tries again. */
  waiting(lane: LaneKey, error: unknown): void;
  /** The lane cannot go on, or goes on again (null). Once per change. */
  stopped(lane: LaneKey, trouble: LaneTrouble | null): void;
  /** The lane is given up. */
  dropped(
    lane: LaneKey,
    reason: 'fenced' | 'released' | 'ownership-lost' | 'not-recovered',
    error?: unknown,
  ): void;
}
