import type { FenceSource, Lane } from '../../core/lane.ts';
import { LaneLost } from '../../core/laneLost.ts';
import type { NavDisclosure, OutboxMessage } from '../../core/messages/messages.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { Fence } from '../../kafka/fence.ts';
import type { OutgoingRecord, Publisher } from '../../kafka/publisher.ts';
import { errorRecord } from '../../wire/errorRecord.ts';
import type { Decided } from '../decidedBatch.ts';
import type { LaneOrder } from './laneOrder.ts';

export interface PublishParts {
  publisher: Publisher;
  /** Whose the lane is, for Kafka. */
  store: FenceSource;
  order: LaneOrder;
  feed: Feed;
  /** Out topics of a virtual clock carry the virtual moment, so that its history reads as it happened. */
  virtualClock: boolean;
  outgoing(message: OutboxMessage, traceparent?: string): OutgoingRecord;
  /** Waits before the next try of a publish that was refused (a topic that is missing); throws when stopping. */
  publishRefused(error: unknown, attempt: number): Promise<void>;
  /** Whether what the message discloses may still be known at this moment (`disclosure.ts`). */
  permitted(message: NavDisclosure): Promise<boolean>;
  /** Whether the lane is still this worker's. A send is fenced as well (`fence.ts`); this spares sending what would be
   *  refused, and keeps what consent was withdrawn from with whoever knows of it. */
  holds(lane: Lane): Promise<boolean>;
}

/** What a committed batch has to say, and behind whom. */
export type Committed = Pick<Decided, 'outgoing' | 'quarantined' | 'behind'>;

/** Does the batch tell something that consent may be taken from while it waits? */
export function discloses({ outgoing }: Committed): boolean {
  return outgoing.some(({ disclosure }) => disclosure !== null);
}

/** The records of a committed batch that may leave now, in order. */
export async function permittedRecords(
  parts: PublishParts,
  lane: Lane,
  batch: Committed,
): Promise<OutgoingRecord[]> {
  const outgoing: Committed['outgoing'] = [];
  for (const each of batch.outgoing) {
    if (each.disclosure === null || (await parts.permitted(each.disclosure))) outgoing.push(each);
  }
  return recordsOf(parts, lane, { ...batch, outgoing });
}

/** The records of a committed batch, in order. */
export function recordsOf(parts: PublishParts, lane: Lane, batch: Committed): OutgoingRecord[] {
  const records = batch.outgoing.map(({ record }) => record);
  for (const { reading } of batch.quarantined) {
    if (reading.verdict.verdict !== 'malformed') continue;
    records.push(
      errorRecord({
        org: lane.org,
        feed: parts.feed,
        topic: lane.topic,
        partition: lane.partition,
        offset: reading.record.offset,
        received: reading.received,
        problems: reading.verdict.problems,
        ...(parts.virtualClock ? { timestamp: reading.record.timestamp } : {}),
      }),
    );
  }
  return records;
}

/**
 * Committed events are published, however long it takes: giving up would lose them until the next restart.
 * @param records asked for anew at each try: in between, a consent can have been withdrawn
 * @param signal takes back at once what still waits in the publisher
 */
export async function publishAll(
  parts: Pick<PublishParts, 'publisher' | 'publishRefused'>,
  records: () => Promise<readonly OutgoingRecord[]>,
  holds: () => Promise<boolean>,
  { fence, signal }: { fence: Fence; signal?: AbortSignal },
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    if (!(await holds())) throw new LaneLost();
    const permitted = await records();
    if (permitted.length === 0) return;
    try {
      // Not for ever at a time: between two tries the lane can have gone to somebody else.
      await parts.publisher.publish(permitted, { deadlineMs: TRY_MS, fence, ...(signal && { signal }) });
      return;
    } catch (error) {
      if (error instanceof LaneLost) throw error;
      await parts.publishRefused(error, attempt);
    }
  }
}

const TRY_MS = 5_000;
