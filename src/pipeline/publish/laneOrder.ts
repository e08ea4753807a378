/**
 * How far each lane's events are published. A youth whose last change came through another lane must have
 * that change published before the next one: two feeds, one youth, one order.
 */
export interface LaneOrder {
  /** This worker now publishes for the lane, from `upto` on. */
  own(laneId: number, upto: bigint): void;
  disown(laneId: number): void;
  advance(laneId: number, upto: bigint): void;
  /** Resolves when everything of the lane up to and including `offset` is published. */
  reached(laneId: number, offset: bigint): Promise<void>;
}

/** A lane of another worker is asked for in the database, where that worker notes its progress. */
const FOREIGN_POLL_MS = 20;

export function createLaneOrder(publishedUpto: (laneId: number) => Promise<bigint>): LaneOrder {
  const lanes = new Map<number, { upto: bigint; waiting: { offset: bigint; done: () => void }[] }>();
  const release = (laneId: number) => {
    const lane = lanes.get(laneId);
    if (!lane) return;
    for (const waiter of lane.waiting.filter((each) => lane.upto > each.offset)) waiter.done();
    lane.waiting = lane.waiting.filter((each) => lane.upto <= each.offset);
  };
  return {
    own(laneId, upto) {
      lanes.set(laneId, { upto, waiting: lanes.get(laneId)?.waiting ?? [] });
      release(laneId);
    },
    disown(laneId) {
      const waiting = lanes.get(laneId)?.waiting ?? [];
      lanes.delete(laneId);
      for (const waiter of waiting) waiter.done();
    },
    advance(laneId, upto) {
      const lane = lanes.get(laneId);
      if (!lane || upto <= lane.upto) return;
      lane.upto = upto;
      release(laneId);
    },
    async reached(laneId, offset) {
      for (;;) {
        const lane = lanes.get(laneId);
        if (lane) {
          if (lane.upto > offset) return;
          await new Promise<void>((done) => {
            lane.waiting.push({ offset, done });
          });
          continue;
        }
        if ((await publishedUpto(laneId)) > offset) return;
        await new Promise((resolve) => setTimeout(resolve, FOREIGN_POLL_MS));
      }
    },
  };
}
