import type { OutboxMessage } from '../core/messages.ts';
import type { Feed } from '../core/statusEvent.ts';
import type { Decided } from '../intake/deciding.ts';
import type { Lane } from '../store/port.ts';
import { errorRecord } from './errorRecord.ts';
import { LaneLost } from './laneLost.ts';
import type { LaneOrder } from './laneOrder.ts';
import type { OutgoingRecord, Publisher } from './publisher.ts';

export interface PublishParts {
  publisher: Publisher;
  order: LaneOrder;
  feed: Feed;
  /** Out topics of a virtual clock carry the virtual moment, so that its history reads as it happened. */
  virtualClock: boolean;
  outgoing(message: OutboxMessage, traceparent?: string): OutgoingRecord;
  /** Waits before the next try of a publish that was refused (a topic that is missing); throws when stopping. */
  publishRefused(error: unknown, attempt: number): Promise<void>;
  /** Whether the lane is still this worker's: the database fences commits, nothing in Kafka fences a send. */
  holds(lane: Lane): Promise<boolean>;
}

/** What a committed batch has to say, and behind whom. */
export type Committed = Pick<Decided, 'outgoing' | 'quarantined' | 'behind'>;

/** The records of a committed batch, in order. */
export function recordsOf(parts: PublishParts, lane: Lane, batch: Committed): OutgoingRecord[] {
  const newest = newestStates(batch.outgoing);
  const records: OutgoingRecord[] = [];
  for (const { message, record } of batch.outgoing) {
    if (message.topic === 'ot-ungdom' && newest.get(message.ref) !== message) continue;
    records.push(record);
  }
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

/** Committed events are published, however long it takes: giving up would lose them until the next restart. */
export async function publishAll(
  parts: Pick<PublishParts, 'publisher' | 'publishRefused'>,
  records: readonly OutgoingRecord[],
  holds: () => Promise<boolean>,
): Promise<void> {
  for (let attempt = 1; records.length > 0; attempt += 1) {
    if (!(await holds())) throw new LaneLost();
    try {
      // Not for ever at a time: between two tries the lane can have gone to somebody else.
      await parts.publisher.publish(records, { deadlineMs: TRY_MS });
      return;
    } catch (error) {
      await parts.publishRefused(error, attempt);
    }
  }
}

const TRY_MS = 5_000;

/** Of a compacted topic only the last state of a batch matters. */
function newestStates(outgoing: Decided['outgoing']): Map<string, OutboxMessage> {
  const newest = new Map<string, OutboxMessage>();
  for (const { message } of outgoing) if (message.topic === 'ot-ungdom') newest.set(message.ref, message);
  return newest;
}
