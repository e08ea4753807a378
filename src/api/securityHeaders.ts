import type { MiddlewareHandler } from 'hono';

/** On every answer: no caching, no content sniffing, no framing. No CORS. */
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** A page names, by hash, the style it needs; and says to itself where a form was sent from. */
const OF_PAGES: ReadonlySet<string> = new Set(['content-security-policy', 'referrer-policy']);

/** `Cache-Control` of such a file. */
export const HASHED_FILE = 'public, max-age=31536000, immutable';

export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) {
    if (OF_PAGES.has(name) && c.res.headers.has(name)) continue;
    // A file named by the hash of its content is the same for all callers.
    if (name === 'cache-control' && c.res.headers.get(name) === HASHED_FILE) continue;
    c.res.headers.set(name, value);
  }
};
