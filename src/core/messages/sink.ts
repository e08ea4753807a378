import type { Lane } from '../lane.ts';
import type { OrgId } from '../organisation.ts';
import type { Problem } from '../problem.ts';
import type { IsoInstant } from '../time/date.ts';
import type { Feed } from '../youth/statusEvent.ts';
import type { OutboxMessage } from './messages.ts';

// The port for all output of the bridge, whatever the channel. Kafka is the first sink: wire/kafkaSink.ts.
//
// How the pipeline drives it:
// 1. While it decides it lets the sink `prepare` each message. Nothing is committed yet: a message that cannot be
//    written parks its youth. Only what `prepare` returned is kept, so it has to be small and hold no message.
// 2. Once the batch is committed it hands the items to `deliver`, in order, and the next batch's before these are
//    acknowledged. When `deliver` resolves, the lane's checkpoint moves past the batch and its items are dropped.
// 3. When the lane gets a new owner, everything between checkpoint and cursor is prepared and delivered again, under
//    the same ids, with the current `ot-ungdom` of each youth concerned.
// Consent is the pipeline's: what discloses a NAV answer is handed over with a deadline, and left out of the next try
// once a consent is gone. A sink with a queue of its own therefore drops what the signal or the deadline ends.
//
// To add a sink, first ask whether it keeps each person's order and shuts out a lane's former owner (`OrderedSink`). A
// channel that does neither, a file or a plain HTTP receiver, is not driven from here: it consumes the out topics.
// One that does implements `Sink`, in `wire/` or in a room of its own on the same floor (test/architecture/rooms.ts),
// states its `promises`, and runs test/wire/sinkContract.ts (test/wire/inboxSink.test.ts is a short model). A lane has
// one sink: the new one takes the place of Kafka's where bridge/pipelines.ts makes it.

/** What a receiver may rely on. The contract suite holds each sink to its own. */
export interface SinkPromises {
  /** `per-person`: messages of one `ref` arrive in the order in which they were handed over, across calls and lanes. */
  order: 'per-person' | 'none';
  /** `at-least-once`: a message can arrive again, always under its first id. */
  delivery: 'exactly-once' | 'at-least-once';
  /** `fenced`: once a lane's new owner has delivered for a person, what the former one sends for them is refused. */
  takeover: 'fenced' | 'unfenced';
  /** `from-position`: a receiver can read again what it had, from a position of its choice. */
  replay: 'from-position' | 'none';
}

/** A record that was refused: which and why, for those who run its sender. Codes and positions, nothing of its content. */
export interface RejectedRecord {
  /** e.g. `telemarkfylke-no` */
  org: OrgId;
  feed: Feed;
  topic: string;
  partition: number;
  offset: bigint;
  /** The moment it entered Kafka. */
  received: IsoInstant;
  problems: readonly Problem[];
}

/** One organisation's. `Item`: what the sink needs to send one message; opaque to the pipeline. */
export interface Sink<Item = unknown, Promises extends SinkPromises = SinkPromises> {
  readonly promises: Promises;
  /** @param traceparent W3C, of the record that caused it. @throws when the message cannot be written */
  prepare(message: OutboxMessage, traceparent?: string): Item;
  prepareRejection(rejected: RejectedRecord): Item;
  /**
   * Resolves when all items have safely arrived: a crash of this process loses none. Tries until then, or for
   * `deadlineMs`, or until the signal is aborted.
   * @throws LaneLost when another worker has the lane; nothing more of it may be sent
   * @throws whatever else stopped it; the items may have arrived or not
   */
  deliver(items: readonly Item[], options: Delivery): Promise<void>;
}

export interface Delivery {
  /** Whose items they are. */
  lane: Lane;
  deadlineMs?: number;
  /** Aborted: what has not been sent yet is not sent any more. */
  signal?: AbortSignal;
}

/** What the lanes can work with: they hand over the next batch before the last one has arrived, and change owners. */
export type OrderedSink = Sink<unknown, SinkPromises & { order: 'per-person'; takeover: 'fenced' }>;
