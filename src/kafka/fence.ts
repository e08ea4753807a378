import type { FenceSource, Lane } from '../core/lane.ts';

// What keeps a lane's former owner from writing to Kafka after its successor.
//
// The database fences commits: a lane's epoch rises with each claim. A send it cannot fence: it may lie in a frozen
// process, or be repeated inside the client, and land long after the lane has gone to somebody else, and then the compacted
// topic ended with a state of yesterday. So the database also gives out the name under which a lane's events are sent,
// a Kafka producer id of the lane's own and an epoch that rises with each claim, and Kafka does the rest: a partition
// remembers the highest epoch it has seen of a producer, refuses any lower one (INVALID_PRODUCER_EPOCH), and knows a
// repeated batch by its sequence number. That takes no transaction: Java's idempotent producer raises its epoch by itself
// in the same way (KIP-360), and a transaction would hold up readers, cost round trips and leave markers.
//
// A partition learns the new epoch with the first record under it. All that a former owner can still have on its way
// are events it committed and had not noted as published; recovery sends the present state of each of those youths,
// under the new number and while holding their rows. What lands before that is overwritten by it, what lands after
// is refused: whichever way, the last record of a key is the youth as it is.
//
// A database that was put back gives out numbers for a second time, and Kafka would take the first batch under one for a
// repetition of the old one, and keep silent: whoever sends as somebody new on a partition looks where its log ends, and
// does not believe an answer that points before that (`senders.ts`).
//
// A partition forgets a producer that is silent for a day (`producer.id.expiration.ms`): what has waited longer than a minute
// for its turn is not sent before the database has said once more whose the lane is.

/** Kafka's epochs are of 16 bits: with every 32,768th number the lane gets a new producer, and that one change of owners in
 *  many years has only the clock above between it and a late send. */
const EPOCHS = 32_768;

/** A producer as Kafka tells it apart. */
export interface Producer {
  producerId: bigint;
  producerEpoch: number;
}

/** The right to send for a lane. */
export interface Fence {
  /** As whom to send now. */
  producer(): Producer;
  /**
   * Takes a higher epoch, which shuts out what was sent under the one before and is not heard of.
   * @param far Kafka knows epochs that the database does not: it was put back, and gives numbers a second time
   * @returns false when the lane has another owner
   */
  raise(far?: 'far'): Promise<boolean>;
}

/** More than the owners a lane has between a copy of the database and its return, and small beside all there are. */
const FAR = 1_000;

/** Several made of one lane are the same right. */
export function fenceOf(source: FenceSource, lane: Lane): Fence {
  return {
    producer: () => ({
      producerId: lane.producerId + BigInt(Math.floor(lane.fence / EPOCHS)),
      producerEpoch: lane.fence % EPOCHS,
    }),
    async raise(far) {
      const raised = await source.raiseFence(lane, far ? FAR : 1);
      // Two partitions may ask at once.
      if (raised !== null) lane.fence = Math.max(lane.fence, raised);
      return raised !== null;
    },
  };
}
