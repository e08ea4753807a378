import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from './apiEnv.ts';
import { HttpProblem } from './httpProblem.ts';

/** Which pages may cause requests. */
export interface OwnOrigins {
  /** Besides the one the request itself is sent to, e.g. `https://ot.fylke.no` behind a proxy. */
  origins: readonly string[];
  /** Pages that a link of another site may lead to, e.g. the front page and where a login comes back. */
  opensFromElsewhere(path: string): boolean;
  /** What another site may load in a frame: the issuer of logins logs people out in one. */
  framesFromElsewhere(path: string): boolean;
}

/**
 * Before all routes, for every method: what a foreign web page makes a browser send is refused. It could not read the
 * answer, but a GET can still make the bridge count 64 reports. Callers that are no browser send neither header.
 */
export function refuseForeignOrigins({
  origins,
  opensFromElsewhere,
  framesFromElsewhere,
}: OwnOrigins): MiddlewareHandler<ApiEnv> {
  const own = new Set(origins);
  return async (c, next) => {
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    const fromElsewhere = site !== undefined && site !== 'same-origin' && site !== 'none';
    const isOwn =
      origin === undefined || own.has(origin) || (origin !== 'null' && origin === new URL(c.req.url).origin);
    if (isOwn && !fromElsewhere) return next();
    const navigated = c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate';
    const dest = c.req.header('sec-fetch-dest');
    const opens = dest === 'document' && opensFromElsewhere(c.req.path);
    const frames = dest === 'iframe' && framesFromElsewhere(c.req.path);
    if (isOwn && navigated && (opens || frames)) return next();
    throw new HttpProblem(
      'FOREIGN_ORIGIN',
      'Forespørselen kommer fra et annet nettsted og besvares ikke. Åpne adressen selv, eller kall API-et fra et program.',
    );
  };
}
