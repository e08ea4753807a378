import { createRequire } from 'node:module';
import type { Message } from 'kafkajs';
import { encodeRecordBatch, type ProducerState } from './producedBatch.ts';
import type { OutgoingRecord } from './publisher.ts';

// Passes our own encoded batches through kafkajs: connections, leaders, sequence numbers and retries stay with
// kafkajs, only the bytes of a produce request are made here. Requests of other producers are unchanged.

interface PartitionData {
  partition: number;
  messages: readonly Message[];
  firstSequence: number;
}

interface ProduceData {
  acks: number;
  timeout: number;
  compression: number;
  transactionalId?: string;
  producerId: string;
  producerEpoch: number;
  topicData: { topic: string; partitions: PartitionData[] }[];
}

interface Encoded {
  buf: Buffer;
  buffer: Buffer;
}

interface ProduceRequest {
  request: { encode(): Promise<Encoded> };
}

interface ProduceDefinition {
  protocol(options: { version: number }): (data: ProduceData) => ProduceRequest;
}

interface Ours {
  records: readonly OutgoingRecord[];
  as: ProducerState | undefined;
  sendBy: number;
}

const ours = new WeakMap<readonly Message[], Ours>();
/** kafkajs retries a send by itself. One that has waited for longer, in a frozen process, is refused here; the
 *  caller checks that it still owns the lane and sends again. */
const SEND_WITHIN_MS = 60_000;
const PATCHED = Symbol.for('ot-bridge.kafkajsProduce');

/**
 * One partition's records for `producer.send` of kafkajs. The messages are placeholders: the request is made from
 * the records.
 * @param as the producer identity to send under, if not kafkajs's own
 */
export function partitionMessages(
  records: readonly OutgoingRecord[],
  partition: number,
  as?: ProducerState,
): Message[] {
  const messages: Message[] = records.map((record) => ({ key: record.key, value: record.value, partition }));
  // kafkajs groups by partition, copying the list once per message; there is only one group here.
  const group = { value: () => ({ [partition]: messages }) };
  Object.defineProperty(messages, 'reduce', group);
  ours.set(messages, { records, as, sendBy: Date.now() + SEND_WITHIN_MS });
  return messages;
}

/** Idempotent. Kafka ≥ 0.11 (produce request 3 to 7). */
export function useOwnProduceEncoding(): void {
  const load = createRequire(import.meta.url);
  const produce: ProduceDefinition & { [PATCHED]?: true } = load(
    'kafkajs/src/protocol/requests/produce/index.js',
  );
  if (produce[PATCHED]) return;
  produce[PATCHED] = true;
  const original = produce.protocol;
  produce.protocol = ({ version }) => {
    const make = original({ version });
    return (data) => {
      const made = make(data);
      const [topic] = data.topicData;
      const [part] = topic?.partitions ?? [];
      const mine = part === undefined ? undefined : ours.get(part.messages);
      if (topic === undefined || part === undefined || mine === undefined) return made;
      if (version < 3) throw new Error('the broker is older than Kafka 0.11');
      made.request.encode = async () => {
        if (Date.now() > mine.sendBy) throw new SentTooLate('a send was repeated too late');
        const bytes = encodeProduce(data, topic.topic, part, mine);
        return { buf: bytes, buffer: bytes };
      };
      return made;
    };
  };
}

/** Produce request 3–7: no transaction, one topic, one partition. */
function encodeProduce(data: ProduceData, topic: string, part: PartitionData, { records, as }: Ours): Buffer {
  const { producerEpoch } = data;
  const own = { producerId: BigInt(data.producerId), producerEpoch, firstSequence: part.firstSequence };
  const batch = encodeRecordBatch(records, as ?? own, Date.now());
  const name = Buffer.from(topic);
  const head = Buffer.alloc(2 + 2 + 4 + 4 + 2 + name.length + 4 + 4 + 4);
  let at = head.writeInt16BE(-1, 0);
  at = head.writeInt16BE(data.acks, at);
  at = head.writeInt32BE(data.timeout, at);
  at = head.writeInt32BE(1, at);
  at = head.writeInt16BE(name.length, at);
  at += name.copy(head, at);
  at = head.writeInt32BE(1, at);
  at = head.writeInt32BE(part.partition, at);
  head.writeInt32BE(batch.length, at);
  return Buffer.concat([head, batch]);
}

class SentTooLate extends Error {
  override readonly name = 'SentTooLate';
}
