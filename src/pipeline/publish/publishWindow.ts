import type { Lane } from '../../core/lane.ts';
import { LaneLost } from '../../core/laneLost.ts';
import {
  type Committed,
  discloses,
  itemsOf,
  type PublishParts,
  permittedItems,
  publishAll,
} from './publishBatch.ts';

/** Batches of a lane that are committed and not yet acknowledged by Kafka. */
export interface PublishWindow {
  /** Resolves when one more batch may be committed. @throws what made publishing fail */
  room(): Promise<void>;
  /** Hands a committed batch over; resolves when it and all before it are acknowledged. */
  add(upto: bigint, batch: Committed): Promise<void>;
  /** Resolves when everything is acknowledged. @throws what made publishing fail */
  settled(): Promise<void>;
  /** A caller waits in `room` or `settled`: for Kafka, however long it is away. */
  waiting(): boolean;
  /** Something could not be published: the lane must be claimed again, and recovery publishes what is left. */
  failed(): boolean;
  /** Sends nothing more: the lane has, or will have, another owner, who publishes what is left. */
  abandon(): void;
}

/** Waiting for each batch's acknowledgement before the next commit held four lanes at 11,000 events/s with a third of
 *  the machine idle. More than this repeats too much after a crash, and holds too much in memory. */
const MOST = 2;
/** A worker that was frozen, or cut off, for longer asks before it sends: a new owner may have published these events
 *  already, and newer ones, and Kafka would refuse them. */
const FRESH_MS = 2_000;

export function createPublishWindow(parts: PublishParts, lane: Lane): PublishWindow {
  const abandoned = new AbortController();
  let open = 0;
  let roomier: () => void = () => undefined;
  let failure: unknown;
  // Two chains: batches are handed to the publisher in order, and counted as published in order, but the second
  // does not wait for the first one's acknowledgement.
  let handed: Promise<unknown> = Promise.resolve();
  let acknowledged: Promise<void> = Promise.resolve();

  async function handOver(batch: Committed, committed: number): Promise<{ acknowledgement: Promise<void> }> {
    for (const { lane: other, offset } of batch.behind) await parts.order.reached(other, offset);
    const { signal } = abandoned;
    if (discloses(batch)) {
      // Nothing may wait in the publisher's queue while Kafka is away: consent is asked for before each try, and what
      // comes behind waits for the answer.
      const mine = async () => !signal.aborted && (await parts.holds(lane));
      await publishAll(parts, permittedItems(parts, lane, batch), mine, { lane, signal });
      return { acknowledgement: Promise.resolve() };
    }
    const stale = performance.now() - committed > FRESH_MS;
    if (stale && !(await parts.holds(lane))) throw new LaneLost();
    return { acknowledgement: parts.sink.deliver(itemsOf(parts, lane, batch), { lane, signal }) };
  }

  let waiting = 0;
  async function awaited(acknowledgement: Promise<void>): Promise<void> {
    waiting += 1;
    try {
      await acknowledgement;
    } finally {
      waiting -= 1;
    }
  }

  return {
    async room() {
      while (open >= MOST && failure === undefined) {
        await awaited(
          new Promise<void>((resolve) => {
            roomier = resolve;
          }),
        );
      }
      if (failure !== undefined) throw failure;
    },
    add(upto, batch) {
      const committed = performance.now();
      open += 1;
      const mine = handed.then(() => handOver(batch, committed));
      handed = mine;
      const before = acknowledged;
      acknowledged = (async () => {
        try {
          await (await mine).acknowledgement;
          await before;
          lane.publishedUpto = upto;
          parts.order.advance(lane.id, upto);
        } catch (error) {
          failure ??= error;
          // Later batches may not overtake one that was not published.
          abandoned.abort();
          throw error;
        } finally {
          open -= 1;
          roomier();
        }
      })();
      acknowledged.catch(() => undefined);
      return acknowledged;
    },
    settled: () => awaited(acknowledged),
    waiting: () => waiting > 0,
    failed: () => failure !== undefined,
    abandon: () => abandoned.abort(),
  };
}
