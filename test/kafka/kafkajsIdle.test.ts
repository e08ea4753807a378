import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { letKafkajsSleep } from '../../src/kafka/kafkajsIdle.ts';

interface Queue {
  checkPendingRequests(): void;
  throttledUntil: number;
  push(request: { entry: { correlationId: number }; expectResponse: boolean; sendRequest(): void }): void;
  fulfillRequest(response: { correlationId: number; payload: Buffer; size: number }): void;
  destroy(): void;
}
const RequestQueue: new (options: object) => Queue = createRequire(import.meta.url)(
  'kafkajs/src/network/requestQueue/index.js',
);
const silent = { debug() {}, info() {}, warn() {}, error() {} };

function queueOf(maxInFlightRequests: number) {
  const queue = new RequestQueue({
    maxInFlightRequests,
    requestTimeout: 1000,
    logger: silent,
    broker: 'b',
    clientId: 'c',
  });
  const sent: number[] = [];
  const push = (correlationId: number) =>
    queue.push({
      entry: { correlationId, ...{ resolve() {}, reject() {} } },
      expectResponse: true,
      sendRequest: () => sent.push(correlationId),
    });
  return { queue, sent, push };
}

/** Checks made within 100 ms by a queue that has answered its one request. */
async function checksWhileIdle(): Promise<number> {
  const { queue, push } = queueOf(1);
  push(1);
  const checks = vi.spyOn(queue, 'checkPendingRequests');
  queue.fulfillRequest({ correlationId: 1, payload: Buffer.alloc(0), size: 0 });
  await sleep(100);
  queue.destroy();
  return checks.mock.calls.length;
}

test('an idle client spins until it is patched, and sleeps from then on', async () => {
  expect(await checksWhileIdle()).toBeGreaterThan(10);
  letKafkajsSleep();
  letKafkajsSleep();
  expect(await checksWhileIdle()).toBe(1);
});

test('a patched client still sends what waits for a free place', () => {
  letKafkajsSleep();
  const { queue, sent, push } = queueOf(1);
  for (const id of [1, 2, 3]) push(id);
  expect(sent).toEqual([1]);
  for (const correlationId of [1, 2])
    queue.fulfillRequest({ correlationId, payload: Buffer.alloc(0), size: 0 });
  expect(sent).toEqual([1, 2, 3]);
  queue.destroy();
});

test('a patched client still sends what the broker’s throttling held back', async () => {
  letKafkajsSleep();
  const { queue, sent, push } = queueOf(5);
  queue.throttledUntil = Date.now() + 40;
  push(1);
  expect(sent).toEqual([]);
  await vi.waitFor(() => expect(sent).toEqual([1]), { timeout: 2000 });
  queue.destroy();
});
