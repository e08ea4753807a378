import type { Lane } from '../core/lane.ts';
import { type LaneTrouble, laneStopOf } from '../kafka/laneTrouble.ts';
import type { Pipeline } from './handleBatch.ts';

/** A report waits this long for the database, and then goes out without it. */
const REPORT_MS = 1_000;

/** Stores what a lane's reader has found about its log, however often that has to be tried. */
export interface LaneNotes {
  /** Why the lane is stopped, or that it runs again (null): stored, then reported, in the order of the calls. */
  stopped(trouble: LaneTrouble | null): void;
  /** The log that the lane is read from. */
  found(log: { clusterId: string; topicId: string }): void;
  /** Tries no more: the lane is let go. */
  end(): void;
}

export function createLaneNotes(parts: {
  pipeline: Pick<Pipeline, 'store' | 'trouble'>;
  lane: Lane;
  /** Milliseconds to wait before try `n` (from 1). */
  backoff(attempt: number): number;
}): LaneNotes {
  const { pipeline, lane, backoff } = parts;
  let ended = false;
  let latest: LaneTrouble | null = null;
  // One at a time: a late write of an old reason would hide that the lane runs again.
  let stored: Promise<void> = Promise.resolve();
  let reported: Promise<void> = Promise.resolve();

  async function keep(write: () => Promise<void>, wanted: () => boolean): Promise<void> {
    for (let attempt = 1; !ended && wanted(); attempt += 1) {
      try {
        return await write();
      } catch (error) {
        pipeline.trouble.waiting(lane, error);
        await pause(backoff(attempt));
      }
    }
  }

  return {
    stopped(trouble) {
      latest = trouble;
      const write = () => pipeline.store.stopped(lane, trouble && laneStopOf(trouble));
      const mine = stored.then(() => keep(write, () => latest === trouble));
      stored = mine;
      // An operator who acts on the report is refused while the database does not know that the lane is stopped.
      reported = reported.then(async () => {
        await Promise.race([mine, pause(REPORT_MS)]);
        pipeline.trouble.stopped(lane, trouble);
      });
    },
    found(log) {
      const write = async () => {
        if (await pipeline.store.found(lane, log)) Object.assign(lane, log);
      };
      void keep(write, () => true);
    },
    end() {
      ended = true;
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
