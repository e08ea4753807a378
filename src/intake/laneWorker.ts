import { handleBatch, type River } from '../pipeline.ts';
import { LaneLost } from '../relay/laneLost.ts';
import { createLanePublishing } from '../relay/lanePublishing.ts';
import type { Lane } from '../store/port.ts';
import { disposition } from './disposition.ts';
import type { FeedRecord, FeedSource } from './feedSource.ts';

/** Most records of one statement; a fetch has about 1 000. Statement, commit and produce requests are paid once for all of
 *  them. Of 2 000 the program took up to 585 MB where this took 465 in the same hour. */
const BATCH = 1_500;
/** Fetching ahead up to here keeps the next batch ready while this one is committed; more outlives the young heap. */
const HOLD_ABOVE = 1_500;
const RESUME_BELOW = 500;
/** After this long without a new batch the published position is noted by itself. */
const IDLE_MS = 50;

export interface LaneWorker {
  lane: Lane;
  /** First offset not yet written to the partition, for the lag. */
  highWatermark(): bigint;
  /** Milliseconds since the loop last turned; 0 while it has nothing to do. */
  stillFor(): number;
  /** Finishes the batch at hand, publishes it, notes how far it came. */
  stop(): Promise<void>;
  /** Publishes nothing more: somebody else has the lane. */
  abandon(): void;
  /** Resolves when the worker ended by itself or by `stop`. */
  ended: Promise<void>;
}

export interface LaneWorkerParts {
  river: River;
  source: FeedSource;
  lane: Lane;
  /** Milliseconds to wait before try `n` of a batch (from 1). */
  backoff(attempt: number): number;
}

/** Works one lane until it is stopped, or lost to another worker. */
export async function startLaneWorker(parts: LaneWorkerParts): Promise<LaneWorker> {
  const { river, source, lane } = parts;
  const { topic, partition } = lane;
  const queue: FeedRecord[] = [];
  let held = false;
  let stopping = false;
  let highWatermark = lane.nextOffset;
  let wake: () => void = () => undefined;
  const publishing = createLanePublishing(river, lane);
  let noted = lane.publishedUpto;
  let turned = performance.now();
  let waiting = false;

  await source.open(topic, partition, lane.nextOffset, {
    take(records, watermark) {
      highWatermark = watermark;
      for (const record of records) queue.push(record);
      if (!held && queue.length > HOLD_ABOVE) {
        held = true;
        source.hold(topic, partition);
      }
      wake();
    },
  });

  const ended = work().finally(() => source.close(topic, partition));

  return {
    lane,
    highWatermark: () => highWatermark,
    stillFor: () => (waiting ? 0 : performance.now() - turned),
    async stop() {
      stopping = true;
      wake();
      await ended;
    },
    abandon: () => publishing.abandon(),
    ended,
  };

  async function work(): Promise<void> {
    try {
      while (!stopping) {
        const records = await next();
        if (records.length > 0) await handled(records);
        else if (!stopping) await note();
      }
      await publishing.settled();
      await note();
    } catch (error) {
      publishing.abandon();
      if (error instanceof LaneLost) {
        river.trouble.dropped(lane, 'fenced');
        return;
      }
      if (stopping) return;
      throw error;
    }
  }

  /** The next batch; empty after a quiet moment in which everything committed was published. */
  async function next(): Promise<FeedRecord[]> {
    if (queue.length === 0) {
      const unnoted = noted < lane.nextOffset;
      waiting = true;
      await new Promise<void>((resolve) => {
        const timer = unnoted ? setTimeout(resolve, IDLE_MS) : undefined;
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      waiting = false;
    }
    turned = performance.now();
    const records = queue.splice(0, BATCH);
    if (held && queue.length < RESUME_BELOW && !stopping) {
      held = false;
      source.resume(topic, partition);
    }
    return stopping ? [] : records;
  }

  async function handled(records: FeedRecord[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      turned = performance.now();
      try {
        await handleBatch(river, lane, records, publishing);
        return;
      } catch (error) {
        if (error instanceof LaneLost || publishing.failed() || stopping) throw error;
        if (disposition('store-down').action === 'retry') river.trouble.waiting(lane, error);
        await new Promise((resolve) => setTimeout(resolve, parts.backoff(attempt)));
      }
    }
  }

  async function note(): Promise<void> {
    await publishing.settled();
    if (noted >= lane.publishedUpto) return;
    const upto = lane.publishedUpto;
    if (!(await river.store.published(lane, upto))) throw new LaneLost();
    noted = upto;
  }
}
