import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Fence } from '../../src/kafka/fence.ts';
import type { KafkaLine } from '../../src/kafka/kafkajsLog.ts';
import { partitionOf } from '../../src/kafka/murmur2.ts';
import { createOrderedPublisher } from '../../src/kafka/orderedPublisher.ts';
import {
  type OutgoingRecord,
  PublishAbandoned,
  PublisherClosed,
  PublishTimeout,
  RecordRefused,
  UnknownTopic,
} from '../../src/kafka/publisher.ts';
import { type Fate, fakeKafka } from './fakeKafka.ts';

const record = (text: string, key = 'ref-1', topic = 't'): OutgoingRecord => ({
  topic,
  key,
  value: Buffer.from(text),
  headers: {},
});

function publisherOn(kafka: ReturnType<typeof fakeKafka>, options: { closeMs?: number } = {}) {
  const lines: KafkaLine[] = [];
  const log = (line: KafkaLine) => void lines.push(line);
  return {
    publisher: createOrderedPublisher({ kafka: kafka.link, log, pauseFactor: 0.001, ...options }),
    lines,
  };
}
/** A lane's right to send, which it keeps. */
function fakeFence(producerId: bigint) {
  let producerEpoch = 1;
  const fence: Fence = {
    producer: () => ({ producerId, producerEpoch }),
    async raise(far) {
      producerEpoch += far ? 100 : 1;
      return true;
    },
  };
  return { fence, epochs: () => producerEpoch };
}
const partitionName = (key: string, topic = 't') => `${topic}/${partitionOf(key, 4)}`;
const firstTimes = (log: readonly string[]) => [...new Set(log)];

describe('ordered publisher', () => {
  test('loses nothing and keeps each partition’s order, whatever sends are rejected and calls overlap', async () => {
    const fates = fc.infiniteStream(
      fc.oneof(
        { arbitrary: fc.constant<Fate>('ok'), weight: 3 },
        { arbitrary: fc.constantFrom<Fate>('lost', 'unheard'), weight: 1 },
      ),
    );
    const calls = fc.array(fc.array(fc.tuple(fc.nat(9), fc.nat(2)), { minLength: 1, maxLength: 8 }), {
      minLength: 1,
      maxLength: 15,
    });
    await fc.assert(
      fc.asyncProperty(calls, fates, async (plan, stream) => {
        const kafka = fakeKafka({ fate: () => stream.next().value });
        const { publisher } = publisherOn(kafka);
        const expected = new Map<string, string[]>();
        let n = 0;
        const running = plan.map((entries) => {
          const records = entries.map(([person, topic]) => record(String(n++), `ref-${person}`, `t${topic}`));
          for (const each of records) {
            const at = partitionName(each.key, each.topic);
            expected.set(at, [...(expected.get(at) ?? []), String(each.value)]);
          }
          return publisher.publish(records);
        });
        await Promise.all(running);
        await publisher.close();
        expect(new Map([...kafka.logs].map(([at, log]) => [at, firstTimes(log)]))).toEqual(expected);
        expect(kafka.offences).toEqual([]);
        expect(kafka.state.open).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test('under a fence each record is stored once and in order, also when sends that were given up arrive late', async () => {
    const fates = fc.infiniteStream(
      fc.oneof(
        { arbitrary: fc.constant<Fate>('ok'), weight: 3 },
        { arbitrary: fc.constantFrom<Fate>('lost', 'unheard', 'late'), weight: 2 },
      ),
    );
    const calls = fc.array(fc.tuple(fc.nat(2), fc.array(fc.nat(9), { minLength: 1, maxLength: 8 })), {
      minLength: 1,
      maxLength: 15,
    });
    await fc.assert(
      fc.asyncProperty(calls, fates, async (plan, stream) => {
        const kafka = fakeKafka({ fate: () => stream.next().value });
        const { publisher } = publisherOn(kafka);
        const fences = [fakeFence(10n), fakeFence(20n), fakeFence(30n)];
        const expected = new Map<string, string[]>();
        let n = 0;
        const running = plan.map(([by, people]) => {
          const records = people.map((person) => record(String(n++), `ref-${person}`));
          for (const each of records) {
            expected.set(partitionName(each.key), [
              ...(expected.get(partitionName(each.key)) ?? []),
              String(each.value),
            ]);
          }
          return publisher.publish(records, { fence: fences[by]?.fence as Fence });
        });
        await Promise.all(running);
        kafka.arriveLate();
        await publisher.close();
        expect(new Map(kafka.logs)).toEqual(expected);
        expect(kafka.offences).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('what no caller waits for any more cannot come after what was sent in its place', async () => {
    const giveUp = new AbortController();
    const kafka = fakeKafka({
      fate: () => {
        if (giveUp.signal.aborted) return 'ok';
        giveUp.abort();
        return 'late';
      },
    });
    const { publisher } = publisherOn(kafka);
    const { fence, epochs } = fakeFence(10n);
    const given = publisher.publish([record('old')], { fence, signal: giveUp.signal });
    await expect(given).rejects.toThrow(PublishAbandoned);
    await publisher.publish([record('new')], { fence });
    kafka.arriveLate();
    expect(kafka.logs.get(partitionName('ref-1'))?.at(-1)).toBe('new');
    expect(epochs()).toBe(2);
  });

  test('an owner with an epoch that was given out before is not taken for the one it was given to', async () => {
    const kafka = fakeKafka({});
    const before = publisherOn(kafka).publisher;
    await before.publish([record('before')], { fence: fakeFence(10n).fence });
    const { publisher } = publisherOn(kafka);
    const { fence, epochs } = fakeFence(10n);
    await publisher.publish([record('owner')], { fence });
    expect(kafka.logs.get(partitionName('ref-1'))).toEqual(['before', 'owner']);
    expect(epochs()).toBe(101);
  });

  test('what comes while a send is under way goes out together in the next one', async () => {
    const kafka = fakeKafka({});
    const { publisher } = publisherOn(kafka);
    await publisher.publish([record('0')]);
    await Promise.all(Array.from({ length: 100 }, (_, n) => publisher.publish([record(String(n + 1))])));
    expect(kafka.state.sends).toBe(3);
    expect(kafka.logs.get(partitionName('ref-1'))).toHaveLength(101);
  });

  test('one send holds at most 2000 records and about a megabyte', async () => {
    const kafka = fakeKafka({});
    const { publisher } = publisherOn(kafka);
    await publisher.publish(Array.from({ length: 5_000 }, (_, n) => record(String(n))));
    expect(kafka.state.largest).toBe(2_000);
    const before = kafka.state.sends;
    await publisher.publish(Array.from({ length: 10 }, () => record('x'.repeat(300_000))));
    expect(kafka.state.sends - before).toBe(4);
  });

  test('a rejected send replaces the producer once, and the old one is closed', async () => {
    let failures = 1;
    const kafka = fakeKafka({ fate: () => (failures-- > 0 ? 'lost' : 'ok') });
    const { publisher, lines } = publisherOn(kafka);
    await publisher.publish([record('a')]);
    expect(kafka.state.connects).toBe(2);
    await vi.waitFor(() => expect(kafka.state.open).toBe(1));
    expect(lines).toEqual([
      {
        code: 'publish.rejected',
        level: 'warn',
        topic: 't',
        partition: partitionOf('ref-1', 4),
        attempt: 1,
        error: 'NOT_LEADER_FOR_PARTITION',
      },
    ]);
  });

  test('a broker that does not answer yet is tried until it does', async () => {
    const kafka = fakeKafka({});
    kafka.state.refuseConnects = 5;
    const { publisher, lines } = publisherOn(kafka);
    const keys = Array.from({ length: 40 }, (_, i) => `ref-${i}`);
    await publisher.publish(keys.map((key) => record(key, key)));
    expect(kafka.logs.get(partitionName('ref-1'))).toContain('ref-1');
    const partitions = new Set(keys.map((key) => partitionOf(key, 4)));
    expect(partitions.size).toBe(4);
    // One connection for each, and a try that failed is reported once.
    expect(kafka.state.connects).toBe(5 + partitions.size);
    expect(lines).toEqual(Array(5).fill({ code: 'publish.connect', level: 'warn', error: 'ECONNREFUSED' }));
  });

  test('a deadline rejects its own call only, and what was not sent for it is dropped', async () => {
    let answer: (fate: 'ok') => void = () => undefined;
    const held = new Promise<'ok'>((resolve) => {
      answer = resolve;
    });
    const kafka = fakeKafka({ fate: () => held });
    const { publisher } = publisherOn(kafka);
    const patient = publisher.publish([record('a')]);
    await vi.waitFor(() => expect(kafka.state.sends).toBe(1));
    await expect(publisher.publish([record('b')], { deadlineMs: 20 })).rejects.toBeInstanceOf(PublishTimeout);
    const later = publisher.publish([record('c')]);
    answer('ok');
    await Promise.all([patient, later]);
    expect(kafka.logs.get(partitionName('ref-1'))).toEqual(['a', 'c']);
  });

  test('a record that the broker refuses fails alone; its neighbours in the batch are sent', async () => {
    const kafka = fakeKafka({
      fate: (_, __, records) =>
        records.some(({ value }) => String(value) === 'bad') ? { refused: 'MESSAGE_TOO_LARGE' } : 'ok',
    });
    const { publisher } = publisherOn(kafka);
    const calls = ['a', 'bad', 'b', 'c'].map((text) => publisher.publish([record(text)]));
    const ends = await Promise.allSettled(calls);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    await expect(calls[1]).rejects.toBeInstanceOf(RecordRefused);
    await expect(calls[1]).rejects.toThrow('MESSAGE_TOO_LARGE');
    expect(kafka.logs.get(partitionName('ref-1'))).toEqual(['a', 'b', 'c']);
    await publisher.publish([record('d'), record('e')]);
    expect(kafka.logs.get(partitionName('ref-1'))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('a topic that is deleted under way is named to everyone who waits for it', async () => {
    let exists = true;
    const kafka = fakeKafka({
      partitions: (topic) => (topic === 't' && !exists ? undefined : 4),
      fate: (topic) => (topic === 't' && !exists ? { refused: 'UNKNOWN_TOPIC_OR_PARTITION' } : 'ok'),
    });
    const { publisher } = publisherOn(kafka);
    await publisher.publish([record('a')]);
    exists = false;
    const waiting = [publisher.publish([record('b')]), publisher.publish([record('c')])];
    const ends = await Promise.allSettled([...waiting, publisher.publish([record('x', 'ref-1', 'other')])]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    await expect(waiting[0]).rejects.toBeInstanceOf(UnknownTopic);
  });

  test('closing waits for what is under way, but not without limit', async () => {
    const kafka = fakeKafka({ fate: () => new Promise(() => undefined) });
    const { publisher } = publisherOn(kafka, { closeMs: 30 });
    const stuck = publisher.publish([record('a')]);
    const end = expect(stuck).rejects.toBeInstanceOf(PublisherClosed);
    await vi.waitFor(() => expect(kafka.state.sends).toBe(1));
    await publisher.close();
    await end;
    expect(kafka.state.closed).toBe(true);
  });
});
