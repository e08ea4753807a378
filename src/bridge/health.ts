import type { HealthProbe } from '../api/parts.ts';
import type { LaneWorker } from '../pipeline/laneWorker.ts';
import { stoppedLanes } from '../pipeline/stoppedLanes.ts';

/** Longer than any outage of Kafka or the database should hold one batch: beyond it only a restart helps. */
const STUCK_MS = 5 * 60_000;

/** Number of unworked lanes that are named. */
const NAMED = 10;

export function createHealth(parts: {
  running: () => readonly LaneWorker[];
  /** This process has the role of working lanes. */
  consuming: boolean;
  /** Lanes without progress in any process. */
  unworked: () => readonly string[];
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
      // Named one by one: the other lanes continue, and records for these are kept in Kafka.
      for (const { topic, partition, text } of stoppedLanes(parts.running(), Date.now()))
        down.push(`${topic}/${partition} (${text})`);
      const unworked = parts.unworked();
      down.push(...unworked.slice(0, NAMED));
      if (unworked.length > NAMED) down.push(`${unworked.length - NAMED} til`);
      return down;
    },
  };
}
