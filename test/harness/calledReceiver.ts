import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { expect } from 'vitest';
import type { RealPipeline } from './realPipeline.ts';

/** A call as it arrived: its type and data. */
interface Received {
  id: string;
  ref: string | undefined;
  version: number | undefined;
  type: string;
  href: string | undefined;
  /** Of a withdrawal. */
  batch?: string;
  matchId?: string;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** Statuses that are answered first; then 204. */
  answers: number[];
  secret: string;
  refused: number;
  stop(): void;
}

/** A receiver on this machine that proves its address, and checks every signature with another library. */
export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    if (request.method === 'OPTIONS') {
      const origin = request.headers['webhook-request-origin'] ?? '';
      response.writeHead(200, { 'webhook-allowed-origin': origin }).end();
      return;
    }
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const status = receiver.answers.shift() ?? 204;
      if (status < 300) {
        try {
          new Webhook(receiver.secret).verify(text, request.headers as Record<string, string>);
        } catch {
          receiver.refused += 1;
        }
        const { type, data } = JSON.parse(text);
        receiver.received.push({ id: String(request.headers['webhook-id']), type, ...data });
      }
      response.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/ot`,
    ...{ received: [], answers: [], secret: '', refused: 0 },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}

/** @returns the id of a subscription that is active */
export async function subscribedTo(
  pipeline: RealPipeline,
  receiver: Receiver,
  changes: object = {},
): Promise<string> {
  const made = await pipeline.post('subscriptions', {
    ...{ name: 'OT-systemet', url: receiver.url, kinds: ['status', 'alert'], begins: 'now' },
    ...changes,
  });
  const text = await made.text();
  expect(made.status, text).toBe(201);
  const { subscription, secret } = JSON.parse(text);
  receiver.secret = secret;
  const proven = await pipeline.post(`subscriptions/${subscription.id}/verify`, {});
  expect(proven.status, await proven.text()).toBe(200);
  expect((await pipeline.json(`subscriptions/${subscription.id}`)).state).toBe('active');
  return subscription.id;
}
