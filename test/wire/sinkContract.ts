import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lane } from '../../src/core/lane.ts';
import { LaneLost } from '../../src/core/laneLost.ts';
import type { OutboxMessage } from '../../src/core/messages/messages.ts';
import type { Sink } from '../../src/core/messages/sink.ts';
import { orgId } from '../../src/core/organisation.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { GOLDEN_MESSAGES } from '../golden/avro.ts';
import { newRef } from '../store/commits.ts';

export interface SinkUnderTest {
  sink: Sink;
  /** Another process's, to the same receivers. */
  another: Sink;
  /** Ids of the messages about a person that a receiver of one topic has got, in the order of their arrival. */
  received(topic: OutboxMessage['topic'], ref: string): Promise<string[]>;
  /** The same, read again from the nth message on; null where nothing can be read again. */
  readAgain(topic: OutboxMessage['topic'], ref: string, from: number): Promise<string[] | null>;
  /** Positions of the records that their senders got a rejection for. */
  rejections(): Promise<string[]>;
  close(): Promise<void>;
}

const ORG = orgId('telemarkfylke-no');
const FEED_TOPIC = `${ORG}.ot.event.school-dropout`;

function newLane(): Lane {
  return {
    org: ORG,
    topic: FEED_TOPIC,
    partition: 0,
    id: 1,
    epoch: 1,
    nextOffset: 0n,
    publishedUpto: 0n,
    producerId: 2n ** 61n + BigInt(Math.floor(Math.random() * 2 ** 52)),
    fence: 1,
    shift: 0n,
    clusterId: null,
    topicId: null,
    mark: null,
  };
}

/** The lane as its next owner has it. */
const claimed = (lane: Lane): Lane => ({ ...lane, epoch: lane.epoch + 1, fence: lane.fence + 1 });

const EXAMPLE = GOLDEN_MESSAGES['status-open.v1.avro'];

function statusOf(ref: PersonRef, n: number): OutboxMessage {
  if (EXAMPLE?.topic !== 'status') throw new Error('the golden status is gone');
  const id = `${FEED_TOPIC}/0/${ref}/${n}`;
  return { ...EXAMPLE, id, ref, value: { ...EXAMPLE.value, ref, eventId: id, version: n } };
}

const ids = (messages: readonly OutboxMessage[]) => messages.map(({ id }) => id);

/** What every sink does, and for each sink what it promises. */
export function sinkContract(name: string, open: () => Promise<SinkUnderTest>): void {
  describe(`sink: ${name}`, () => {
    let under: SinkUnderTest;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(() => under.close());
    const items = (sink: Sink, messages: readonly OutboxMessage[]) =>
      messages.map((message) => sink.prepare(message));

    test('what has been delivered has arrived, each message under its id, on every topic', async () => {
      const lane = newLane();
      const all = Object.values(GOLDEN_MESSAGES).map((message) => {
        const ref = newRef();
        return Object.assign({}, message, { ref, id: `${FEED_TOPIC}/0/${ref}/1` });
      });
      await under.sink.deliver(items(under.sink, all), { lane });
      for (const { topic, ref, id } of all) expect(await under.received(topic, ref), topic).toEqual([id]);
    });

    test('a message that cannot be written is refused while it is prepared', () => {
      const { sink } = under;
      const broken = Object.assign(statusOf(newRef(), 1), { value: {} });
      expect(() => sink.prepare(broken)).toThrow();
    });

    test('what is prepared stays as it is while others are prepared, and until it is delivered', async () => {
      const [one, other] = [newRef(), newRef()];
      const prepared = items(under.sink, [statusOf(one, 1), statusOf(other, 2)]);
      items(under.sink, [statusOf(one, 3)]);
      await under.sink.deliver(prepared, { lane: newLane() });
      expect(await under.received('status', one)).toEqual(ids([statusOf(one, 1)]));
      expect(await under.received('status', other)).toEqual(ids([statusOf(other, 2)]));
    });

    test('deliveries that overlap all arrive, in order where that is promised', async () => {
      const lane = newLane();
      const people = [newRef(), newRef(), newRef()];
      const calls = Array.from({ length: 20 }, (_, call) =>
        people.flatMap((ref, n) => [
          statusOf(ref, 2 * (call * 3 + n)),
          statusOf(ref, 2 * (call * 3 + n) + 1),
        ]),
      );
      await Promise.all(calls.map((call) => under.sink.deliver(items(under.sink, call), { lane })));
      for (const person of people) {
        const sent = ids(calls.flat().filter(({ ref }) => ref === person));
        const got = await under.received('status', person);
        if (under.sink.promises.order === 'per-person') expect(got).toEqual(sent);
        else expect(got.toSorted()).toEqual(sent.toSorted());
      }
    });

    test('a message that is delivered again by a lane’s new owner has its first id', async () => {
      const ref = newRef();
      const lane = newLane();
      const message = statusOf(ref, 1);
      await under.sink.deliver(items(under.sink, [message]), { lane });
      await under.another.deliver(items(under.another, [message]), { lane: claimed(lane) });
      const got = await under.received('status', ref);
      expect(new Set(got)).toEqual(new Set([message.id]));
      if (under.sink.promises.delivery === 'exactly-once') expect(got).toHaveLength(1);
    });

    test('a lane’s former owner is shut out once the new one has delivered, where that is promised', async () => {
      const ref = newRef();
      const lane = newLane();
      await under.sink.deliver(items(under.sink, [statusOf(ref, 1)]), { lane });
      await under.another.deliver(items(under.another, [statusOf(ref, 2)]), { lane: claimed(lane) });
      const late = under.sink.deliver(items(under.sink, [statusOf(ref, 3)]), { lane });
      if (under.sink.promises.takeover === 'fenced') {
        await expect(late).rejects.toBeInstanceOf(LaneLost);
        expect(await under.received('status', ref)).toEqual(ids([statusOf(ref, 1), statusOf(ref, 2)]));
      } else {
        await late;
        expect(await under.received('status', ref)).toHaveLength(3);
      }
    });

    test('a receiver reads again what it had, from where it chooses, where that is promised', async () => {
      const ref = newRef();
      const messages = [statusOf(ref, 1), statusOf(ref, 2), statusOf(ref, 3)];
      await under.sink.deliver(items(under.sink, messages), { lane: newLane() });
      const again = await under.readAgain('status', ref, 1);
      const { replay } = under.sink.promises;
      expect(again).toEqual(replay === 'from-position' ? ids(messages.slice(1)) : null);
    });

    test('nothing to deliver is answered immediately', async () => {
      await under.sink.deliver([], { lane: newLane() });
    });

    test('the senders of a feed learn which record was refused, and why', async () => {
      const offset = BigInt(Math.floor(Math.random() * 2 ** 40));
      const rejected = under.sink.prepareRejection({
        org: ORG,
        feed: 'school-dropout',
        topic: FEED_TOPIC,
        partition: 0,
        offset,
        received: '2026-11-20T09:30:00.000Z',
        problems: [],
      });
      await under.sink.deliver([rejected], { lane: newLane() });
      expect(await under.rejections()).toContain(`${FEED_TOPIC}/0/${offset}`);
    });
  });
}
