import { createRequire } from 'node:module';
import type { Message } from 'kafkajs';
import type { OutgoingRecord } from './publisher.ts';
import { encodeRecordBatch } from './recordBatch.ts';

// Lets our own batches pass kafkajs's encoder: connections, leaders, sequence numbers and retries stay with
// kafkajs, only the bytes of a produce request are made here. Requests of other producers are not touched.

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

const ours = new WeakMap<readonly Message[], readonly OutgoingRecord[]>();
const PATCHED = Symbol.for('ot-bridge.kafkajsProduce');

/** One partition's records for `producer.send` of kafkajs. The messages are stand-ins: the request is made
 *  from the records themselves. */
export function laneMessages(records: readonly OutgoingRecord[], partition: number): Message[] {
  const messages: Message[] = records.map((record) => ({ key: record.key, value: record.value, partition }));
  // kafkajs groups by partition, copying the list once for each message; there is only one group here.
  const group = { value: () => ({ [partition]: messages }) };
  Object.defineProperty(messages, 'reduce', group);
  ours.set(messages, records);
  return messages;
}

/** May be called any number of times. Kafka ≥ 0.11 (produce request 3 to 7). */
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
      const [lane] = topic?.partitions ?? [];
      const records = lane === undefined ? undefined : ours.get(lane.messages);
      if (topic === undefined || lane === undefined || records === undefined) return made;
      if (version < 3) throw new Error('the broker is older than Kafka 0.11');
      made.request.encode = async () => {
        const bytes = encodeProduce(data, topic.topic, lane, records);
        return { buf: bytes, buffer: bytes };
      };
      return made;
    };
  };
}

/** Produce request 3–7: no transaction, one topic, one partition. */
function encodeProduce(
  data: ProduceData,
  topic: string,
  lane: PartitionData,
  records: readonly OutgoingRecord[],
): Buffer {
  const { producerEpoch } = data;
  const producer = { producerId: BigInt(data.producerId), producerEpoch, firstSequence: lane.firstSequence };
  const batch = encodeRecordBatch(records, producer, Date.now());
  const name = Buffer.from(topic);
  const head = Buffer.alloc(2 + 2 + 4 + 4 + 2 + name.length + 4 + 4 + 4);
  let at = head.writeInt16BE(-1, 0);
  at = head.writeInt16BE(data.acks, at);
  at = head.writeInt32BE(data.timeout, at);
  at = head.writeInt32BE(1, at);
  at = head.writeInt16BE(name.length, at);
  at += name.copy(head, at);
  at = head.writeInt32BE(1, at);
  at = head.writeInt32BE(lane.partition, at);
  head.writeInt32BE(batch.length, at);
  return Buffer.concat([head, batch]);
}
