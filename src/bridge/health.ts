import type { HealthProbe } from '../api/parts.ts';
import type { LaneWorker } from '../intake/laneWorker.ts';
import { standingLanes } from '../intake/standing.ts';

/** Longer than any outage of Kafka or the database should hold one batch: then only a restart helps. */
const STUCK_MS = 5 * 60_000;

export function createHealth(parts: {
  running: () => readonly LaneWorker[];
  /** Lanes there should be a worker for somewhere. */
  consuming: boolean;
  kafkaAnswers: () => Promise<boolean>;
  databaseAnswers: () => Promise<boolean>;
}): HealthProbe {
  return {
    stuck: () =>
      parts
        .running()
        .filter((worker) => worker.stillFor() > STUCK_MS)
        .map(({ lane }) => `${lane.topic}/${lane.partition}`),
    async notReady() {
      const down: string[] = [];
      if (!(await parts.databaseAnswers().catch(() => false))) down.push('database');
      if (!(await parts.kafkaAnswers().catch(() => false))) down.push('kafka');
      if (parts.consuming && parts.running().length === 0) down.push('lanes');
      // Named one by one: the other lanes go on, and what is sent in is kept for these.
      for (const { topic, partition, text } of standingLanes(parts.running(), Date.now()))
        down.push(`${topic}/${partition} (${text})`);
      return down;
    },
  };
}
