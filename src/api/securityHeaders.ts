import type { MiddlewareHandler } from 'hono';

/** On every answer: no caching, no content sniffing, no framing. No CORS. */
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) {
    // The front page names itself, by hash, the style it needs.
    if (name === 'content-security-policy' && c.res.headers.has(name)) continue;
    c.res.headers.set(name, value);
  }
};
