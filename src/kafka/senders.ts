import type { Fence } from './fence.ts';
import { LaneLost } from './laneLost.ts';
import type { ProducerState } from './producedBatch.ts';
import type { OutgoingRecord } from './publisher.ts';

/** As whom one partition's batches are sent, and with which sequence number. */
export interface Senders {
  /**
   * For the next try. The same batch again has the same number, and Kafka keeps one of the two. Another batch while nobody
   * knows whether the last one stands in Kafka would take its number, and could be taken for it: it goes out under a new
   * epoch, that the lost one may not come after.
   * @throws LaneLost when the lane has another owner
   */
  next(fence: Fence, records: readonly OutgoingRecord[]): Promise<ProducerState>;
  /** What `next` was asked for stands in Kafka from this offset on. False when the answer is about somebody else's batch of
   *  that name and number: it has to be sent again. */
  acknowledged(as: ProducerState, records: number, offset: bigint): boolean;
  /** Kafka has said no to these very records: nothing is on its way. */
  refused(as: ProducerState): void;
  /** Kafka has another idea of who sends, or of the number: whatever comes next needs a new epoch. */
  distrust(as: ProducerState): void;
}

interface Sender extends ProducerState {
  /** Sent, and not yet acknowledged. */
  open: readonly OutgoingRecord[] | undefined;
  distrusted: boolean;
  /** Where the log ended before the first batch; undefined once that one stands behind it. */
  end: bigint | undefined;
}

/** Sequence numbers go round after this. */
const HIGHEST = 2 ** 31 - 1;

/** @param endOfLog where the partition's next record will stand */
export function createSenders(endOfLog: () => Promise<bigint>): Senders {
  const senders = new Map<bigint, Sender>();

  /** Undefined when another owner of the lane has sent from here under a higher epoch. */
  async function senderOf(fence: Fence): Promise<Sender | undefined> {
    const producer = fence.producer();
    const known = senders.get(producer.producerId);
    if (known && known.producerEpoch > producer.producerEpoch) return undefined;
    if (known && known.producerEpoch === producer.producerEpoch) return known;
    const end = await endOfLog();
    const fresh = { ...producer, firstSequence: 0, open: undefined, distrusted: false, end };
    senders.set(producer.producerId, fresh);
    return fresh;
  }
  const sentAs = ({ producerId, producerEpoch }: ProducerState): Sender | undefined => {
    const sender = senders.get(producerId);
    return sender?.producerEpoch === producerEpoch ? sender : undefined;
  };

  return {
    async next(fence, records) {
      let sender = await senderOf(fence);
      while (!sender || sender.distrusted || (sender.open !== undefined && sender.open !== records)) {
        if (!(await fence.raise(sender?.distrusted ? 'far' : undefined))) throw new LaneLost();
        sender = await senderOf(fence);
      }
      sender.open = records;
      const { producerId, producerEpoch, firstSequence } = sender;
      return { producerId, producerEpoch, firstSequence };
    },
    acknowledged(as, records, offset) {
      const sender = sentAs(as);
      if (!sender) return true;
      if (sender.end !== undefined && offset < sender.end) {
        sender.distrusted = true;
        return false;
      }
      sender.end = undefined;
      sender.open = undefined;
      const next = sender.firstSequence + records;
      sender.firstSequence = next > HIGHEST ? next - HIGHEST - 1 : next;
      return true;
    },
    refused(as) {
      const sender = sentAs(as);
      if (sender) sender.open = undefined;
    },
    distrust(as) {
      const sender = sentAs(as);
      if (sender) sender.distrusted = true;
    },
  };
}
