import type { HealthProbe } from '../api/parts.ts';
import type { LaneWorker } from '../pipeline/laneWorker.ts';
import { standingLanes } from '../pipeline/standingLanes.ts';

/** Longer than any outage of Kafka or the database should hold one batch: then only a restart helps. */
const STUCK_MS = 5 * 60_000;

/** Of unworked lanes, so many by name. */
const NAMED = 10;

export function createHealth(parts: {
  running: () => readonly LaneWorker[];
  /** This process is there to work lanes. */
  consuming: boolean;
  /** Lanes that nobody gets anywhere with, here or elsewhere. */
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
      // Named one by one: the other lanes go on, and what is sent in is kept for these.
      for (const { topic, partition, text } of standingLanes(parts.running(), Date.now()))
        down.push(`${topic}/${partition} (${text})`);
      const unworked = parts.unworked();
      down.push(...unworked.slice(0, NAMED));
      if (unworked.length > NAMED) down.push(`${unworked.length - NAMED} til`);
      return down;
    },
  };
}
