import { describe, expect, test } from 'vitest';
import type { Lane } from '../../../src/core/lane.ts';
import { LaneLost } from '../../../src/core/laneLost.ts';
import { isNavDisclosure, type NavDisclosure } from '../../../src/core/messages/messages.ts';
import { orgId } from '../../../src/core/organisation.ts';
import { createMemoryPublisher } from '../../../src/kafka/memoryPublisher.ts';
import type { Publisher } from '../../../src/kafka/publisher.ts';
import type { Outgoing } from '../../../src/pipeline/decidedBatch.ts';
import { createLaneOrder } from '../../../src/pipeline/publish/laneOrder.ts';
import { createPublishWindow } from '../../../src/pipeline/publish/publishWindow.ts';
import { createKafkaSink } from '../../../src/wire/kafkaSink.ts';
import { GOLDEN_MESSAGES } from '../../golden/avro.ts';

const LANE: Lane = {
  org: orgId('telemarkfylke-no'),
  topic: 'telemarkfylke-no.ot.event.bridge',
  partition: 0,
  id: 1,
  epoch: 1,
  nextOffset: 0n,
  publishedUpto: 0n,
  producerId: 1n,
  fence: 1,
  shift: 0n,
  clusterId: null,
  topicId: null,
  mark: null,
};
const NAV = GOLDEN_MESSAGES['alert-proposal.v3.avro'];
if (NAV === undefined || !isNavDisclosure(NAV)) throw new Error('no golden message discloses a NAV answer');

function record(name: string, disclosure: NavDisclosure | null = null): Outgoing {
  return { item: { topic: 'out', key: 'r', value: Buffer.from(name), headers: {} }, disclosure };
}

/** A lane whose Kafka is away for the first `away` tries; `consent` answers before each. */
function lane(parts: { away: number; consent: boolean[]; stuck?: boolean }) {
  const topic = createMemoryPublisher({ partitions: 1, now: Date.now });
  let away = parts.away;
  let reached: () => void = () => undefined;
  const waits = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const publisher: Publisher = {
    ...topic,
    async publish(...given) {
      const signal = given[1]?.signal;
      if (parts.stuck && signal) {
        // A broker that does not answer: only the signal ends it.
        reached();
        await new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new Error('taken back'))),
        );
      }
      if (away-- > 0) throw new Error('away');
      await topic.publish(...given);
    },
  };
  const window = createPublishWindow(
    {
      sink: createKafkaSink({
        org: LANE.org,
        codec: {
          encode() {
            throw new Error('everything is encoded already');
          },
        },
        virtualClock: false,
        publisher,
        fences: { raiseFence: async () => null },
      }),
      order: createLaneOrder(async () => 0n),
      feed: 'bridge',
      publishRefused: async () => undefined,
      holds: async () => true,
      whilePermitted: (messages, send) =>
        send(new Set(messages.filter(() => parts.consent.shift() ?? false))),
    },
    LANE,
  );
  const add = (upto: bigint, ...outgoing: Outgoing[]) =>
    window.add(upto, { outgoing, quarantined: [], behind: [] });
  const sent = () => topic.read('out').flatMap((log) => log.map(({ value }) => value?.toString()));
  return { add, sent, window, waits };
}

describe('a NAV answer that waits for Kafka', () => {
  test('is not sent when a consent is withdrawn while it waits; everything else is', async () => {
    const { add, sent } = lane({ away: 1, consent: [true, false] });
    await add(1n, record('status'), record('nav', NAV));
    expect(sent()).toEqual(['status']);
  });

  test('is sent when both consents still hold after the wait', async () => {
    const { add, sent } = lane({ away: 2, consent: [true, true, true] });
    await add(1n, record('status'), record('nav', NAV));
    expect(sent()).toEqual(['status', 'nav']);
  });

  test('is not sent when a consent was withdrawn before the first try', async () => {
    const { add, sent } = lane({ away: 0, consent: [false] });
    await add(1n, record('nav', NAV));
    expect(sent()).toEqual([]);
  });

  test('is taken back immediately when the lane has gone to another worker', async () => {
    const { add, window, waits } = lane({ away: 0, consent: [true], stuck: true });
    const sending = add(1n, record('nav', NAV));
    await waits;
    window.abandon();
    await expect(sending).rejects.toThrow(LaneLost);
  });

  test('keeps what was decided after it behind it', async () => {
    const { add, sent, window } = lane({ away: 3, consent: [true, true, true, true] });
    void add(1n, record('nav', NAV));
    void add(2n, record('withdrawn'));
    await window.settled();
    expect(sent()).toEqual(['nav', 'withdrawn']);
  });
});
