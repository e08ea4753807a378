import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bridge, startBridge } from '../../src/bridge/bridge.ts';
import type { BridgeOptions, Wrappers } from '../../src/bridge/options.ts';
import { LaneLost } from '../../src/core/laneLost.ts';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { countyNumber, type OrgId, orgId } from '../../src/core/organisation.ts';
import { FEEDS } from '../../src/core/youth/statusEvent.ts';
import type { Producer } from '../../src/kafka/fence.ts';
import { createKafkaPublisher } from '../../src/kafka/kafkaPublisher.ts';
import type { OutgoingRecord, Publisher } from '../../src/kafka/publisher.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout, P10 } from '../harness/schoolDropouts.ts';
import { until } from '../harness/until.ts';

// Several processes on one database and one Kafka: who has which lane, and what becomes of one that believes it still has it.

let pipeline: RealPipeline;
beforeAll(async () => {
  pipeline = await startRealPipeline({ clock: null });
});
afterAll(() => pipeline?.stop());

interface Series {
  org: OrgId;
  topic: string;
  partition: number;
  value: number;
}

async function series(bridge: Bridge, name: string): Promise<Series[]> {
  const text = await (await fetch(`${bridge.url}/internal/metrics`)).text();
  const line = new RegExp(
    `^ot_bridge_${name}\\{org="([^"]*)",topic="([^"]*)",partition="(\\d+)"\\} (\\S+)`,
    'gm',
  );
  return [...text.matchAll(line)].map(([, org = '', topic = '', partition, value]) => ({
    org: orgId(org),
    topic,
    partition: Number(partition),
    value: Number(value),
  }));
}
const worked = async (bridge: Bridge) =>
  (await series(bridge, 'lane_worked')).map(({ topic, partition }) => `${topic}/${partition}`).sort();
const lanesOf = (org: OrgId) =>
  FEEDS.flatMap((feed) => [0, 1].map((partition) => `${feedTopic(org, feed)}/${partition}`)).sort();
const newOrg = () => orgId(`test-${randomBytes(4).toString('hex')}`);
const working = (options: BridgeOptions, ...orgs: readonly OrgId[]): BridgeOptions => ({
  ...options,
  organisations: orgs.map((id) => ({ id, county: countyNumber('40'), virtualClock: false })),
});

async function withBridges(
  plans: readonly (BridgeOptions & { wrappers?: Wrappers })[],
  work: (...bridges: Bridge[]) => Promise<void>,
): Promise<void> {
  const bridges: Bridge[] = [];
  try {
    for (const plan of plans) bridges.push(await startBridge(plan, plan.wrappers));
    await work(...bridges);
  } finally {
    for (const bridge of bridges) await bridge.stop();
  }
}

test('case E1: processes of different counties on one database each work their own county, all of it', async () => {
  const other = newOrg();
  await withBridges([working(pipeline.options, other)], async (second) => {
    const first = pipeline.current();
    await until('each has its county', async () => {
      const [mine, its] = [await worked(first), await worked(second)];
      return mine.join() === lanesOf(pipeline.org).join() && its.join() === lanesOf(other).join();
    });
    // A rolling change: a third one has both, and each topic's partitions are spread over those who have it.
    await withBridges([working(pipeline.options, pipeline.org, other)], async (third) => {
      await until('each topic is shared by two', async () => {
        const shares = await Promise.all([first, second, third].map(worked));
        const all = shares.flat().sort();
        return (
          all.join() === [...lanesOf(pipeline.org), ...lanesOf(other)].sort().join() &&
          shares[2]?.length === 2 * FEEDS.length &&
          new Set(shares[2].map((lane) => lane.split('/')[0])).size === 2 * FEEDS.length
        );
      });
    });
    const receipt = await pipeline.submit(
      'school-dropout',
      crowd(7, 6).map((person, at) => dropout(person, `e1-${at}`)),
    );
    expect(receipt.counts).toMatchObject({ applied: 6, waiting: 0 });
  });
});

test('case E1: the lag of a county that no process works any more is reported by those that are left', async () => {
  const other = newOrg();
  const away = working(pipeline.options, other);
  await withBridges([away], async (second) => {
    await until('it works its county', async () => (await worked(second)).length === 2 * FEEDS.length);
  });
  await pipeline.current().publisher.publish([
    { topic: feedTopic(other, 'consent'), key: 'a', value: Buffer.from('{}'), headers: {} },
    { topic: feedTopic(other, 'consent'), key: 'a', value: Buffer.from('{}'), headers: {} },
  ]);
  await until('the lag is reported', async () => {
    const lag = (await series(pipeline.current(), 'lag_records')).filter(({ org }) => org === other);
    return lag.length === 2 * FEEDS.length && lag.reduce((sum, { value }) => sum + value, 0) === 2;
  });
});

test('case C9: the lag and the unpublished records of a lane that went to another process are reported as they are', async () => {
  const person = crowd(11, 1)[0] ?? P10;
  let release: () => void = () => undefined;
  const free = new Promise<void>((resolve) => {
    release = resolve;
  });
  let held = 0;
  // The second process commits and cannot publish: its lanes have something unpublished for as long as the test
  // wants.
  const holding = (publisher: Publisher): Publisher => ({
    ...publisher,
    async publish(records, options) {
      if (options?.fence) {
        held += 1;
        await free;
      }
      return publisher.publish(records, options);
    },
  });
  await withBridges([{ ...pipeline.options, wrappers: { publisher: holding } }], async (second) => {
    const first = pipeline.current();
    await until('they share', async () => (await worked(second)).length === FEEDS.length);
    const topic = feedTopic(pipeline.org, 'school-dropout');
    const its = (await worked(second)).find((lane) => lane.startsWith(`${topic}/`));
    const partition = Number(its?.split('/')[1]);
    const metric = async (name: string) =>
      (await series(first, name)).find((each) => each.topic === topic && each.partition === partition)?.value;
    expect(await metric('unpublished_records')).toBe(0);
    for (let n = 0; held === 0; n += 1) {
      await pipeline.current().publisher.publish([
        {
          topic,
          key: `k${n}`,
          value: Buffer.from(JSON.stringify(dropout(person, `c9-${n}`))),
          headers: { 'content-type': 'application/json' },
        },
      ]);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await until(
      'what the other has not published is reported',
      async () => (await metric('unpublished_records')) !== 0,
    );
    release();
    await second.stop();
    await until('the first has it', async () => (await worked(first)).length === 2 * FEEDS.length);
    await pipeline.settle();
    await until('all is published', async () => (await metric('unpublished_records')) === 0);
    expect(await metric('lag_records')).toBe(0);
    expect(await series(first, 'lag_records')).toHaveLength(
      (await series(first, 'unpublished_records')).length,
    );
  });
});

test('case E2: a send of the former owner that arrives after the takeover is no record, and the compacted topic ends with the youth as it is', async () => {
  const person = crowd(13, 1)[0] ?? P10;
  const topic = feedTopic(pipeline.org, 'school-dropout');
  const send = (version: number) =>
    plain.publish([
      {
        topic,
        key: 'e2',
        value: Buffer.from(
          JSON.stringify(dropout(person, 'e2', { version, avbruddsdato: `2026-10-0${version}` })),
        ),
        headers: { 'content-type': 'application/json' },
      },
    ]);
  const plain = createKafkaPublisher({
    brokers: pipeline.options.brokers,
    clientId: 'late',
    log: () => undefined,
  });
  const late: { records: readonly OutgoingRecord[]; producer: Producer }[] = [];
  let frozen = false;
  const freezing = (publisher: Publisher): Publisher => ({
    ...publisher,
    async publish(records, options) {
      if (!frozen || !options?.fence) return publisher.publish(records, options);
      late.push({ records, producer: options.fence.producer() });
      return new Promise(() => undefined);
    },
  });
  try {
    await pipeline.restart({}, { publisher: freezing });
    await send(1);
    await pipeline.settle();
    frozen = true;
    await send(2);
    await until('a committed change waits to be sent', async () => late.length > 0);
    await pipeline.restart();
    await send(3);
    await pipeline.settle();
    // As a client does that repeats what it was given. Whether the database would say no is not asked before Kafka does.
    for (const { records, producer } of late) {
      const fence = { producer: () => producer, raise: async () => false };
      await expect(plain.publish(records, { fence })).rejects.toBeInstanceOf(LaneLost);
    }
  } finally {
    await plain.close();
  }
  const states = await pipeline.out('ot-ungdom', person.fodselsnummer);
  const versions = states.map(({ decoded }) => Number(decoded.version));
  expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  const known = await pipeline
    .current()
    .queries.youth(pipeline.org, await pipeline.refOf(person.fodselsnummer));
  expect(versions.at(-1)).toBe(known?.version);
});
