import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BridgeProcess, startBridgeProcess } from '../harness/bridgeProcess.ts';
import { type RealParts, startRealParts } from '../harness/realParts.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { until } from '../harness/until.ts';

// A broker that keeps its connections and answers nothing (a full disk, a paused virtual machine), which no client library
// sees as a fault by itself.

const ORG = `test-${randomBytes(4).toString('hex')}`;
const [FIRST, SECOND] = crowd(12, 2);
/** Fifteen seconds for a portion, and as much again on a busy machine. */
const BOUND_MS = 30_000;

let parts: RealParts;
let bridge: BridgeProcess;

beforeAll(async () => {
  parts = await startRealParts({ settings: { fsync: 'off' } });
  bridge = await startBridgeProcess({ brokers: parts.brokers, databaseUrl: parts.databaseUrl, org: ORG });
}, 120_000);

afterAll(async () => {
  await bridge?.stop();
  await parts?.stop();
});

/** What the answers hold that is asked about here. */
interface Body {
  receipt: string;
  type: string;
  final: boolean;
  counts: Record<string, number>;
  parts: string[];
  alerts: { ref: string; alert: { id: string } }[];
}

const bodyOf = async (answer: Response) => (await answer.json()) as Body;

async function post(row: unknown, key: string) {
  const answer = await fetch(`${bridge.url}/organisations/${ORG}/feeds/school-dropout`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(row),
  });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await bodyOf(answer) };
}

async function settled(receipt: string): Promise<Record<string, number>> {
  let counts: Record<string, number> = {};
  await until(
    'the receipt is final',
    async () => {
      const answer = await bodyOf(await fetch(`${bridge.url}${receipt}`));
      counts = answer.counts;
      return answer.final === true;
    },
    60_000,
  );
  return counts;
}

test('case E7: a silent Kafka gives 503 with Retry-After in bounded time while reads go on, and when it wakes nothing is lost or doubled', async () => {
  await settled((await post(dropout(FIRST!, 'before'), randomUUID())).body.receipt);
  const broker = parts.kafka?.pid() ?? 0;
  const key = randomUUID();
  const row = dropout(SECOND!, 'silent');
  process.kill(broker, 'SIGSTOP');
  try {
    const began = performance.now();
    const [sent, read] = await Promise.all([
      post(row, key),
      fetch(`${bridge.url}/organisations/${ORG}/alerts?limit=5`),
    ]);
    expect(performance.now() - began).toBeLessThan(BOUND_MS);
    expect([sent.status, sent.body.type]).toEqual([503, expect.stringContaining('KAFKA_SLOW')]);
    expect(Number(sent.retryAfter)).toBeGreaterThan(0);
    expect(read.status).toBe(200);
    expect((await fetch(`${bridge.url}/internal/isAlive`)).status).toBe(200);
    const ready = await fetch(`${bridge.url}/internal/isReady`);
    expect([ready.status, (await bodyOf(ready)).parts]).toEqual([503, expect.arrayContaining(['kafka'])]);
  } finally {
    process.kill(broker, 'SIGCONT');
  }
  await until(
    'Kafka answers again',
    async () => (await fetch(`${bridge.url}/internal/isReady`)).status === 200,
    60_000,
  );
  const again = await post(row, key);
  expect(again.status, JSON.stringify(again.body)).toBe(202);
  expect((await post(row, key)).body.receipt).toBe(again.body.receipt);
  const { applied, duplicate, waiting } = await settled(again.body.receipt);
  expect([(applied ?? 0) + (duplicate ?? 0), waiting]).toEqual([1, 0]);
  const { alerts } = await bodyOf(await fetch(`${bridge.url}/organisations/${ORG}/alerts?limit=50`));
  const ids = alerts.map(({ alert }) => alert.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(alerts.map(({ ref }) => ref)).size).toBe(2);
}, 180_000);
