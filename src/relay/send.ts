import { type ClientRequest, request } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../core/subscription/answer.ts';
import type { Connect } from './connect.ts';
import { NotConnected } from './firstConnected.ts';

/** A whole attempt, from the look-up of the name to the end of the answer. */
export const WHOLE_MS = 15_000;
/** Of an answer's body; it is thrown away, only its status counts. */
export const MOST_BYTES = 20_000;
/** The request is small and fits a socket's buffer: one that cannot be written by then has no receiver. */
const HAND_OVER_MS = 2_000;

export interface Outgoing {
  method: 'POST' | 'OPTIONS';
  url: URL;
  headers: Record<string, string>;
  body: Buffer | null;
}

/** One request on a connection of its own. */
export interface Exchange {
  /** Writes it; resolves when the operating system has it, or it cannot be written. */
  handOver(outgoing: Outgoing): Promise<void>;
  /** How it was answered. */
  answer(): Promise<Answered>;
  /** Without a request: what it was opened for is not sent. */
  close(): void;
}

/** With what only a handshake reads: an answer's headers, and its body when it was asked for. */
export type Answered = Answer & { headers?: NodeJS.Dict<string | string[]>; body?: Buffer };

export interface ExchangeOptions {
  wholeMs?: number;
  /** Read the body instead of throwing it away. */
  keepBody?: boolean;
}

/**
 * Opens a connection and then waits to be given the request, so that what is decided about the call is decided after all
 * that can take long. Never throws: a connection that was not made is its answer.
 */
export async function openExchange(
  connect: Connect,
  url: URL,
  { wholeMs = WHOLE_MS, keepBody = false }: ExchangeOptions = {},
): Promise<Exchange> {
  const deadline = AbortSignal.timeout(wholeMs);
  try {
    return exchangeOn(await connect(url, deadline), deadline, keepBody);
  } catch (error) {
    const outcome = error instanceof NotConnected ? error.outcome : 'unreachable';
    return { handOver: async () => undefined, answer: async () => ({ kind: 'failed', outcome }), close() {} };
  }
}

function exchangeOn(socket: Socket, deadline: AbortSignal, keepBody: boolean): Exchange {
  const { promise, resolve } = Promise.withResolvers<Answered>();
  /** What has come so far: an answer is judged by its status, however slowly the rest comes. */
  let so: Answered | undefined;
  const end = (otherwise: Answered) => {
    resolve(so ?? otherwise);
    socket.destroy();
  };
  // It is idle while the call is decided about: a receiver may hang up meanwhile.
  socket.once('close', () => end({ kind: 'failed', outcome: 'unreachable' }));
  deadline.addEventListener('abort', () => end({ kind: 'failed', outcome: 'timeout' }), { once: true });

  function listen(asked: ClientRequest): void {
    asked.on('error', () => end({ kind: 'failed', outcome: deadline.aborted ? 'timeout' : 'unreachable' }));
    asked.on('response', (answer) => {
      const { statusCode: status = 0, headers } = answer;
      so = { kind: 'status', status, retryAfter: headers['retry-after'] ?? null, headers };
      const answered = so;
      const chunks: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) return end(answered);
        if (keepBody) chunks.push(chunk);
      });
      answer.on('end', () => {
        if (keepBody) answered.body = Buffer.concat(chunks);
        end(answered);
      });
      answer.on('error', () => end(answered));
    });
  }

  return {
    async handOver({ method, url, headers, body }) {
      if (socket.destroyed || deadline.aborted) return;
      const asked = request({
        createConnection: () => socket,
        method,
        path: `${url.pathname}${url.search}`,
        headers: {
          host: url.host,
          connection: 'close',
          ...headers,
          ...(body !== null && { 'content-length': body.length }),
        },
        setDefaultHeaders: false,
      });
      listen(asked);
      const written = new Promise<void>((given) => asked.end(body ?? undefined, () => given()));
      await Promise.race([written, promise, sleep(HAND_OVER_MS, undefined, { ref: false })]);
    },
    answer: () => promise,
    close: () => void socket.destroy(),
  };
}
