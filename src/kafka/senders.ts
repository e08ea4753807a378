import { LaneLost } from '../core/laneLost.ts';
import type { Fence } from './fence.ts';
import type { ProducerState } from './producedBatch.ts';
import type { OutgoingRecord } from './publisher.ts';

/** Producer identity and sequence numbers of one partition's batches. */
export interface Senders {
  /**
   * Identity for the next attempt. The same batch keeps its number, and Kafka deduplicates it. A different batch
   * after an unacknowledged one would take its number and could be taken for its duplicate: it is sent under a new
   * epoch, which fences the lost one.
   * @throws LaneLost when the lane has another owner
   */
  next(fence: Fence, records: readonly OutgoingRecord[]): Promise<ProducerState>;
  /** The batch of `next` is in Kafka from this offset on. False when the acknowledgement is for an older batch of
   *  the same identity and number: send again. */
  acknowledged(as: ProducerState, records: number, offset: bigint): boolean;
  /** Kafka has refused these very records: nothing is in flight. */
  refused(as: ProducerState): void;
  /** Kafka disagrees about the producer or the number: the next batch needs a new epoch. */
  distrust(as: ProducerState): void;
}

interface Sender extends ProducerState {
  /** Sent, and not yet acknowledged. */
  open: readonly OutgoingRecord[] | undefined;
  distrusted: boolean;
  /** End of the log before the first batch; undefined once that one is acknowledged. */
  end: bigint | undefined;
}

/** Sequence numbers wrap around after this. */
const HIGHEST = 2 ** 31 - 1;

/** @param endOfLog offset of the partition's next record */
export function createSenders(endOfLog: () => Promise<bigint>): Senders {
  const senders = new Map<bigint, Sender>();

  /** Undefined when another owner of the lane has sent from this process under a higher epoch. */
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
