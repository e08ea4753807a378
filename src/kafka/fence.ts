// Fencing of Kafka writes by a lane's former owner.
//
// Commits are fenced by the database: a lane's epoch rises with each claim. A send is not: it may wait in a frozen
// process, or be retried inside the client, and land long after the lane has changed owner, so that a compacted topic
// ended with yesterday's state. Therefore the database also issues the identity under which a lane's events are sent,
// a Kafka producer id of the lane's own and an epoch (fencing token) that rises with each claim. A partition
// remembers the highest epoch of a producer, rejects any lower one (INVALID_PRODUCER_EPOCH), and deduplicates batches
// by sequence number. That takes no transaction: Java's idempotent producer raises its epoch in the same way
// (KIP-360), and a transaction would hold up readers, cost round trips and leave markers.
//
// A partition learns the new epoch with the first record under it. A former owner can only have events in flight that
// it committed before its checkpoint of published ones; recovery sends the current state of each of those youths,
// under the new epoch and while holding their rows. What lands before that is overwritten by it, what lands after is
// rejected: either way the last record of a key is the current youth.
//
// A restored database issues epochs a second time, and Kafka would acknowledge the first batch under one as a
// duplicate of the old one: a new sender on a partition reads the end of its log, and rejects an acknowledgement from
// before it (`senders.ts`).
//
// A partition forgets a producer that is silent for a day (`producer.id.expiration.ms`): what has waited longer than
// a minute is sent only after the database has confirmed the owner again.

/** Kafka's epochs have 16 bits: every 32,768th claim gets a new producer id, and that one change of owner in many
 *  years has only the clock above between it and a late send. */
const EPOCHS = 32_768;

/** A producer's identity in Kafka. */
export interface Producer {
  producerId: bigint;
  producerEpoch: number;
}

/** The right to send for a lane. */
export interface Fence {
  /** The current identity to send under. */
  producer(): Producer;
  /**
   * Claims a higher epoch: a batch sent under the previous one and still unacknowledged is rejected from now on.
   * @param far Kafka knows epochs that the database does not: it was restored, and issues numbers a second time
   * @returns false when the lane has another owner
   */
  raise(far?: 'far'): Promise<boolean>;
}

/** More than the owners a lane has between a backup and its restore, and small against the range. */
const FAR = 1_000;

/** What has an identity of its own in Kafka: a lane, or a projection. */
interface Fenced {
  producerId: bigint;
  fence: number;
}

/** All fences of one lane share its number. */
export function fenceOf<T extends Fenced>(
  source: { raiseFence(owner: T, by: number): Promise<number | null> },
  lane: T,
): Fence {
  return {
    producer: () => ({
      producerId: lane.producerId + BigInt(Math.floor(lane.fence / EPOCHS)),
      producerEpoch: lane.fence % EPOCHS,
    }),
    async raise(far) {
      const raised = await source.raiseFence(lane, far ? FAR : 1);
      // Two partitions may raise concurrently.
      if (raised !== null) lane.fence = Math.max(lane.fence, raised);
      return raised !== null;
    },
  };
}
