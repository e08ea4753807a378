import type { MiddlewareHandler } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { Api, ApiEnv } from './apiEnv.ts';
import { HttpProblem, problemResponse } from './httpProblem.ts';

/** A known address with a method it does not answer: 405 with those it does, never a 404. */
export function otherMethod(app: Api): MiddlewareHandler<ApiEnv> {
  return methodNotAllowed({
    app,
    onMethodNotAllowed: (_c, allow) =>
      problemResponse(
        new HttpProblem('METHOD_NOT_ALLOWED', `Adressen finnes, men svarer bare på ${allow.join(', ')}.`, {
          allow,
        }),
      ),
  });
}
