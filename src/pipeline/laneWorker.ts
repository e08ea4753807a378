import type { Lane } from '../core/lane.ts';
import { LaneLost } from '../core/laneLost.ts';
import type { FeedRecord, FeedSource } from '../kafka/feedSource.ts';
import type { LaneTrouble } from '../kafka/laneTrouble.ts';
import { bytesOf, lighten, unstorable } from '../kafka/unkeptContent.ts';
import { handleBatch, type LaneBatch, type Pipeline } from './handleBatch.ts';
import { createLaneNotes } from './laneNotes.ts';
import { createPublishWindow } from './publish/publishWindow.ts';

/** Most records of one statement; a fetch has about 1 000. Statement, commit and produce requests are paid once for all of
 *  them. Of 2 000 the program took up to 585 MB where this took 465 in the same hour. */
const BATCH = 1_500;
/** Fetching ahead up to here keeps the next batch ready while this one is committed; more outlives the young heap. */
const HOLD_ABOVE = 1_500;
const RESUME_BELOW = 500;
/** The same in bytes, for records that are not of the ordinary kilobyte: what waits, and what is one statement. */
const HOLD_ABOVE_BYTES = 4 * 1024 * 1024;
const BATCH_BYTES = 4 * 1024 * 1024;
/** After this long without a new batch the published position is stored on its own. */
const IDLE_MS = 50;
/** A stopped lane asks this often whether an operator has let it go on. */
const STANDS_MS = 2_000;
/** A lane without records asks this often whether it is still its worker's: a runbook makes it be claimed again. */
const OWN_MS = 60_000;

export interface LaneWorker {
  lane: Lane;
  /** First offset not yet written to the partition, for the lag. */
  highWatermark(): bigint;
  /** Milliseconds since the loop last turned; 0 while it has nothing to do or waits for Kafka. Waits for the database end
   *  by their time limits, and each new try is a turn. */
  stillFor(): number;
  /** Why it cannot go on; null while it can. */
  trouble(): LaneTrouble | null;
  /** Milliseconds that records have waited without one being handled; 0 while none waits. */
  waitsFor(): number;
  /** Finishes the batch at hand, publishes it, notes how far it came. */
  stop(): Promise<void>;
  /** Publishes nothing more: another worker has the lane. */
  abandon(): void;
  /** Resolves when the worker ended by itself or by `stop`. */
  ended: Promise<void>;
}

export interface LaneWorkerParts {
  pipeline: Pipeline;
  source: FeedSource;
  lane: Lane;
  /** Milliseconds to wait before try `n` of a batch (from 1). */
  backoff(attempt: number): number;
}

/** Works one lane until it is stopped, or lost to another worker. */
export function startLaneWorker(parts: LaneWorkerParts): LaneWorker {
  const { pipeline, source, lane } = parts;
  const { topic, partition } = lane;
  const queue: FeedRecord[] = [];
  let queuedBytes = 0;
  let held = false;
  let stopping = false;
  let highWatermark = lane.nextOffset;
  /** First offset not yet fetched, with or without records. */
  let fetched = lane.nextOffset;
  let trouble: LaneTrouble | null = null;
  let moved = performance.now();
  let wake: () => void = () => undefined;
  const window = createPublishWindow(pipeline, lane);
  const notes = createLaneNotes(parts);
  let noted = lane.publishedUpto;
  let turned = performance.now();
  let waiting = false;

  const { shift, clusterId, topicId, mark } = lane;
  const place = { from: lane.nextOffset, shift, clusterId, topicId, mark };
  const close = source.open(topic, partition, place, {
    take({ records, next, end }) {
      if (highWatermark <= lane.nextOffset) moved = performance.now();
      highWatermark = end;
      fetched = next;
      for (const record of records) {
        const light = lighten(record);
        queuedBytes += bytesOf(light);
        queue.push(light);
      }
      if (!held && (queue.length > HOLD_ABOVE || queuedBytes > HOLD_ABOVE_BYTES)) {
        held = true;
        source.hold(topic, partition);
      }
      wake();
    },
    found: (log) => notes.found(log),
    stopped(now) {
      trouble = now;
      notes.stopped(now);
      wake();
    },
  });

  const ended = work().finally(() => {
    close();
    notes.end();
  });

  return {
    lane,
    highWatermark: () => highWatermark,
    stillFor: () => (waiting || window.waiting() ? 0 : performance.now() - turned),
    trouble: () => trouble,
    waitsFor: () => (highWatermark > lane.nextOffset ? performance.now() - moved : 0),
    async stop() {
      stopping = true;
      wake();
      await ended;
    },
    abandon: () => window.abandon(),
    ended,
  };

  async function work(): Promise<void> {
    try {
      while (!stopping) {
        const batch = await next();
        if (batch.next > lane.nextOffset) await handled(batch);
        else if (!stopping) await note();
      }
      await window.settled();
      if (noted < lane.publishedUpto) await note();
    } catch (error) {
      window.abandon();
      if (error instanceof LaneLost) {
        pipeline.trouble.dropped(lane, 'fenced');
        return;
      }
      if (stopping) return;
      throw error;
    }
  }

  /** The next batch; nothing new after a quiet moment in which everything committed was published. */
  async function next(): Promise<LaneBatch> {
    if (queue.length === 0 && fetched <= lane.nextOffset) {
      const pause = noted < lane.nextOffset ? IDLE_MS : trouble === null ? OWN_MS : STANDS_MS;
      waiting = true;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        // Idle lanes alone keep no process running.
        if (pause === OWN_MS) timer.unref();
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      waiting = false;
    }
    turned = performance.now();
    if (stopping) return { records: [], next: lane.nextOffset };
    const records = queue.splice(0, coming());
    if (held && queue.length < RESUME_BELOW && queuedBytes < HOLD_ABOVE_BYTES / 2) {
      held = false;
      source.resume(topic, partition);
    }
    const [after] = queue;
    return { records, next: after?.offset ?? fetched };
  }

  /** How many of the queue are the next batch: as many as it may have, in number and in bytes, and one at least. */
  function coming(): number {
    let bytes = 0;
    let count = 0;
    for (const record of queue) {
      const more = bytesOf(record);
      if (count === BATCH || (count > 0 && bytes + more > BATCH_BYTES)) break;
      bytes += more;
      count += 1;
    }
    queuedBytes -= bytes;
    return count;
  }

  async function handled(given: LaneBatch): Promise<void> {
    let batch = given;
    for (let attempt = 1; ; attempt += 1) {
      turned = performance.now();
      try {
        await handleBatch(pipeline, lane, batch, window);
        moved = performance.now();
        return;
      } catch (error) {
        if (error instanceof LaneLost || window.failed() || stopping) throw error;
        if (pipeline.store.refuses(error)) {
          const halves = halvesOf(batch);
          if (halves !== null) return eachHandled(halves);
          const less = withLess(batch);
          if (less !== null) {
            batch = less;
            continue;
          }
        }
        pipeline.trouble.waiting(lane, error);
        await new Promise((resolve) => setTimeout(resolve, parts.backoff(attempt)));
      }
    }
  }

  async function eachHandled(batches: readonly LaneBatch[]): Promise<void> {
    for (const batch of batches) await handled(batch);
  }

  async function note(): Promise<void> {
    await window.settled();
    // Also without news: letting a stopped lane go on, and publishing a time again, end the epoch.
    const upto = lane.publishedUpto;
    if (!(await pipeline.store.published(lane, upto))) throw new LaneLost();
    noted = upto;
  }
}

/** What the database refuses as a whole it may take in halves; null for one record. */
function halvesOf({ records, next }: LaneBatch): [LaneBatch, LaneBatch] | null {
  const at = records.length >> 1;
  const middle = records[at];
  if (at === 0 || middle === undefined) return null;
  return [
    { records: records.slice(0, at), next: middle.offset },
    { records: records.slice(at), next },
  ];
}

/** One record that cannot be stored for what it leads to is quarantined as it came, and if that is refused too, without its
 *  content; null when nothing can be left away. */
function withLess({ records, next }: LaneBatch): LaneBatch | null {
  const [record] = records;
  if (record === undefined || record.value === null) return null;
  return { records: [record.shed ? { ...record, value: null } : unstorable(record)], next };
}
