import type { Lane } from '../../core/lane.ts';
import { LaneLost } from '../../core/laneLost.ts';
import type { NavDisclosure } from '../../core/messages/messages.ts';
import type { Delivery, OrderedSink } from '../../core/messages/sink.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { Decided } from '../decidedBatch.ts';
import type { LaneOrder } from './laneOrder.ts';

export interface PublishParts {
  sink: OrderedSink;
  order: LaneOrder;
  feed: Feed;
  /** Waits before the next try of a publish that was refused (a topic that is missing); throws when stopping. */
  publishRefused(error: unknown, attempt: number): Promise<void>;
  /** Whether what the message discloses may still be known at this moment (`disclosure.ts`). */
  permitted(message: NavDisclosure): Promise<boolean>;
  /** Whether the lane is still this worker's. A send is fenced as well (`kafka/fence.ts`); this spares sending what would
   *  be refused, and sends nothing whose withdrawn consent only the new owner knows. */
  holds(lane: Lane): Promise<boolean>;
}

/** What a committed batch publishes, and behind whom. */
export type Committed = Pick<Decided, 'outgoing' | 'quarantined' | 'behind'>;

/** Does the batch disclose something whose consent may be withdrawn while it waits? */
export function discloses({ outgoing }: Committed): boolean {
  return outgoing.some(({ disclosure }) => disclosure !== null);
}

/** The items of a committed batch that may leave now, in order. */
export async function permittedItems(parts: PublishParts, lane: Lane, batch: Committed): Promise<unknown[]> {
  const outgoing: Committed['outgoing'] = [];
  for (const each of batch.outgoing) {
    if (each.disclosure === null || (await parts.permitted(each.disclosure))) outgoing.push(each);
  }
  return itemsOf(parts, lane, { ...batch, outgoing });
}

/** The items of a committed batch, in order. */
export function itemsOf(parts: PublishParts, lane: Lane, batch: Committed): unknown[] {
  const items = batch.outgoing.map(({ item }) => item);
  for (const { reading } of batch.quarantined) {
    if (reading.verdict.kind !== 'malformed') continue;
    items.push(
      parts.sink.prepareRejection({
        org: lane.org,
        feed: parts.feed,
        topic: lane.topic,
        partition: lane.partition,
        offset: reading.record.offset,
        received: reading.received,
        problems: reading.verdict.problems,
      }),
    );
  }
  return items;
}

/**
 * Committed events are published, however long it takes: giving up would lose them until the next restart.
 * @param items asked for again at each try: a consent can have been withdrawn since
 * @param signal takes back immediately what still waits in the sink
 */
export async function publishAll(
  parts: Pick<PublishParts, 'sink' | 'publishRefused'>,
  items: () => Promise<readonly unknown[]>,
  holds: () => Promise<boolean>,
  delivery: Pick<Delivery, 'lane' | 'signal'>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    if (!(await holds())) throw new LaneLost();
    const permitted = await items();
    if (permitted.length === 0) return;
    try {
      // Bounded per attempt: the lane may be lost between two attempts.
      await parts.sink.deliver(permitted, { ...delivery, deadlineMs: TRY_MS });
      return;
    } catch (error) {
      if (error instanceof LaneLost) throw error;
      await parts.publishRefused(error, attempt);
    }
  }
}

const TRY_MS = 5_000;
