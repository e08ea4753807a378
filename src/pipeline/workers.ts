import { setTimeout as sleep } from 'node:timers/promises';
import { backoff } from '../core/backoff.ts';
import type { Lane, LaneKey } from '../core/lane.ts';
import type { OrgId } from '../core/organisation.ts';
import type { FeedSource } from '../kafka/feedSource.ts';
import type { Store } from '../store/port.ts';
import type { Pipeline } from './handleBatch.ts';
import { type LaneWorker, startLaneWorker } from './laneWorker.ts';
import type { LaneOrder } from './publish/laneOrder.ts';
import type { FeedTrouble } from './trouble.ts';

const DRAIN_MS = 10_000;
const BACKOFF = backoff({ first: 100, longest: 5_000, jitter: { share: 0.25, random: Math.random } });

/** The lanes this worker has, each with its loop. */
export interface Workers {
  /** Claims the lanes, publishes what their last worker left, and starts them. */
  gained(keys: readonly LaneKey[]): Promise<void>;
  /** Drains one lane and lets it go. */
  lost(key: LaneKey): Promise<void>;
  running(): readonly LaneWorker[];
}

export function createWorkers(parts: {
  store: Store;
  source: FeedSource;
  order: LaneOrder;
  pipelineOf(key: LaneKey): Pipeline;
  recover(org: OrgId, lanes: readonly Lane[]): Promise<void>;
  trouble: FeedTrouble;
  /** A lane ended by itself: its lock must be given back before it can be gained again. */
  ended(key: LaneKey): void;
}): Workers {
  const workers = new Map<string, LaneWorker>();
  const name = (key: LaneKey) => `${key.topic}/${key.partition}`;

  function begin(lane: Lane): void {
    const worker = startLaneWorker({
      pipeline: parts.pipelineOf(lane),
      source: parts.source,
      lane,
      backoff: BACKOFF,
    });
    workers.set(name(lane), worker);
    const over = (error?: unknown) => {
      if (workers.get(name(lane)) !== worker) return;
      workers.delete(name(lane));
      parts.order.disown(lane.id);
      if (error !== undefined) parts.trouble.dropped(lane, 'ownership-lost', error);
      parts.ended(lane);
    };
    worker.ended.then(() => over(), over);
  }

  return {
    async gained(keys) {
      const lanes: Lane[] = [];
      for (const key of keys) lanes.push(await parts.store.claim(key));
      for (const lane of lanes) parts.order.own(lane.id, lane.publishedUpto);
      for (const [org, its] of Map.groupBy(lanes, (lane) => lane.org)) {
        try {
          await parts.recover(org, its);
        } catch (error) {
          // These are claimed again; running lanes and other organisations' are unaffected.
          for (const lane of its) {
            parts.order.disown(lane.id);
            parts.trouble.dropped(lane, 'not-recovered', error);
            parts.ended(lane);
          }
          continue;
        }
        for (const lane of its) begin(lane);
      }
    },
    async lost(key) {
      const worker = workers.get(name(key));
      workers.delete(name(key));
      // Bounded: with Kafka away the last batch waits to be published, and recovery will publish it.
      if (worker)
        await Promise.race([
          worker.stop().catch(() => undefined),
          sleep(DRAIN_MS, undefined, { ref: false }),
        ]);
      worker?.abandon();
      if (worker) parts.order.disown(worker.lane.id);
    },
    running: () => [...workers.values()],
  };
}
