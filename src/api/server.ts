import { createServer, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { HttpProblem, problemDocument, problemResponse } from './httpProblem.ts';
import { createFlight, refuseBusy } from './limits/inFlight.ts';
import { assertLoopback } from './loopback.ts';
import { REFUSALS } from './refusalCodes.ts';

export interface ApiServer {
  /** e.g. `http://127.0.0.1:8080` */
  url: string;
  port: number;
  /** Takes no new requests, waits for those under way, then cuts what is left after `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

interface Listening {
  fetch(request: Request, connection: HttpBindings): Response | Promise<Response>;
  /** Callers from elsewhere have no token to be known by: no other address than loopback is listened on. */
  loopbackOnly: boolean;
  host: string;
  /** 0 for any free one. */
  port: number;
  logProblem(problem: { id: string; error: unknown }): void;
  newId(): string;
}

/** A sender may be slow, but not hold a connection for as long as it likes. Milliseconds. */
const TIMES = {
  headersTimeout: 10_000,
  /** For the largest list over a slow line. */
  requestTimeout: 120_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16 * 1024,
};

/** Some 20 kB of memory each. */
const MOST_CONNECTIONS = 6_000;
/** Connections that wait to be accepted: of a flood, and of the submissions during it. */
const BACKLOG = 4_096;

/** @throws Error in bokmål when the address is not loopback, or the port is taken. */
export async function startServer(parts: Listening): Promise<ApiServer> {
  const { host, port } = parts;
  if (parts.loopbackOnly) assertLoopback(host);
  const flight = createFlight();
  const fetch = async (request: Request, connection: HttpBindings) => {
    try {
      return await parts.fetch(request, connection);
    } finally {
      flight.leave(connection.incoming);
    }
  };
  const listener = getRequestListener((request, connection) => fetch(request, connection as HttpBindings), {
    overrideGlobalObjects: false,
    // It would cut a connection half a second after a refusal, with the sender's next request on it.
    autoCleanupIncoming: false,
    errorHandler: (error) => answerBroken(parts, error),
  });
  const server = createServer(TIMES, (incoming, outgoing) => {
    if (flight.enter(incoming, outgoing)) void listener(incoming, outgoing);
    else refuseBusy(outgoing);
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => answerUnreadable(socket, error.code));
  await listen(server, host.replace(/^\[(.*)\]$/, '$1'), port);
  const address = server.address();
  if (parts.loopbackOnly && typeof address === 'object' && address !== null) {
    // A name is what this machine's hosts file says.
    try {
      assertLoopback(address.address);
    } catch (error) {
      await close(server, 0);
      throw error;
    }
  }
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host === '::1' ? '[::1]' : host}:${bound}`,
    port: bound,
    close: (graceMs = 10_000) => close(server, graceMs),
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} på ${host} er opptatt. Stopp programmet som bruker den, eller velg en annen port.`,
              {
                cause: error,
              },
            )
          : new Error(`Kan ikke lytte på ${host}:${port}: ${error.code}.`, { cause: error }),
      ),
    );
    server.listen({ port, host, backlog: BACKLOG }, resolve);
  });
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A kept-alive connection that answers its last request after this moment would hold the server open.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}

/** A request so broken that it never reached the app (a bad Host, a bad target). */
function answerBroken(parts: Listening, error: unknown): Response {
  if (error instanceof Error && error.name === 'RequestError') return problemResponse(unreadable());
  const id = parts.newId();
  parts.logProblem({ id, error });
  return problemResponse(
    new HttpProblem('INTERNAL', 'Noe gikk galt hos oss. Oppgi id-en til driften.', { id }),
  );
}

function answerUnreadable(
  socket: Duplex & { _httpMessage?: ServerResponse },
  code: string | undefined,
): void {
  // An answer that has begun cannot be followed by another.
  if (!socket.writable || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  const problem = CONNECTION_FAULTS.get(code ?? '') ?? unreadable();
  const { status } = REFUSALS[problem.code];
  const body = JSON.stringify(problemDocument(problem));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** What the HTTP parser gives up on, by its code. All else is no HTTP. */
const CONNECTION_FAULTS: ReadonlyMap<string, HttpProblem> = new Map([
  [
    'HPE_HEADER_OVERFLOW',
    new HttpProblem(
      'HEADERS_TOO_LARGE',
      `Adressen og hodene er til sammen for lange: mest ${TIMES.maxHeaderSize} byte. Send mindre i adressen.`,
    ),
  ],
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    new HttpProblem('REQUEST_SLOW', 'Forespørselen kom ikke fram i tide. Send den igjen.'),
  ],
]);

function unreadable(): HttpProblem {
  return new HttpProblem('INVALID_REQUEST', 'Forespørselen følger ikke HTTP og kan ikke leses.');
}
