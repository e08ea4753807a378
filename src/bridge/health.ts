import { setTimeout as sleep } from 'node:timers/promises';
import type { HealthProbe } from '../api/parts.ts';
import type { LaneWorker } from '../pipeline/laneWorker.ts';
import { stoppedLanes } from '../pipeline/stoppedLanes.ts';

/** Longer than any time limit of a statement or a request, so that no outage of Kafka or the database explains it: only
 *  a restart helps. An outage, and a lane that fails again and again, is a matter of readiness. */
const STUCK_MS = 5 * 60_000;

/** A probe is answered within this time, whatever the parts do. */
const READY_MS = 1_500;

/** Number of unworked lanes that are named. */
const NAMED = 10;

export function createHealth(parts: {
  running: () => readonly LaneWorker[];
  /** This process has the role of working lanes. */
  consuming: boolean;
  /** Lanes without progress in any process. */
  unworked: () => readonly string[];
  kafkaAnswers: () => Promise<boolean>;
  databaseAnswers: () => boolean;
}): HealthProbe {
  return {
    stuck: () => stuckLanes(parts.running()),
    async notReady() {
      const down: string[] = [];
      if (!parts.databaseAnswers()) down.push('database');
      if (!(await inTime(parts.kafkaAnswers()))) down.push('kafka');
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

/** Lanes whose loop only a restart brings on. */
export function stuckLanes(running: readonly LaneWorker[]): string[] {
  return running
    .filter((worker) => worker.stillFor() > STUCK_MS)
    .map(({ lane }) => `${lane.topic}/${lane.partition}`);
}

/** The Kafka client tries again while a broker is away; a probe does not wait for that. */
async function inTime(answers: Promise<boolean>): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await Promise.race([answers, sleep(READY_MS, false, { signal: timer.signal, ref: false })]);
  } catch {
    return false;
  } finally {
    timer.abort();
  }
}
