import type { MiddlewareHandler } from 'hono';
import { isLoopback } from '../config/loopback.ts';
import type { ApiEnv } from './apiEnv.ts';
import { peerAddress } from './callerAddress.ts';
import { notFound } from './invalidRequest.ts';

/** A proxy on this machine passes on what comes from others, and says so in one of these. */
const FORWARDED = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
] as const;

/** Probes and metrics need no token: the API answers them to callers on this machine alone, and not at all when they have
 *  a port of their own. For others they do not exist. */
export function internalFence(ownPort: boolean): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const forwarded = FORWARDED.some((name) => c.req.header(name) !== undefined);
    if (ownPort || forwarded || !isLoopback(peerAddress(c))) throw notFound();
    await next();
  };
}
