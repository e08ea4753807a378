import { HttpProblem, problemResponse } from '../httpProblem.ts';
import { isInternal } from '../internalPaths.ts';

/** Requests answered at the same time; those beyond are refused immediately, before anything is read of them. Apart by kind:
 *  a flood of reads leaves room for submissions. */
const MOST = { reads: 300, others: 300 };

/** Passes a request on while there is room. */
export function withinFlight<Rest extends unknown[]>(
  answer: (request: Request, ...rest: Rest) => Response | Promise<Response>,
  most: { reads: number; others: number } = MOST,
): (request: Request, ...rest: Rest) => Promise<Response> {
  const underWay = { reads: 0, others: 0 };
  return async (request, ...rest) => {
    const kind = request.method === 'GET' || request.method === 'HEAD' ? 'reads' : 'others';
    // Probes and metrics are few, and must be answered when all else is too much.
    if (underWay[kind] >= most[kind] && !isInternal(new URL(request.url).pathname)) {
      return problemResponse(
        new HttpProblem('BUSY', 'For mange forespørsler samtidig. Prøv igjen om litt; ingenting er gjort.', {
          retryAfterSeconds: 2,
        }),
      );
    }
    underWay[kind] += 1;
    try {
      return await answer(request, ...rest);
    } finally {
      underWay[kind] -= 1;
    }
  };
}
