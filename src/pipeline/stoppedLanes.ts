import type { LaneKey } from '../core/lane.ts';
import { troubleText } from '../kafka/laneTrouble.ts';
import type { LaneWorker } from './laneWorker.ts';

/** Records have waited this long without one being handled: the lane is stopped, whatever the reason. */
export const STOPPED_AFTER_MS = 60_000;

/** A lane that does not move. */
export interface StoppedLane extends LaneKey {
  /** In bokmål; positions and times, nothing of a person. */
  text: string;
  seconds: number;
  /** No reason was reported when it stopped. */
  unexplained: boolean;
}

/** Lanes that cannot go on, and lanes that have not moved for a while although records wait. */
export function stoppedLanes(workers: readonly LaneWorker[], now: number): StoppedLane[] {
  return workers.flatMap((worker): StoppedLane[] => {
    const { org, topic, partition } = worker.lane;
    const trouble = worker.trouble();
    if (trouble) {
      const seconds = Math.max(0, (now - Date.parse(trouble.since)) / 1_000);
      return [{ org, topic, partition, text: troubleText(trouble), seconds, unexplained: false }];
    }
    const waits = worker.waitsFor();
    if (waits < STOPPED_AFTER_MS) return [];
    const waiting = worker.highWatermark() - worker.lane.nextOffset;
    const seconds = waits / 1_000;
    const text = `${waiting} meldinger venter, ingen er behandlet på ${Math.floor(seconds)} sekunder`;
    return [{ org, topic, partition, text, seconds, unexplained: true }];
  });
}
