import { OpenAPIHono } from '@hono/zod-openapi';
import type { Api, ApiEnv } from './apiEnv.ts';
import { answerFailure } from './failure.ts';
import { problemResponse } from './httpProblem.ts';
import { notFound } from './invalidRequest.ts';
import { otherMethod } from './otherMethod.ts';
import type { ApiParts } from './parts.ts';
import { internalRoutes } from './routes/internal.ts';
import { securityHeaders } from './securityHeaders.ts';

/** What the internal port answers: liveness, readiness and metrics, under whatever name it is called. */
export function createInternalApp(parts: Pick<ApiParts, 'health' | 'metrics' | 'newId' | 'logProblem'>): Api {
  const api = new OpenAPIHono<ApiEnv>();
  api.onError((error) => answerFailure(parts, error));
  api.notFound(() => problemResponse(notFound()));
  api.use(securityHeaders, otherMethod(api));
  internalRoutes(api, parts);
  return api;
}
