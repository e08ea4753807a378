import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { orgId } from '../../src/core/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createPostgresQueries } from '../../src/store/postgres/queries.ts';
import { startApp } from '../fault/appProcess.ts';
import { playLostLog } from '../fault/lostLog.ts';
import { type OwnKafka, startOwnKafka } from '../harness/ownKafka.ts';
import { startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { createTestDatabase, testBrokers } from '../harness/sharedParts.ts';
import { until } from '../harness/until.ts';
import { kafkaTopics } from '../kafka/kafkaTopics.ts';

const WITHIN_MS = 10_000;
const today = new Date().toISOString().slice(0, 10);
const reportOf = (person: { fodselsnummer: string; fodselsdato: string }) =>
  dropout(person, randomUUID(), { avbruddsdato: today });

test('case C3: records deleted while the process was stopped are reported with their range, once', async () => {
  const brokers = await testBrokers();
  const database = await createTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'ot-bridge-c3-'));
  const org = orgId(`test-${randomBytes(4).toString('hex')}`);
  const topic = feedTopic(org, 'school-dropout');
  const log = join(folder, 'app.log');
  const app = startApp(
    {
      brokers,
      databaseUrl: database.url,
      vaultKey: randomBytes(32).toString('hex'),
      org,
      county: '40',
      partitions: 1,
      mutant: null,
      laneProcesses: 0,
    },
    log,
  );
  const { kafka, admin, close } = kafkaTopics(brokers);
  const producer = kafka.producer();
  const pool = createPool({ databaseUrl: database.url, size: 1, onIdleError: () => undefined });
  const lane = async () =>
    (await createPostgresQueries(pool).lanes()).find((each) => each.topic === topic && each.partition === 0);
  const send = (count: number) =>
    producer.send({
      topic,
      messages: crowd(303, count).map((person) => ({ value: JSON.stringify(reportOf(person)) })),
    });
  const lines = () => readFileSync(log, 'utf8').split('\n');
  try {
    await until('the app is ready', async () => app.isReady());
    await producer.connect();
    await send(3);
    await until('they are handled', async () => (await lane())?.nextOffset === 3n);
    app.freeze();
    // What it had asked for is answered by then: that answer would wait for it in its socket.
    await sleep(500);
    await send(10);
    // kafkajs looks for the leader in what it has asked for before.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '8' }] });
    const before = lines().length;
    app.thaw();
    const began = performance.now();
    await until('it is reported', async () => lines().some((line) => line.includes('OFFSETS_GONE')));
    expect(performance.now() - began).toBeLessThan(WITHIN_MS);
    const stands = lines().filter((line) => line.includes('lane.stands'));
    expect(stands.map((line) => JSON.parse(line))).toMatchObject([
      { code: 'OFFSETS_GONE', reason: 'DELETED', topic, partition: 0, offset: 3, upto: 8 },
    ]);
    // As long as it is stopped: no flood, and no step.
    await sleep(5_000);
    expect(lines().length - before).toBeLessThan(12);
    expect(await lane()).toMatchObject({ nextOffset: 3n, stopped: { reason: 'DELETED', upto: '8' } });
  } finally {
    await app.stop();
    await producer.disconnect();
    await close();
    await pool.end();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('case C8: a topic deleted and created again is reported, and when its lanes go on all of its records are handled', async () => {
  const pipeline = await startRealPipeline({ clock: null });
  const topic = feedTopic(pipeline.org, 'school-dropout');
  const admin = pipeline.kafka.admin();
  const producer = pipeline.kafka.producer();
  const people = crowd(808, 30);
  const send = (count: number) =>
    producer.send({
      topic,
      messages: people
        .splice(0, count)
        .map((person, index) => ({ partition: index % 2, value: JSON.stringify(reportOf(person)) })),
    });
  const reported = () =>
    pipeline.logLines.filter((line) => line.includes('operational.alert') && line.includes('TOPIC_REPLACED'));
  try {
    await admin.connect();
    await producer.connect();
    await send(14);
    await pipeline.settle();
    await admin.deleteTopics({ topics: [topic] });
    const config = [{ name: 'message.timestamp.type', value: 'LogAppendTime' }];
    await admin.createTopics({
      waitForLeaders: false,
      topics: [{ topic, numPartitions: 2, configEntries: config }],
    });
    const began = performance.now();
    await until('the producer sees the new one', async () =>
      send(9).then(
        () => true,
        () => false,
      ),
    );
    await until(
      'both lanes report',
      async () => new Set(reported().map((line) => JSON.parse(line).partition)).size === 2,
    );
    expect(performance.now() - began).toBeLessThan(WITHIN_MS);
    for (const partition of [0, 1]) {
      const answer = await pipeline.post(`/internal/lanes/${topic}/${partition}/go-on`, {
        reason: 'Emnet er laget på nytt.',
        confirm: true,
      });
      expect(answer.status, await answer.clone().text()).toBe(200);
    }
    await pipeline.settle();
    const alerts = await pipeline.out('alert');
    expect(new Set(alerts.map(({ key }) => key)).size).toBe(23);
    // An offset is the name of what came of it: none is used twice.
    expect(new Set(alerts.map(({ headers }) => headers.ce_id)).size).toBe(alerts.length);
    await until('it is ready', async () => (await pipeline.get('/internal/isReady')).status === 200);
  } finally {
    await admin.disconnect();
    await producer.disconnect();
    await pipeline.stop();
  }
});

describe('case C10: a log that loses its tail is reported within ten seconds, and nothing is lost without a report', () => {
  let kafka: OwnKafka;
  beforeAll(async () => {
    kafka = await startOwnKafka();
  });
  afterAll(() => kafka?.stop());

  const base = { kept: 6, lost: 8, unheard: 0, regrown: 0, running: true };
  test.each([
    ['cut off under a running bridge', { seed: 1 }],
    ['put back from a copy and grown again beyond where the bridge was', { seed: 2, regrown: 30 }],
    [
      'put back while the bridge was stopped, with submissions that were not handled',
      { seed: 3, running: false, unheard: 4, regrown: 20 },
    ],
  ])('%s', async (_what, variant) => {
    const database = await createTestDatabase();
    try {
      const outcome = await playLostLog(kafka, database.url, { ...base, ...variant });
      expect(outcome.findings).toEqual([]);
      expect(outcome.codes.length).toBeGreaterThan(0);
    } finally {
      await database.drop();
    }
  });
});
