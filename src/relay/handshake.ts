import { randomBytes } from 'node:crypto';
import type { IsoInstant } from '../core/time/date.ts';
import type { Connect } from './connect.ts';
import type { ConnectFault } from './firstConnected.ts';
import { type Outgoing, openExchange } from './send.ts';
import { type OpenKey, signedHeaders } from './signature.ts';

// Whether an address is the subscriber's: the receiver must say that it expects calls from here, before the first event
// is sent to it (CloudEvents HTTP Webhook, «Abuse Protection»).

/** What was wrong, and the status of the answer. Never what it answered. `not-proven`: it answered, and not as one who
 *  knows of the subscription. Null: the address is the subscriber's. */
export interface Proof {
  fault: ConnectFault | 'not-proven' | null;
  httpStatus: number | null;
}

export interface Handshake {
  subscription: string;
  url: URL;
  /** Host of the API's own address, as the receiver is asked for it. */
  origin: string;
  keys: readonly OpenKey[];
  userAgent: string;
  now: IsoInstant;
}

export async function proveReceiver(connect: Connect, asked: Handshake): Promise<Proof> {
  const { url, origin, userAgent } = asked;
  const headers = { 'user-agent': userAgent, 'webhook-request-origin': origin };
  const options = await exchange(connect, { method: 'OPTIONS', url, headers, body: null });
  if (options.kind === 'failed') return { fault: options.outcome, httpStatus: null };
  const { status } = options;
  // A receiver that knows nothing of the method is asked in the way of calls.
  if (status === 404 || status === 405 || status === 501) return challenge(connect, asked);
  const allowed = options.headers?.['webhook-allowed-origin'];
  const names =
    typeof allowed === 'string' ? allowed.split(',').map((name) => name.trim().toLowerCase()) : [];
  const agrees =
    status >= 200 && status < 300 && (names.includes('*') || names.includes(origin.toLowerCase()));
  return { fault: agrees ? null : 'not-proven', httpStatus: status };
}

async function challenge(connect: Connect, asked: Handshake): Promise<Proof> {
  const secret = randomBytes(24).toString('base64url');
  const data = { subscription: asked.subscription, challenge: secret };
  const answered = await exchange(connect, noticeRequest(asked, 'verification', data));
  if (answered.kind === 'failed') return { fault: answered.outcome, httpStatus: null };
  const repeated = answered.status >= 200 && answered.status < 300 && repeats(answered.body, secret);
  return { fault: repeated ? null : 'not-proven', httpStatus: answered.status };
}

/** A signed call about the subscription itself. */
export function noticeRequest(
  { url, keys, userAgent, now }: Omit<Handshake, 'origin' | 'subscription'>,
  type: 'verification' | 'test',
  data: Record<string, string>,
): Outgoing {
  const id = `msg_${randomBytes(16).toString('hex').slice(0, 26)}`;
  const body = Buffer.from(
    JSON.stringify({ type: `no.otbridge.subscription.${type}.v1`, timestamp: now, data }),
  );
  const timestamp = Math.floor(Date.parse(now) / 1_000);
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      'user-agent': userAgent,
      ...signedHeaders({ id, timestamp, body }, keys),
    },
    body,
  };
}

async function exchange(connect: Connect, outgoing: Outgoing) {
  const opened = await openExchange(connect, outgoing.url, { keepBody: true });
  await opened.handOver(outgoing);
  return opened.answer();
}

/** As text alone, or as the member `challenge` of a JSON object. */
function repeats(body: Buffer | undefined, secret: string): boolean {
  const text = body?.toString().trim() ?? '';
  if (text === secret) return true;
  try {
    const answered: unknown = JSON.parse(text);
    return (
      typeof answered === 'object' &&
      answered !== null &&
      'challenge' in answered &&
      answered.challenge === secret
    );
  } catch {
    return false;
  }
}
