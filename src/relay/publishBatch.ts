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

/** A worker that was frozen, or cut off from Kafka, for longer asks before it sends: its lane may have a new owner
 *  who has published these events already, and newer ones. */
const FRESH_MS = 2_000;

/** Publishes a committed batch from memory, in order, behind whatever other lanes said of the same youths. */
export async function publishBatch(
  parts: PublishParts,
  lane: Lane,
  upto: bigint,
  decided: Pick<Decided, 'outgoing' | 'quarantined' | 'behind'>,
): Promise<void> {
  const committed = performance.now();
  for (const { lane: other, offset } of decided.behind) await parts.order.reached(other, offset);
  const newest = newestStates(decided.outgoing);
  const records: OutgoingRecord[] = [];
  for (const { message, record } of decided.outgoing) {
    if (message.topic === 'ot-ungdom' && newest.get(message.ref) !== message) continue;
    records.push(record);
  }
  for (const { reading } of decided.quarantined) {
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
  const holds = async () => performance.now() - committed < FRESH_MS || (await parts.holds(lane));
  await publishAll(parts, records, holds);
  lane.publishedUpto = upto;
  parts.order.advance(lane.id, upto);
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
