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
  /** Sends with those of the messages whose content may still be known at this moment (`disclosure.ts`). */
  whilePermitted(
    messages: readonly NavDisclosure[],
    send: (permitted: ReadonlySet<NavDisclosure>) => Promise<void>,
  ): Promise<void>;
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

/** Of a committed batch what may be withdrawn while it waits, and the items that may leave, in order. */
export function permittedItems(
  parts: Pick<PublishParts, 'sink' | 'feed'>,
  lane: Lane,
  batch: Committed,
): Leaving {
  return {
    disclosures: batch.outgoing.flatMap(({ disclosure }) => disclosure ?? []),
    items(permitted) {
      const outgoing = batch.outgoing.filter(
        ({ disclosure }) => disclosure === null || permitted.has(disclosure),
      );
      return itemsOf(parts, lane, { ...batch, outgoing });
    },
  };
}

/** What is published together. */
export interface Leaving {
  /** What is asked for again before each try. */
  disclosures: readonly NavDisclosure[];
  /** @param permitted those of `disclosures` that may leave */
  items(permitted: ReadonlySet<NavDisclosure>): unknown[] | Promise<unknown[]>;
}

/** The items of a committed batch, in order. */
export function itemsOf(parts: Pick<PublishParts, 'sink' | 'feed'>, lane: Lane, batch: Committed): unknown[] {
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
 * Committed events are published, however long it takes: giving up would lose them until the next restart. What discloses is
 * asked for again at each try: a consent can have been withdrawn since.
 * @param signal takes back immediately what still waits in the sink
 */
export async function publishAll(
  parts: Pick<PublishParts, 'sink' | 'publishRefused' | 'whilePermitted'>,
  { disclosures, items }: Leaving,
  holds: () => Promise<boolean>,
  delivery: Pick<Delivery, 'lane' | 'signal'>,
): Promise<void> {
  const send = async (permitted: ReadonlySet<NavDisclosure>) => {
    const leaving = await items(permitted);
    // Bounded per attempt: the lane may be lost between two attempts.
    if (leaving.length > 0) await parts.sink.deliver(leaving, { ...delivery, deadlineMs: TRY_MS });
  };
  for (let attempt = 1; ; attempt += 1) {
    // Before the youths are locked: a commit of the lane can wait for them with the lane's row in its hands.
    if (!(await holds())) throw new LaneLost();
    try {
      if (disclosures.length === 0) await send(new Set());
      else await parts.whilePermitted(disclosures, send);
      return;
    } catch (error) {
      if (error instanceof LaneLost) throw error;
      await parts.publishRefused(error, attempt);
    }
  }
}

const TRY_MS = 5_000;
