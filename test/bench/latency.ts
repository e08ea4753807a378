import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { outTopic } from '../../src/core/messages/topic.ts';
import { ORG, statusChange } from './load.ts';
import { percentile } from './measure.ts';
import { PARTITIONS } from './send.ts';

/** Turns later than any before, and even: the first status is another than the last one. */
const AFTER = 2;
/** Not measured: a program that has just worked off a backlog gives its memory back in the first seconds after it. */
const SETTLING_SECONDS = 15;
/** Milliseconds from the send of a feed record to its status in the hands of a consumer. */
export async function latency(
  brokers: readonly string[],
  numbers: readonly string[],
  load: { perSecond: number; seconds: number },
): Promise<{ p50: number; p99: number; max: number; measured: number }> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ idempotent: true });
  const consumer = kafka.consumer({ groupId: `latency-${process.pid}`, maxWaitTimeInMs: 100 });
  const sent = new Map<string, number>();
  const arrived = new Map<string, number>();
  await Promise.all([producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topic: outTopic(ORG, 'status'), fromBeginning: false });
  const joined = new Promise<void>((resolve) => {
    consumer.on(consumer.events.GROUP_JOIN, () => resolve());
  });
  await consumer.run({
    autoCommit: false,
    partitionsConsumedConcurrently: 4,
    async eachBatch({ batch }) {
      const now = performance.now();
      for (const { headers } of batch.messages) {
        // `<feed topic>/<partition>/<offset>/<n>`
        const cause = String(headers?.ce_id).split('/').slice(0, 3).join('/');
        if (!arrived.has(cause)) arrived.set(cause, now);
      }
    },
  });
  await joined;
  await sleep(1_000);

  // One send every 10 ms, in turn to each partition: a steady trickle, not bursts.
  const perSend = load.perSecond / 100;
  const sends: Promise<unknown>[] = [];
  const began = performance.now();
  for (let tick = 0; tick < (SETTLING_SECONDS + load.seconds) * 100; tick += 1) {
    const partition = tick % PARTITIONS;
    const records = Array.from({ length: perSend }, (_, index) => {
      const nth = (tick * perSend + index) * PARTITIONS + partition;
      const youth = nth % numbers.length;
      // Later than anything the youth has, and another code each time: every record changes a status.
      const turn = Math.floor(nth / numbers.length);
      return statusChange(youth, numbers[youth] ?? '', AFTER + turn);
    });
    const at = performance.now();
    const topic = records[0]?.topic ?? '';
    const measured = tick >= SETTLING_SECONDS * 100;
    sends.push(
      producer
        .send({ topic, acks: -1, messages: records.map(({ value }) => ({ value, partition })) })
        .then(([answer]) => {
          const base = Number(answer?.baseOffset);
          if (!measured) return;
          for (let index = 0; index < records.length; index += 1)
            sent.set(`${topic}/${partition}/${base + index}`, at);
        }),
    );
    await sleep(Math.max(0, began + (tick + 1) * 10 - performance.now()));
  }
  await Promise.all(sends);
  await sleep(2_000);
  await Promise.all([producer.disconnect(), consumer.disconnect()]);
  const times = [...sent]
    .flatMap(([cause, at]) => (arrived.has(cause) ? [(arrived.get(cause) ?? 0) - at] : []))
    .sort((a, b) => a - b);
  if (times.length < sent.size * 0.99)
    throw new Error(`a status was seen of ${times.length} of ${sent.size} records that change one`);
  return {
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    max: times.at(-1) ?? Number.NaN,
    measured: times.length / sent.size,
  };
}
