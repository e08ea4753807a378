import type { MiddlewareHandler } from 'hono';
import { isLoopback } from '../config/loopback.ts';
import type { ApiEnv } from './apiEnv.ts';
import { peerAddress } from './callerAddress.ts';
import { notFound } from './invalidRequest.ts';

/** Probes and metrics need no token: the API answers them to callers on this machine alone, and not at all when they have
 *  a port of their own. For others they do not exist. */
export function internalFence(ownPort: boolean): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    // A proxy on this machine passes on what comes from others.
    const forwarded = c.req.header('x-forwarded-for') ?? c.req.header('forwarded');
    if (ownPort || forwarded !== undefined || !isLoopback(peerAddress(c))) throw notFound();
    await next();
  };
}
