import { randomUUID } from 'node:crypto';
import { type Admin, CompressionTypes, type Producer } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { sendWithJava } from '../harness/javaProducer.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { until } from '../harness/until.ts';

const CODECS = ['gzip', 'snappy', 'lz4', 'zstd'] as const;

describe('lanes of a real Kafka', () => {
  let pipeline: RealPipeline;
  let admin: Admin;
  let topic: string;
  const transactional: Producer[] = [];
  const people = crowd(901, 40);
  const next = () => people.shift() ?? { fodselsnummer: '', fodselsdato: '' };
  beforeAll(async () => {
    pipeline = await startRealPipeline({ clock: null });
    admin = pipeline.kafka.admin();
    await admin.connect();
    topic = feedTopic(pipeline.org, 'school-dropout');
  });
  afterAll(async () => {
    for (const each of transactional) await each.disconnect();
    await admin?.disconnect();
    await pipeline?.stop();
  });

  const today = new Date().toISOString().slice(0, 10);
  const report = (person = next()) => dropout(person, randomUUID(), { avbruddsdato: today });
  const message = (value: unknown, partition = 0) => ({ partition, value: JSON.stringify(value) });
  const known = async ({ fodselsnummer }: Record<string, unknown>) =>
    (await pipeline.post('youths/search', { fodselsnummer })).status === 200;
  async function transactions(): Promise<Producer> {
    const producer = pipeline.kafka.producer({
      transactionalId: randomUUID(),
      idempotent: true,
      maxInFlightRequests: 1,
    });
    await producer.connect();
    transactional.push(producer);
    return producer;
  }
  /** The lane's cursor, and where the log ends. */
  async function cursor(partition: number): Promise<[bigint, bigint]> {
    const lanes = await pipeline.current().queries.lanes();
    const lane = lanes.find((each) => each.topic === topic && each.partition === partition);
    const offsets = await admin.fetchTopicOffsets(topic);
    const log = offsets.find((each) => each.partition === partition);
    return [lane?.nextOffset ?? -1n, BigInt(log?.high ?? -1)];
  }
  const metric = async (name: string, partition: number) => {
    const text = await (await pipeline.get('/internal/metrics')).text();
    const line = text
      .split('\n')
      .find((each) => each.startsWith(`${name}{`) && each.includes(`"${topic}",partition="${partition}"`));
    return Number(line?.split(' ').at(-1));
  };
  const alarms = (code: string) => pipeline.logLines.filter((line) => line.includes(`"code":"${code}"`));

  test('case C1: what a Java producer packs with gzip, snappy, lz4 or zstd is read', async () => {
    const sent = CODECS.map((codec) => ({ codec, values: Array.from({ length: 5 }, () => report()) }));
    const { brokers } = pipeline.options;
    await Promise.all(sent.map(({ codec, values }) => sendWithJava({ brokers, topic, codec, values })));
    await pipeline.settle();
    for (const { codec, values } of sent)
      for (const value of values) expect(await known(value), codec).toBe(true);
  });

  test('case C1: a batch that cannot be unpacked stops its own partition, reports where and why, and an operator lets it go on', async () => {
    const [before] = await cursor(0);
    const producer = pipeline.kafka.producer();
    await producer.connect();
    // 40 MB of one letter: a batch of 40 kB that any producer may send.
    const bomb = { partition: 0, value: Buffer.alloc(40_000_000, 'x') };
    await producer.send({ topic, compression: CompressionTypes.GZIP, messages: [bomb] });
    const [behind, elsewhere] = [report(), report()];
    await producer.send({ topic, messages: [message(behind, 0), message(elsewhere, 1)] });
    await producer.disconnect();
    await until('the other partition is read', () => known(elsewhere));
    await until('it is reported', async () => alarms('BATCH_UNREADABLE').length > 0);
    const reports = () => alarms('BATCH_UNREADABLE').filter((line) => line.includes('operational.alert'));
    expect(JSON.parse(reports()[0] ?? '{}')).toMatchObject({
      topic,
      partition: 0,
      offset: Number(before),
      detail: 'TOO_LARGE',
    });
    const ready = await pipeline.get('/internal/isReady');
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining(`${topic}/0`)]);

    // Nor does a restart help, or harm the others.
    await pipeline.restart();
    const later = report();
    const plain = pipeline.kafka.producer();
    await plain.connect();
    await plain.send({ topic, messages: [message(later, 1)] });
    await plain.disconnect();
    await until('the other partition is read again', () => known(later));
    await until('it is reported again', async () => reports().length === 2);
    expect(await known(behind)).toBe(false);

    const act = (body: unknown) => pipeline.post(`/internal/lanes/${topic}/0/go-on`, body);
    const reason = 'Avsenderen deler opp meldingen.';
    const asked = await act({ reason });
    expect(asked.status).toBe(200);
    expect(JSON.parse(await asked.text())).toMatchObject({
      from: Number(before) + 1,
      done: false,
      says: [`Meldingene ${before} til ${before} blir ikke lest.`, expect.any(String), expect.any(String)],
    });
    expect(await known(behind)).toBe(false);
    expect(JSON.parse(await (await act({ reason, confirm: true })).text())).toMatchObject({ done: true });
    await until('what was behind it is read', () => known(behind));
    expect((await act({ reason })).status).toBe(409);
    await pipeline.settle();
    await until('it is ready again', async () => (await pipeline.get('/internal/isReady')).status === 200);
  });

  test('case C2: markers and records taken back are passed, at the end of a lane, after retention and after a restart', async () => {
    const producer = await transactions();
    const [stays, taken] = [report(), report()];
    const committed = await producer.transaction();
    await committed.send({ topic, messages: [message(stays)] });
    await committed.commit();
    const aborted = await producer.transaction();
    await aborted.send({ topic, messages: [message(taken)] });
    await aborted.abort();
    await pipeline.settle();
    expect(await known(stays)).toBe(true);
    expect(await known(taken)).toBe(false);
    const [at, end] = await cursor(0);
    expect(at).toBe(end);
    expect(await metric('ot_bridge_lag_records', 0)).toBe(0);

    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(end) }] });
    await pipeline.restart();
    const later = report();
    const plain = pipeline.kafka.producer();
    await plain.connect();
    await plain.send({ topic, messages: [message(later)] });
    await plain.disconnect();
    await pipeline.settle();
    expect(await known(later)).toBe(true);
    expect(alarms('OFFSETS_GONE')).toEqual([]);
  });

  test('case C11: an open transaction is reported with its place and time, counts as lag, and what waits is read when it ends', async () => {
    const producer = await transactions();
    const open = await producer.transaction();
    await open.send({ topic, messages: [message(report(), 1)] });
    const behind = Array.from({ length: 5 }, () => report());
    const plain = pipeline.kafka.producer();
    await plain.connect();
    await plain.send({ topic, messages: behind.map((value) => message(value, 1)) });
    await plain.disconnect();
    await until('it is reported', async () => alarms('TRANSACTION_OPEN').length > 0);
    expect(await metric('ot_bridge_lag_records', 1)).toBe(6);
    expect(await metric('ot_bridge_lane_standing_seconds', 1)).toBeGreaterThan(5);
    const [alarm = '{}'] = alarms('TRANSACTION_OPEN').filter((line) => line.includes('operational.alert'));
    const alert = JSON.parse(alarm);
    expect(alert).toMatchObject({ topic, partition: 1, org: pipeline.org });
    expect(Math.abs(Date.parse(alert.since) - Date.now())).toBeLessThan(60_000);
    const ready = await pipeline.get('/internal/isReady');
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain(`${topic}/1`);

    await open.abort();
    const ended = performance.now();
    await until('what waited is read', () => known(behind.at(-1) ?? {}));
    expect(performance.now() - ended).toBeLessThan(3_000);
    await pipeline.settle();
    expect(await metric('ot_bridge_lag_records', 1)).toBe(0);
    expect((await pipeline.get('/internal/isReady')).status).toBe(200);
    expect(alarms('TRANSACTION_OPEN').filter((line) => line.includes('operational.alert'))).toHaveLength(1);
  });
});
