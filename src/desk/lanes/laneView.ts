import type { LaneState } from '../../store/queriesPort.ts';

/** How far a partition has been processed, and why it cannot go on. */
export interface LaneView {
  org: string;
  topic: string;
  partition: number;
  /** First record that is not processed. */
  next: number;
  stands: { code: string; reason: string; since: string; text: string } | null;
}

export function laneView({ org, topic, partition, nextOffset, shift, stopped }: LaneState): LaneView {
  const why = stopped && {
    code: stopped.code,
    reason: stopped.reason,
    since: stopped.since,
    text: stopped.text,
  };
  return { org, topic, partition, next: Number(nextOffset - shift), stands: why };
}
