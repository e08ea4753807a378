import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import avsc from 'avsc';
import { Kafka, type KafkaMessage, logLevel } from 'kafkajs';
import type pg from 'pg';
import { JAVA_FOLDER } from './javaPeers.ts';
import { eventDigest, type NewestStatus, type SimpleEvent, STATUSES } from './simpleJob.ts';

const SCHEMA = avsc.Type.forSchema(
  JSON.parse(readFileSync(join(JAVA_FOLDER, 'src/main/avro/statusEvent.avsc'), 'utf8')),
);
/** Of Confluent's framing: a zero and the schema's number. */
const FRAME = Buffer.from([0, 0, 0, 0, 7]);

/** Event id → digest, of all committed events on a topic; and how many messages there are. */
export async function eventsOn(
  brokers: readonly string[],
  topic: string,
): Promise<{ events: Map<string, string>; messages: number }> {
  const events = new Map<string, string>();
  let messages = 0;
  await readTopic(brokers, topic, ({ key, value }) => {
    if (value === null || !value.subarray(0, FRAME.length).equals(FRAME))
      throw new Error('an event in no frame');
    const event: SimpleEvent = SCHEMA.fromBuffer(value.subarray(FRAME.length));
    if (key?.toString() !== event.youth) throw new Error('an event under the key of another youth');
    messages += 1;
    const digest = eventDigest(event);
    const known = events.get(event.eventId);
    if (known !== undefined && known !== digest) throw new Error('two events under one id');
    events.set(event.eventId, digest);
  });
  return { events, messages };
}

export async function newestInDatabase(client: pg.Client): Promise<Map<string, NewestStatus>> {
  const { rows } = await client.query<NewestStatus & { youth: string }>(
    'select youth, status, version::float8 as version from newest_status',
  );
  return new Map(rows.map(({ youth, status, version }) => [youth, { status, version }]));
}

/** Of a Kafka Streams store, from the topic that it is restored from. */
export async function newestOnTopic(
  brokers: readonly string[],
  topic: string,
): Promise<Map<string, NewestStatus>> {
  const newest = new Map<string, NewestStatus>();
  await readTopic(brokers, topic, ({ key, value }) => {
    if (key === null || value === null) throw new Error('a store that forgets');
    const status = STATUSES[value.readUInt8(16)];
    if (status === undefined) throw new Error('a status that is none');
    newest.set(key.toString(), { status, version: Number(value.readBigInt64BE(0)) });
  });
  return newest;
}

/** All messages that a reader of committed ones is given, to the end as it is now. */
async function readTopic(
  brokers: readonly string[],
  topic: string,
  take: (message: KafkaMessage) => void,
): Promise<void> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const left = new Map(
    offsets.filter(({ high, low }) => high !== low).map(({ partition, high }) => [partition, BigInt(high)]),
  );
  if (left.size === 0) return;
  const consumer = kafka.consumer({ groupId: `read-${topic}-${process.pid}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  try {
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
        // Also past the markers of transactions, which are no messages.
        if (BigInt(payload.lastOffset) + 1n >= (left.get(payload.partition) ?? 0n))
          left.delete(payload.partition);
        if (left.size === 0) resolve();
      });
      consumer
        .run({
          autoCommit: false,
          eachBatch: async ({ batch }) => {
            try {
              for (const message of batch.messages) take(message);
            } catch (error) {
              reject(error);
            }
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}
