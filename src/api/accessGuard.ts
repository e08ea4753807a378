import type { MiddlewareHandler } from 'hono';
import type { Access, AccessControl } from './access.ts';
import type { ApiEnv } from './apiEnv.ts';
import { HttpProblem } from './httpProblem.ts';

/** Before all routes: finds out who calls. */
export function identifyCaller(control: AccessControl): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    c.set('control', control);
    c.set('principal', await control.principalOf(c.req.raw));
    await next();
  };
}

/** Before one route: the caller may use it, or gets 403. */
export function requireAccess(access: Access): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const organisation = c.get('organisation') ?? null;
    if (access !== 'public' && !c.get('control').may(c.get('principal'), access, organisation)) {
      throw new HttpProblem(
        'NOT_PERMITTED',
        `Du har ikke tilgangen ${access} her. Be den som styrer tilgangene om den.`,
      );
    }
    await next();
  };
}
