import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { projectionTopic } from '../../src/core/messages/topic.ts';
import { createKafkaPublisher } from '../../src/kafka/kafkaPublisher.ts';
import type { Publisher } from '../../src/kafka/publisher.ts';
import type { FintProjection } from '../../src/store/fintPort.ts';
import { createPostgresFintProjection } from '../../src/store/postgres/fintProjection.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import { createTestDatabase, testBrokers } from '../harness/sharedParts.ts';
import { kafkaTopics } from '../kafka/kafkaTopics.ts';
import { newRef } from '../store/commits.ts';
import { createFintReceiver, type FintReceived } from './fintReceiver.ts';
import { fintWorld } from './fintWorld.ts';

const database = await createTestDatabase();
const pool = createPool({ databaseUrl: database.url, size: 10, onIdleError: () => undefined });
const store = createPostgresStore(pool);
await store.migrate();
const projection = createPostgresFintProjection(organisationIds(pool), createReaders(pool));
const brokers = await testBrokers();
const topics = kafkaTopics(brokers);
const publishers: Publisher[] = [];
afterAll(async () => {
  await Promise.all(publishers.map((each) => each.close()));
  await topics.close();
  await store.close();
  await database.drop();
});

class Killed extends Error {
  override readonly name = 'Killed';
}

/** A program of its own: its publisher, its calls to the database. Killed at random, or frozen with a send in hand, which
 *  arrives long after another has taken over. */
function program(random: () => number, late: Promise<unknown>[]) {
  const publisher = createKafkaPublisher({ brokers, clientId: 'ot-bridge-test', log: () => undefined });
  publishers.push(publisher);
  let dead = false;
  const die = (share: number) => {
    if (!dead && random() >= share) return;
    dead = true;
    throw new Killed();
  };
  const mortal = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      die(0.02);
      const result = await call(...args);
      die(0.02);
      return result;
    };
  };
  const frail: FintProjection = {
    projectFint: mortal(projection.projectFint),
    claimFint: mortal(projection.claimFint),
    renewFint: mortal(projection.renewFint),
    raiseFintFence: projection.raiseFintFence,
    unsentFint: mortal(projection.unsentFint),
    sentFint: mortal(projection.sentFint),
    wantFullFint: projection.wantFullFint,
    beginFullFint: mortal(projection.beginFullFint),
    unsentFullFint: mortal(projection.unsentFullFint),
    sentFullFint: mortal(projection.sentFullFint),
  };
  return {
    projection: frail,
    publisher: {
      async publish(...[records, options]: Parameters<Publisher['publish']>) {
        if (!dead && random() < 0.1) {
          late.push(
            sleep(150 + 300 * random())
              .then(() => publisher.publish(records, options))
              .catch(() => undefined),
          );
          dead = true;
        }
        die(0.02);
        await publisher.publish(records, options);
        die(0.05);
      },
    },
  };
}

test('a receiver that follows FINT’s rules ends with exactly the view, though the sender is killed and frozen at random', async () => {
  const seed = Number(process.env.FINT_SEED ?? 4711);
  const random = numbersFrom(seed);
  const late: Promise<unknown>[] = [];
  const made = await fintWorld({ ...store, ...projection }, { publish: async () => undefined });
  const topic = projectionTopic(made.organisation.id, 'fint');
  await topics.admin.connect();
  // Partitions are read one after the other here; a receiver that runs reads them as they grow.
  const configEntries = [{ name: 'message.timestamp.type', value: 'LogAppendTime' }];
  await topics.admin.createTopics({
    topics: [{ topic, numPartitions: 6, configEntries }],
    waitForLeaders: false,
  });
  const refs = Array.from({ length: 40 }, newRef);
  for (const ref of refs) await made.put(ref, { code: 'OTUK' });
  let kills = 0;
  const freed = () =>
    pool.query(
      `update fint_projection p set leased_until = '-infinity' from organisation o where o.id = p.org_id and o.name = $1`,
      [made.organisation.id],
    );
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  for (let life = 0; life < 60; life++) {
    const sender = made.worker(randomUUID(), program(random, late));
    try {
      for (let round = 0; round < 6; round++) {
        for (let n = 0; n < 5; n++) {
          const grade = random() < 0.1 ? 'STRENGT_FORTROLIG' : 'UGRADERT';
          await made.put(pick(refs), {
            code: pick(['OTUK', 'OTOV', 'OTAR', 'OTAP']),
            grade,
            out: random() < 0.1,
          });
        }
        if (random() < 0.15) await projection.wantFullFint(made.organisation.id);
        made.pass(random() < 0.1 ? -5_000 : 500);
        await sender.round();
      }
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      kills += 1;
    }
    await freed();
  }
  await Promise.all(late);
  const steady = createKafkaPublisher({ brokers, clientId: 'ot-bridge-test', log: () => undefined });
  publishers.push(steady);
  const last = made.worker('last', { projection, publisher: steady });
  // No full sync first: it would mend what a late send had spoiled.
  await pool.query('update fint_projection set full_id = null, full_wanted = false');
  await pool.query('update fint_youth set full_id = null');
  await last.round();
  // Compaction keeps the last of each key: who reads that alone has the same.
  const compacted = createFintReceiver();
  for (const record of new Map((await read(topic)).map((each) => [each.key, each])).values())
    compacted.receive(record);
  expect(compacted.has()).toEqual(made.expected);
  await projection.wantFullFint(made.organisation.id);
  made.pass(60_000);
  await sleep(5);
  await last.round();

  expect([kills > 20, late.length > 5]).toEqual([true, true]);
  const records = await read(topic);
  const receiver = createFintReceiver();
  receiver.plant('left-behind');
  for (const record of records) receiver.receive(record);
  expect(receiver.has()).toEqual(made.expected);
  expect(receiver.completed().length).toBeGreaterThan(0);
}, 170_000);

function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** In the order in which they came into the log. */
async function read(topic: string): Promise<FintReceived[]> {
  const ends = (await topics.admin.fetchTopicOffsets(topic)).map(({ high }) => Number(high));
  const wanted = ends.reduce((sum, end) => sum + end, 0);
  const found: (FintReceived & { at: number })[] = [];
  const consumer = topics.kafka.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ message: { key, value, timestamp, headers = {} } }) => {
      const header = (name: string) => {
        const bytes = headers[name];
        return Buffer.isBuffer(bytes) ? bytes : Buffer.from(String(bytes));
      };
      found.push({ key: String(key), value, header, at: Number(timestamp) });
    },
  });
  for (const until = Date.now() + 30_000; found.length < wanted && Date.now() < until; ) await sleep(20);
  await consumer.disconnect();
  return found.sort((a, b) => a.at - b.at);
}
