import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from '../apiEnv.ts';

/** Before a route that reads a whole county. */
export const oneOfFew: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const free = await c.get('slots').take();
  try {
    await next();
  } finally {
    free();
  }
};
