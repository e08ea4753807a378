import { Kafka, logLevel } from 'kafkajs';

// The ceiling of the client: kafkajs reads the same topics and writes the same bytes to another, and does nothing
// else. `ready` when it has joined, then one line with the number of records, when all have been acknowledged.

const { BENCH_BROKERS = '', BENCH_TOPICS = '', BENCH_OUT = '', BENCH_COUNT = '0' } = process.env;
const kafka = new Kafka({ brokers: BENCH_BROKERS.split(','), logLevel: logLevel.NOTHING });
const producer = kafka.producer({ idempotent: true });
const consumer = kafka.consumer({ groupId: `pass-${process.pid}`, maxWaitTimeInMs: 500 });
await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: BENCH_TOPICS.split(','), fromBeginning: true });
let passed = 0;
const lanes = new Map<number, Promise<unknown>>();
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: 8,
  async eachBatch({ batch }) {
    const messages = batch.messages.map(({ key, value }) => ({ key, value, partition: batch.partition }));
    // One send in flight per partition, as the bridge does; the next fetch runs in parallel.
    const send = (lanes.get(batch.partition) ?? Promise.resolve()).then(() =>
      producer.send({ topic: BENCH_OUT, acks: -1, messages }),
    );
    lanes.set(batch.partition, send);
    await send;
    passed += messages.length;
    if (passed >= Number(BENCH_COUNT)) process.stdout.write(`done ${passed}\n`);
  },
});
process.stdout.write('ready\n');
