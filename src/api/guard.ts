import type { MiddlewareHandler } from 'hono';
import { HttpProblem } from './httpProblem.ts';
import { isLoopback } from './loopback.ts';

/** On every answer: nothing is stored, nothing is guessed, nothing is shown in somebody's frame. No CORS. */
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) {
    // The one page there is says itself which style it needs, by hash.
    if (name === 'content-security-policy' && c.res.headers.has(name)) continue;
    c.res.headers.set(name, value);
  }
};

/** Without authentication the loopback address is the only fence, and a web page whose name is pointed at
 *  127.0.0.1 would get past it (DNS rebinding): the name it was asked for must be loopback too. */
export const loopbackNamesOnly: MiddlewareHandler = async (c, next) => {
  if (!isLoopback(new URL(c.req.url).hostname)) {
    throw new HttpProblem(
      'FOREIGN_HOST',
      'Bruk adressen 127.0.0.1 eller localhost: denne tjenesten svarer bare lokalt.',
    );
  }
  await next();
};
