import type { Context, MiddlewareHandler } from 'hono';
import type { ApiEnv } from '../apiEnv.ts';
import type { CallerAddress } from '../callerAddress.ts';
import { HttpProblem, problemResponse } from '../httpProblem.ts';
import { isInternal } from '../internalPaths.ts';
import { createTokenBuckets, type TokenBuckets } from './tokenBucket.ts';

/** Requests per minute. */
export interface RateLimits {
  perCaller: number;
  perAddress: number;
}

/** Before it is known who calls, so that wrong tokens count too. */
export function limitAddress(
  { perAddress }: RateLimits,
  addressOf: CallerAddress,
): MiddlewareHandler<ApiEnv> {
  return limited('address', createTokenBuckets(perAddress), addressOf);
}

/** A caller that is known, from whatever address. */
export function limitCaller({ perCaller }: RateLimits): MiddlewareHandler<ApiEnv> {
  return limited('caller', createTokenBuckets(perCaller), (c) => c.get('caller')?.key);
}

function limited(
  policy: string,
  buckets: TokenBuckets,
  keyOf: (c: Context<ApiEnv>) => string | undefined,
): MiddlewareHandler<ApiEnv> {
  const { perMinute } = buckets;
  return async (c, next) => {
    // Probes and metrics have a fence of their own, and must be answered when all else is too much.
    const key = isInternal(c.req.path) ? undefined : keyOf(c);
    const { taken, retryAfterSeconds } = key === undefined ? FREE : buckets.take(key);
    if (taken) return next();
    const refusal = problemResponse(
      new HttpProblem(
        'RATE_LIMITED',
        `Høyst ${perMinute} forespørsler i minuttet. Vent ${retryAfterSeconds} s, og send det samme på nytt.`,
        { retryAfterSeconds },
      ),
    );
    // draft-ietf-httpapi-ratelimit-headers
    refusal.headers.set('ratelimit-policy', `"${policy}";q=${perMinute};w=60`);
    refusal.headers.set('ratelimit', `"${policy}";r=0;t=${retryAfterSeconds}`);
    return refusal;
  };
}

const FREE = { taken: true, retryAfterSeconds: 0 };
