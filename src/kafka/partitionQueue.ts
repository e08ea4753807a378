import type { Fence } from './fence.ts';
import { asciiSize } from './producedBatch.ts';
import type { Producers } from './producers.ts';
import type { PublishCall } from './publishCall.ts';
import type { OutgoingRecord } from './publisher.ts';
import { createSenders, type Senders } from './senders.ts';

/** A call's records for one partition; those before `next` have been taken. */
interface Piece {
  call: PublishCall;
  records: OutgoingRecord[];
  next: number;
}

/** One send: consecutive records of one partition, with their calls. */
export interface Batch {
  records: OutgoingRecord[];
  /** The same for the whole batch. */
  fence: Fence | undefined;
  parts: { call: PublishCall; count: number }[];
}

export interface BatchLimits {
  records: number;
  bytes: number;
}

/** The send queue of one partition. Its worker takes a batch, sends it, and only then takes the next. */
export interface PartitionQueue {
  topic: string;
  partition: number;
  pieces: Piece[];
  busy: boolean;
  /** Records to be sent one at a time, to find the one that the broker refuses. */
  singles: number;
  /** Fixed for the life of the queue: a partition's order is that of one connection. */
  producers: Producers<OutgoingRecord>;
  senders: Senders;
}

export function createPartitionQueue(
  topic: string,
  partition: number,
  producers: PartitionQueue['producers'],
  endOfLog: () => Promise<bigint>,
): PartitionQueue {
  return {
    topic,
    partition,
    pieces: [],
    busy: false,
    singles: 0,
    producers,
    senders: createSenders(endOfLog),
  };
}

/** Adds a record; true when it is the call's first in this queue. */
export function enqueue(queue: PartitionQueue, call: PublishCall, record: OutgoingRecord): boolean {
  const last = queue.pieces.at(-1);
  if (last?.call === call) {
    last.records.push(record);
    return false;
  }
  queue.pieces.push({ call, records: [record], next: 0 });
  return true;
}

/** The next batch, without the records of abandoned calls; undefined when the queue is empty. */
export function takeBatch(queue: PartitionQueue, limits: BatchLimits): Batch | undefined {
  const most = queue.singles > 0 ? 1 : limits.records;
  const batch: Batch = { records: [], fence: undefined, parts: [] };
  let bytes = 0;
  let used = 0;
  for (const piece of queue.pieces) {
    if (piece.call.open) {
      if (batch.parts.length === 0) batch.fence = piece.call.fence;
      else if (!sameSender(batch.fence, piece.call.fence)) break;
      const start = piece.next;
      while (piece.next < piece.records.length && batch.records.length < most) {
        const record = piece.records[piece.next];
        if (record === undefined) break;
        bytes += asciiSize(record);
        // The first record is sent whatever its size: the broker decides, not an estimate.
        if (bytes > limits.bytes && batch.records.length > 0) break;
        batch.records.push(record);
        piece.next++;
      }
      if (piece.next > start) batch.parts.push({ call: piece.call, count: piece.next - start });
      if (piece.next < piece.records.length) break;
    }
    used++;
  }
  queue.pieces.splice(0, used);
  queue.singles = batch.records.length === 0 ? 0 : Math.max(0, queue.singles - 1);
  return batch.records.length === 0 ? undefined : batch;
}

/** Returns a batch to the head of the queue, to be sent record by record. */
export function isolate(queue: PartitionQueue, batch: Batch): void {
  let from = 0;
  const pieces = batch.parts.map(({ call, count }) => {
    from += count;
    return { call, records: batch.records.slice(from - count, from), next: 0 };
  });
  queue.pieces.unshift(...pieces);
  queue.singles = batch.records.length;
}

/** The batch without the records of abandoned calls, in the same order. */
export function stillWanted(batch: Batch): Batch {
  if (batch.parts.every(({ call }) => call.open)) return batch;
  const wanted: Batch = { records: [], fence: batch.fence, parts: [] };
  let from = 0;
  for (const part of batch.parts) {
    if (part.call.open) {
      wanted.parts.push(part);
      for (let i = from; i < from + part.count; i++) {
        const record = batch.records[i];
        if (record !== undefined) wanted.records.push(record);
      }
    }
    from += part.count;
  }
  return wanted;
}

function sameSender(one: Fence | undefined, other: Fence | undefined): boolean {
  if (one === other || one === undefined || other === undefined) return one === other;
  const [a, b] = [one.producer(), other.producer()];
  return a.producerId === b.producerId && a.producerEpoch === b.producerEpoch;
}
