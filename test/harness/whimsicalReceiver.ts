import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// A receiver that answers as it likes, and what is to be true of the calls it had.

const WHIMS = {
  takes: (response: ServerResponse) => void response.writeHead(204).end(),
  '500': (response: ServerResponse) => void response.writeHead(500).end(),
  '429': (response: ServerResponse) => void response.writeHead(429, { 'retry-after': '1' }).end(),
  '503': (response: ServerResponse) => void response.writeHead(503).end(),
  redirects: (response: ServerResponse) =>
    void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  'hangs up': (response: ServerResponse) => void response.destroy(),
  hangs: () => undefined,
  /** Taken: the status is there. Its body comes a byte a second until the caller has had enough. */
  drips: (response: ServerResponse) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('.'), 1_000);
    response.once('close', () => clearInterval(drip));
  },
};
export type Whim = keyof typeof WHIMS;

export interface SeenCall {
  /** `webhook-id`. */
  id: string;
  ref: string;
  version: number;
  taken: boolean;
  /** From the commit of what it is about to its arrival. */
  delayMs: number;
}

export interface WhimsicalReceiver {
  url: string;
  /** In the order of their arrival. */
  seen: SeenCall[];
  stop(): void;
}

export async function startWhimsicalReceiver(whimOf: () => Whim): Promise<WhimsicalReceiver> {
  const seen: SeenCall[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'OPTIONS') {
      const origin = request.headers['webhook-request-origin'] ?? '';
      response.writeHead(200, { 'webhook-allowed-origin': origin }).end();
      return;
    }
    void received(request).then(({ timestamp, data }) => {
      const whim = whimOf();
      const taken = whim === 'takes' || whim === 'drips';
      const { ref, version } = data;
      const id = String(request.headers['webhook-id']);
      seen.push({ id, ref, version, taken, delayMs: Date.now() - Date.parse(timestamp) });
      WHIMS[whim](response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    seen,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function received(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** A delivery as the database has it. */
export interface DeliveryEnd {
  webhook_id: string;
  state: string;
  version: number;
  n: number;
}

/** For `DeliveryEnd`, of a subscription `$1`. */
export const DELIVERY_ENDS =
  'select webhook_id, state, version, n from delivery where subscription = $1 and replay is null order by id';

/** What went wrong. */
export interface CallFindings {
  /** Said to be delivered and never taken, or neither delivered nor listed as exhausted. */
  lost: string[];
  /** Came under an id that is no delivery's: a repeat would be taken for something new. */
  strangers: string[];
  /** Came after a newer one about the same youth. */
  overtaken: string[];
  /** Refused ten times: listed, and not lost. */
  exhausted: number;
  /** Calls that came again after they had been taken. */
  repeated: number;
}

export function judgeCalls(deliveries: readonly DeliveryEnd[], seen: readonly SeenCall[]): CallFindings {
  const byId = new Map(deliveries.map((delivery) => [delivery.webhook_id, delivery]));
  const taken = new Set<string>();
  const newest = new Map<string, DeliveryEnd>();
  const findings: CallFindings = { lost: [], strangers: [], overtaken: [], exhausted: 0, repeated: 0 };
  for (const call of seen) {
    const delivery = byId.get(call.id);
    if (delivery?.version !== call.version) {
      findings.strangers.push(call.id);
      continue;
    }
    if (taken.has(call.id)) findings.repeated += 1;
    if (call.taken) taken.add(call.id);
    const before = newest.get(call.ref);
    if (before !== undefined && isBefore(delivery, before)) findings.overtaken.push(call.id);
    else newest.set(call.ref, delivery);
  }
  for (const { webhook_id: id, state } of deliveries) {
    if (state === 'exhausted') findings.exhausted += 1;
    else if (state !== 'delivered' || !taken.has(id)) findings.lost.push(id);
  }
  return findings;
}

function isBefore(one: DeliveryEnd, other: DeliveryEnd): boolean {
  return one.version < other.version || (one.version === other.version && one.n < other.n);
}
