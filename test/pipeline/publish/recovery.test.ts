import { expect, test } from 'vitest';
import type { Lane } from '../../../src/core/lane.ts';
import { LaneLost } from '../../../src/core/laneLost.ts';
import { fenceOf } from '../../../src/kafka/fence.ts';
import { createMemoryPublisher } from '../../../src/kafka/memoryPublisher.ts';
import { createLaneOrder } from '../../../src/pipeline/publish/laneOrder.ts';
import { type RecoveryParts, recover } from '../../../src/pipeline/publish/recovery.ts';
import { createMemoryStore } from '../../../src/store/memory/store.ts';
import { createCodec } from '../../../src/wire/codec.ts';
import { createKafkaSink, type KafkaSink } from '../../../src/wire/kafkaSink.ts';
import { OUT_SCHEMAS } from '../../golden/avro.ts';
import { change, claimed, committed, newOrg, newRef } from '../../store/commits.ts';

/** Two lanes of one organisation that wrote one youth, in memory; the compacted topic has its versions. */
async function world() {
  const plain = createMemoryStore();
  const between = { work: async () => undefined as unknown };
  const store: typeof plain = {
    ...plain,
    async withCurrent(...given) {
      await between.work();
      await plain.withCurrent(...given);
    },
  };
  const publisher = createMemoryPublisher({ partitions: 1, now: Date.now });
  const order = createLaneOrder((lane) => store.publishedUpto(lane));
  const org = newOrg();
  const lanes: [Lane, Lane] = [await claimed(store, org, 0), await claimed(store, org, 1)];
  const codec = createCodec({ schemas: OUT_SCHEMAS });
  const sink: KafkaSink = {
    ...createKafkaSink({ org, codec, virtualClock: false, publisher, fences: store }),
    prepare: ({ topic, ref, value }) => ({
      topic,
      key: ref,
      value: Buffer.from(String(value.version)),
      headers: {},
    }),
  };
  const parts: RecoveryParts = {
    store,
    queries: store,
    sink,
    order,
    whilePermitted: (_org, messages, send) => send(new Set(messages)),
    holds: (lane) => store.published(lane, lane.publishedUpto),
    async publishRefused(error) {
      throw error;
    },
  };
  const states = () => publisher.read('ot-ungdom').flatMap((log) => log.map(({ value }) => String(value)));
  const send = (lane: Lane, version: number) =>
    publisher.publish(
      [{ topic: 'ot-ungdom', key: 'anybody', value: Buffer.from(String(version)), headers: {} }],
      { fence: fenceOf(store, lane) },
    );
  return { store, org, lanes, parts, states, send, between };
}

test('case E2: recovery ends with the youth as it is, and shuts out the former owner', async () => {
  const { store, org, lanes, parts, states, send } = await world();
  const [zombie] = lanes;
  await committed(store, change(zombie, newRef(), 1));
  await send(zombie, 1);
  const owner = await store.claim(zombie);
  await recover(parts, org, [owner]);
  await expect(send(zombie, 1)).rejects.toBeInstanceOf(LaneLost);
  expect(states()).toEqual(['1', '1']);
});

test('case E2: also where another lane writes the youth while it is recovered', async () => {
  const { store, org, lanes, parts, states, send, between } = await world();
  const [zombie, other] = lanes;
  const ref = newRef();
  await committed(store, change(zombie, ref, 1));
  const owner = await store.claim(zombie);
  between.work = async () => {
    between.work = async () => undefined;
    await committed(store, change(other, ref, 2));
  };
  await recover(parts, org, [owner]);
  expect(states().at(-1)).toBe('2');
  await expect(send(zombie, 1)).rejects.toBeInstanceOf(LaneLost);
});

test('case E2: also where both lanes changed hands with something unpublished of one youth', async () => {
  const { store, org, lanes, parts, states, send } = await world();
  const [one, two] = lanes;
  const ref = newRef();
  await committed(store, change(one, ref, 1));
  await committed(store, change(two, ref, 2));
  await recover(parts, org, [await store.claim(one), await store.claim(two)]);
  expect(states().at(-1)).toBe('2');
  for (const zombie of [one, two]) await expect(send(zombie, 1)).rejects.toBeInstanceOf(LaneLost);
});
