import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cacheFolder } from '../../src/config/config.ts';
import { startKafka } from '../../src/local/kafka.ts';
import { kafkaAnswers } from '../../src/local/kafkaProbe.ts';
import { isAlive } from '../../src/local/pid.ts';
import { type Supervised, supervise } from '../../src/local/supervisor.ts';
import { freePort } from '../harness/realParts.ts';
import { startApp } from './killedApp.ts';
import { lastingFolder } from './openFolder.ts';

// One folder through a broker's life: the tests run in order and go on from each other.

const dir = join(lastingFolder(), 'kafka');
const cacheDir = cacheFolder(process.env);
const log = () => undefined;
let port = 0;

beforeAll(async () => {
  port = await freePort();
});
afterAll(() => rmSync(join(dir, '..'), { recursive: true, force: true }));

test('a topic and its messages survive a stop and a start', async () => {
  const first = await startKafka({ dir, port, cacheDir, log });
  expect(first.adopted).toBe(false);
  await withAdmin((admin) => admin.createTopics({ topics: [{ topic: 'lives', numPartitions: 1 }] }));
  await produce('one');
  await first.stop();
  expect(isAlive(first.pid())).toBe(false);
  expect(await kafkaAnswers(port)).toBe(false);

  const second = await startKafka({ dir, port, cacheDir, log });
  expect(await endOffset()).toBe('1');
  await second.stop();
});

test('a broker that is killed is started again with all it had acknowledged', async () => {
  const events: string[] = [];
  const supervised: Supervised = await supervise({
    name: 'Kafka',
    start: () => startKafka({ dir, port, cacheDir, log }),
    onDown: (name, exit) => events.push(`${name} down ${exit.signal}`),
    onUp: (name) => events.push(`${name} up`),
    onFailed: (_, error) => events.push(`failed ${error}`),
  });
  const killed = supervised.pid()!;
  await produce('two');
  process.kill(killed, 'SIGKILL');
  await expect.poll(() => events, { timeout: 30_000 }).toEqual(['Kafka down SIGKILL', 'Kafka up']);
  expect(supervised.pid()).not.toBe(killed);
  expect(await endOffset()).toBe('2');
  await produce('three');
  expect(await endOffset()).toBe('3');
  await supervised.stop();
  expect(events).toHaveLength(2);
});

test('a broker whose app was killed is taken over, and stopped with us; while that app lives it is not ours', async () => {
  const app = await startApp('kafka', dir, port, cacheDir);
  await expect(startKafka({ dir, port, cacheDir, log })).rejects.toThrow(/kjører allerede/);
  await app.kill();
  expect(isAlive(app.partPid)).toBe(true);

  const adopted = await startKafka({ dir, port, cacheDir, log });
  expect(adopted).toMatchObject({ adopted: true });
  expect(adopted.pid()).toBe(app.partPid);
  const exit = new Promise((resolve) => adopted.onExit(resolve));
  await adopted.stop();
  expect(isAlive(app.partPid)).toBe(false);
  expect(await exit).toMatchObject({ expected: true });
});

test.each([0, 1])(
  'a taken port (our own + %i) is reported in one sentence with the variable that moves it',
  async (offset) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port + offset, '127.0.0.1', resolve));
    await expect(startKafka({ dir, port, cacheDir, log })).rejects.toMatchObject({
      name: 'StartupError',
      message: expect.stringMatching(new RegExp(`^Port ${port + offset} .*EMBEDDED_KAFKA_PORT[^\\n]*$`)),
    });
    await new Promise((resolve) => server.close(resolve));
  },
);

async function withAdmin<T>(work: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
  const admin = client().admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

async function produce(value: string): Promise<void> {
  const producer = client().producer();
  await producer.connect();
  await producer.send({ topic: 'lives', acks: -1, messages: [{ value }] });
  await producer.disconnect();
}

async function endOffset(): Promise<string | undefined> {
  return (await withAdmin((admin) => admin.fetchTopicOffsets('lives')))[0]?.high;
}

function client(): Kafka {
  return new Kafka({ brokers: [`127.0.0.1:${port}`], logLevel: logLevel.NOTHING });
}
