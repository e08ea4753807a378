import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpProblem, problemDocument } from '../httpProblem.ts';
import { isInternal } from '../internalPaths.ts';
import { REFUSALS } from '../refusalCodes.ts';

/** Requests answered at the same time; those beyond are refused immediately, before anything is read of them. Apart by kind:
 *  a flood of reads leaves room for submissions. Reads no more than may wait for the database: refused there, one has cost
 *  its way through the app. */
const MOST = { reads: 200, others: 300 };

export interface Flight {
  /** Takes the request in, until `leave` or the end of its connection; false: `refuseBusy` is its answer. */
  enter(incoming: IncomingMessage, outgoing: ServerResponse): boolean;
  /** Its answer is made. */
  leave(incoming: IncomingMessage): void;
}

export function createFlight(most: { reads: number; others: number } = MOST): Flight {
  const underWay = { reads: new Set<IncomingMessage>(), others: new Set<IncomingMessage>() };
  const kindOf = ({ method }: IncomingMessage) =>
    method === 'GET' || method === 'HEAD' ? 'reads' : 'others';
  const leave = (incoming: IncomingMessage) => void underWay[kindOf(incoming)].delete(incoming);
  return {
    enter(incoming, outgoing) {
      const kind = kindOf(incoming);
      // Probes and metrics are few, and must be answered when all else is too much.
      if (underWay[kind].size >= most[kind]) return isInternal(incoming.url?.split('?')[0] ?? '');
      underWay[kind].add(incoming);
      outgoing.once('close', () => leave(incoming));
      return true;
    },
    leave,
  };
}

const BUSY = new HttpProblem(
  'BUSY',
  'For mange forespørsler samtidig. Prøv igjen om litt; ingenting er gjort.',
);
const BODY = Buffer.from(JSON.stringify(problemDocument(BUSY)));
const HEADERS = {
  'content-type': 'application/problem+json',
  'content-length': BODY.length,
  'retry-after': '2',
};

/**
 * Thousands of refusals are made on the thread that also answers all other callers: the answer is ready, and goes past
 * the whole app. The connection stays open: the sender's next one would cost more.
 */
export function refuseBusy(outgoing: ServerResponse): void {
  outgoing.writeHead(REFUSALS.BUSY.status, HEADERS).end(BODY);
}
