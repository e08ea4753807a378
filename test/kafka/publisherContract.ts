import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LaneLost } from '../../src/core/laneLost.ts';
import type { Fence } from '../../src/kafka/fence.ts';
import type { PublishedRecord } from '../../src/kafka/memoryPublisher.ts';
import { partitionOf } from '../../src/kafka/murmur2.ts';
import {
  type OutgoingRecord,
  type Publisher,
  PublisherClosed,
  UnknownTopic,
} from '../../src/kafka/publisher.ts';

export interface PublisherUnderTest {
  publisher: Publisher;
  /** Another process's, on the same topics. */
  another: Publisher;
  /** Creates an empty topic and gives its name. */
  topic(partitions: number): Promise<string>;
  read(topic: string): Promise<PublishedRecord[][]>;
  close(): Promise<void>;
}

const record = (
  topic: string,
  key: string,
  text: string,
  more: Partial<OutgoingRecord> = {},
): OutgoingRecord => ({
  topic,
  key,
  value: Buffer.from(text),
  headers: {},
  ...more,
});
const randomProducer = () => 2n ** 61n + BigInt(Math.floor(Math.random() * 2 ** 52));

/**
 * A lane's right to send, as its database gives it: `next` is the epoch after, null when another worker has the lane.
 */
function fence(producerId: bigint, epoch: number, next: () => number | null): Fence {
  let producerEpoch = epoch;
  return {
    producer: () => ({ producerId, producerEpoch }),
    async raise() {
      const raised = next();
      producerEpoch = raised ?? producerEpoch;
      return raised !== null;
    },
  };
}
const texts = (records: readonly PublishedRecord[]) => records.map(({ value }) => value?.toString());

/** What every publisher promises; run over the in-memory one and over real Kafka. */
export function publisherContract(name: string, open: () => Promise<PublisherUnderTest>): void {
  describe(`publisher: ${name}`, () => {
    let under: PublisherUnderTest;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(() => under.close());

    test('an answered call is in Kafka, each record once, on the partition of its key', async () => {
      const topic = await under.topic(4);
      const keys = fc.sample(fc.uuid(), { numRuns: 300, seed: 1 });
      await under.publisher.publish(keys.map((key) => record(topic, key, key)));
      const log = await under.read(topic);
      expect(log.flat()).toHaveLength(300);
      log.forEach((records, partition) => {
        expect(texts(records)).toEqual(keys.filter((key) => partitionOf(key, 4) === partition));
      });
    });

    test('each partition keeps the order of calls and of records, however the calls overlap', async () => {
      const topics = [await under.topic(4), await under.topic(2)];
      const calls = Array.from({ length: 60 }, (_, call) =>
        Array.from({ length: 25 }, (_, n) => {
          const key = `ref-${(call * 7 + n) % 11}`;
          return record(topics[n % 2] ?? '', key, `${key}:${String(call * 25 + n).padStart(6, '0')}`);
        }),
      );
      await Promise.all(calls.map((records) => under.publisher.publish(records)));
      const logs = await Promise.all(topics.map((topic) => under.read(topic)));
      expect(logs.flat(2)).toHaveLength(1500);
      for (const [t, log] of logs.entries()) {
        for (const [partition, records] of log.entries()) {
          const expected = calls
            .flat()
            .filter((r) => r.topic === topics[t] && partitionOf(r.key, log.length) === partition);
          expect(texts(records)).toEqual(expected.map((r) => r.value?.toString()));
        }
      }
    });

    test('a former owner of the lane sends nothing more once its new owner has sent', async () => {
      const topic = await under.topic(2);
      const [key, elsewhere] = ['ref-a', 'ref-b', 'ref-c', 'ref-d'].filter(
        (each, _, all) => each === 'ref-a' || partitionOf(each, 2) !== partitionOf(all[0] ?? '', 2),
      ) as [string, string];
      const producerId = randomProducer();
      const former = fence(producerId, 1, () => null);
      const owner = fence(producerId, 2, () => null);
      const publish = (by: Fence, ref: string, text: string) => {
        const publisher = by === owner ? under.another : under.publisher;
        return publisher.publish([record(topic, ref, text)], { fence: by });
      };
      await publish(former, key, 'first');
      await publish(former, key, 'second');
      await publish(owner, key, 'owner');
      await expect(publish(former, key, 'late')).rejects.toBeInstanceOf(LaneLost);
      // Where the owner has sent nothing there is nothing to overtake.
      await publish(former, elsewhere, 'elsewhere');
      await publish(owner, key, 'again');
      const log = await under.read(topic);
      expect(texts(log[partitionOf(key, 2)] ?? [])).toEqual(['first', 'second', 'owner', 'again']);
      expect(texts(log[partitionOf(elsewhere, 2)] ?? [])).toEqual(['elsewhere']);
    });

    test('an owner whose database was put back asks for a higher epoch until Kafka takes it', async () => {
      const topic = await under.topic(1);
      const producerId = randomProducer();
      for (const epoch of [1, 2, 3]) {
        const before = fence(producerId, epoch, () => null);
        await under.another.publish([record(topic, 'ref-a', `before ${epoch}`)], { fence: before });
      }
      let epoch = 1;
      const owner = fence(producerId, 1, () => ++epoch);
      await under.publisher.publish([record(topic, 'ref-a', 'owner')], { fence: owner });
      await under.publisher.publish([record(topic, 'ref-a', 'next')], { fence: owner });
      expect(texts((await under.read(topic))[0] ?? [])).toEqual([
        'before 1',
        'before 2',
        'before 3',
        'owner',
        'next',
      ]);
      expect(epoch).toBeGreaterThanOrEqual(3);
    });

    test('lanes that send to one partition each keep their own order', async () => {
      const topic = await under.topic(1);
      const fences = [1, 2, 3].map(() => fence(randomProducer(), 1, () => null));
      const calls = Array.from({ length: 30 }, (_, n) => ({ by: n % 3, text: String(n) }));
      await Promise.all(
        calls.map(({ by, text }) =>
          under.publisher.publish([record(topic, 'ref-a', text)], { fence: fences[by] as Fence }),
        ),
      );
      expect(texts((await under.read(topic))[0] ?? [])).toEqual(calls.map(({ text }) => text));
    });

    test('null values, headers and times arrive as they were given', async () => {
      const topic = await under.topic(1);
      const headers = { ce_id: 'a/0/1/0', 'content-type': 'application/avro', note: 'æøå' };
      const timestamp = Date.UTC(2020, 2, 15, 8);
      await under.publisher.publish([
        record(topic, 'ref-a', 'x', { headers, timestamp }),
        record(topic, 'ref-a', '', { value: null, headers, timestamp: timestamp + 5 }),
      ]);
      const [records] = await under.read(topic);
      expect(records).toEqual([
        { key: 'ref-a', value: Buffer.from('x'), headers, timestamp },
        { key: 'ref-a', value: null, headers, timestamp: timestamp + 5 },
      ]);
    });

    test('a record without a time gets the present one', async () => {
      const topic = await under.topic(1);
      const before = Date.now();
      await under.publisher.publish([record(topic, 'ref-a', 'x')]);
      const at = (await under.read(topic))[0]?.[0]?.timestamp ?? 0;
      expect(at).toBeGreaterThanOrEqual(before - 1000);
      expect(at).toBeLessThanOrEqual(Date.now() + 1000);
    });

    test('nothing to publish is answered immediately', async () => {
      await under.publisher.publish([]);
    });

    test('a topic that does not exist is refused with its name, and stops no other topic', async () => {
      const topic = await under.topic(1);
      const refused = under.publisher.publish([record('no-such-org.ot.event.status', 'ref-a', 'x')]);
      await Promise.all([
        expect(refused).rejects.toBeInstanceOf(UnknownTopic),
        expect(refused).rejects.toThrow('no-such-org.ot.event.status'),
        under.publisher.publish([record(topic, 'ref-a', 'y')]),
      ]);
      expect(texts((await under.read(topic)).flat())).toEqual(['y']);
    });

    test('a closed publisher takes nothing more', async () => {
      const topic = await under.topic(1);
      const last = under.publisher.publish([record(topic, 'ref-a', 'last')]);
      await under.publisher.close();
      await last;
      await expect(under.publisher.publish([record(topic, 'ref-a', 'x')])).rejects.toBeInstanceOf(
        PublisherClosed,
      );
      expect(texts((await under.read(topic)).flat())).toEqual(['last']);
    });
  });
}
